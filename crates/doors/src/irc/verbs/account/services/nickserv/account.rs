//! REGISTER, VERIFY, IDENTIFY, LOGOUT, INFO, PASSWD, DROP and FORGET.

use super::super::say;
use crate::accounts::may_be_password;
use crate::desk::HashWork;
use crate::irc::verbs::Reading;
use crate::irc::verbs::account::{login, register as registering, verify as verifying};
use crate::irc::verbs::hashing::{Purpose, hash};
use parlor_hub::command::AccountCommand;
use parlor_hub::name::Text;
use parlor_hub::{Command, Query};

pub(super) fn register(reading: &mut Reading<'_, '_>, words: &[&str]) {
    let nick = reading.door.nick().to_owned();
    registering::begin(reading, &nick, words.get(1).copied(), words[0]);
}

pub(super) fn verify(reading: &mut Reading<'_, '_>, words: &[&str]) {
    let nick = reading.door.nick().to_owned();
    let (name, code) = match words {
        [name, code, ..] => (*name, *code),
        _ => (&*nick, words[0]),
    };
    if let Some(name) = reading.nick(name) {
        verifying::submit(reading, name, code);
    }
}

pub(super) fn identify(reading: &mut Reading<'_, '_>, words: &[&str]) {
    let nick = reading.door.nick().to_owned();
    match words {
        [account, password, ..] => login::log_in(reading, account, password),
        _ => login::log_in(reading, &nick, words[0]),
    }
}

pub(super) fn log_out(reading: &mut Reading<'_, '_>, _words: &[&str]) {
    reading.desk.submit(Command::LogOut);
}

pub(super) fn info(reading: &mut Reading<'_, '_>, words: &[&str]) {
    let name = words.first().map(|word| reading.nick(word));
    if let Some(None) = name {
        return;
    }
    reading.desk.ask(Query::Account(name.flatten()));
}

pub(super) fn password(reading: &mut Reading<'_, '_>, words: &[&str]) {
    let Some(account) = reading.door.account.clone() else {
        return say(reading, "Log in to an account first");
    };
    if let Err(why) = may_be_password(words[1], &account, reading.facts().casemapping) {
        return say(reading, &why.worded());
    }
    let name = reading.facts().casemapping.fold(&account);
    let work = HashWork::Account { name, password: words[0].to_owned() };
    hash(reading, Purpose::OldPassword(words[1].to_owned()), work);
}

pub(super) fn end(reading: &mut Reading<'_, '_>, words: &[&str]) {
    // Other servers have the name of the account in front of the code.
    let code = words.last().map(|code| Text::from(*code));
    reading.desk.submit(Command::Account(Box::new(AccountCommand::Drop(code))));
}

pub(super) fn forget(reading: &mut Reading<'_, '_>, words: &[&str]) {
    let code = words.first().map(|code| Text::from(*code));
    reading.desk.submit(Command::Account(Box::new(AccountCommand::Forget(code))));
}
