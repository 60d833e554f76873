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

/// How names are folded for comparison. Whoever reads names brings it: beyond ASCII that takes tables
/// of characters, of which the hub knows nothing.
pub trait Folding {
    /// A nick in its forms; its ASCII is that of a nick already.
    fn nick(&self, word: &str) -> Result<Forms, NotAName>;

    /// A channel's name in its forms, each with the `#` that it begins with.
    fn channel(&self, word: &str) -> Result<Forms, NotAName>;
}

/// The forms of a name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Forms {
    /// As it is shown.
    pub shown: Text,
    /// As it is compared.
    pub folded: Text,
    /// What all names have in common that look like this one, where that is another than `folded`.
    pub skeleton: Option<Text>,
}

impl Forms {
    /// What tells whether another name looks like this one.
    pub fn looks(&self) -> &Text {
        self.skeleton.as_ref().unwrap_or(&self.folded)
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
    /// Letters of scripts that are not written together, so that some may pass for others.
    Scripts,
    /// Letters of both directions, in an order that cannot be read.
    Direction,
}

impl fmt::Display for NotAName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("it is empty"),
            Self::TooLong => f.write_str("it is too long"),
            Self::Character(c) => write!(f, "{c:?} cannot stand there"),
            Self::Scripts => f.write_str("it mixes scripts"),
            Self::Direction => f.write_str("it is written in both directions"),
        }
    }
}

/// A person's name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Nick(Forms);

impl Nick {
    /// Reads a nick: 1 to [`bounds::NICK_BYTES_MAX`] bytes of letters, digits and brackets, braces,
    /// backslash, backtick, `_^|-`, or what the folding takes beyond ASCII; no digit and no `-` in
    /// front.
    pub fn parse(word: &str, folding: impl Folding) -> Result<Self, NotAName> {
        is_nick(word)?;
        let forms = folding.nick(word)?;
        if !word.is_ascii() {
            // Folding may make characters of others, and more of them.
            is_nick(&forms.shown)?;
            is_nick(&forms.folded)?;
        }
        Ok(Self(forms))
    }

    /// The nick of these forms, which were one when they were kept.
    pub fn kept(forms: Forms) -> Self {
        Self(forms)
    }

    /// The same name with this number in the place of its own. What is too long for it is cut.
    pub fn numbered(&self, number: usize) -> Option<Self> {
        let stem = self.shown().trim_end_matches(|c: char| c.is_ascii_digit());
        let digits = self.shown().len() - stem.len();
        let longest = self.0.shown.len().max(self.0.folded.len()) - digits;
        let over = (longest + number.to_string().len()).saturating_sub(bounds::NICK_BYTES_MAX);
        let with_number = |name: &Text| -> Text {
            let mut stem = name[..name.len().saturating_sub(digits)].chars();
            // A character is a byte at least.
            for _ in 0..over {
                stem.next_back();
            }
            format!("{}{number}", stem.as_str()).into()
        };
        let forms = Forms {
            shown: with_number(&self.0.shown),
            folded: with_number(&self.0.folded),
            skeleton: self.0.skeleton.as_ref().map(with_number),
        };
        let fits = is_nick(&forms.shown).is_ok() && is_nick(&forms.folded).is_ok();
        fits.then_some(Self(forms))
    }

    /// As the person wrote it.
    pub fn shown(&self) -> &Text {
        &self.0.shown
    }

    /// As it is compared.
    pub fn folded(&self) -> &Text {
        &self.0.folded
    }

    /// All forms.
    pub fn forms(&self) -> &Forms {
        &self.0
    }
}

/// Whether a word is as long as a nick and has no ASCII that a nick cannot hold.
fn is_nick(word: &str) -> Result<(), NotAName> {
    if word.len() > bounds::NICK_BYTES_MAX {
        return Err(NotAName::TooLong);
    }
    let first = word.chars().next().ok_or(NotAName::Empty)?;
    if first.is_ascii_digit() || first == '-' {
        return Err(NotAName::Character(first));
    }
    word.chars().find(|&c| !nick_may_hold(c)).map_or(Ok(()), |c| Err(NotAName::Character(c)))
}

fn nick_may_hold(c: char) -> bool {
    match c {
        '[' | ']' | '\\' | '`' | '_' | '^' | '{' | '|' | '}' | '-' => true,
        c => !c.is_ascii() || c.is_ascii_alphanumeric(),
    }
}

/// The name of someone elsewhere, whom a bridge relays: with a sign in it that no nick holds, so that
/// nobody here can be taken for them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RelayedNick(Text);

impl RelayedNick {
    /// The sign, as the capability's value tells it.
    pub const SIGN: char = '/';

    /// Reads a name such as `bob/matrix`: letters as in a nick, and at least one [`Self::SIGN`].
    pub fn parse(word: &str) -> Result<Self, NotAName> {
        if word.len() > bounds::RELAYED_NICK_BYTES_MAX {
            return Err(NotAName::TooLong);
        }
        if !word.contains(Self::SIGN) {
            return Err(NotAName::Empty);
        }
        match word.chars().find(|&c| c != Self::SIGN && !nick_may_hold(c)) {
            Some(c) => Err(NotAName::Character(c)),
            None => Ok(Self(word.into())),
        }
    }

    /// As it is shown.
    pub fn shown(&self) -> &Text {
        &self.0
    }
}

/// A channel's name, its `#` included. Shared, so that what carries it is small.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ChannelName(Arc<Forms>);

