//! Another password.

use super::Work;
use crate::desk::{Desk, HashWork, Hashed};
use crate::line::door::LineDoor;
use crate::line::telling::refusal::worded;
use crate::line::verbs::argument::{self, Wrong};
use crate::line::verbs::{Verb, When};
use parlor_hub::command::{AccountCommand, Credential};
use parlor_hub::{Command, Refusal};

pub(in crate::line::verbs) const VERB: Verb = Verb {
    name: "passwd",
    aliases: &["password"],
    usage: "OLD NEW",
    help: "change the password of your account",
    more: "\
For the account of your present nick.
What you type is not encrypted on its way: take a password that you use nowhere else.",
    when: When::Inside,
    run,
};

fn run(door: &mut LineDoor, text: &str, desk: &mut Desk<'_>) -> Result<(), Wrong> {
    let (old, new) = argument::needed(text)?;
    if new.is_empty() {
        return Err(Wrong::Usage);
    }
    // The account's nick is worn by its owner, or by nobody.
    let name = desk.facts.casemapping.fold(door.nick.as_deref().unwrap_or_default());
    let (old, new) = (argument::password(old)?, argument::new_password(new, &name, desk)?);
    door.work = Some(Box::new(Work::OldPassword(new)));
    desk.hash(HashWork::Account { name, password: old });
    Ok(())
}

/// The old password was verified, or not.
pub(super) fn verified(door: &mut LineDoor, result: Hashed, new: String, desk: &mut Desk<'_>) {
    let Hashed::Account(old, _) = result else {
        return door.say(desk, &format!("* {}", worded(&Refusal::WrongPassword, None)));
    };
    door.work = Some(Box::new(Work::NewPassword(old)));
    desk.hash(HashWork::New { password: new });
}

/// The new one was hashed.
pub(super) fn hashed(result: Hashed, old: Credential, desk: &mut Desk<'_>) {
    let Hashed::New(new) = result else { return };
    desk.submit(Command::Account(Box::new(AccountCommand::Password(old, new.keys))));
}
