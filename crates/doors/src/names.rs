//! How names are folded: by ASCII, as RFC 1459 has it, or by PRECIS (RFC 8265), for people who write
//! theirs in their own script.

use crate::bounds;
use parlor_hub::name::{ChannelName, Folding, Forms, NotAName, Text, is_blank};
use precis_core::profile::Profile;
use precis_profiles::{UsernameCaseMapped, UsernameCasePreserved};
use rustc_hash::FxBuildHasher;
use serde::Deserialize;
use std::borrow::Cow;
use std::hash::BuildHasher;
use std::sync::Arc;
use unicode_security::{MixedScript, RestrictionLevel, RestrictionLevelDetection, skeleton};

/// How names are folded for comparison; fixed in the data at the first start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Casemapping {
    /// A–Z equal a–z.
    #[default]
    Ascii,
    /// As ASCII, and `[]\~` equal `{}|^` (RFC 1459, section 2.2).
    Rfc1459,
    /// `UsernameCaseMapped` (RFC 8265, section 3.3): capitals equal small letters in every script, and
    /// wide letters are the usual ones. No name may look like another.
    Precis,
}

/// How often a profile is applied at most, until nothing changes (RFC 8265, section 3.3.3).
const TIMES_MAX: usize = 4;

impl Casemapping {
    /// The word that `CASEMAPPING` in ISUPPORT and the configuration use.
    pub fn token(self) -> &'static str {
        match self {
            Self::Ascii => "ascii",
            Self::Rfc1459 => "rfc1459",
            Self::Precis => "precis",
        }
    }

    /// `name` as it is compared. What is no name is folded as far as it can be.
    pub fn fold(self, name: &str) -> Text {
        if self != Self::Precis || name.is_ascii() {
            return self.fold_ascii(name);
        }
        let (mark, rest) = name.split_at(usize::from(name.starts_with('#')));
        format!("{mark}{}", mapped(rest).unwrap_or_else(|_| rest.to_lowercase())).into()
    }

    /// A mask of names as it is matched: written as names are, in whatever case.
    pub fn mask(self, mask: &str) -> Text {
        if self != Self::Precis || mask.is_ascii() {
            return mask.into();
        }
        settled(mask, |word| UsernameCasePreserved::new().enforce(word))
            .map_or_else(|_| mask.into(), Text::from)
    }

    fn fold_ascii(self, name: &str) -> Text {
        if self != Self::Rfc1459 {
            return name.to_ascii_lowercase().into();
        }
        let folded = name.chars().map(|c| match c {
            '[' => '{',
            ']' => '}',
            '\\' => '|',
            '~' => '^',
            c => c.to_ascii_lowercase(),
        });
        folded.collect::<String>().into()
    }

    /// A name that no folding but PRECIS looks into.
    fn plain(self, word: &str) -> Forms {
        let shown: Text = word.into();
        let is_folded = match self {
            Self::Rfc1459 => !word.contains(|c| matches!(c, 'A'..='Z' | '[' | ']' | '\\' | '~')),
            Self::Ascii | Self::Precis => !word.bytes().any(|byte| byte.is_ascii_uppercase()),
        };
        // Most names are compared as they are shown: one text is both then.
        let folded = if is_folded { Arc::clone(&shown) } else { self.fold_ascii(word) };
        Forms { shown, folded, skeleton: None }
    }
}

impl Folding for Casemapping {
    fn nick(&self, word: &str) -> Result<Forms, NotAName> {
        if *self == Self::Precis && !word.is_ascii() {
            return precis(word);
        }
        let is_letter = |c: char| c.is_ascii() || c.is_alphanumeric() && !is_blank(c);
        match word.chars().find(|c| !is_letter(*c)) {
            Some(c) => Err(NotAName::Character(c)),
            None if !word.is_ascii() && !is_of_one_hand(word) => Err(NotAName::Scripts),
            None => Ok(self.plain(word)),
        }
    }

