//! Taking one's nick back from another connection of one's own.

use crate::desk::Desk;
use crate::line::door::LineDoor;
use crate::line::verbs::argument::{self, Wrong};
use crate::line::verbs::{Verb, When};
use parlor_hub::Command;
use parlor_hub::command::AccountCommand;

pub(in crate::line::verbs) const VERB: Verb = Verb {
    name: "regain",
    aliases: &["ghost", "recover"],
    usage: "NICK",
    help: "put out who wears a nick of yours, and wear it",
    more: "The nick belongs to your account: /login first.",
    when: When::Inside,
    run,
};

fn run(_door: &mut LineDoor, text: &str, desk: &mut Desk<'_>) -> Result<(), Wrong> {
    let (nick, _) = argument::needed(text)?;
    let nick = argument::nick(nick, desk)?;
    let regain = AccountCommand::Regain { nick, credential: None, wear: true };
    desk.submit(Command::Account(Box::new(regain)));
    Ok(())
}
