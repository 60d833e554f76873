//! Another name for the channel.

use crate::desk::Desk;
use crate::line::door::LineDoor;
use crate::line::verbs::argument::{self, Wrong};
use crate::line::verbs::{Verb, When};
use parlor_hub::command::Rename;
use parlor_hub::{Command, bounds};

pub(in crate::line::verbs) const VERB: Verb = Verb {
    name: "rename",
    aliases: &[],
    usage: "[#CHANNEL] #NAME [WHY]",
    help: "give the channel another name",
    more: "Those inside, what was said and what is set stay.",
    when: When::Inside,
    run,
};

fn run(door: &mut LineDoor, text: &str, desk: &mut Desk<'_>) -> Result<(), Wrong> {
    let (one, rest) = argument::first_word(text);
    let (other, _) = argument::first_word(rest);
    // Of two names the first is the channel's own.
    let (from, text) = if other.starts_with('#') {
        (argument::channel(one, desk)?, rest)
    } else {
        (argument::channel_or_here(door, "", desk)?.0, text)
    };
    let (to, reason) = argument::first_word(text);
    if to.is_empty() {
        return Err(Wrong::Usage);
    }
    let to = argument::channel(to, desk)?;
    argument::bounded(reason, "reason", bounds::REASON_BYTES_MAX)?;
    let reason = (!reason.is_empty()).then(|| reason.into());
    desk.submit(Command::Rename(Box::new(Rename { from, to, reason })));
    Ok(())
}
