//! Masks: `*` is any run of characters, `?` any one; case does not count.

mod network;

pub use network::Network;

/// Whether `text` matches `mask`. Linear in practice and quadratic at worst: on a mismatch only the
/// last `*` is tried again.
pub fn matches(mask: &str, text: &str) -> bool {
    let (mut mask, mut text) = (mask, text);
    let mut retry: Option<(&str, &str)> = None;
    while let Some(found) = text.chars().next() {
        if let Some(rest) = mask.strip_prefix('*') {
            mask = rest;
            retry = Some((mask, text));
            continue;
        }
        if let Some(wanted) = mask.chars().next().filter(|wanted| is_met(*wanted, found)) {
            mask = &mask[wanted.len_utf8()..];
            text = &text[found.len_utf8()..];
            continue;
        }
        let Some((behind_star, from)) = retry else { return false };
        mask = behind_star;
        text = &from[from.chars().next().map_or(0, char::len_utf8)..];
        retry = Some((mask, text));
    }
    mask.bytes().all(|byte| byte == b'*')
}

/// Whether a character of a mask takes one of a text.
fn is_met(wanted: char, found: char) -> bool {
    let is_either_case = || !wanted.is_ascii() && wanted.to_lowercase().eq(found.to_lowercase());
    wanted == '?' || wanted.eq_ignore_ascii_case(&found) || is_either_case()
}

/// What begins a mask of something else than `nick!user@host` (`EXTBAN` in ISUPPORT).
pub const EXTENDED: char = '$';

/// What a mask is matched against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// `nick!user@host`.
    Person,
    /// `$a:ada` is the account ada, `$a` anyone who is logged in.
    Account,
    /// `$r:*spam*`: what somebody calls themselves at length.
    RealName,
    /// `$z:0123…`: the SHA-256 of a certificate.
    Certificate,
}

/// The letters behind [`EXTENDED`], of what is matched.
const KINDS: &[(char, Of)] = &[('a', Of::Account), ('r', Of::RealName), ('z', Of::Certificate)];

/// The letter of a mask that mutes: `$m:bob!*@*` may come in, and not speak. Any other mask may be
/// behind it.
const MUTES: char = 'm';

/// All letters behind [`EXTENDED`], as `EXTBAN` tells them.
pub const LETTERS: &str = "amrz";

/// A mask that was made whole, read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Read<'m> {
    /// It forbids to speak alone.
    pub mutes: bool,
    /// What it is matched against.
    pub of: Of,
    /// With what.
    pub pattern: &'m str,
}

/// Reads a mask that was made whole; none where it is of no kind that there is.
pub fn read(mask: &str) -> Option<Read<'_>> {
    let Some(extended) = mask.strip_prefix(EXTENDED) else {
        return Some(Read { mutes: false, of: Of::Person, pattern: mask });
    };
    if let Some(inner) = extended.strip_prefix(MUTES).and_then(|rest| rest.strip_prefix(':')) {
        let inner = read(inner).filter(|inner| !inner.mutes && !inner.pattern.is_empty())?;
        return Some(Read { mutes: true, ..inner });
    }
    let (_, of) = KINDS.iter().find(|(letter, _)| extended.starts_with(*letter))?;
    let pattern = match &extended[1..] {
        "" if *of == Of::Account => "*",
        named => named.strip_prefix(':').filter(|pattern| !pattern.is_empty())?,
    };
    Some(Read { mutes: false, of: *of, pattern })
}

/// A mask as it was typed, made whole: `ada` is `ada!*@*`, `u@h` is `*!u@h`, `*.org` is `*!*@*.org`.
/// A letter of those behind [`EXTENDED`] may stand without it: `m:ada` is `$m:ada!*@*`.
pub fn whole(typed: &str) -> String {
    let extended = typed.strip_prefix(EXTENDED).or_else(|| {
        let (letter, _) = typed.split_once(':')?;
        (letter.len() == 1 && LETTERS.contains(letter)).then_some(typed)
    });
    match extended {
        None => whole_person(typed),
        Some(extended) => match extended.split_once(':') {
            Some(("m", inner)) if !inner.is_empty() => format!("{EXTENDED}m:{}", whole(inner)),
            _ => format!("{EXTENDED}{extended}"),
        },
    }
}

