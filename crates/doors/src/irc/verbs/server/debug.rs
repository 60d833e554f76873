//! DEBUG: what the server holds; for operators.

use crate::irc::verbs::Reading;
use parlor_hub::Query;
use parlor_hub::query::View;

pub(crate) fn debug(reading: &mut Reading<'_, '_>) {
    let view = reading.param(0).unwrap_or_default().to_ascii_uppercase();
    let view = match (view.as_str(), reading.param(1)) {
        ("COUNTS", _) => View::Counts,
        ("USER" | "CHANNEL", None) => return reading.needs_more("DEBUG"),
        ("USER", Some(nick)) => {
            let Some(nick) = reading.nick(nick) else { return };
            View::User(nick)
        }
        ("CHANNEL", Some(channel)) => {
            let Some(channel) = reading.channel(channel) else { return };
            View::Channel(channel)
        }
        _ => View::Views,
    };
    reading.desk.ask(Query::Debug(view));
}
