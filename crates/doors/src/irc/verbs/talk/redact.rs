//! REDACT: taking back what was said (draft/message-redaction).

use super::recipients::recipient;
use crate::desk::{Amend, Amendment};
use crate::irc::Caps;
use crate::irc::verbs::Reading;
use crate::irc::verbs::reading::bounded;
use parlor_hub::bounds::REASON_BYTES_MAX;
use parlor_wire::irc::numeric;

pub(crate) fn redact(reading: &mut Reading<'_, '_>) {
    if !reading.door.caps.has(Caps::MESSAGE_REDACTION) {
        return reading.say(numeric::ERR_UNKNOWNCOMMAND, &["REDACT"], "Unknown command");
    }
    let (Some(target), Some(id)) = (reading.param(0), reading.param(1)) else {
        return reading.needs_more("REDACT");
    };
    let Some(with) = recipient(target, reading.facts().casemapping) else {
        let words = format!("You cannot delete messages from {target}");
        return fail(reading, "INVALID_TARGET", &[target], &words);
    };
    let Ok(id) = id.parse() else {
        let words = "This message does not exist or is too old";
        return fail(reading, "UNKNOWN_MSGID", &[target, id], words);
    };
    let reason = reading.param(2).map(|reason| bounded(reason, REASON_BYTES_MAX));
    reading.desk.amend(Amend { with, id, change: Amendment::Redact(reason) });
}

fn fail(reading: &mut Reading<'_, '_>, code: &str, context: &[&str], words: &str) {
    reading.tell(|replies| replies.fail_always("REDACT", code, context, words));
}
