//! CHATHISTORY: the last messages of a conversation, or those before a point (draft/chathistory).

use super::recipients::recipient;
use crate::irc::verbs::Reading;
use crate::time::parse_server_time;
use parlor_hub::Query;
use parlor_hub::bounds::HISTORY_PAGE_MAX;
use parlor_hub::change::Point;
use parlor_hub::query::History;

pub(crate) fn chathistory(reading: &mut Reading<'_, '_>) {
    let given = reading.param(0).unwrap_or("*");
    let Some(subcommand) = ["LATEST", "BEFORE"].into_iter().find(|s| s.eq_ignore_ascii_case(given))
    else {
        return fail(reading, "INVALID_PARAMS", &[given], "Unknown command");
    };
    reading.door.history = subcommand;
    let (target, selector, limit) = match *reading.message.params {
        [_, target, selector, limit] => (target, selector, limit),
        [_, _, _, _, ..] => {
            return fail(reading, "INVALID_PARAMS", &[subcommand], "Too many parameters");
        }
        _ => return fail(reading, "INVALID_PARAMS", &[subcommand], "Insufficient parameters"),
    };
    let Some(with) = recipient(target, reading.facts().casemapping) else {
        let words = "Messages could not be retrieved";
        return fail(reading, "INVALID_TARGET", &[subcommand, target], words);
    };
    let point = match (subcommand, selector) {
        ("LATEST", "*") => None,
        _ => match point(selector) {
            Ok(point) => Some(point),
            Err(words) => return fail(reading, "INVALID_PARAMS", &[subcommand, selector], words),
        },
    };
    let Some(limit) = limit.parse::<u32>().ok().filter(|limit| *limit > 0) else {
        return fail(reading, "INVALID_PARAMS", &[subcommand, limit], "Invalid limit");
    };
    let limit = limit.min(u32::from(HISTORY_PAGE_MAX)) as u16;
    let (before, after) = if subcommand == "BEFORE" { (point, None) } else { (None, point) };
    reading.desk.ask(Query::History(Box::new(History { with, before, after, limit })));
}

/// `timestamp=…` or `msgid=…`.
fn point(selector: &str) -> Result<Point, &'static str> {
    if let Some(id) = selector.strip_prefix("msgid=") {
        return id.parse().map(Point::Message).map_err(|_| "Invalid message id");
    }
    let time = selector.strip_prefix("timestamp=").ok_or("Invalid message reference")?;
    parse_server_time(time).map(Point::At).ok_or("Invalid timestamp")
}

fn fail(reading: &mut Reading<'_, '_>, code: &str, context: &[&str], words: &str) {
    reading.tell(|replies| replies.fail_always("CHATHISTORY", code, context, words));
}
