//! What follows a `/word`, and what can be wrong with it.

use super::Verb;
use crate::accounts::may_be_password;
use crate::bounds;
use crate::desk::Desk;
use crate::line::door::LineDoor;
use parlor_hub::name::{ChannelName, Nick, NotAName, Text};

/// What is wrong with a command, for the person who typed it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    /// Something is missing: how it is used.
    Usage,
    /// This is no nick.
    Nick(String, NotAName),
    /// This is no channel's name.
    Channel(String, NotAName),
    /// No channel is looked at, and none was named.
    Nowhere(Vec<String>),
    /// Longer than so many bytes: what.
    TooLong(&'static str, usize),
    /// Anything else, in words.
    Other(String),
}

impl Wrong {
    pub fn worded(&self, verb: &Verb, lobby: &str) -> String {
        match self {
            Self::Usage => format!("* This is how: {}", verb.shown()),
            Self::Nick(word, why) => format!("* {word:?} cannot be a nick: {why}."),
            Self::Channel(word, why) => format!("* {word:?} cannot be a channel: {why}."),
            Self::Nowhere(places) => nowhere(places, lobby),
            Self::TooLong(what, max) => {
                format!("* The {what} is too long: {max} bytes at most, and nothing was done.")
            }
            Self::Other(words) => format!("* {words}"),
        }
    }
}

/// Says that what is typed goes nowhere, and the way to somewhere.
pub(super) fn nowhere(places: &[String], lobby: &str) -> String {
    if places.is_empty() {
        return format!(
            "* You are in no channel, so nobody would read it. /join {lobby} to talk, or see the /list."
        );
    }
    let places = places.join(", ");
    format!(
        "* You are not looking at a channel, so nobody would read it. /join one of yours: {places}"
    )
}

impl Verb {
    /// `/name USAGE`.
    pub fn shown(&self) -> String {
        let gap = if self.usage.is_empty() { "" } else { " " };
        format!("/{}{gap}{}", self.name, self.usage)
    }
}

/// A first word, and what follows it.
pub(super) fn first_word(text: &str) -> (&str, &str) {
    match text.split_once(' ') {
        Some((word, rest)) => (word, rest.trim()),
        None => (text, ""),
    }
}

/// A first word that must be there.
pub(super) fn needed(text: &str) -> Result<(&str, &str), Wrong> {
    let (word, rest) = first_word(text);
    if word.is_empty() { Err(Wrong::Usage) } else { Ok((word, rest)) }
}

/// A code that need not be there.
pub(super) fn code(text: &str) -> Option<Text> {
    let code = text.trim();
    (!code.is_empty()).then(|| code.into())
}

/// Text that must be there and keep a bound.
pub(super) fn bounded(text: &str, what: &'static str, max: usize) -> Result<(), Wrong> {
    if text.len() > max { Err(Wrong::TooLong(what, max)) } else { Ok(()) }
}

/// A password that somebody can have typed.
pub(super) fn password(text: &str) -> Result<String, Wrong> {
    if text.is_empty() {
        return Err(Wrong::Usage);
    }
    bounded(text, "password", bounds::PASSWORD_BYTES_MAX)?;
    Ok(text.to_owned())
}

/// The new password of an account of this name.
pub(super) fn new_password(text: &str, name: &str, desk: &Desk<'_>) -> Result<String, Wrong> {
    let password = password(text)?;
    match may_be_password(&password, name, desk.facts.casemapping) {
        Ok(()) => Ok(password),
        Err(why) => Err(Wrong::Other(format!("{}.", why.worded()))),
    }
}

pub(super) fn nick(word: &str, desk: &Desk<'_>) -> Result<Nick, Wrong> {
    Nick::parse(word, desk.facts.casemapping).map_err(|why| Wrong::Nick(word.to_owned(), why))
}

/// A channel's name; the `#` in front may be left out.
pub(super) fn channel(word: &str, desk: &Desk<'_>) -> Result<ChannelName, Wrong> {
    let marked = if word.starts_with('#') { word.to_owned() } else { format!("#{word}") };
    ChannelName::parse(&marked, desk.facts.casemapping).map_err(|why| Wrong::Channel(marked, why))
}

/// The channel that is looked at.
pub(super) fn here(door: &LineDoor, desk: &Desk<'_>) -> Result<ChannelName, Wrong> {
    match door.places.target() {
        Some(name) => channel(name, desk),
        None => Err(Wrong::Nowhere(door.places.names().map(ToString::to_string).collect())),
    }
}

/// A channel that is named first, or the one that is looked at; and the rest.
pub(super) fn channel_or_here<'a>(
    door: &LineDoor,
    text: &'a str,
    desk: &Desk<'_>,
) -> Result<(ChannelName, &'a str), Wrong> {
    let (word, rest) = first_word(text);
    if word.starts_with('#') {
        Ok((channel(word, desk)?, rest))
    } else {
        Ok((here(door, desk)?, text))
    }
}
