//! USERHOST: host and away of people.

use crate::irc::verbs::Reading;
use parlor_hub::Query;
use parlor_hub::name::Nick;

pub(crate) fn userhost(reading: &mut Reading<'_, '_>) {
    let casemapping = reading.facts().casemapping;
    let words = reading.message.params.iter().flat_map(|param| param.split_ascii_whitespace());
    let nicks = words.filter_map(|word| Nick::parse(word, casemapping).ok()).collect();
    reading.desk.ask(Query::Userhost(nicks));
}
