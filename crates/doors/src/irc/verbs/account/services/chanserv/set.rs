//! SET and GET: how the founder of a channel wants it.

use super::super::say;
use crate::irc::verbs::Reading;
use crate::keeping::{SETTINGS, setting};
use parlor_hub::command::Keeping;
use parlor_hub::{Command, Query};

pub(super) fn set(reading: &mut Reading<'_, '_>, words: &[&str]) {
    let Some(channel) = reading.channel(words[0]) else { return };
    let [name, values @ ..] = &words[1..] else {
        return reading.desk.ask(Query::ChannelSettings(channel));
    };
    match setting(name, &values.join(" ")) {
        None => say(reading, SETTINGS),
        Some(setting) => {
            reading.desk.submit(Command::Keep(Box::new(Keeping::Set(channel, setting))));
        }
    }
}

pub(super) fn get(reading: &mut Reading<'_, '_>, words: &[&str]) {
    if let Some(channel) = reading.channel(words[0]) {
        reading.desk.ask(Query::ChannelSettings(channel));
    }
}
