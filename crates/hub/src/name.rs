//! Names of people and channels: what is shown, and what is compared.
//!
//! A door folds a name when it reads it, and the entry carries both forms, so that every node
//! compares the same bytes whatever tables it was built with.

use crate::bounds;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// Shared text.
pub type Text = Arc<str>;

/// How names are folded for comparison; fixed in the data at the first start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Casemapping {
    /// A–Z equal a–z.
    #[default]
    Ascii,
    /// As ASCII, and `[]\~` equal `{}|^` (RFC 1459, section 2.2).
    Rfc1459,
}

impl Casemapping {
    /// The word that `CASEMAPPING` in ISUPPORT uses.
    pub fn token(self) -> &'static str {
        match self {
            Self::Ascii => "ascii",
            Self::Rfc1459 => "rfc1459",
        }
    }

    /// `name` as it is compared.
    pub fn fold(self, name: &str) -> Text {
        match self {
            Self::Ascii => name.to_ascii_lowercase().into(),
            Self::Rfc1459 => name
                .chars()
                .map(|c| match c {
                    '[' => '{',
                    ']' => '}',
                    '\\' => '|',
                    '~' => '^',
                    c => c.to_ascii_lowercase(),
                })
                .collect::<String>()
                .into(),
        }
    }
}

/// Why a word is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum NotAName {
    /// Nothing there.
    Empty,
    /// Longer than its bound, in bytes.
    TooLong,
    /// A character that a name cannot hold, or cannot start with.
    Character(char),
}

impl fmt::Display for NotAName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("it is empty"),
            Self::TooLong => f.write_str("it is too long"),
            Self::Character(c) => write!(f, "{c:?} cannot stand there"),
        }
    }
}

/// A person's name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Nick {
    shown: Text,
    folded: Text,
}

impl Nick {
    /// Reads a nick: 1 to [`bounds::NICK_BYTES_MAX`] bytes of letters, digits and brackets, braces,
    /// backslash, backtick, `_^|-`, or anything beyond ASCII that is a letter or a number; no digit and no `-` in front.
    pub fn parse(word: &str, casemapping: Casemapping) -> Result<Self, NotAName> {
        if word.len() > bounds::NICK_BYTES_MAX {
            return Err(NotAName::TooLong);
        }
        let first = word.chars().next().ok_or(NotAName::Empty)?;
        if first.is_ascii_digit() || first == '-' {
            return Err(NotAName::Character(first));
        }
        match word.chars().find(|&c| !nick_may_hold(c)) {
            Some(c) => Err(NotAName::Character(c)),
            None => Ok(Self { shown: word.into(), folded: casemapping.fold(word) }),
        }
    }

    /// As the person wrote it.
    pub fn shown(&self) -> &Text {
        &self.shown
    }

    /// As it is compared.
    pub fn folded(&self) -> &Text {
        &self.folded
    }
}

fn nick_may_hold(c: char) -> bool {
    match c {
        '[' | ']' | '\\' | '`' | '_' | '^' | '{' | '|' | '}' | '-' => true,
        c if c.is_ascii() => c.is_ascii_alphanumeric(),
        c => c.is_alphanumeric(),
    }
}

/// A channel's name, its `#` included.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ChannelName {
    shown: Text,
    folded: Text,
}

impl ChannelName {
    /// Reads a name: `#`, then up to [`bounds::CHANNEL_NAME_BYTES_MAX`] bytes in all without
    /// spaces, commas, control characters or invisible ones.
    pub fn parse(word: &str, casemapping: Casemapping) -> Result<Self, NotAName> {
        if word.len() > bounds::CHANNEL_NAME_BYTES_MAX {
            return Err(NotAName::TooLong);
        }
        let mut chars = word.chars();
        match chars.next() {
            None => return Err(NotAName::Empty),
            Some('#') => {}
            Some(c) => return Err(NotAName::Character(c)),
        }
        if chars.as_str().is_empty() {
            return Err(NotAName::Empty);
        }
        match chars.find(|&c| !channel_name_may_hold(c)) {
            Some(c) => Err(NotAName::Character(c)),
            None => Ok(Self { shown: word.into(), folded: casemapping.fold(word) }),
        }
    }

    /// As its maker wrote it.
    pub fn shown(&self) -> &Text {
        &self.shown
    }

    /// As it is compared.
    pub fn folded(&self) -> &Text {
        &self.folded
    }
}

fn channel_name_may_hold(c: char) -> bool {
    !matches!(c, ' ' | ',' | ':' | '*' | '?' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}')
        && !c.is_control()
        && !c.is_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_none() {
        let nick = |word| Nick::parse(word, Casemapping::Ascii).map(|n| n.shown.to_string());
        assert_eq!(nick("ada"), Ok("ada".into()));
        assert_eq!(nick("[ada]`"), Ok("[ada]`".into()));
        assert_eq!(nick("Žofie"), Ok("Žofie".into()));
        assert_eq!(nick(""), Err(NotAName::Empty));
        assert_eq!(nick("1ada"), Err(NotAName::Character('1')));
        assert_eq!(nick("a da"), Err(NotAName::Character(' ')));
        assert_eq!(nick("a!b"), Err(NotAName::Character('!')));
        assert_eq!(nick(&"x".repeat(99)), Err(NotAName::TooLong));
        let channel = |word| ChannelName::parse(word, Casemapping::Ascii).map(|_| ());
        assert_eq!(channel("#ops"), Ok(()));
        assert_eq!(channel("ops"), Err(NotAName::Character('o')));
        assert_eq!(channel("#"), Err(NotAName::Empty));
        assert_eq!(channel("#a,b"), Err(NotAName::Character(',')));
        assert_eq!(channel("#a\u{202e}b"), Err(NotAName::Character('\u{202e}')));
    }

    #[test]
    fn rfc1459_folds_the_scandinavian_brackets() {
        assert_eq!(&*Casemapping::Rfc1459.fold("A[]\\~"), "a{}|^");
        assert_eq!(&*Casemapping::Ascii.fold("A[]\\~"), "a[]\\~");
    }
}
