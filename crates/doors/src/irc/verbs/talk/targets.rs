//! CHATHISTORY TARGETS: which conversations there are, by the time of their last message
//! (draft/chathistory).

use super::history::{fail, limit_of, moment, params};
use crate::irc::verbs::Reading;
use parlor_hub::Query;
use parlor_hub::query;

/// The subcommand.
pub(super) const TARGETS: &str = "TARGETS";

pub(super) fn targets(reading: &mut Reading<'_, '_>) {
    let Some(&[from, to, limit]) = params(reading, TARGETS, 3) else { return };
    let (from, to) = match (moment(from), moment(to)) {
        (Ok(from), Ok(to)) => (from, to),
        (Err(words), _) => return fail(reading, "INVALID_PARAMS", &[TARGETS, from], words),
        (_, Err(words)) => return fail(reading, "INVALID_PARAMS", &[TARGETS, to], words),
    };
    let Some(limit) = limit_of(reading, TARGETS, limit) else { return };
    reading.desk.ask(Query::Targets(query::Targets { from, to, limit }));
}
