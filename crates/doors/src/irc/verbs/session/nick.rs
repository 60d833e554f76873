//! NICK: the first one, or another.

use crate::irc::registration;
use crate::irc::verbs::Reading;
use crate::irc::verbs::account::services;
use parlor_hub::Command;
use parlor_hub::name::Nick;
use parlor_wire::irc::numeric;

pub(crate) fn nick(reading: &mut Reading<'_, '_>) {
    let Some(word) = reading.param(0) else {
        return reading.say(numeric::ERR_NONICKNAMEGIVEN, &[], "No nickname given");
    };
    if services::is_one(word) {
        let words = "Erroneous nickname: it is a service's";
        return reading.say(numeric::ERR_ERRONEUSNICKNAME, &[word], words);
    }
    let nick = match Nick::parse(word, reading.facts().casemapping) {
        Ok(nick) => nick,
        Err(why) => {
            let words = format!("Erroneous nickname: {why}");
            return reading.say(numeric::ERR_ERRONEUSNICKNAME, &[word], &words);
        }
    };
    if reading.door.is_here() {
        return reading.desk.submit(Command::Nick(nick));
    }
    if let Some(registration) = reading.door.registration.as_deref_mut() {
        registration.nick = Some(nick);
        registration::advance(reading.door, reading.desk);
    }
}
