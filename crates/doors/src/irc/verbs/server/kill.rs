//! KILL: an operator ends someone's connections.

use crate::irc::verbs::Reading;
use crate::irc::verbs::reading::bounded;
use parlor_hub::Command;
use parlor_hub::bounds::REASON_BYTES_MAX;

pub(crate) fn kill(reading: &mut Reading<'_, '_>) {
    let reason = bounded(reading.param(1).unwrap_or("no reason given"), REASON_BYTES_MAX);
    if let Some(nick) = reading.nick(reading.message.params[0]) {
        reading.desk.submit(Command::Kill(nick, reason));
    }
}
