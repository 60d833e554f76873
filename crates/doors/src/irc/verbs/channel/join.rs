//! JOIN: coming into channels, each with its key; `0` leaves them all.

use crate::irc::verbs::Reading;
use crate::irc::verbs::reading::bounded;
use parlor_hub::Command;
use parlor_hub::bounds::KEY_BYTES_MAX;
use parlor_hub::command::Joining;

pub(crate) fn join(reading: &mut Reading<'_, '_>) {
    let Some(list) = reading.param(0) else { return reading.needs_more("JOIN") };
    if list == "0" {
        return reading.desk.submit(Command::PartAll);
    }
    let keys = reading.message.param(1).unwrap_or_default();
    let mut keys = keys.split(',').map(|key| (!key.is_empty()).then_some(key));
    let mut joining = Vec::new();
    for word in list.split(',').filter(|word| !word.is_empty()) {
        let key = keys.next().flatten().map(|key| bounded(key, KEY_BYTES_MAX));
        if let Some(channel) = reading.channel(word) {
            joining.push(Joining { channel, key });
        }
    }
    if !joining.is_empty() {
        reading.desk.submit(Command::Join(joining));
    }
}
