//! Small pieces of sentences.

use parlor_hub::id::Millis;
use parlor_hub::modes::Ranks;
use std::fmt::Display;

/// `ada, bob and carl`.
pub(super) fn and(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// `1 line`, `3 lines`.
pub(super) fn count(number: usize, one: &str, several: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {several}") }
}

/// ` (why)`, or nothing.
pub(super) fn because(reason: &str) -> String {
    if reason.is_empty() { String::new() } else { format!(" ({reason})") }
}

/// A name with the sign of the highest rank in front.
pub(super) fn ranked(ranks: Ranks, name: impl Display) -> String {
    ranks.signs().next().map_or_else(|| name.to_string(), |sign| format!("{sign}{name}"))
}

/// `5 minutes`; none when it is less than one.
pub(super) fn duration(ms: Millis) -> Option<String> {
    const MINUTE_MS: Millis = 60_000;
    let minutes = (ms / MINUTE_MS) as usize;
    match minutes {
        0 => None,
        1..60 => Some(count(minutes, "minute", "minutes")),
        60..1440 => Some(count(minutes / 60, "hour", "hours")),
        _ => Some(count(minutes / 1440, "day", "days")),
    }
}

/// The nick of a `nick!user@host`.
pub(super) fn nick_of(person: &str) -> &str {
    person.split('!').next().unwrap_or(person)
}
