//! KNOCK: asking to be let in.

use crate::irc::verbs::Reading;
use parlor_hub::Command;

pub(crate) fn knock(reading: &mut Reading<'_, '_>) {
    // Words that may follow are nobody's: they would be a way past the channel's modes.
    let Some(channel) = reading.channel(reading.message.params[0]) else { return };
    reading.desk.submit(Command::Knock(channel));
}
