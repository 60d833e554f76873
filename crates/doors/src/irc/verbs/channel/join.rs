//! JOIN: coming into channels, each with its key; `0` leaves them all.

use crate::irc::Caps;
use crate::irc::verbs::Reading;
use crate::irc::verbs::reading::bounded;
use parlor_hub::Command;
use parlor_hub::bounds::KEY_BYTES_MAX;
use parlor_hub::command::Joining;
use parlor_hub::name::ChannelName;
use parlor_wire::irc::numeric;

pub(crate) fn join(reading: &mut Reading<'_, '_>) {
    let Some(list) = reading.list(0) else { return reading.needs_more("JOIN") };
    if list == "0" {
        return reading.desk.submit(Command::PartAll);
    }
    let keys = reading.message.param(1).unwrap_or_default();
    let mut keys = keys.split(',').map(|key| (!key.is_empty()).then_some(key));
    let mut joining = Vec::new();
    // Who knows of renaming is told of it instead.
    let follows = !reading.door.caps.has(Caps::CHANNEL_RENAME);
    for word in list.split(',').filter(|word| !word.is_empty()) {
        let key = keys.next().flatten().map(|key| bounded(key, KEY_BYTES_MAX));
        let Ok(channel) = ChannelName::parse(word, reading.facts().casemapping) else {
            // Behind those named before it.
            submit(reading, &mut joining);
            reading.say(numeric::ERR_NOSUCHCHANNEL, &[word], "No such channel");
            continue;
        };
        joining.push(Joining { channel, key, follows });
    }
    submit(reading, &mut joining);
}

fn submit(reading: &mut Reading<'_, '_>, joining: &mut Vec<Joining>) {
    if !joining.is_empty() {
        reading.desk.submit(Command::Join(std::mem::take(joining)));
    }
}
