//! The code that was sent to the owner of a new account.

use crate::desk::Desk;
use crate::line::door::LineDoor;
use crate::line::verbs::argument::{self, Wrong};
use crate::line::verbs::{Verb, When};
use parlor_hub::Command;
use parlor_hub::command::AccountCommand;

pub(in crate::line::verbs) const VERB: Verb = Verb {
    name: "verify",
    aliases: &[],
    usage: "[NAME] CODE",
    help: "say the code that was sent to you",
    more: "Without NAME, for the account of your present nick.",
    when: When::Inside,
    run,
};

fn run(door: &mut LineDoor, text: &str, desk: &mut Desk<'_>) -> Result<(), Wrong> {
    let (first, rest) = argument::needed(text)?;
    let (name, code) = match &door.nick {
        _ if !rest.is_empty() => (argument::nick(first, desk)?, rest),
        Some(nick) => (argument::nick(nick, desk)?, first),
        None => return Err(Wrong::Usage),
    };
    desk.submit(Command::Account(Box::new(AccountCommand::Verify(name, code.into()))));
    Ok(())
}
