//! Changes of modes, in words.

use super::words::count;
use crate::line::view::You;
use crate::modes::{self, Kind};
use parlor_hub::answer::ModesAre;
use parlor_hub::change::ListEntry;
use parlor_hub::event::ModeShown;
use parlor_hub::modes::{ListKind, Ranks};

/// What someone did: `made bob an operator`.
pub(super) fn did(change: &ModeShown, you: You) -> String {
    let about = match you {
        You::Got => "you",
        _ => change.parameter.as_deref().unwrap_or_default(),
    };
    let mask = || about.strip_suffix("!*@*").unwrap_or(about);
    let Some(mode) = modes::of(change.letter) else {
        let sign = if change.set { '+' } else { '-' };
        return format!("set mode {sign}{} {about}", change.letter).trim_end().to_owned();
    };
    let about = if matches!(mode.kind, Kind::List(_)) { mask() } else { about };
    let words = if change.set { mode.set } else { mode.unset };
    words.replace("{}", about)
}

/// What the server itself did: `bob is an operator now`.
pub(super) fn became(change: &ModeShown, you: You) -> String {
    let (is, has) = match (you, change.parameter.as_deref().unwrap_or_default()) {
        (You::No, about) => (format!("{about} is"), format!("{about} has")),
        _ => ("You are".to_owned(), "You have".to_owned()),
    };
    match (modes::of(change.letter).map(|mode| (mode.kind, mode.is)), change.set) {
        (Some((Kind::Rank(Ranks::VOICE), _)), true) => format!("{has} a voice now"),
        (Some((Kind::Rank(_), rank)), true) => format!("{is} {rank} now"),
        _ => format!("The server {}", did(change, you)),
    }
}

/// A channel's modes.
pub(super) fn are(are: &ModesAre) -> String {
    let mut words = Vec::new();
    if are.registered {
        words.push(is('r', ""));
    }
    words.extend(are.flags.letters().map(|letter| is(letter, "")));
    match &are.key {
        Some(Some(key)) => words.push(is('k', key)),
        Some(None) => words.push("it takes a key (+k)".to_owned()),
        None => {}
    }
    if let Some(limit) = are.limit {
        words.push(is('l', &count(limit as usize, "person", "people")));
    }
    words.extend(are.forward.as_deref().map(|to| is('f', to)));
    words.extend(are.rejoin_s.map(|seconds| is('J', &seconds.to_string())));
    if words.is_empty() {
        words.push("open to everyone".to_owned());
    }
    format!("{}: {}.", are.channel, words.join("; "))
}

/// What is so while a mode is set.
fn is(letter: char, parameter: &str) -> String {
    let is = modes::of(letter).map_or("", |mode| mode.is).replace("{}", parameter);
    format!("{is} (+{letter})")
}

/// What stands above a list of masks.
pub(super) fn list_is(channel: &str, kind: ListKind, entries: &[ListEntry]) -> String {
    let (those, nobody) = match kind {
        ListKind::Ban => ("Banned from", "Nobody is banned from"),
        ListKind::Exception => ("Spared from bans in", "Nobody is spared from bans in"),
        ListKind::Invitation => ("Always invited to", "Nobody is always invited to"),
    };
    if entries.is_empty() { format!("{nobody} {channel}.") } else { format!("{those} {channel}:") }
}
