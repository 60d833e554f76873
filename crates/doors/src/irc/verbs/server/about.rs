//! VERSION, ISUPPORT, TIME, INFO, ADMIN, MOTD, LINKS: what the server is, all of it known to the door.

use crate::irc::replies;
use crate::irc::verbs::Reading;
use crate::irc::{Caps, isupport};
use crate::time::in_words;
use parlor_wire::irc::numeric;

pub(crate) fn version(reading: &mut Reading<'_, '_>) {
    if reading.is_for_us(reading.param(0)) {
        reading.tell(|replies| {
            let facts = replies.facts;
            let params = [&*facts.version, &*facts.server];
            replies.say(numeric::RPL_VERSION, &params, &facts.description);
            isupport::tell(replies);
        });
    }
}

/// Before the sign-on, for those who asked to be able to (extended-isupport).
pub(crate) fn isupport(reading: &mut Reading<'_, '_>) {
    if !reading.door.is_here() && !reading.door.caps.has(Caps::EXTENDED_ISUPPORT) {
        return reading.say(numeric::ERR_NOTREGISTERED, &[], "You have not registered");
    }
    reading.tell(isupport::tell);
}

pub(crate) fn time(reading: &mut Reading<'_, '_>) {
    let now = reading.desk.now;
    if reading.is_for_us(reading.param(0)) {
        reading.tell(|replies| {
            replies.say(numeric::RPL_TIME, &[&replies.facts.server.clone()], &in_words(now));
        });
    }
}

pub(crate) fn info(reading: &mut Reading<'_, '_>) {
    if reading.is_for_us(reading.param(0)) {
        reading.tell(|replies| {
            let facts = replies.facts;
            replies.say(numeric::RPL_INFO, &[], &facts.version);
            replies.say(numeric::RPL_INFO, &[], &facts.description);
            let started = format!("Started {}", in_words(facts.started_at));
            replies.say(numeric::RPL_INFO, &[], &started);
            replies.say(numeric::RPL_ENDOFINFO, &[], "End of INFO list");
        });
    }
}

pub(crate) fn admin(reading: &mut Reading<'_, '_>) {
    if reading.is_for_us(reading.param(0)) {
        reading.tell(|replies| {
            let facts = replies.facts;
            replies.say(numeric::RPL_ADMINME, &[&facts.server], "Administrative info");
            replies.say(numeric::RPL_ADMINLOC1, &[], &facts.network);
            replies.say(numeric::RPL_ADMINLOC2, &[], &facts.description);
            replies.say(numeric::RPL_ADMINEMAIL, &[], &facts.admin);
        });
    }
}

pub(crate) fn motd(reading: &mut Reading<'_, '_>) {
    if reading.is_for_us(reading.param(0)) {
        reading.tell(replies::motd);
    }
}

pub(crate) fn links(reading: &mut Reading<'_, '_>) {
    reading.tell(|replies| {
        let facts = replies.facts;
        let words = format!("0 {}", facts.description);
        replies.say(numeric::RPL_LINKS, &[&facts.server, &facts.server], &words);
        replies.say(numeric::RPL_ENDOFLINKS, &["*"], "End of /LINKS list");
    });
}
