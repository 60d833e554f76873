//! VERSION, ISUPPORT, TIME, INFO, ADMIN, MOTD, LINKS: what the server is, all of it known to the door.

use crate::irc::replies;
use crate::irc::verbs::{Reading, ServerIs};
use crate::irc::{Caps, isupport};
use parlor_hub::Query;
use parlor_hub::query::OfServer;
use parlor_wire::irc::numeric;

pub(crate) fn version(reading: &mut Reading<'_, '_>) {
    tell(reading, OfServer::Version);
}

pub(crate) fn time(reading: &mut Reading<'_, '_>) {
    tell(reading, OfServer::Time);
}

pub(crate) fn info(reading: &mut Reading<'_, '_>) {
    tell(reading, OfServer::Info);
}

pub(crate) fn admin(reading: &mut Reading<'_, '_>) {
    tell(reading, OfServer::Admin);
}

pub(crate) fn motd(reading: &mut Reading<'_, '_>) {
    tell(reading, OfServer::Motd);
}

/// Of this server, or of that at which somebody is: whether they are here, the hub knows.
fn tell(reading: &mut Reading<'_, '_>, what: OfServer) {
    let now = reading.desk.now;
    match reading.server(reading.param(0)) {
        ServerIs::Us => reading.tell(|replies| replies::about(what, now, replies)),
        ServerIs::Of(nick) => reading.desk.ask(Query::OfServer(nick, what)),
        ServerIs::None => {}
    }
}

/// Before the sign-on, for those who asked to be able to (extended-isupport).
pub(crate) fn isupport(reading: &mut Reading<'_, '_>) {
    if !reading.door.is_here() && !reading.door.caps.has(Caps::EXTENDED_ISUPPORT) {
        return reading.say(numeric::ERR_NOTREGISTERED, &[], "You have not registered");
    }
    reading.tell(isupport::tell);
}

pub(crate) fn links(reading: &mut Reading<'_, '_>) {
    reading.tell(|replies| {
        let facts = replies.facts;
        let words = format!("0 {}", facts.description);
        replies.say(numeric::RPL_LINKS, &[&facts.server, &facts.server], &words);
        replies.say(numeric::RPL_ENDOFLINKS, &["*"], "End of /LINKS list");
    });
}