impl ChannelName {
    /// Reads a name: `#`, then up to [`bounds::CHANNEL_NAME_BYTES_MAX`] bytes in all without
    /// spaces, commas, control characters or invisible ones.
    pub fn parse(word: &str, folding: impl Folding) -> Result<Self, NotAName> {
        is_channel_name(word)?;
        let forms = folding.channel(word)?;
        if !word.is_ascii() {
            is_channel_name(&forms.shown)?;
            is_channel_name(&forms.folded)?;
        }
        Ok(Self(Arc::new(forms)))
    }

    /// The channel's name of these forms, which were one when they were kept.
    pub fn kept(forms: Forms) -> Self {
        Self(Arc::new(forms))
    }

    /// As its maker wrote it.
    pub fn shown(&self) -> &Text {
        &self.0.shown
    }

    /// As it is compared.
    pub fn folded(&self) -> &Text {
        &self.0.folded
    }

    /// All forms.
    pub fn forms(&self) -> &Forms {
        &self.0
    }
}

/// Whether a word begins as a channel's name, is as long as one, and has nothing that one cannot hold.
fn is_channel_name(word: &str) -> Result<(), NotAName> {
    if word.len() > bounds::CHANNEL_NAME_BYTES_MAX {
        return Err(NotAName::TooLong);
    }
    let mut chars = word.chars();
    match chars.next() {
        Some('#') if word.len() > 1 => {}
        None | Some('#') => return Err(NotAName::Empty),
        Some(c) => return Err(NotAName::Character(c)),
    }
    chars.find(|&c| !channel_name_may_hold(c)).map_or(Ok(()), |c| Err(NotAName::Character(c)))
}

fn channel_name_may_hold(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_graphic() && !matches!(c, ',' | ':' | '*' | '?');
    }
    !is_blank(c) && !c.is_control() && !c.is_whitespace()
}

/// Whether nothing is seen of a character, so that two names may look the same: `Default_Ignorable_Code_Point` of Unicode
/// 17 (DerivedCoreProperties.txt), what turns the direction or ends a line, and the Braille pattern without dots. Some of
/// them count as letters.
pub fn is_blank(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Whether words can be an address that mail is sent to: something, an `@`, a domain.
pub fn is_address(email: &str) -> bool {
    let is_plain = |c: char| {
        c.is_ascii_graphic() && !"<>()[]\\,;:\"".contains(c) || !c.is_ascii() && c.is_alphanumeric()
    };
    let Some((local, domain)) = email.split_once('@') else { return false };
    email.len() <= bounds::EMAIL_BYTES_MAX
        && !local.is_empty()
        && !local.starts_with('-')
        && local.chars().all(is_plain)
        && domain.split('.').all(|label| {
            !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folding for tests: A–Z equal a–z, and nothing looks like anything else.
    struct Lower;

    impl Folding for Lower {
        fn nick(&self, word: &str) -> Result<Forms, NotAName> {
            let folded = word.to_lowercase().into();
            Ok(Forms { shown: word.into(), folded, skeleton: None })
        }

        fn channel(&self, word: &str) -> Result<Forms, NotAName> {
            self.nick(word)
        }
    }

    #[test]
    fn names_that_are_none() {
        let nick = |word: &str| Nick::parse(word, Lower).map(|n| n.shown().to_string());
        assert_eq!(nick("ada"), Ok("ada".into()));
        assert_eq!(nick("[ada]`"), Ok("[ada]`".into()));
        assert_eq!(nick("Žofie"), Ok("Žofie".into()));
        assert_eq!(nick(""), Err(NotAName::Empty));
        assert_eq!(nick("1ada"), Err(NotAName::Character('1')));
        assert_eq!(nick("a da"), Err(NotAName::Character(' ')));
        assert_eq!(nick("a!b"), Err(NotAName::Character('!')));
        assert_eq!(nick(&"x".repeat(99)), Err(NotAName::TooLong));
        // One byte more when it is folded.
        assert_eq!(nick(&"İ".repeat(16)), Err(NotAName::TooLong));
        let channel = |word: &str| ChannelName::parse(word, Lower).map(|_| ());
        assert_eq!(channel("#ops"), Ok(()));
        assert_eq!(channel("ops"), Err(NotAName::Character('o')));
        assert_eq!(channel("#"), Err(NotAName::Empty));
        assert_eq!(channel("#a,b"), Err(NotAName::Character(',')));
        for blank in ['\u{202e}', '\u{3164}', '\u{2800}', '\u{e0041}'] {
            assert_eq!(channel(&format!("#a{blank}b")), Err(NotAName::Character(blank)));
        }
    }

    #[test]
    fn another_number_is_another_name() {
        let numbered = |word: &str, number| {
            let nick = Nick::parse(word, Lower).expect("a nick").numbered(number)?;
            Some((nick.shown().to_string(), nick.folded().to_string()))
        };
        let pair = |shown: &str, folded: &str| Some((shown.to_owned(), folded.to_owned()));
        assert_eq!(numbered("Guest-12", 3), pair("Guest-3", "guest-3"));
        assert_eq!(numbered("Žofie", 10), pair("Žofie10", "žofie10"));
        let cut = format!("{}1", "x".repeat(31));
        assert_eq!(numbered(&"x".repeat(32), 1), pair(&cut, &cut));
    }

    #[test]
    fn addresses_that_are_none() {
        for address in ["ada@example.org", "a.b+c@mail.example.co.uk", "žofie@přiklad.cz"] {
            assert!(is_address(address), "{address}");
        }
        for none in
            ["", "ada", "@b.c", "a@", "a@.c", "a@b..c", "a b@c.d", "-x@b.c", "a@b@c.d", "a\r\n@b.c"]
        {
            assert!(!is_address(none), "{none:?}");
        }
    }
}
