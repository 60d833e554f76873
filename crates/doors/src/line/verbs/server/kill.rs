//! Ending someone's connections.

use crate::desk::Desk;
use crate::line::door::LineDoor;
use crate::line::verbs::argument::{self, Wrong};
use crate::line::verbs::{Verb, When};
use parlor_hub::{Command, bounds};
use parlor_wire::text::truncate;

pub(in crate::line::verbs) const VERB: Verb = Verb {
    name: "kill",
    aliases: &[],
    usage: "NICK WHY",
    help: "put someone out of the server (server operators)",
    more: "",
    when: When::Inside,
    run,
};

fn run(_door: &mut LineDoor, text: &str, desk: &mut Desk<'_>) -> Result<(), Wrong> {
    let (word, reason) = argument::needed(text)?;
    let nick = argument::nick(word, desk)?;
    if reason.is_empty() {
        return Err(Wrong::Usage);
    }
    desk.submit(Command::Kill(nick, truncate(reason, bounds::REASON_BYTES_MAX).into()));
    Ok(())
}