    fn channel(&self, word: &str) -> Result<Forms, NotAName> {
        if *self != Self::Precis || word.is_ascii() {
            return Ok(self.plain(word));
        }
        let Forms { shown, folded, skeleton } = precis(word.strip_prefix('#').unwrap_or(word))?;
        let marked = |rest: Text| -> Text { ["#", &*rest].concat().into() };
        Ok(Forms { shown: marked(shown), folded: marked(folded), skeleton: skeleton.map(marked) })
    }
}

/// Names of channels as they were read lately. Most lines are for a channel that somebody has just written to:
/// its name need not be looked through, folded and allocated again.
#[derive(Debug)]
pub(crate) struct Lately(Box<[Option<ChannelName>]>);

impl Default for Lately {
    fn default() -> Self {
        Self(vec![None; bounds::NAMES_LATELY].into())
    }
}

impl Lately {
    /// The name of a channel, as [`ChannelName::parse`] reads it: always by the same folding.
    pub fn channel(&mut self, word: &str, by: Casemapping) -> Result<ChannelName, NotAName> {
        let known = &mut self.0[FxBuildHasher.hash_one(word) as usize % bounds::NAMES_LATELY];
        if let Some(name) = known.as_ref().filter(|name| **name.shown() == *word) {
            return Ok(name.clone());
        }
        let name = ChannelName::parse(word, by)?;
        // It is found again by what was written.
        if **name.shown() == *word {
            *known = Some(name.clone());
        }
        Ok(name)
    }
}

/// The forms of a name that is not ASCII alone: composed and of usual width as it is shown, and in
/// small letters as it is compared.
fn precis(word: &str) -> Result<Forms, NotAName> {
    let shown = settled(word, |word| UsernameCasePreserved::new().enforce(word))?;
    let folded = mapped(word)?;
    if !is_of_one_hand(&folded) {
        return Err(NotAName::Scripts);
    }
    let skeleton = Some(look(&folded)).filter(|skeleton| *skeleton != folded);
    Ok(Forms { shown: shown.into(), folded: folded.into(), skeleton: skeleton.map(Text::from) })
}

/// A name in small letters. Greek has two for Σ, by where in the word it stands: they are one here.
fn mapped(word: &str) -> Result<String, NotAName> {
    let mapped = settled(word, |word| UsernameCaseMapped::new().enforce(word))?;
    Ok(mapped.replace('ς', "σ"))
}

/// Applies a profile until nothing changes.
fn settled(
    word: &str,
    enforce: impl for<'w> Fn(&'w str) -> Result<Cow<'w, str>, precis_core::Error>,
) -> Result<String, NotAName> {
    let mut settled = word.to_owned();
    for _ in 0..TIMES_MAX {
        let next = enforce(&settled).map_err(|error| why(&error))?;
        if next == settled {
            return Ok(settled);
        }
        settled = next.into_owned();
    }
    Err(NotAName::Scripts)
}

fn why(error: &precis_core::Error) -> NotAName {
    match error {
        precis_core::Error::BadCodepoint(it) => {
            char::from_u32(it.cp).map_or(NotAName::Scripts, NotAName::Character)
        }
        _ => NotAName::Direction,
    }
}

/// Whether the letters are of one script, or of scripts that people do write together: the East
/// Asian ones, and Latin beside any other than Cyrillic and Greek, whose letters pass for Latin ones
/// (UTS 39, section 5.2).
fn is_of_one_hand(name: &str) -> bool {
    let letters: String = name.chars().filter(|c| !c.is_ascii_punctuation()).collect();
    letters.as_str().is_single_script()
        || letters.check_restriction_level(RestrictionLevel::ModeratelyRestrictive)
}

/// What all names have in common that look like this one (UTS 39, section 4). What ASCII tells apart
/// stays apart: `m` is not `rn`, and `1` is not `l`.
fn look(folded: &str) -> String {
    let mut look = String::new();
    for c in folded.chars() {
        if c.is_ascii() {
            look.push(c);
        } else {
            look.extend(skeleton(c.encode_utf8(&mut [0; 4])).flat_map(char::to_lowercase));
        }
    }
    look
}

