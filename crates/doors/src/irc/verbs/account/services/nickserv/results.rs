//! What is done when a password that an order came with has been worked on.

use crate::desk::{AskedAt, Desk, HashWork, Hashed};
use crate::irc::IrcDoor;
use crate::irc::verbs::account::{login, register};
use crate::irc::verbs::hashing::{Purpose, begin};
use parlor_hub::Command;
use parlor_hub::command::{AccountCommand, Credential};
use parlor_hub::name::Nick;

/// The old password was verified: the new one is next.
pub(crate) fn old_password(door: &mut IrcDoor, new: String, result: Hashed, desk: &mut Desk<'_>) {
    match result {
        Hashed::Account(old, _) => {
            begin(door, desk, Purpose::NewPassword(old), HashWork::New { password: new });
        }
        result => login::verified(door, result, desk),
    }
}

pub(crate) fn new_password(door: &IrcDoor, old: Credential, result: Hashed, desk: &mut Desk<'_>) {
    match result {
        Hashed::New(new) => submit(desk, AccountCommand::Password(old, new.keys)),
        _ => busy(door, desk),
    }
}

pub(crate) fn regain(
    door: &mut IrcDoor,
    (nick, wear): (Nick, bool),
    result: Hashed,
    desk: &mut Desk<'_>,
) {
    match result {
        Hashed::Account(credential, _) => {
            submit(desk, AccountCommand::Regain { nick, credential: Some(credential), wear });
        }
        result => login::verified(door, result, desk),
    }
}

pub(crate) fn make(door: &IrcDoor, name: Nick, result: Hashed, desk: &mut Desk<'_>) {
    match result {
        Hashed::New(keys) => {
            let register = register::asked(name, None, keys, desk);
            submit(desk, AccountCommand::Make(register));
        }
        _ => busy(door, desk),
    }
}

fn submit(desk: &mut Desk<'_>, command: AccountCommand) {
    desk.submit(Command::Account(Box::new(command)));
}

fn busy(door: &IrcDoor, desk: &mut Desk<'_>) {
    let words = "Many are registering or logging in; try again";
    door.tell(desk, |replies| replies.notice_at(AskedAt::NickServ, words));
}
