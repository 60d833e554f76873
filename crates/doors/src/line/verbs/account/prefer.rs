//! How the owner of an account wants things.

use crate::accounts::preference;
use crate::desk::Desk;
use crate::line::door::LineDoor;
use crate::line::verbs::argument::Wrong;
use crate::line::verbs::{Verb, When};
use parlor_hub::command::AccountCommand;
use parlor_hub::{Command, Query};

pub(in crate::line::verbs) const VERB: Verb = Verb {
    name: "prefer",
    aliases: &["set"],
    usage: "[SETTING VALUE]",
    help: "see and say how you want things",
    more: "\
The settings: replay LINES, autoaway on or off, multiclient on or off, dmhistory on or off.",
    when: When::Inside,
    run,
};

fn run(_door: &mut LineDoor, text: &str, desk: &mut Desk<'_>) -> Result<(), Wrong> {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.as_slice() {
        [] => desk.ask(Query::Preferences),
        [setting, value] => {
            let preference = preference(setting, value).ok_or(Wrong::Usage)?;
            desk.submit(Command::Account(Box::new(AccountCommand::Prefer(preference))));
        }
        _ => return Err(Wrong::Usage),
    }
    Ok(())
}
