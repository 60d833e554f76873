//! One's connections, wherever they come from.

use crate::desk::Desk;
use crate::line::door::LineDoor;
use crate::line::verbs::argument::Wrong;
use crate::line::verbs::{Verb, When};
use parlor_hub::command::AccountCommand;
use parlor_hub::{Command, Query};

pub(in crate::line::verbs) const VERB: Verb = Verb {
    name: "sessions",
    aliases: &[],
    usage: "[end NUMBER|all]",
    help: "see the connections of your account",
    more: "/sessions end 12 ends the one with this number, /sessions end all every one but this.",
    when: When::Inside,
    run,
};

fn run(_door: &mut LineDoor, text: &str, desk: &mut Desk<'_>) -> Result<(), Wrong> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let number = match words.as_slice() {
        [] => {
            desk.ask(Query::Sessions);
            return Ok(());
        }
        ["end", "all"] => None,
        ["end", number] => Some(number.parse().map_err(|_| Wrong::Usage)?),
        _ => return Err(Wrong::Usage),
    };
    desk.submit(Command::Account(Box::new(AccountCommand::EndSession(number))));
    Ok(())
}
