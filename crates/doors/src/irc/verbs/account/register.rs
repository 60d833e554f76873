//! REGISTER: a new account (draft/account-registration).

use crate::bounds::PASSWORD_BYTES_MAX;
use crate::desk::{Desk, HashWork, Hashed};
use crate::hall::NewKeys;
use crate::irc::IrcDoor;
use crate::irc::verbs::Reading;
use crate::irc::verbs::account::services;
use crate::irc::verbs::hashing::{Purpose, hash};
use parlor_hub::Command;
use parlor_hub::command::Register;
use parlor_hub::name::Nick;

pub(crate) fn register(reading: &mut Reading<'_, '_>) {
    if !reading.door.is_here() {
        let words = "Sign on first, then register";
        return reading.tell(|replies| {
            replies.fail_always("REGISTER", "COMPLETE_CONNECTION_REQUIRED", &[], words);
        });
    }
    let account = match reading.message.params[0] {
        "*" => reading.door.nick().to_owned(),
        account => account.to_owned(),
    };
    begin(reading, &account, reading.message.params[2]);
}

/// Begins a registration: the password is hashed first.
pub(super) fn begin(reading: &mut Reading<'_, '_>, account: &str, password: &str) {
    let fails = |reading: &mut Reading<'_, '_>, code: &str, words: &str| {
        refuse(reading.door, reading.desk, (code, account, words));
    };
    if reading.door.account.is_some() {
        return fails(reading, "ALREADY_AUTHENTICATED", "You are logged in already");
    }
    let Ok(name) = Nick::parse(account, reading.facts().casemapping) else {
        return fails(reading, "BAD_ACCOUNT_NAME", "The name of an account is a nickname");
    };
    if services::is_one(account) {
        return fails(reading, "BAD_ACCOUNT_NAME", "This name is a service's");
    }
    if password.is_empty() || password.len() > PASSWORD_BYTES_MAX {
        return fails(reading, "UNACCEPTABLE_PASSWORD", "The password is empty or too long");
    }
    let work = HashWork::New { password: password.to_owned() };
    hash(reading, Purpose::Register(name), work);
}

/// The password of a new account was hashed.
pub(crate) fn hashed(door: &mut IrcDoor, name: Nick, result: Hashed, desk: &mut Desk<'_>) {
    if let Hashed::New(NewKeys { keys, .. }) = result {
        return desk.submit(Command::Register(Register { name, keys }));
    }
    let words = "Many are registering or logging in; try again";
    refuse(door, desk, ("TEMPORARILY_UNAVAILABLE", name.shown(), words));
}

fn refuse(door: &IrcDoor, desk: &mut Desk<'_>, (code, account, words): (&str, &str, &str)) {
    let asked_at = desk.asked_at;
    door.tell(desk, |replies| match asked_at.service() {
        None => replies.fail_always("REGISTER", code, &[account], words),
        Some(service) => replies.notice_of(service, words),
    });
}
