//! PERSISTENCE: staying with no connection at all (draft/persistence).

use crate::irc::verbs::Reading;
use parlor_hub::{Command, Query};

pub(crate) fn persistence(reading: &mut Reading<'_, '_>) {
    let subcommand = reading.param(0).unwrap_or_default().to_ascii_uppercase();
    let setting = reading.param(1).map(str::to_ascii_uppercase);
    if reading.door.account.is_none() {
        let words = "Log in to an account first";
        return reading.tell(|replies| {
            replies.fail_always("PERSISTENCE", "ACCOUNT_REQUIRED", &[], words);
        });
    }
    match (subcommand.as_str(), setting.as_deref()) {
        ("GET", None) => reading.desk.ask(Query::Persistence),
        ("SET", Some("ON")) => reading.desk.submit(Command::Persistence(true)),
        // Nobody stays who did not ask to.
        ("SET", Some("OFF" | "DEFAULT")) => reading.desk.submit(Command::Persistence(false)),
        _ => {
            let words = "GET, or SET with ON, OFF or DEFAULT";
            reading.tell(|replies| {
                replies.fail_always("PERSISTENCE", "INVALID_PARAMS", &[&subcommand], words);
            });
        }
    }
}
