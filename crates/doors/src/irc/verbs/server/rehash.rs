//! REHASH: an operator asks for the configuration to be read again.

use crate::irc::verbs::Reading;
use parlor_hub::Command;

pub(crate) fn rehash(reading: &mut Reading<'_, '_>) {
    reading.desk.submit(Command::Rehash);
}
