//! REGISTER: a new account (draft/account-registration), before the sign-on or after it.

use crate::accounts::may_be_password;
use crate::desk::{Desk, HashWork, Hashed};
use crate::facts::Facts;
use crate::hall::NewKeys;
use crate::irc::IrcDoor;
use crate::irc::verbs::Reading;
use crate::irc::verbs::account::services;
use crate::irc::verbs::hashing::{Purpose, hash};
use parlor_hub::Command;
use parlor_hub::command::Register;
use parlor_hub::name::{Nick, Text};

/// What the capability says of it. On a server with a password nobody registers before they are let in.
pub(crate) fn value(facts: &Facts) -> String {
    let before = facts.password.as_ref().map_or("before-connect,", |_| "");
    let email = if facts.verification { ",email-required" } else { "" };
    format!("{before}custom-account-name{email}")
}

pub(crate) fn register(reading: &mut Reading<'_, '_>) {
    if !reading.door.is_here() && reading.facts().password.is_some() {
        let words = "Sign on first, then register";
        return reading.tell(|replies| {
            replies.fail_always("REGISTER", "COMPLETE_CONNECTION_REQUIRED", &[], words);
        });
    }
    let registration = reading.door.registration.as_deref();
    let nick = match registration.filter(|registration| !registration.submitted) {
        None => Some(reading.door.nick().to_owned()),
        Some(registration) => registration.nick.as_ref().map(|nick| nick.shown().to_string()),
    };
    let Some(nick) = nick else {
        let words = "Choose a nickname first: NICK";
        return reading.tell(|replies| {
            replies.fail_always("REGISTER", "NEED_NICK", &["*"], words);
        });
    };
    let params = &reading.message.params;
    let account = Some(params[0]).filter(|account| *account != "*");
    let account = account.map_or(nick, str::to_owned);
    let email = Some(params[1]).filter(|email| !matches!(*email, "*" | ""));
    begin(reading, &account, email, params[2]);
}

/// Begins a registration: the password is hashed first.
pub(super) fn begin(
    reading: &mut Reading<'_, '_>,
    account: &str,
    email: Option<&str>,
    password: &str,
) {
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
    if let Err(why) = may_be_password(password, account, reading.facts().casemapping) {
        return fails(reading, why.code(), &why.worded());
    }
    let email = email.map(Text::from);
    let work = HashWork::New { password: password.to_owned() };
    hash(reading, Purpose::Register(name, email), work);
}

/// The password of a new account was hashed.
pub(crate) fn hashed(
    door: &mut IrcDoor,
    (name, email): (Nick, Option<Text>),
    result: Hashed,
    desk: &mut Desk<'_>,
) {
    if let Hashed::New(keys) = result {
        let register = asked(name, email, keys, desk);
        return desk.submit(Command::Register(Box::new(register)));
    }
    let words = "Many are registering or logging in; try again";
    refuse(door, desk, ("TEMPORARILY_UNAVAILABLE", name.shown(), words));
}

/// What is asked of the hub.
pub(crate) fn asked(name: Nick, email: Option<Text>, keys: NewKeys, desk: &Desk<'_>) -> Register {
    let NewKeys { keys, code } = keys;
    Register { name, keys, email, code, from: desk.counted }
}

fn refuse(door: &IrcDoor, desk: &mut Desk<'_>, (code, account, words): (&str, &str, &str)) {
    let asked_at = desk.asked_at;
    door.tell(desk, |replies| match asked_at.service() {
        None => replies.fail_always("REGISTER", code, &[account], words),
        Some(service) => replies.notice_of(service, words),
    });
}
