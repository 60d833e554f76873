//! INVITE: asking someone to come.

use crate::irc::verbs::Reading;
use parlor_hub::Command;

pub(crate) fn invite(reading: &mut Reading<'_, '_>) {
    let Some(nick) = reading.nick(reading.message.params[0]) else { return };
    let Some(channel) = reading.channel(reading.message.params[1]) else { return };
    reading.desk.submit(Command::Invite(nick, channel));
}
