//! ISON: which of these are here.

use crate::irc::verbs::Reading;
use parlor_hub::Query;
use parlor_hub::name::Nick;

pub(crate) fn ison(reading: &mut Reading<'_, '_>) {
    let casemapping = reading.facts().casemapping;
    // A line is bound enough: of its nicks, those are told that fit one line of the answer.
    let words = reading.message.params.iter().flat_map(|param| param.split_ascii_whitespace());
    let nicks = words.filter_map(|word| Nick::parse(word, casemapping).ok()).collect();
    reading.desk.ask(Query::Ison(nicks));
}
