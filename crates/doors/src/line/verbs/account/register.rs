//! Keeping a name, or a channel.

use super::Work;
use crate::desk::{Desk, HashWork, Hashed};
use crate::hall::NewKeys;
use crate::line::door::LineDoor;
use crate::line::verbs::argument::{self, Wrong};
use crate::line::verbs::{Verb, When};
use parlor_hub::Command;
use parlor_hub::command::Register;
use parlor_hub::name::{Nick, Text, is_address};

pub(in crate::line::verbs) const VERB: Verb = Verb {
    name: "register",
    aliases: &[],
    usage: "[NAME] PASSWORD",
    help: "keep your name, or NAME, as your own",
    more: "\
Nobody else can take the name then. /register #CHANNEL keeps a channel for ever.
Your address may stand behind the password: some servers send a code there, for /verify.
What you type is not encrypted on its way: take a password that you use nowhere else.",
    when: When::Inside,
    run,
};

fn run(door: &mut LineDoor, text: &str, desk: &mut Desk<'_>) -> Result<(), Wrong> {
    let (first, rest) = argument::needed(text)?;
    if first.starts_with('#') {
        desk.submit(Command::RegisterChannel(argument::channel(first, desk)?));
        return Ok(());
    }
    let (name, password) = match &door.nick {
        // NAME PASSWORD, unless it is PASSWORD EMAIL.
        _ if !rest.is_empty() && !is_address(rest) => (argument::nick(first, desk)?, rest),
        Some(nick) if !is_guests(nick) => (argument::nick(nick, desk)?, text.trim()),
        _ => {
            let words = "Which name? /register NAME PASSWORD keeps one for you.";
            return Err(Wrong::Other(words.to_owned()));
        }
    };
    let (password, email) = match argument::first_word(password) {
        (password, email) if is_address(email) => (password, Some(Text::from(email))),
        _ => (password, None),
    };
    let password = argument::new_password(password, name.shown(), desk)?;
    door.work = Some(Box::new(Work::Register(name, email)));
    desk.hash(HashWork::New { password });
    Ok(())
}

/// The password was hashed: the name is taken, if it is another, and then kept.
pub(super) fn hashed(
    door: &mut LineDoor,
    result: Hashed,
    (name, email): (Nick, Option<Text>),
    desk: &mut Desk<'_>,
) {
    let Hashed::New(NewKeys { keys, code }) = result else { return };
    if !door.is_me(name.shown()) {
        door.quiet_nick = true;
        desk.submit(Command::Nick(name.clone()));
    }
    let register = Register { name, keys, email, code, from: desk.counted };
    desk.submit(Command::Register(Box::new(register)));
}

/// Whether a nick is one that was given, rather than chosen.
fn is_guests(nick: &str) -> bool {
    nick.strip_prefix("guest-").is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit()))
}
