//! What is said, as far as a channel's modes ask: CTCP and colours.

use crate::change::lines;
use crate::name::Text;
use std::ops::RangeInclusive;

/// CTCP that is no ACTION, on any line: a question or an order to programs.
pub(super) fn is_ctcp(text: &str) -> bool {
    let mut lines = text.split([lines::BREAK, lines::CUT]);
    lines.any(|line| {
        line.strip_prefix('\x01').is_some_and(|inner| {
            let word = inner.split([' ', '\x01']).next().unwrap_or_default();
            !word.eq_ignore_ascii_case("ACTION")
        })
    })
}

/// What begins a colour: its number, or its red, green and blue.
const BY_NUMBER: char = '\x03';
const BY_VALUE: char = '\x04';

pub(super) fn has_colours(text: &str) -> bool {
    text.contains(BY_NUMBER) || text.contains(BY_VALUE)
}

/// Whether nothing is said, on any line.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| [lines::BREAK, lines::CUT].contains(&c))
}

/// The text without its colours: bold and the like stay.
pub(super) fn without_colours(text: &str) -> Text {
    let mut plain = String::with_capacity(text.len());
    let mut begins: Option<char> = None;
    for piece in text.split_inclusive([BY_NUMBER, BY_VALUE]) {
        let rest = match begins {
            Some(BY_NUMBER) => behind(piece, |rest| skip(rest, 1..=2, |c| c.is_ascii_digit())),
            Some(_) => behind(piece, |rest| skip(rest, 6..=6, |c| c.is_ascii_hexdigit())),
            None => piece,
        };
        plain.push_str(rest.trim_end_matches([BY_NUMBER, BY_VALUE]));
        begins = piece.chars().next_back().filter(|c| [BY_NUMBER, BY_VALUE].contains(c));
    }
    plain.into()
}

/// What is behind a foreground, and behind a background if there is one.
fn behind(text: &str, one: impl Fn(&str) -> &str) -> &str {
    let rest = one(text);
    if rest.len() == text.len() {
        return text;
    }
    let background = rest.strip_prefix(',').map(|rest| (rest, one(rest)));
    background.filter(|(before, after)| before.len() != after.len()).map_or(rest, |(_, rest)| rest)
}

/// The text behind so many leading characters of a kind, or all of it where they are fewer.
fn skip(text: &str, many: RangeInclusive<usize>, is_one: fn(char) -> bool) -> &str {
    let count = text.chars().take(*many.end()).take_while(|c| is_one(*c)).count();
    if many.contains(&count) { &text[count..] } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_taken_with_their_numbers() {
        for (text, plain) in [
            ("plain", "plain"),
            ("\x034red\x03 and plain", "red and plain"),
            ("\x0304,12both\x03", "both"),
            ("\x034,comma", ",comma"),
            ("\x03123", "3"),
            ("\x03", ""),
            ("\x03\x03\x0399,1x", "x"),
            ("\x04ff0000red\x04,x", "red,x"),
            ("\x04ff00,ab", "ff00,ab"),
            ("\x02bold\x02 \x0312,345", "\x02bold\x02 5"),
            ("\x01ACTION \x034waves\x01", "\x01ACTION waves\x01"),
            ("ž\x03é", "žé"),
        ] {
            assert_eq!(&*without_colours(text), plain, "{text:?}");
            assert_eq!(has_colours(text), text != plain, "{text:?}");
        }
    }

    #[test]
    fn an_action_is_no_question() {
        for text in
            ["\x01PING 1\x01", "\x01VERSION", "\x01\x01", "\x01ACTIONS x\x01", "hi\n\x01PING 1\x01"]
        {
            assert!(is_ctcp(text), "{text:?}");
        }
        for text in ["\x01ACTION waves\x01", "\x01action\x01", "PING", "", "a\x01PING\x01"] {
            assert!(!is_ctcp(text), "{text:?}");
        }
    }
}
