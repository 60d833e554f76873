//! SET and GET: how the owner of an account wants things.

use super::super::say;
use super::account;
use crate::accounts::preference;
use crate::irc::verbs::Reading;
use parlor_hub::command::AccountCommand;
use parlor_hub::name::Text;
use parlor_hub::{Command, Query};

pub(super) fn set(reading: &mut Reading<'_, '_>, words: &[&str]) {
    let command = match words {
        [] => return reading.desk.ask(Query::Preferences),
        [setting, rest @ ..] if setting.eq_ignore_ascii_case("PASSWORD") && rest.len() > 1 => {
            return account::password(reading, rest);
        }
        [setting, email] if setting.eq_ignore_ascii_case("EMAIL") => {
            let email = Some(*email).filter(|email| *email != "*" && *email != "-");
            if email.is_some_and(|email| !parlor_hub::name::is_address(email)) {
                return say(reading, "This is no address that mail can be sent to");
            }
            AccountCommand::Email(email.map(Text::from))
        }
        [setting, value, ..] => match preference(setting, value) {
            Some(preference) => AccountCommand::Prefer(preference),
            None => return say(reading, SETTINGS),
        },
        _ => return say(reading, SETTINGS),
    };
    reading.desk.submit(Command::Account(Box::new(command)));
}

pub(super) fn get(reading: &mut Reading<'_, '_>, _words: &[&str]) {
    reading.desk.ask(Query::Preferences);
}

/// What can be set, and to what.
const SETTINGS: &str = "REPLAY <lines|DEFAULT>, AUTOAWAY, MULTICLIENT or DMHISTORY <ON|OFF>, EMAIL \
                        <address|*>, PASSWORD <old> <new>";
