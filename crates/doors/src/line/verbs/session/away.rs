//! Away, and back.

use crate::desk::Desk;
use crate::line::door::LineDoor;
use crate::line::verbs::argument::{self, Wrong};
use crate::line::verbs::{Verb, When};
use parlor_hub::{Command, bounds};

pub(in crate::line::verbs) const VERB: Verb = Verb {
    name: "away",
    aliases: &["back"],
    usage: "[WHY]",
    help: "be away; without a reason, be back",
    more: "Those who write to you alone are told why.",
    when: When::Inside,
    run,
};

fn run(_door: &mut LineDoor, text: &str, desk: &mut Desk<'_>) -> Result<(), Wrong> {
    argument::bounded(text, "reason", bounds::REASON_BYTES_MAX)?;
    desk.submit(Command::Away((!text.is_empty()).then(|| text.into())));
    Ok(())
}
