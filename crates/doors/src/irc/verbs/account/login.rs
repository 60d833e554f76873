//! Logging in: what a verification means, wherever the password was given. SASL is in `sasl`.

use crate::accounts;
use crate::desk::{Desk, HashWork, Hashed};
use crate::irc::verbs::Reading;
use crate::irc::verbs::hashing::{Purpose, hash, not_now};
use crate::irc::{IrcDoor, registration};
use parlor_hub::Command;
use parlor_hub::command::Credential;
use parlor_hub::name::Text;
use parlor_wire::irc::numeric;

/// Has a name and a password verified, to log in with them.
pub(super) fn log_in(reading: &mut Reading<'_, '_>, account: &str, password: &str) {
    let name = reading.facts().casemapping.fold(account);
    let work = HashWork::Account { name, password: password.to_owned() };
    hash(reading, Purpose::LogIn, work);
}

/// The result of verifying a login.
pub(crate) fn verified(door: &mut IrcDoor, result: Hashed, desk: &mut Desk<'_>) {
    match result {
        Hashed::Account(credential, account) => opened(door, credential, &account, desk),
        Hashed::Barred(why) => refuse(door, desk, &accounts::barred(&why)),
        result => refuse(door, desk, not_now(&result).unwrap_or("Name or password is wrong")),
    }
}

/// An account is theirs who asked for it.
pub(super) fn opened(
    door: &mut IrcDoor,
    credential: Credential,
    account: &Text,
    desk: &mut Desk<'_>,
) {
    door.asked_at = desk.asked_at;
    match door.registration.as_deref_mut().filter(|registration| !registration.submitted) {
        None => desk.submit(Command::LogIn(credential)),
        Some(registration) => {
            registration.credential = Some(credential);
            door.account = Some(account.clone());
            door.tell(desk, |replies| replies.logged_in(door, account));
            registration::advance(door, desk);
        }
    }
}

/// The result of verifying the account and password that came with PASS.
pub(crate) fn passed(door: &mut IrcDoor, result: Hashed, desk: &mut Desk<'_>) {
    if let (Hashed::Account(credential, account), Some(registration)) =
        (&result, door.registration.as_deref_mut())
    {
        registration.credential = Some(*credential);
        door.account = Some(account.clone());
        door.tell(desk, |replies| replies.now_logged_in(&door.source(), account));
    } else {
        let words = match result {
            Hashed::Barred(why) => accounts::barred(&why),
            result => not_now(&result).unwrap_or("Password incorrect").to_owned(),
        };
        door.tell(desk, |replies| replies.say(numeric::ERR_PASSWDMISMATCH, &[], &words));
    }
    registration::advance(door, desk);
}

fn refuse(door: &IrcDoor, desk: &mut Desk<'_>, words: &str) {
    match desk.asked_at.service() {
        None => fail(door, desk, &format!("SASL authentication failed: {words}")),
        Some(service) => door.tell(desk, |replies| replies.notice_of(service, words)),
    }
}

pub(super) fn fail(door: &IrcDoor, desk: &mut Desk<'_>, words: &str) {
    door.tell(desk, |replies| replies.say(numeric::ERR_SASLFAIL, &[], words));
}
