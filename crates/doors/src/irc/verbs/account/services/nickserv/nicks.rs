//! GHOST, REGAIN, GROUP and UNGROUP.

use crate::desk::HashWork;
use crate::irc::verbs::Reading;
use crate::irc::verbs::hashing::{Purpose, hash};
use parlor_hub::Command;
use parlor_hub::command::AccountCommand;

pub(super) fn ghost(reading: &mut Reading<'_, '_>, words: &[&str]) {
    take(reading, words, false);
}

pub(super) fn regain(reading: &mut Reading<'_, '_>, words: &[&str]) {
    take(reading, words, true);
}

pub(super) fn group(reading: &mut Reading<'_, '_>, _words: &[&str]) {
    let worn = reading.door.nick().to_owned();
    if let Some(nick) = reading.nick(&worn) {
        reading.desk.submit(Command::Account(Box::new(AccountCommand::Group(nick))));
    }
}

pub(super) fn ungroup(reading: &mut Reading<'_, '_>, words: &[&str]) {
    if let Some(nick) = reading.nick(words[0]) {
        reading.desk.submit(Command::Account(Box::new(AccountCommand::Ungroup(nick))));
    }
}

/// With a password, the nick's account is logged in to just for this.
fn take(reading: &mut Reading<'_, '_>, words: &[&str], wear: bool) {
    let Some(nick) = reading.nick(words[0]) else { return };
    let Some(password) = words.get(1) else {
        let regain = AccountCommand::Regain { nick, credential: None, wear };
        return reading.desk.submit(Command::Account(Box::new(regain)));
    };
    let work = HashWork::Account { name: nick.folded().clone(), password: (*password).to_owned() };
    hash(reading, Purpose::Regain(nick, wear), work);
}
