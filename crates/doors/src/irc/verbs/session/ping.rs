//! PING and PONG.

use crate::irc::verbs::Reading;
use parlor_wire::irc::format::Line;
use parlor_wire::irc::numeric;

pub(crate) fn ping(reading: &mut Reading<'_, '_>) {
    let Some(token) = reading.param(0) else {
        return reading.say(numeric::ERR_NOORIGIN, &[], "No origin specified");
    };
    reading.tell(|replies| {
        let server = &replies.facts.server;
        let line = Line::new(replies.out).source(server).command("PONG").param(server);
        line.trailing(token).end();
    });
}

/// Any line is a sign of life; this one is nothing else.
pub(crate) fn pong(_: &mut Reading<'_, '_>) {}
