//! What of a message is words, and what of a search is a question for FTS5.

use crate::bounds::{SEARCH_PREFIX_CHARS_MIN, SEARCH_WORDS_MAX};
use parlor_hub::change::lines;
use std::borrow::Cow;

/// The text without a CTCP frame, without the marks where long lines were cut, and without formatting, so that a word that is half bold is still
/// one word. The codes are those of <https://modern.ircdocs.horse/formatting>.
pub fn plain(text: &str) -> Cow<'_, str> {
    // Most texts have nothing of it: every code and mark is an ASCII control.
    if !text.bytes().any(|byte| byte.is_ascii_control()) {
        return Cow::Borrowed(text);
    }
    let mut rest = unframed(text);
    let mut plain = String::with_capacity(rest.len());
    while let Some(at) = rest.find(is_formatting) {
        plain.push_str(&rest[..at]);
        let code = rest.as_bytes()[at];
        rest = &rest[at + 1..];
        rest = match code {
            COLOUR => after_colours(rest, |rest| after_digits(rest, 1, 2, 10)),
            HEX_COLOUR => after_colours(rest, |rest| after_digits(rest, 6, 6, 16)),
            _ => rest,
        };
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// The FTS5 expression that finds all words of a search; none where nothing in it is a word. Each
/// word is a quoted string, so nothing that a person writes is FTS5 syntax. A `*` that ends the
/// last word makes it a prefix.
pub fn expression(words: &str) -> Option<String> {
    let plain = plain(words);
    let mut words: Vec<&str> = plain
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| word.contains(char::is_alphanumeric))
        .take(SEARCH_WORDS_MAX)
        .collect();
    let last = words.pop()?;
    let mut strings: Vec<String> = words.into_iter().map(quoted).collect();
    strings.push(quoted(last) + if is_prefix(last) { " *" } else { "" });
    Some(strings.join(" "))
}

const COLOUR: u8 = 0x03;
const HEX_COLOUR: u8 = 0x04;

/// Bold, colours, reset, monospace, reverse, italics, strikethrough, underline; and the mark of a cut.
fn is_formatting(c: char) -> bool {
    matches!(c, '\x02' | '\x03' | '\x04' | '\x0f' | '\x11' | '\x16' | '\x1d' | '\x1e' | '\x1f')
        || c == lines::CUT
}

/// `\x01ACTION waves\x01` without its frame and its verb; the closing `\x01` may be missing.
fn unframed(text: &str) -> &str {
    let Some(framed) = text.strip_prefix('\x01') else { return text };
    let body = framed.strip_suffix('\x01').unwrap_or(framed);
    body.strip_prefix("ACTION ").unwrap_or(body)
}

/// The rest after a colour and, after a comma, another for the background.
fn after_colours<'a>(rest: &'a str, after: impl Fn(&'a str) -> Option<&'a str>) -> &'a str {
    let Some(rest) = after(rest) else { return rest };
    rest.strip_prefix(',').and_then(after).unwrap_or(rest)
}

fn after_digits(rest: &str, least: usize, most: usize, radix: u32) -> Option<&str> {
    let digits = rest.chars().take(most).take_while(|c| c.is_digit(radix)).count();
    (digits >= least).then(|| &rest[digits..])
}

fn quoted(word: &str) -> String {
    format!("\"{}\"", word.replace('"', "\"\""))
}

fn is_prefix(word: &str) -> bool {
    word.strip_suffix('*').is_some_and(|stem| {
        let last_letters = stem.chars().rev().take_while(|c| c.is_alphanumeric());
        last_letters.count() >= SEARCH_PREFIX_CHARS_MIN
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_and_formatting_are_not_words() {
        for (text, expected) in [
            ("hello", "hello"),
            ("\x01ACTION waves at \x02ada\x02\x01", "waves at ada"),
            ("\x01ACTION cut short", "cut short"),
            ("\x01VERSION\x01", "VERSION"),
            ("he\x02ll\x1do", "hello"),
            ("a line\nand one that\rwas cut", "a line\nand one thatwas cut"),
            ("\x034red\x03 \x0304,12deep\x0f", "red deep"),
            ("\x0312345", "345"),
            ("\x031,comma", ",comma"),
            ("\x04ff0000,00FF00hex\x04", "hex"),
            ("\x04abc", "abc"),
            ("\x03žluť", "žluť"),
            ("tail\x03", "tail"),
        ] {
            assert_eq!(plain(text), expected, "{text:?}");
        }
    }

    #[test]
    fn every_word_is_a_string() {
        let expression = |words| expression(words).unwrap_or_default();
        assert_eq!(expression("deploy done"), r#""deploy" "done""#);
        assert_eq!(expression("  NOT text:x OR  "), r#""NOT" "text:x" "OR""#);
        assert_eq!(expression(r#"say "hi""#), r#""say" """hi""""#);
        assert_eq!(expression("one dep*"), r#""one" "dep*" *"#);
        assert_eq!(expression("dep* one"), r#""dep*" "one""#);
        assert_eq!(expression("d*"), r#""d*""#);
        assert_eq!(expression("- * !!"), "");
        assert_eq!(expression("nul\0byte"), r#""nul" "byte""#);
        assert_eq!(expression(&"w ".repeat(500)).matches("\"w\"").count(), SEARCH_WORDS_MAX);
    }
}
