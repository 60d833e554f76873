//! REGISTER, UNREGISTER and INFO.

use crate::irc::verbs::Reading;
use parlor_hub::{Command, Query};

pub(super) fn register(reading: &mut Reading<'_, '_>, words: &[&str]) {
    if let Some(channel) = reading.channel(words[0]) {
        reading.desk.submit(Command::RegisterChannel(channel));
    }
}

pub(super) fn unregister(reading: &mut Reading<'_, '_>, words: &[&str]) {
    if let Some(channel) = reading.channel(words[0]) {
        let code = words.get(1).map(|code| (*code).into());
        reading.desk.submit(Command::UnregisterChannel(channel, code));
    }
}

pub(super) fn info(reading: &mut Reading<'_, '_>, words: &[&str]) {
    if let Some(channel) = reading.channel(words[0]) {
        reading.desk.ask(Query::ChannelInfo(channel));
    }
}