#[cfg(test)]
mod tests {
    use super::*;
    use parlor_hub::bounds::{CHANNEL_NAME_BYTES_MAX, NICK_BYTES_MAX};
    use parlor_hub::name::Nick;
    use proptest::prelude::*;

    const ALL: [Casemapping; 3] = [Casemapping::Ascii, Casemapping::Rfc1459, Casemapping::Precis];

    fn nick(word: &str) -> Result<(String, String), NotAName> {
        let nick = Nick::parse(word, Casemapping::Precis)?;
        Ok((nick.shown().to_string(), nick.folded().to_string()))
    }

    fn look_alike(one: &str, other: &str) -> bool {
        let looks =
            |word| Nick::parse(word, Casemapping::Precis).expect(word).forms().looks().clone();
        looks(one) == looks(other)
    }

    #[test]
    fn rfc1459_folds_the_scandinavian_brackets() {
        assert_eq!(&*Casemapping::Rfc1459.fold("A[]\\~Ž"), "a{}|^Ž");
        assert_eq!(&*Casemapping::Ascii.fold("A[]\\~Ž"), "a[]\\~Ž");
        assert_eq!(&*Casemapping::Precis.fold("A[]\\~Ž"), "a[]\\~ž");
    }

    #[test]
    fn nobody_is_called_what_only_looks_like_another_name() {
        for folding in ALL {
            let nick = |word: &str| Nick::parse(word, folding).map(|_| ());
            for word in
                ["ada\u{3164}", "NickServ\u{115f}", "ada\u{ffa0}", "\u{430}da", "Ni\u{441}kServ"]
            {
                assert!(nick(word).is_err(), "{word} {folding:?}");
            }
            for word in ["Žofie", "Анна", "さくら", "김철수", "Łódź_9", "李ming"] {
                assert_eq!(nick(word), Ok(()), "{word} {folding:?}");
            }
        }
    }

    #[test]
    fn precis_folds_names_of_every_script() {
        for (word, shown, folded) in [
            ("Ada", "Ada", "ada"),
            ("ŽOFIE", "ŽOFIE", "žofie"),
            ("Z\u{30c}ofie", "Žofie", "žofie"),
            ("ΣΊΣΥΦΟΣ", "ΣΊΣΥΦΟΣ", "σίσυφοσ"),
            ("σίσυφος", "σίσυφος", "σίσυφοσ"),
            ("Ａｄａ", "Ada", "ada"),
            ("さくら", "さくら", "さくら"),
            ("Łódź_9", "Łódź_9", "łódź_9"),
            ("Анна|зал", "Анна|зал", "анна|зал"),
            ("हिन्दी", "हिन्दी", "हिन्दी"),
            ("nobu信", "nobu信", "nobu信"),
            ("שלום", "שלום", "שלום"),
        ] {
            assert_eq!(nick(word), Ok((shown.to_owned(), folded.to_owned())), "{word}");
        }
        let mask = |mask: &str| Casemapping::Precis.mask(mask).to_string();
        assert_eq!(mask("Z\u{30c}of*!*@ｈost"), "Žof*!*@host");
        assert_eq!(&*Casemapping::Precis.fold("#ŽOF"), "#žof");
        assert_eq!(&*Casemapping::Precis.fold("no name Ž"), "no name ž");
    }

    #[test]
    fn what_precis_takes_for_no_name() {
        for (word, why) in [
            ("аda", NotAName::Scripts),
            ("pαul", NotAName::Scripts),
            ("ada\u{200d}", NotAName::Character('\u{200d}')),
            ("a\u{202e}da", NotAName::Character('\u{202e}')),
            ("☕", NotAName::Character('☕')),
            ("a！b", NotAName::Character('!')),
            ("ａ，ｂ", NotAName::Character(',')),
            ("９lives", NotAName::Character('9')),
            ("שלוםa", NotAName::Direction),
        ] {
            assert_eq!(nick(word), Err(why), "{word}");
        }
        let channel = |word| ChannelName::parse(word, Casemapping::Precis).map(|_| ());
        assert_eq!(channel("#日本語-chat"), Ok(()));
        assert_eq!(channel("#a＊"), Err(NotAName::Character('*')));
        assert_eq!(channel("#☕"), Err(NotAName::Character('☕')));
    }

