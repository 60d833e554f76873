//! WALLOPS: an operator speaks to all who listen.

use crate::irc::verbs::Reading;
use parlor_hub::Command;

pub(crate) fn wallops(reading: &mut Reading<'_, '_>) {
    let Some(text) = reading.param(0) else { return reading.needs_more("WALLOPS") };
    reading.desk.submit(Command::Wallops(text.into()));
}
