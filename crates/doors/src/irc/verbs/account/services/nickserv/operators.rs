//! SAREGISTER, SAFORGET, SUSPEND, UNSUSPEND, VHOST and LIST, for server operators.

use super::super::say;
use crate::accounts::may_be_password;
use crate::desk::HashWork;
use crate::irc::verbs::Reading;
use crate::irc::verbs::account::services;
use crate::irc::verbs::hashing::{Purpose, hash};
use crate::irc::verbs::reading::bounded;
use crate::irc::verbs::server::chghost::{NO_HOST, is_host};
use parlor_hub::bounds::REASON_BYTES_MAX;
use parlor_hub::command::AccountCommand;
use parlor_hub::{Command, Query};

pub(super) fn make(reading: &mut Reading<'_, '_>, words: &[&str]) {
    let Some(name) = reading.nick(words[0]).filter(|name| !services::is_one(name.shown())) else {
        return;
    };
    if let Err(why) = may_be_password(words[1], name.shown(), reading.facts().casemapping) {
        return say(reading, &why.worded());
    }
    hash(reading, Purpose::Make(name), HashWork::New { password: words[1].to_owned() });
}

pub(super) fn forget(reading: &mut Reading<'_, '_>, words: &[&str]) {
    if let Some(name) = reading.nick(words[0]) {
        reading.desk.submit(Command::Account(Box::new(AccountCommand::ForgetOf(name))));
    }
}

pub(super) fn suspend(reading: &mut Reading<'_, '_>, words: &[&str]) {
    let Some(name) = reading.nick(words[0]) else { return };
    let why = match words[1..].join(" ") {
        why if why.is_empty() => "no reason was given".to_owned(),
        why => why,
    };
    let suspend = AccountCommand::Suspend(name, bounded(&why, REASON_BYTES_MAX));
    reading.desk.submit(Command::Account(Box::new(suspend)));
}

pub(super) fn unsuspend(reading: &mut Reading<'_, '_>, words: &[&str]) {
    if let Some(name) = reading.nick(words[0]) {
        reading.desk.submit(Command::Account(Box::new(AccountCommand::Unsuspend(name))));
    }
}

pub(super) fn host(reading: &mut Reading<'_, '_>, words: &[&str]) {
    let Some(name) = reading.nick(words[0]) else { return };
    let host = Some(words[1]).filter(|host| !host.eq_ignore_ascii_case("OFF"));
    if host.is_some_and(|host| !is_host(host)) {
        return say(reading, NO_HOST);
    }
    let host = AccountCommand::Host(name, host.map(Into::into));
    reading.desk.submit(Command::Account(Box::new(host)));
}

pub(super) fn list(reading: &mut Reading<'_, '_>, words: &[&str]) {
    let mask = words.first().copied().unwrap_or("*");
    reading.desk.ask(Query::Accounts(mask.into()));
}