    #[test]
    fn names_that_look_alike_are_known_to() {
        for (one, other) in [("аԁа", "ada"), ("орѕ", "ops"), ("mıke", "mike"), ("Ѕосо", "soco")]
        {
            assert!(look_alike(one, other), "{one} {other}");
        }
        for (one, other) in [("bum", "burn"), ("ada1", "adal"), ("Žofie", "Zofie"), ("o0", "oo")] {
            assert!(!look_alike(one, other), "{one} {other}");
        }
    }

    /// Words of letters that folding does something to, and of any others.
    fn words() -> impl Strategy<Value = String> {
        let pieces = prop::sample::select(vec![
            "a",
            "B",
            "[",
            "~",
            "1",
            "_",
            "é",
            "E\u{301}",
            "İ",
            "ß",
            "ẞ",
            "Σ",
            "ς",
            "ａ",
            "Ｂ",
            "！",
            "Ǆ",
            "ﬁ",
            "क़",
            "क\u{93c}",
            "Å",
            "가",
            "ア",
            "ｱ",
            "信",
            "а",
            "Ж",
            "ש",
            "ع",
            "٣",
            "۳",
            "\u{200d}",
            "☕",
            " ",
            "#",
            "*",
        ]);
        prop_oneof![
            3 => prop::collection::vec(pieces, 1..9).prop_map(|pieces| pieces.concat()),
            1 => ".{1,12}",
        ]
    }

    #[test]
    fn a_name_that_was_read_lately_is_the_same_as_one_that_was_not() {
        for by in ALL {
            let mut lately = Lately::default();
            let words = (0..2 * bounds::NAMES_LATELY).map(|number| format!("#Žofie{number}"));
            let words: Vec<_> = words.chain(["#Ｗide".into(), "#a b".into()]).collect();
            for word in words.iter().chain(&words) {
                for _ in 0..2 {
                    assert_eq!(lately.channel(word, by), ChannelName::parse(word, by), "{word}");
                }
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

        #[test]
        fn folding_again_changes_nothing(word in words()) {
            for casemapping in ALL {
                if let Ok(nick) = Nick::parse(&word, casemapping) {
                    let again = Nick::parse(nick.folded(), casemapping).expect("still a nick");
                    prop_assert_eq!(again.folded(), nick.folded());
                    prop_assert_eq!(again.shown(), nick.folded());
                    let shown = Nick::parse(nick.shown(), casemapping);
                    prop_assert_eq!(shown, Ok(nick.clone()), "as it is shown, it is the same");
                    prop_assert_eq!(casemapping.fold(&word), nick.folded().clone());
                }
            }
        }

        #[test]
        fn no_form_is_longer_than_a_name(word in words()) {
            for casemapping in ALL {
                if let Ok(nick) = Nick::parse(&word, casemapping) {
                    let Forms { shown, folded, .. } = nick.forms();
                    prop_assert!(shown.len() <= NICK_BYTES_MAX && folded.len() <= NICK_BYTES_MAX);
                    prop_assert!(!folded.contains(['!', '@', ' ', ',', '*', '?', '#', ':']));
                }
                if let Ok(name) = ChannelName::parse(&format!("#{word}"), casemapping) {
                    let Forms { shown, folded, .. } = name.forms();
                    let longest = shown.len().max(folded.len());
                    prop_assert!(longest <= CHANNEL_NAME_BYTES_MAX);
                    prop_assert!(shown.starts_with('#') && folded.starts_with('#'));
                }
            }
        }

        #[test]
        fn names_are_equal_when_they_are_written_alike(word in words()) {
            for casemapping in ALL {
                let Ok(nick) = Nick::parse(&word, casemapping) else { continue };
                for other in [word.to_ascii_uppercase(), word.to_ascii_lowercase()] {
                    let other = Nick::parse(&other, casemapping).expect("another case");
                    prop_assert_eq!(other.folded(), nick.folded());
                    prop_assert_eq!(other.forms().looks(), nick.forms().looks());
                }
            }
        }
    }
}
