//! Changes of modes, in words.

use super::words::count;
use crate::line::view::You;
use parlor_hub::answer::ModesAre;
use parlor_hub::change::ListEntry;
use parlor_hub::event::ModeShown;
use parlor_hub::modes::{ChannelFlags, ListKind};

/// What someone did: `made bob an operator`.
pub(super) fn did(change: &ModeShown, you: You) -> String {
    let about = match you {
        You::Got => "you",
        _ => change.parameter.as_deref().unwrap_or_default(),
    };
    let mask = || about.strip_suffix("!*@*").unwrap_or(about);
    match (change.letter, change.set) {
        ('v', true) => format!("gave {about} a voice"),
        ('q' | 'a' | 'o' | 'h', true) => format!("made {about} {}", rank(change.letter).0),
        ('q' | 'a' | 'o' | 'h' | 'v', false) => {
            format!("took {} from {about}", rank(change.letter).1)
        }
        ('i', true) => "closed the channel to all but the invited (+i)".to_owned(),
        ('i', false) => "opened the channel to everyone (-i)".to_owned(),
        ('m', true) => "let only those with a voice speak (+m)".to_owned(),
        ('m', false) => "let everyone speak (-m)".to_owned(),
        ('n', true) => "let only those inside speak (+n)".to_owned(),
        ('n', false) => "let those outside speak (-n)".to_owned(),
        ('s', true) => "hid the channel (+s)".to_owned(),
        ('s', false) => "made the channel visible (-s)".to_owned(),
        ('t', true) => "let only operators set the topic (+t)".to_owned(),
        ('t', false) => "let everyone set the topic (-t)".to_owned(),
        ('k', true) => format!("set the channel's key to {about}"),
        ('k', false) => "took the channel's key away".to_owned(),
        ('l', true) => format!("limited the channel to {about} people"),
        ('l', false) => "took the channel's limit away".to_owned(),
        ('b', true) => format!("banned {}", mask()),
        ('b', false) => format!("lifted the ban on {}", mask()),
        ('e', true) => format!("spared {} from bans", mask()),
        ('e', false) => format!("spares {} from bans no more", mask()),
        ('I', true) => format!("lets {} in without an invitation", mask()),
        ('I', false) => format!("lets {} in no more without an invitation", mask()),
        (letter, true) => format!("set mode +{letter} {about}").trim_end().to_owned(),
        (letter, false) => format!("set mode -{letter} {about}").trim_end().to_owned(),
    }
}

/// What the server itself did: `bob is an operator now`.
pub(super) fn became(change: &ModeShown, you: You) -> String {
    let (is, has) = match (you, change.parameter.as_deref().unwrap_or_default()) {
        (You::No, about) => (format!("{about} is"), format!("{about} has")),
        _ => ("You are".to_owned(), "You have".to_owned()),
    };
    match (change.letter, change.set) {
        ('q' | 'a' | 'o' | 'h', true) => format!("{is} {} now", rank(change.letter).0),
        ('v', true) => format!("{has} a voice now"),
        _ => format!("The server {}", did(change, you)),
    }
}

/// A rank, as one who has it and as the thing itself.
fn rank(letter: char) -> (&'static str, &'static str) {
    match letter {
        'q' => ("a founder", "the founder's rank"),
        'a' => ("protected", "the protection"),
        'o' => ("an operator", "the operator's rank"),
        'h' => ("a half-operator", "the half-operator's rank"),
        _ => ("a speaker", "the voice"),
    }
}

/// A channel's modes.
pub(super) fn are(modes: &ModesAre) -> String {
    let mut words = Vec::new();
    if modes.registered {
        words.push("kept for ever".to_owned());
    }
    let flags = [
        (ChannelFlags::INVITE_ONLY, "only the invited come in (+i)"),
        (ChannelFlags::MODERATED, "only those with a voice speak (+m)"),
        (ChannelFlags::MEMBERS_ONLY, "only those inside speak (+n)"),
        (ChannelFlags::SECRET, "hidden (+s)"),
        (ChannelFlags::TOPIC_LOCKED, "only operators set the topic (+t)"),
    ];
    let set = flags.iter().filter(|(flag, _)| modes.flags.has(*flag));
    words.extend(set.map(|(_, words)| (*words).to_owned()));
    match &modes.key {
        Some(Some(key)) => words.push(format!("the key is {key} (+k)")),
        Some(None) => words.push("it takes a key (+k)".to_owned()),
        None => {}
    }
    if let Some(limit) = modes.limit {
        words.push(format!("{} at most (+l)", count(limit as usize, "person", "people")));
    }
    if words.is_empty() {
        words.push("open to everyone".to_owned());
    }
    format!("{}: {}.", modes.channel, words.join("; "))
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
