//! Passwords are worked on away from the loop. What each is for is remembered here, and its result
//! taken where it belongs.

use super::Reading;
use super::account::services::orders;
use super::account::{login, register, sasl};
use super::session::webirc;
use crate::bounds::PASSWORD_BYTES_MAX;
use crate::desk::{AskedAt, Desk, HashWork, Hashed, Voucher};
use crate::irc::{IrcDoor, registration};
use parlor_hub::Command;
use parlor_hub::command::{Credential, Oper};
use parlor_hub::name::{Nick, Text};
use parlor_wire::irc::numeric;

/// A password that is being worked on.
#[derive(Debug)]
pub(crate) struct Awaited {
    pub purpose: Purpose,
    pub asked_at: AskedAt,
}

/// What a password is worked on for.
#[derive(Debug)]
pub(crate) enum Purpose {
    /// PASS, on a server that asks everyone for a password.
    ServerPassword,
    /// PASS with an account and its password.
    Pass,
    /// To log in.
    LogIn,
    /// A step of a SASL exchange.
    Sasl,
    /// To log in by a certificate, perhaps as who they say they are.
    External(Option<Text>),
    /// To change it to this one.
    OldPassword(String),
    /// The one that it is changed to.
    NewPassword(Credential),
    /// To put out who wears this nick, and perhaps to wear it.
    Regain(Nick, bool),
    /// For an account that an operator makes.
    Make(Nick),
    /// OPER.
    Oper(Oper),
    /// A new account of this name.
    Register(Nick, Option<Text>),
    /// WEBIRC: what is said of whom the gateway speaks for.
    Gateway(Box<Voucher>),
}

/// Has a password worked on. One that is too long to be anyone's is wrong at once.
pub(crate) fn hash(reading: &mut Reading<'_, '_>, purpose: Purpose, work: HashWork) {
    let is_too_long = match &work {
        HashWork::Account { password, .. }
        | HashWork::Verify { password, .. }
        | HashWork::New { password } => password.len() > PASSWORD_BYTES_MAX,
        // The bound of an exchange holds these.
        HashWork::ScramFirst { .. } | HashWork::ScramFinal { .. } | HashWork::Certificate(_) => {
            false
        }
    };
    if is_too_long {
        return hashed(reading.door, purpose, Hashed::Wrong, reading.desk);
    }
    begin(reading.door, reading.desk, purpose, work);
}

/// Has a password worked on, and remembers what for.
pub(crate) fn begin(door: &mut IrcDoor, desk: &mut Desk<'_>, purpose: Purpose, work: HashWork) {
    door.awaited = Some(Box::new(Awaited { purpose, asked_at: desk.asked_at }));
    desk.hash(work);
}

/// Takes a result where it belongs.
pub(crate) fn hashed(door: &mut IrcDoor, purpose: Purpose, result: Hashed, desk: &mut Desk<'_>) {
    match purpose {
        Purpose::ServerPassword => server_password(door, result, desk),
        Purpose::Pass => login::passed(door, result, desk),
        Purpose::LogIn => login::verified(door, result, desk),
        Purpose::Sasl => sasl::stepped(door, result, desk),
        Purpose::Oper(operator) => oper(door, operator, result, desk),
        Purpose::External(authority) => sasl::shown(door, authority.as_ref(), result, desk),
        Purpose::Register(name, email) => register::hashed(door, (name, email), result, desk),
        Purpose::OldPassword(new) => orders::old_password(door, new, result, desk),
        Purpose::NewPassword(old) => orders::new_password(door, old, result, desk),
        Purpose::Regain(nick, wear) => orders::regain(door, (nick, wear), result, desk),
        Purpose::Make(name) => orders::make(door, name, result, desk),
        Purpose::Gateway(voucher) => webirc::verified(door, *voucher, result, desk),
    }
}

/// Why nobody looked at a password, where nobody did.
pub(crate) fn not_now(result: &Hashed) -> Option<&'static str> {
    match result {
        Hashed::Busy => Some("Many are logging in; try again"),
        Hashed::TooManyWrong => {
            Some("Too many wrong passwords came from your address; try again later")
        }
        _ => None,
    }
}

fn server_password(door: &mut IrcDoor, result: Hashed, desk: &mut Desk<'_>) {
    match (result, door.registration.as_deref_mut()) {
        (Hashed::Verified, Some(registration)) => {
            registration.let_in = true;
            registration::advance(door, desk);
        }
        (result, _) => match not_now(&result) {
            Some(words) => desk.close(words),
            None => registration::turn_away(door, desk),
        },
    }
}

fn oper(door: &IrcDoor, operator: Oper, result: Hashed, desk: &mut Desk<'_>) {
    if result == Hashed::Verified {
        return desk.submit(Command::Oper(operator));
    }
    let words = not_now(&result).unwrap_or("Password incorrect");
    door.tell(desk, |replies| replies.say(numeric::ERR_PASSWDMISMATCH, &[], words));
    if result == Hashed::Wrong {
        desk.submit(Command::NotOper(operator.name));
    }
}
