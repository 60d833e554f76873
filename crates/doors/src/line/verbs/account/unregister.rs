//! The end of one's account.

use crate::desk::Desk;
use crate::line::door::LineDoor;
use crate::line::verbs::argument::{Wrong, code};
use crate::line::verbs::{Verb, When};
use parlor_hub::Command;
use parlor_hub::command::AccountCommand;

pub(in crate::line::verbs) const VERB: Verb = Verb {
    name: "unregister",
    aliases: &[],
    usage: "[CODE]",
    help: "end your account for ever",
    more: "Without CODE, you are told the code that it takes. Nothing brings the account back.",
    when: When::Inside,
    run,
};

fn run(_door: &mut LineDoor, text: &str, desk: &mut Desk<'_>) -> Result<(), Wrong> {
    desk.submit(Command::Account(Box::new(AccountCommand::Drop(code(text)))));
    Ok(())
}
