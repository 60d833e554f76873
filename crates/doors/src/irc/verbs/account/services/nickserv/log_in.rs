//! REGISTER and IDENTIFY.

use crate::irc::verbs::Reading;
use crate::irc::verbs::account::{login, register};

/// An address may follow: nothing is sent to it.
pub(super) fn register(reading: &mut Reading<'_, '_>, words: &[&str]) {
    let nick = reading.door.nick().to_owned();
    register::begin(reading, &nick, words[0]);
}

pub(super) fn identify(reading: &mut Reading<'_, '_>, words: &[&str]) {
    let nick = reading.door.nick().to_owned();
    match words {
        [account, password, ..] => login::log_in(reading, account, password),
        _ => login::log_in(reading, &nick, words[0]),
    }
}
