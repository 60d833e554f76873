//! PART: leaving channels.

use crate::irc::verbs::Reading;
use crate::irc::verbs::reading::bounded;
use parlor_hub::Command;
use parlor_hub::bounds::REASON_BYTES_MAX;
use parlor_hub::command;
use parlor_hub::name::ChannelName;

pub(crate) fn part(reading: &mut Reading<'_, '_>) {
    let words = reading.targets(reading.message.params[0]);
    if words.is_empty() {
        return reading.needs_more("PART");
    }
    let channels: Vec<ChannelName> =
        words.into_iter().filter_map(|word| reading.channel(word)).collect();
    let reason = reading.param(1).map(|reason| bounded(reason, REASON_BYTES_MAX));
    if !channels.is_empty() {
        reading.desk.submit(Command::Part(command::Part { channels, reason }));
    }
}
