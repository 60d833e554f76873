//! EDIT: saying something else instead of what was said (draft/message-edit).

use super::recipients::recipient;
use crate::desk::{Amend, Amendment};
use crate::irc::Caps;
use crate::irc::editing::{EDIT_TEXT, TARGET_MSGID};
use crate::irc::verbs::Reading;
use parlor_hub::bounds::EDIT_BYTES_MAX;
use parlor_wire::irc::numeric;

pub(crate) fn edit(reading: &mut Reading<'_, '_>) {
    if !reading.door.caps.has(Caps::MESSAGE_EDIT) {
        return reading.say(numeric::ERR_UNKNOWNCOMMAND, &["EDIT"], "Unknown command");
    }
    let Some(target) = reading.param(0) else { return reading.needs_more("EDIT") };
    let Some(with) = recipient(target, reading.facts().casemapping) else {
        let words = format!("You cannot edit messages from {target}");
        return fail(reading, "INVALID_TARGET", &[target], &words);
    };
    let tag = |key| reading.message.tag(key).unwrap_or_default().into_owned();
    let (id, text) = (tag(TARGET_MSGID), tag(EDIT_TEXT));
    let Ok(message) = id.parse() else {
        let words = "This message does not exist or is too old";
        return fail(reading, "UNKNOWN_MSGID", &[target, &id], words);
    };
    let is_line = !text.trim().is_empty() && !text.contains(['\r', '\n', '\0']);
    if !is_line || text.len() > EDIT_BYTES_MAX {
        return fail(reading, "INVALID_EDIT", &[target, &id], "Invalid edit text");
    }
    let change = Amendment::Edit(text.into());
    reading.desk.amend(Amend { with, id: message, change });
}

fn fail(reading: &mut Reading<'_, '_>, code: &str, context: &[&str], words: &str) {
    let context: Vec<&str> = context.iter().copied().filter(|word| !word.is_empty()).collect();
    reading.tell(|replies| replies.fail_always("EDIT", code, &context, words));
}
