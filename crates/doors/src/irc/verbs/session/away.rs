//! AWAY: with a message, or back without one.

use crate::irc::verbs::Reading;
use crate::irc::verbs::reading::bounded;
use parlor_hub::Command;
use parlor_hub::bounds::REASON_BYTES_MAX;

pub(crate) fn away(reading: &mut Reading<'_, '_>) {
    let message = reading.param(0).map(|message| bounded(message, REASON_BYTES_MAX));
    reading.desk.submit(Command::Away(message));
}