fn whole_person(typed: &str) -> String {
    match (typed.find('!'), typed.find('@')) {
        (Some(_), Some(_)) => typed.to_owned(),
        (Some(_), None) => format!("{typed}@*"),
        (None, Some(_)) => format!("*!{typed}"),
        (None, None) if typed.contains(['.', ':']) => format!("*!*@{typed}"),
        (None, None) => format!("{typed}!*@*"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_and_question_marks() {
        for (mask, text, expected) in [
            ("*", "", true),
            ("a*c", "ABBBC", true),
            ("a*c", "abcd", false),
            ("a?c", "aéc", true),
            ("a?c", "ac", false),
            ("*a*b*c*", "xxaxxbxxcxx", true),
            ("", "", true),
            ("", "a", false),
            ("*!*@10.0.*", "ada!~a@10.0.0.1", true),
            ("**a", "a", true),
            ("Žofie!*", "žofie!~z@h", true),
            ("*é", "aÉé", true),
            ("*ê", "aÉé", false),
        ] {
            assert_eq!(matches(mask, text), expected, "{mask} on {text}");
        }
    }

    /// What a mask means, without any cleverness.
    fn means(mask: &[char], text: &[char]) -> bool {
        match (mask.split_first(), text.split_first()) {
            (None, None) => true,
            (Some(('*', rest)), _) => {
                means(rest, text) || text.split_first().is_some_and(|(_, t)| means(mask, t))
            }
            (Some((wanted, mask)), Some((found, text))) => {
                (*wanted == '?' || wanted.eq_ignore_ascii_case(found)) && means(mask, text)
            }
            _ => false,
        }
    }

    /// All words of up to so many of these letters.
    fn words(letters: &[char], most: usize) -> Vec<Vec<char>> {
        let mut words = vec![Vec::new()];
        let mut last = words.clone();
        for _ in 0..most {
            let longer = |word: &Vec<char>| {
                letters.iter().map(|l| [word, &[*l][..]].concat()).collect::<Vec<_>>()
            };
            last = last.iter().flat_map(longer).collect();
            words.extend(last.clone());
        }
        words
    }

    #[test]
    fn every_short_mask_means_what_it_says() {
        let texts = words(&['a', 'B', 'é', 'ê'], 4);
        for mask in words(&['*', '?', 'a', 'é'], 5) {
            let written: String = mask.iter().collect();
            for text in &texts {
                let read: String = text.iter().collect();
                assert_eq!(matches(&written, &read), means(&mask, text), "{written} on {read}");
            }
        }
    }

    #[test]
    fn many_stars_end_soon() {
        assert!(!matches(&"a*".repeat(100), &"a".repeat(99)));
    }

    #[test]
    fn typed_masks_are_made_whole() {
        assert_eq!(whole("ada"), "ada!*@*");
        assert_eq!(whole("u@h"), "*!u@h");
        assert_eq!(whole("ada!u"), "ada!u@*");
        assert_eq!(whole("*.example.org"), "*!*@*.example.org");
        assert_eq!(whole("a!b@c"), "a!b@c");
        assert_eq!(whole("$a:ada"), "$a:ada");
    }

    #[test]
    fn masks_of_other_things_are_made_whole() {
        for (typed, expected) in [
            ("$a:ada", "$a:ada"),
            ("a:ada", "$a:ada"),
            ("$m:ada", "$m:ada!*@*"),
            ("m:ada", "$m:ada!*@*"),
            ("m:$a:ada", "$m:$a:ada"),
            ("m:a:ada", "$m:$a:ada"),
            ("r:*spam*", "$r:*spam*"),
            ("x:ada", "*!*@x:ada"),
            ("m:", "$m:"),
        ] {
            assert_eq!(whole(typed), expected, "{typed}");
        }
    }

    #[test]
    fn masks_are_read() {
        let simple = |of, pattern| Some(Read { mutes: false, of, pattern });
        let muting = |of, pattern| Some(Read { mutes: true, of, pattern });
        assert_eq!(read("ada!*@*"), simple(Of::Person, "ada!*@*"));
        assert_eq!(read("$a:ada"), simple(Of::Account, "ada"));
        assert_eq!(read("$a"), simple(Of::Account, "*"));
        assert_eq!(read("$r:a?b"), simple(Of::RealName, "a?b"));
        assert_eq!(read("$z:00ff"), simple(Of::Certificate, "00ff"));
        assert_eq!(read("$m:ada!*@*"), muting(Of::Person, "ada!*@*"));
        assert_eq!(read("$m:$a"), muting(Of::Account, "*"));
        for none in ["$a:", "$ab", "$x:x", "$", "$A", "$r", "$z:", "$m", "$m:", "$m:$m:a!*@*"] {
            assert_eq!(read(none), None, "{none}");
        }
    }

    #[test]
    fn every_letter_is_told() {
        let known: String = KINDS.iter().map(|(letter, _)| *letter).chain([MUTES]).collect();
        assert!(known.chars().all(|letter| LETTERS.contains(letter)), "{known}");
        assert_eq!(known.len(), LETTERS.len());
    }
}
