//! Putting someone out of a channel.

use crate::desk::Desk;
use crate::line::door::LineDoor;
use crate::line::verbs::argument::{self, Wrong};
use crate::line::verbs::{Verb, When};
use parlor_hub::command::Kick;
use parlor_hub::{Command, bounds};
use parlor_wire::text::truncate;

pub(in crate::line::verbs) const VERB: Verb = Verb {
    name: "kick",
    aliases: &[],
    usage: "[#CHANNEL] NICK [WHY]",
    help: "put someone out of the channel",
    more: "They may come back, unless you also: /mode +b NICK",
    when: When::Inside,
    run,
};

fn run(door: &mut LineDoor, text: &str, desk: &mut Desk<'_>) -> Result<(), Wrong> {
    let (channel, rest) = argument::channel_or_here(door, text, desk)?;
    let (word, reason) = argument::needed(rest)?;
    let nicks = vec![argument::nick(word, desk)?];
    let reason = truncate(reason, bounds::REASON_BYTES_MAX);
    let reason = (!reason.is_empty()).then(|| reason.into());
    desk.submit(Command::Kick(Kick { channel, nicks, reason }));
    Ok(())
}
