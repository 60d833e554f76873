//! Asking someone to come.

use crate::desk::Desk;
use crate::line::door::LineDoor;
use crate::line::verbs::argument::{self, Wrong};
use crate::line::verbs::{Verb, When};
use parlor_hub::Command;

pub(in crate::line::verbs) const VERB: Verb = Verb {
    name: "invite",
    aliases: &[],
    usage: "NICK [#CHANNEL]",
    help: "ask someone into the channel",
    more: "",
    when: When::Inside,
    run,
};

fn run(door: &mut LineDoor, text: &str, desk: &mut Desk<'_>) -> Result<(), Wrong> {
    let (word, rest) = argument::needed(text)?;
    let nick = argument::nick(word, desk)?;
    let (channel, _) = argument::channel_or_here(door, rest, desk)?;
    desk.submit(Command::Invite(nick, channel));
    Ok(())
}
