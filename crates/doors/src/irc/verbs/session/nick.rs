//! NICK: the first one, or another.

use crate::irc::registration;
use crate::irc::verbs::Reading;
use parlor_hub::Command;
use parlor_wire::irc::numeric;

pub(crate) fn nick(reading: &mut Reading<'_, '_>) {
    let Some(word) = reading.param(0) else {
        return reading.say(numeric::ERR_NONICKNAMEGIVEN, &[], "No nickname given");
    };
    let Some(nick) = reading.new_nick(word) else { return };
    if reading.door.is_here() {
        return reading.desk.submit(Command::Nick(nick));
    }
    if let Some(registration) = reading.door.registration.as_deref_mut() {
        registration.nick = Some(nick);
        registration::advance(reading.door, reading.desk);
    }
}
