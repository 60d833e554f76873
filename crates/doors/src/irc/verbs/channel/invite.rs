//! INVITE: asking someone to come; alone, where one was asked to come.

use crate::irc::verbs::Reading;
use parlor_hub::{Command, Query};

pub(crate) fn invite(reading: &mut Reading<'_, '_>) {
    let (Some(nick), Some(channel)) = (reading.message.param(0), reading.message.param(1)) else {
        return match reading.message.params.len() {
            0 => reading.desk.ask(Query::Invitations),
            _ => reading.needs_more("INVITE"),
        };
    };
    let Some(nick) = reading.nick(nick) else { return };
    let Some(channel) = reading.channel(channel) else { return };
    reading.desk.submit(Command::Invite(nick, channel));
}
