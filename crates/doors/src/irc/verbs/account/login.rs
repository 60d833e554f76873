//! AUTHENTICATE: SASL PLAIN (RFC 4616), before the sign-on and after it; and what a verification
//! means, wherever the password was given.

use crate::bounds::{SASL_BYTES_MAX, SASL_CHUNK_BYTES};
use crate::desk::{Desk, HashWork, Hashed};
use crate::irc::verbs::Reading;
use crate::irc::verbs::hashing::{Purpose, hash};
use crate::irc::{Caps, IrcDoor, registration};
use base64ct::{Base64, Encoding};
use parlor_hub::Command;
use parlor_wire::irc::format::Line;
use parlor_wire::irc::numeric;

/// An exchange that has begun: what came of its one message.
#[derive(Debug, Default)]
pub(crate) struct Exchange {
    encoded: String,
}

pub(crate) fn authenticate(reading: &mut Reading<'_, '_>) {
    let word = reading.message.params[0];
    if !reading.door.caps.has(Caps::SASL) {
        return fail(reading.door, reading.desk, "SASL is not enabled: CAP REQ sasl");
    }
    if word == "*" {
        reading.door.exchange = None;
        return reading.say(numeric::ERR_SASLABORTED, &[], "SASL authentication aborted");
    }
    let Some(mut exchange) = reading.door.exchange.take() else { return begin(reading, word) };
    if word.len() > SASL_CHUNK_BYTES || exchange.encoded.len() + word.len() > SASL_BYTES_MAX {
        return reading.say(numeric::ERR_SASLTOOLONG, &[], "SASL message too long");
    }
    if word != "+" {
        exchange.encoded.push_str(word);
    }
    if word.len() == SASL_CHUNK_BYTES {
        reading.door.exchange = Some(exchange);
        return;
    }
    finish(reading, &exchange.encoded);
}

fn begin(reading: &mut Reading<'_, '_>, mechanism: &str) {
    if !mechanism.eq_ignore_ascii_case("PLAIN") {
        reading.say(numeric::RPL_SASLMECHS, &["PLAIN"], "are available SASL mechanisms");
        return fail(reading.door, reading.desk, "SASL authentication failed");
    }
    reading.door.exchange = Some(Box::default());
    let mut out = Vec::new();
    Line::new(&mut out).command("AUTHENTICATE").param("+").end();
    reading.desk.say(out);
}

fn finish(reading: &mut Reading<'_, '_>, encoded: &str) {
    let decoded = Base64::decode_vec(encoded).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let parts: Option<Vec<&str>> = decoded.as_deref().map(|plain| plain.split('\0').collect());
    let casemapping = reading.facts().casemapping;
    match parts.as_deref() {
        // Nobody may act for another: an authorization identity is the account's own, or none.
        Some([authority, account, password])
            if !account.is_empty()
                && (authority.is_empty()
                    || casemapping.fold(authority) == casemapping.fold(account)) =>
        {
            log_in(reading, account, password);
        }
        _ => fail(reading.door, reading.desk, "SASL authentication failed"),
    }
}

/// Has a name and a password verified, to log in with them.
pub(super) fn log_in(reading: &mut Reading<'_, '_>, account: &str, password: &str) {
    let name = reading.facts().casemapping.fold(account);
    let work = HashWork::Account { name, password: password.to_owned() };
    hash(reading, Purpose::LogIn, work);
}

/// The result of verifying a login.
pub(crate) fn verified(door: &mut IrcDoor, result: Hashed, desk: &mut Desk<'_>) {
    let (credential, account) = match result {
        Hashed::Account(credential, account) => (credential, account),
        Hashed::Busy => return refuse(door, desk, "Many are logging in; try again"),
        _ => return refuse(door, desk, "Name or password is wrong"),
    };
    door.asked_at = desk.asked_at;
    match door.registration.as_deref_mut().filter(|registration| !registration.submitted) {
        None => desk.submit(Command::LogIn(credential)),
        Some(registration) => {
            registration.credential = Some(credential);
            door.account = Some(account.clone());
            door.tell(desk, |replies| replies.logged_in(door, &account));
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
            Hashed::Busy => "Many are logging in; log in again later",
            _ => "Password incorrect",
        };
        door.tell(desk, |replies| replies.say(numeric::ERR_PASSWDMISMATCH, &[], words));
    }
    registration::advance(door, desk);
}

fn refuse(door: &IrcDoor, desk: &mut Desk<'_>, words: &str) {
    match desk.asked_at.service() {
        None => fail(door, desk, &format!("SASL authentication failed: {words}")),
        Some(service) => door.tell(desk, |replies| replies.notice_of(service, words)),
    }
}

fn fail(door: &IrcDoor, desk: &mut Desk<'_>, words: &str) {
    door.tell(desk, |replies| replies.say(numeric::ERR_SASLFAIL, &[], words));
}
