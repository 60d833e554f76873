//! What one wrote with one's account is forgotten.

use crate::desk::Desk;
use crate::line::door::LineDoor;
use crate::line::verbs::argument::{Wrong, code};
use crate::line::verbs::{Verb, When};
use parlor_hub::Command;
use parlor_hub::command::AccountCommand;

pub(in crate::line::verbs) const VERB: Verb = Verb {
    name: "forget",
    aliases: &[],
    usage: "[CODE]",
    help: "remove all that you wrote from the history",
    more: "It is what you wrote with your account. Without CODE, you are told the code that it takes.\n\
           Nothing brings it back.",
    when: When::Inside,
    run,
};

fn run(_door: &mut LineDoor, text: &str, desk: &mut Desk<'_>) -> Result<(), Wrong> {
    desk.submit(Command::Account(Box::new(AccountCommand::Forget(code(text)))));
    Ok(())
}
