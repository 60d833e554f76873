//! QUIT: the end of the session.

use crate::irc::verbs::Reading;
use crate::irc::verbs::reading::bounded;
use parlor_hub::bounds::REASON_BYTES_MAX;

pub(crate) fn quit(reading: &mut Reading<'_, '_>) {
    let reason = match reading.param(0) {
        Some(message) => bounded(&format!("Quit: {message}"), REASON_BYTES_MAX),
        None => "Quit".into(),
    };
    reading.desk.close(&reason);
}

/// ERROR is a server's word. Some clients send it all the same; nobody is told.
pub(crate) fn error(_: &mut Reading<'_, '_>) {}
