//! MARKREAD: up to when a conversation was read (draft/read-marker).

use super::history::moment;
use super::recipients::recipient;
use crate::irc::verbs::Reading;
use parlor_hub::{Command, Query};

pub(crate) fn markread(reading: &mut Reading<'_, '_>) {
    let Some(target) = reading.param(0) else {
        return fail(reading, "NEED_MORE_PARAMS", &[], "Missing parameters");
    };
    let Some(with) = recipient(target, reading.facts().casemapping) else {
        return fail(reading, "INVALID_PARAMS", &[target], "Invalid parameters");
    };
    match reading.message.param(1) {
        None => reading.desk.ask(Query::ReadMark(with)),
        Some(selector) => match moment(selector) {
            Ok(at) => reading.desk.submit(Command::MarkRead(with, at)),
            Err(_) => fail(reading, "INVALID_PARAMS", &[target, selector], "Invalid parameters"),
        },
    }
}

fn fail(reading: &mut Reading<'_, '_>, code: &str, context: &[&str], words: &str) {
    reading.tell(|replies| replies.fail_always("MARKREAD", code, context, words));
}
