//! LUSERS, MAP: how many of what there are, and where. USERS and SUMMON are of another age.

use crate::irc::verbs::Reading;
use parlor_hub::Query;
use parlor_wire::irc::numeric;

pub(crate) fn lusers(reading: &mut Reading<'_, '_>) {
    let connections = reading.desk.connections;
    reading.desk.ask(Query::Counts(connections));
}

pub(crate) fn map(reading: &mut Reading<'_, '_>) {
    let people = reading.desk.people;
    reading.tell(|replies| {
        let words = format!("{} ({people} here)", replies.facts.server);
        replies.say(numeric::RPL_MAP, &[], &words);
        replies.say(numeric::RPL_MAPEND, &[], "End of /MAP");
    });
}

/// Who is logged in to the machine is nobody's business.
pub(crate) fn users(reading: &mut Reading<'_, '_>) {
    reading.say(numeric::ERR_USERSDISABLED, &[], "USERS has been disabled");
}

pub(crate) fn summon(reading: &mut Reading<'_, '_>) {
    reading.say(numeric::ERR_SUMMONDISABLED, &[], "SUMMON has been disabled");
}
