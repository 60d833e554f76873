//! CHATHISTORY: parts of a conversation (draft/chathistory). Its TARGETS are in `targets`.

use super::recipients::recipient;
use super::targets;
use crate::irc::Caps;
use crate::irc::verbs::Reading;
use crate::time::parse_server_time;
use parlor_hub::Query;
use parlor_hub::bounds::HISTORY_PAGE_MAX;
use parlor_hub::change::{Beside, Point, Span};
use parlor_hub::id::Millis;
use parlor_hub::query::History;

/// The subcommands.
const SUBCOMMANDS: [&str; 5] = ["LATEST", "BEFORE", "AFTER", "AROUND", "BETWEEN"];

pub(crate) fn chathistory(reading: &mut Reading<'_, '_>) {
    let given = reading.param(0).unwrap_or("*");
    if given.eq_ignore_ascii_case(targets::TARGETS) {
        return targets::targets(reading);
    }
    let Some(subcommand) = SUBCOMMANDS.into_iter().find(|s| s.eq_ignore_ascii_case(given)) else {
        return fail(reading, "INVALID_PARAMS", &[given], "Unknown command");
    };
    let points = if subcommand == "BETWEEN" { 2 } else { 1 };
    let Some([target, points @ .., limit]) = params(reading, subcommand, points + 2) else {
        return;
    };
    let Some(with) = recipient(target, reading.facts().casemapping) else {
        let words = "Messages could not be retrieved";
        return fail(reading, "INVALID_TARGET", &[subcommand, target], words);
    };
    let span = match span(subcommand, points) {
        Ok(span) => span,
        Err((point, words)) => {
            return fail(reading, "INVALID_PARAMS", &[subcommand, point], words);
        }
    };
    let Some(limit) = limit_of(reading, subcommand, limit) else { return };
    let beside = beside(reading.door.caps);
    reading.desk.ask(Query::History(Box::new(History { with, span, beside, limit })));
}

/// What a client takes in a history besides messages.
fn beside(caps: Caps) -> Beside {
    if !caps.has(Caps::EVENT_PLAYBACK) {
        Beside::Nothing
    } else if caps.has(Caps::MESSAGE_TAGS) {
        Beside::EventsAndTags
    } else {
        Beside::Events
    }
}

/// The subcommand that asks for such a part.
pub(crate) fn subcommand(span: &Span) -> &'static str {
    match span {
        Span::Latest(_) => "LATEST",
        Span::Before(_) => "BEFORE",
        Span::After(_) => "AFTER",
        Span::Around(_) => "AROUND",
        Span::Between(..) => "BETWEEN",
    }
}

/// What follows the subcommand, if it is so many parameters.
pub(super) fn params<'r>(
    reading: &mut Reading<'r, '_>,
    subcommand: &str,
    count: usize,
) -> Option<&'r [&'r str]> {
    let params = reading.message.params.get(1..).unwrap_or_default();
    let words = match params.len().cmp(&count) {
        std::cmp::Ordering::Equal => return Some(params),
        std::cmp::Ordering::Greater => "Too many parameters",
        std::cmp::Ordering::Less => "Insufficient parameters",
    };
    fail(reading, "INVALID_PARAMS", &[subcommand], words);
    None
}

/// A number of lines: one beyond the bound is taken for the bound.
pub(super) fn limit_of(
    reading: &mut Reading<'_, '_>,
    subcommand: &str,
    given: &str,
) -> Option<u16> {
    let digits = given.bytes().all(|byte| byte.is_ascii_digit());
    let number = given.parse::<u128>().ok().filter(|limit| *limit > 0 && digits);
    if number.is_none() {
        fail(reading, "INVALID_PARAMS", &[subcommand, given], "Invalid limit");
    }
    number.map(|limit| limit.min(HISTORY_PAGE_MAX.into()) as u16)
}

/// `timestamp=…`.
pub(super) fn moment(selector: &str) -> Result<Millis, &'static str> {
    let time = selector.strip_prefix("timestamp=").ok_or("Invalid message reference")?;
    parse_server_time(time).ok_or("Invalid timestamp")
}

pub(super) fn fail(reading: &mut Reading<'_, '_>, code: &str, context: &[&str], words: &str) {
    reading.tell(|replies| replies.fail_always("CHATHISTORY", code, context, words));
}

/// The part that is asked for; else what of it is wrong, and why.
fn span<'r>(subcommand: &str, selectors: &[&'r str]) -> Result<Span, (&'r str, &'static str)> {
    let point = |at: usize| {
        let selector = selectors.get(at).copied().unwrap_or_default();
        point(selector).map_err(|words| (selector, words))
    };
    Ok(match subcommand {
        "LATEST" if selectors == ["*"] => Span::Latest(None),
        "LATEST" => Span::Latest(Some(point(0)?)),
        "BEFORE" => Span::Before(point(0)?),
        "AFTER" => Span::After(point(0)?),
        "AROUND" => Span::Around(point(0)?),
        _ => Span::Between(point(0)?, point(1)?),
    })
}

/// `timestamp=…` or `msgid=…`.
fn point(selector: &str) -> Result<Point, &'static str> {
    match selector.strip_prefix("msgid=") {
        Some(id) => id.parse().map(Point::Message).map_err(|_| "Invalid message id"),
        None => moment(selector).map(Point::At),
    }
}
