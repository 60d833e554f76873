//! How the owner of an account wants things, and the founder of a channel.

use crate::accounts::preference;
use crate::desk::Desk;
use crate::keeping::setting;
use crate::line::door::LineDoor;
use crate::line::verbs::argument::{self, Wrong};
use crate::line::verbs::{Verb, When};
use parlor_hub::command::{AccountCommand, Keeping};
use parlor_hub::{Command, Query};

pub(in crate::line::verbs) const VERB: Verb = Verb {
    name: "prefer",
    aliases: &["set"],
    usage: "[SETTING VALUE]",
    help: "see and say how you want things",
    more: "\
The settings: replay LINES, autoaway on or off, multiclient on or off, dmhistory on or off.
Of a channel of yours, /set #CHANNEL: earlier shown, hidden or default;
history forever, none, default, a time such as 30d, or last 500.",
    when: When::Inside,
    run,
};

fn run(_door: &mut LineDoor, text: &str, desk: &mut Desk<'_>) -> Result<(), Wrong> {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.as_slice() {
        [] => desk.ask(Query::Preferences),
        [name, rest @ ..] if name.starts_with('#') => {
            let channel = argument::channel(name, desk)?;
            let [name, values @ ..] = rest else {
                desk.ask(Query::ChannelSettings(channel));
                return Ok(());
            };
            let setting = setting(name, &values.join(" ")).ok_or(Wrong::Usage)?;
            desk.submit(Command::Keep(Box::new(Keeping::Set(channel, setting))));
        }
        [setting, value] => {
            let preference = preference(setting, value).ok_or(Wrong::Usage)?;
            desk.submit(Command::Account(Box::new(AccountCommand::Prefer(preference))));
        }
        _ => return Err(Wrong::Usage),
    }
    Ok(())
}
