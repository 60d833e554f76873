//! Logging in to an account, and taking the nick that belongs to it.

use super::Work;
use crate::desk::{Desk, HashWork, Hashed};
use crate::line::door::LineDoor;
use crate::line::telling::refusal::worded;
use crate::line::verbs::argument::{self, Wrong};
use crate::line::verbs::{Verb, When};
use parlor_hub::{Command, Refusal};

pub(in crate::line::verbs) const VERB: Verb = Verb {
    name: "login",
    aliases: &["identify"],
    usage: "[NAME] PASSWORD",
    help: "be the one whose account it is",
    more: "Without NAME, the account of your present nick. You take the account's nick as well.",
    when: When::Admitted,
    run,
};

fn run(door: &mut LineDoor, text: &str, desk: &mut Desk<'_>) -> Result<(), Wrong> {
    let (first, rest) = argument::needed(text)?;
    let (name, password) = match &door.nick {
        _ if !rest.is_empty() => (argument::nick(first, desk)?, rest),
        Some(nick) => (argument::nick(nick, desk)?, first),
        None => return Err(Wrong::Usage),
    };
    let password = argument::password(password)?;
    door.work = Some(Box::new(Work::LogIn));
    desk.hash(HashWork::Account { name: name.folded().clone(), password });
    Ok(())
}

/// The password was verified, or not.
pub(super) fn hashed(door: &mut LineDoor, result: Hashed, desk: &mut Desk<'_>) {
    if let Hashed::Barred(why) = result {
        return door.say(desk, &format!("* {}", worded(&why, None)));
    }
    let Hashed::Account(credential, name) = result else {
        return door.say(desk, &format!("* {}", worded(&Refusal::WrongPassword, None)));
    };
    let Ok(nick) = argument::nick(&name, desk) else { return };
    if !door.is_inside() {
        // Another connection may wear the account's own nick: then one like it will do.
        door.come_in(&nick, true, Some(credential), desk);
        return;
    }
    desk.submit(Command::LogIn(credential));
    if !door.is_me(&name) {
        desk.submit(Command::Nick(nick));
    }
}
