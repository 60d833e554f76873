//! NAMES: who is in channels.

use crate::irc::verbs::Reading;
use parlor_hub::Query;
use parlor_hub::name::ChannelName;
use parlor_wire::irc::numeric;

pub(crate) fn names(reading: &mut Reading<'_, '_>) {
    let Some(list) = reading.list(0) else {
        return reading.desk.ask(Query::Names(Vec::new()));
    };
    for word in reading.targets(list) {
        // What is no channel's name has no one in it: NAMES knows no errors.
        match ChannelName::parse(word, reading.facts().casemapping) {
            Ok(channel) => reading.desk.ask(Query::Names(vec![channel])),
            Err(_) => reading.say(numeric::RPL_ENDOFNAMES, &[word], "End of /NAMES list"),
        }
    }
}
