//! TOPIC: what a channel is about.

use crate::irc::verbs::Reading;
use crate::irc::verbs::reading::bounded;
use parlor_hub::bounds::TOPIC_BYTES_MAX;
use parlor_hub::{Command, Query};

pub(crate) fn topic(reading: &mut Reading<'_, '_>) {
    let Some(channel) = reading.channel(reading.message.params[0]) else { return };
    match reading.message.param(1) {
        None => reading.desk.ask(Query::Topic(channel)),
        Some(text) => reading.desk.submit(Command::Topic(channel, bounded(text, TOPIC_BYTES_MAX))),
    }
}
