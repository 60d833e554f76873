//! Speaking to all who listen for operators.

use crate::bounds;
use crate::desk::Desk;
use crate::line::door::LineDoor;
use crate::line::verbs::argument::{self, Wrong};
use crate::line::verbs::{Verb, When};
use parlor_hub::Command;

pub(in crate::line::verbs) const VERB: Verb = Verb {
    name: "wallops",
    aliases: &[],
    usage: "TEXT",
    help: "tell all who listen for it (server operators)",
    more: "",
    when: When::Inside,
    run,
};

fn run(_door: &mut LineDoor, text: &str, desk: &mut Desk<'_>) -> Result<(), Wrong> {
    if text.is_empty() {
        return Err(Wrong::Usage);
    }
    argument::bounded(text, "text", bounds::LINE_MESSAGE_BYTES_MAX)?;
    desk.submit(Command::Wallops(text.into()));
    Ok(())
}
