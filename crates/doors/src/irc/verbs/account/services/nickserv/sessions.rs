//! SESSIONS: one's connections.

use super::super::say;
use crate::irc::verbs::Reading;
use parlor_hub::command::AccountCommand;
use parlor_hub::{Command, Query};

pub(super) fn sessions(reading: &mut Reading<'_, '_>, words: &[&str]) {
    let verb = words.first().map_or("LIST".to_owned(), |verb| verb.to_ascii_uppercase());
    let number = match (verb.as_str(), words.get(1)) {
        ("LIST", _) => return reading.desk.ask(Query::Sessions),
        ("LOGOUT", Some(all)) if all.eq_ignore_ascii_case("ALL") => Some(None),
        ("LOGOUT", Some(number)) => number.parse().ok().map(Some),
        _ => None,
    };
    match number {
        Some(number) => {
            let end = AccountCommand::EndSession(number);
            reading.desk.submit(Command::Account(Box::new(end)));
        }
        None => say(reading, "SESSIONS LIST, or SESSIONS LOGOUT with a number of it or ALL"),
    }
}
