//! RENAME: another name for a channel (draft/channel-rename).

use crate::irc::verbs::Reading;
use crate::irc::verbs::reading::bounded;
use parlor_hub::Command;
use parlor_hub::bounds::REASON_BYTES_MAX;
use parlor_hub::command::Rename;
use parlor_hub::name::ChannelName;

pub(crate) fn rename(reading: &mut Reading<'_, '_>) {
    let (from, to) = (reading.message.params[0], reading.message.params[1]);
    let Some(from) = reading.channel(from) else { return };
    let Ok(to) = ChannelName::parse(to, reading.facts().casemapping) else {
        let words = "That cannot be a channel's name";
        return reading.tell(|replies| {
            replies.fail_always("RENAME", "CANNOT_RENAME", &[from.shown(), to], words);
        });
    };
    let reason = reading.param(2).map(|reason| bounded(reason, REASON_BYTES_MAX));
    reading.desk.submit(Command::Rename(Box::new(Rename { from, to, reason })));
}
