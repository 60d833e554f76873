//! `*playback`, as ZNC has it: what was said since a time that the client knows (znc.in/playback). Clients
//! that speak it have no CHATHISTORY.

use super::recipients::recipient;
use crate::irc::Caps;
use crate::irc::verbs::Reading;
use parlor_hub::Query;
use parlor_hub::bounds::TARGETS_PER_COMMAND_MAX;
use parlor_hub::change::{Point, Span};
use parlor_hub::id::Millis;
use parlor_hub::query::Playback;
use parlor_wire::irc::numeric;
use rustc_hash::FxHashSet;

/// Its name, which no person can wear.
pub(crate) const NAME: &str = "*playback";

/// ZNC: what a module is told, by those who would rather not write to a person of that name.
pub(crate) fn znc(reading: &mut Reading<'_, '_>) {
    let Some(module) = reading.param(0) else { return reading.needs_more("ZNC") };
    if !reading.door.caps.has(Caps::PLAYBACK) || !module.eq_ignore_ascii_case(NAME) {
        return reading.say(numeric::ERR_NOSUCHNICK, &[module], "No such module here");
    }
    let words: Vec<&str> = (1..).map_while(|index| reading.param(index)).collect();
    take(reading, &words.join(" "));
}

/// Takes what a client tells it: `PLAY * 1456702934.5`, `PLAY #a,bob FROM TO`.
pub(super) fn take(reading: &mut Reading<'_, '_>, text: &str) {
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    let verb = words.first().unwrap_or(&"HELP").to_ascii_uppercase();
    match (&*verb, &words[1.min(words.len())..]) {
        ("PLAY", [list, times @ ..]) if times.len() <= 2 => play(reading, list, times),
        ("LIST", _) => reading.desk.ask(Query::Playback(Box::new(Playback::List))),
        ("CLEAR", [_]) => say(reading, "Nothing is cleared here: history stays"),
        _ => say(reading, "PLAY *|CHANNEL|NICK[,...] [FROM [TO]], in seconds since 1970; LIST"),
    }
}

fn play(reading: &mut Reading<'_, '_>, list: &str, times: &[&str]) {
    let moments: Option<Vec<Millis>> = times.iter().map(|word| moment(word)).collect();
    let span = match moments.as_deref() {
        None => return say(reading, "A time is in seconds since 1970"),
        Some([] | [0]) => Span::Latest(None),
        Some([from]) => Span::Latest(Some(Point::At(*from))),
        // Counted from the later one: the newest are told where there are many.
        Some([from, to, ..]) => Span::Between(Point::At(*to), Point::At(*from)),
    };
    let mut seen = FxHashSet::default();
    let words = list.split(',').filter(|word| !word.is_empty() && seen.insert(*word));
    for word in words.take(TARGETS_PER_COMMAND_MAX) {
        let with = recipient(word, reading.facts().casemapping);
        let asked = match with {
            _ if word == "*" => Playback::All(span),
            Some(with) => Playback::One(with, span),
            None => continue,
        };
        reading.desk.ask(Query::Playback(Box::new(asked)));
    }
}

/// A moment as clients are told it.
pub(crate) fn in_seconds(at: Millis) -> String {
    format!("{}.{:03}", at / 1000, at % 1000)
}

/// `1456702934.123` as milliseconds.
fn moment(word: &str) -> Option<Millis> {
    let (seconds, fraction) = word.split_once('.').unwrap_or((word, "0"));
    let all_digits = fraction.bytes().all(|byte| byte.is_ascii_digit());
    let thousandths = format!("{fraction:0<3}").get(..3)?.parse::<Millis>().ok();
    let ms = seconds.parse::<Millis>().ok()?.checked_mul(1000)?.checked_add(thousandths?)?;
    all_digits.then_some(ms)
}

fn say(reading: &mut Reading<'_, '_>, words: &str) {
    reading.tell(|replies| replies.notice_of(NAME, words));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_has_thousandths_at_most() {
        for (word, expected) in [
            ("0", Some(0)),
            ("1456702934", Some(1_456_702_934_000)),
            ("1456702934.5", Some(1_456_702_934_500)),
            ("1.0049", Some(1_004)),
            ("1.", Some(1_000)),
            ("x", None),
            ("1.x", None),
            ("-1", None),
            ("1.-12", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(moment(word), expected, "{word}");
        }
    }
}
