//! WHOWAS: people who were here.

use crate::irc::verbs::Reading;
use parlor_hub::Query;
use parlor_hub::name::Nick;
use parlor_wire::irc::numeric;

pub(crate) fn whowas(reading: &mut Reading<'_, '_>) {
    let Some(list) = reading.list(0) else {
        return reading.say(numeric::ERR_NONICKNAMEGIVEN, &[], "No nickname given");
    };
    if !reading.is_for_us(reading.param(2)) {
        return;
    }
    // A count that is none, or no number above zero, asks for all.
    let most = reading.param(1).and_then(|count| count.parse().ok()).unwrap_or(0);
    let casemapping = reading.facts().casemapping;
    let mut nicks = Vec::new();
    for word in reading.targets(list) {
        match Nick::parse(word, casemapping) {
            Ok(nick) => nicks.push(nick),
            Err(_) => reading.tell(|replies| replies.was_not(word)),
        }
    }
    if !nicks.is_empty() {
        reading.desk.ask(Query::Whowas(nicks, most));
    }
}
