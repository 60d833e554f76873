//! Text from strangers, made safe for somebody's terminal.
//!
//! For a line client, in this order: [`decode`] what came as bytes, [`strip_formatting`] what came from IRC, and
//! [`neutralise`] whatever is shown.

use std::borrow::Cow;

/// Reads bytes as UTF-8, and if they are not, each as a character of Windows-1252, which old clients send (modern-irc,
/// "Character Encodings"). Its five unassigned bytes become U+FFFD.
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    match str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(bytes.iter().map(|&byte| windows_1252(byte)).collect()),
    }
}

/// Makes a line harmless to show: what it returns has no control character and none that turns the direction of others.
///
/// Terminal sequences (CSI, OSC and the other strings, two-character escapes; ECMA-48 sections 5.3 to 5.6) are dropped whole,
/// because their remains would be noise. Of a string that never ends only its introducer is dropped, so that nothing
/// readable is lost. Tab, LF, CR and the line and paragraph separators become a space; bidi embeddings, overrides and
/// isolates (U+202A–202E, U+2066–2069) are dropped; every other control becomes U+FFFD, so that it is seen that
/// something stood there.
pub fn neutralise(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find(is_harmful) else { return Cow::Borrowed(text) };
    let mut safe = String::with_capacity(text.len());
    let mut rest = text;
    let mut next = Some(first);
    // Looked for once: after one string without an end, no other has one.
    let mut strings_end = true;
    while let Some(at) = next {
        safe.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(char) = rest.chars().next() else { break };
        let after = &rest[char.len_utf8()..];
        rest = match char {
            '\x1b' => after_escape(after, &mut strings_end),
            '\u{9b}' => after_csi(after),
            '\u{90}' | '\u{98}' | '\u{9d}'..='\u{9f}' => after_string(after, &mut strings_end),
            _ => {
                safe.extend(replacement(char));
                after
            }
        };
        next = rest.find(is_harmful);
    }
    safe.push_str(rest);
    Cow::Owned(safe)
}

/// Removes IRC formatting: bold, colours with their digits, hex colours, reset, monospace, reverse, italics, strikethrough and
/// underline (modern-irc, "Formatting", "Characters").
pub fn strip_formatting(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find(is_formatting) else { return Cow::Borrowed(text) };
    let mut plain = String::with_capacity(text.len());
    let (mut rest, mut next) = (text, Some(first));
    while let Some(at) = next {
        plain.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        rest = match rest.as_bytes()[at] {
            COLOUR => after_colours(after, |text| digits(text, 1, 2, u8::is_ascii_digit)),
            HEX_COLOUR => after_colours(after, |text| digits(text, 6, 6, u8::is_ascii_hexdigit)),
            _ => after,
        };
        next = rest.find(is_formatting);
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// The longest beginning of `text` that has at most `max` bytes and ends between characters.
pub fn truncate(text: &str, max: usize) -> &str {
    let mut end = max.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

const COLOUR: u8 = 0x03;
const HEX_COLOUR: u8 = 0x04;

fn is_formatting(char: char) -> bool {
    matches!(char, '\x02' | '\x03' | '\x04' | '\x0f' | '\x11' | '\x16' | '\x1d' | '\x1e' | '\x1f')
}

fn is_bidi(char: char) -> bool {
    matches!(char, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_harmful(char: char) -> bool {
    char.is_control() || is_bidi(char) || matches!(char, '\u{2028}' | '\u{2029}')
}

fn replacement(char: char) -> Option<char> {
    match char {
        '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => Some(' '),
        _ if is_bidi(char) => None,
        _ => Some(char::REPLACEMENT_CHARACTER),
    }
}

/// What follows an escape sequence, given what follows its ESC.
fn after_escape<'a>(text: &'a str, strings_end: &mut bool) -> &'a str {
    let bytes = text.as_bytes();
    match bytes.first() {
        Some(b'[') => after_csi(&text[1..]),
        Some(b']' | b'P' | b'X' | b'^' | b'_') => after_string(&text[1..], strings_end),
        _ => {
            let intermediates = run(bytes, 0x20..=0x2f);
            match bytes.get(intermediates) {
                Some(0x30..=0x7e) => &text[intermediates + 1..],
                _ => text,
            }
        }
    }
}

/// What follows a control sequence, given what follows its introducer; all of that if it is none.
fn after_csi(text: &str) -> &str {
    let bytes = text.as_bytes();
    let parameters = run(bytes, 0x30..=0x3f);
    let end = parameters + run(&bytes[parameters..], 0x20..=0x2f);
    match bytes.get(end) {
        Some(0x40..=0x7e) => &text[end + 1..],
        _ => text,
    }
}

/// What follows a control string, given what follows its introducer; all of that if it never ends.
fn after_string<'a>(text: &'a str, strings_end: &mut bool) -> &'a str {
    const ENDS: [&str; 3] = ["\x07", "\x1b\\", "\u{9c}"];
    if *strings_end {
        let end = text.char_indices().find_map(|(at, _)| {
            let end = ENDS.iter().find(|end| text[at..].starts_with(**end))?;
            Some(at + end.len())
        });
        if let Some(end) = end {
            return &text[end..];
        }
        *strings_end = false;
    }
    text
}

fn run(bytes: &[u8], range: std::ops::RangeInclusive<u8>) -> usize {
    bytes.iter().take_while(|byte| range.contains(byte)).count()
}

/// What follows a colour code: a colour, and a comma if another colour follows it (modern-irc, "Forms of Color Codes").
fn after_colours(text: &str, colour: impl Fn(&str) -> usize) -> &str {
    let foreground = colour(text);
    let rest = &text[foreground..];
    match rest.strip_prefix(',') {
        Some(background) if foreground > 0 && colour(background) > 0 => {
            &background[colour(background)..]
        }
        _ => rest,
    }
}

/// How many of the first `max` bytes are digits, or 0 if they are fewer than `min`.
fn digits(text: &str, min: usize, max: usize, is_digit: fn(&u8) -> bool) -> usize {
    let count = text.bytes().take(max).take_while(is_digit).count();
    if count < min { 0 } else { count }
}

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9f => UPPER[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// Windows-1252 where it differs from Latin-1: 0x80 to 0x9F.
const UPPER: [char; 32] = [
    '€', '\u{fffd}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž',
    '\u{fffd}', '\u{fffd}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{fffd}',
    'ž', 'Ÿ',
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_encodings_are_readable() {
        assert!(matches!(decode("grüße".as_bytes()), Cow::Borrowed("grüße")));
        assert_eq!(decode(b"gr\xfc\xdfe \x80 \x99 \x81"), "grüße € ™ \u{fffd}");
    }

    #[test]
    fn harmless_text_is_borrowed() {
        assert!(matches!(neutralise("grüße, 日本, שלום"), Cow::Borrowed(_)));
        assert!(matches!(strip_formatting("plain"), Cow::Borrowed(_)));
    }

    #[test]
    fn nobody_paints_anothers_terminal() {
        let table = [
            ("a\tb", "a b"),
            ("a\r\nb\u{2028}c\u{2029}d", "a  b c d"),
            ("red \x1b[1;31malert\x1b[0m!", "red alert!"),
            ("\u{9b}2Jgone", "gone"),
            ("\x1b]0;title\x07text", "text"),
            ("\x1b]8;;http://a\x1b\\link\x1b]8;;\x1b\\", "link"),
            ("\u{9d}52;c;aGk=\u{9c}text", "text"),
            ("\x1bPq#0\x1b\\sixel", "sixel"),
            ("\x1b]0;never ends", "0;never ends"),
            ("\x1b]\x1b]\x1b[31mx", "x"),
            ("\x1bcreset", "reset"),
            ("\x1b(0lqk", "lqk"),
            ("\x1b[31", "31"),
            ("\x1b[ü", "ü"),
            ("\x1b", ""),
            ("\x1bü", "ü"),
            (
                "bell\x07 back\x08 nul\0 del\x7f",
                "bell\u{fffd} back\u{fffd} nul\u{fffd} del\u{fffd}",
            ),
            ("nel\u{85}", "nel\u{fffd}"),
            ("\u{202e}desrever\u{202c} \u{2066}iso\u{2069}", "desrever iso"),
        ];
        for (text, safe) in table {
            assert_eq!(neutralise(text), safe, "{text:?}");
        }
    }

    #[test]
    fn strings_without_end_take_linear_time() {
        let hostile = "\x1b]".repeat(200_000);
        assert_eq!(neutralise(&hostile), "");
    }

    #[test]
    fn formatting_is_stripped_with_its_digits() {
        let table = [
            ("\x02bold\x02 \x1ditalic\x0f", "bold italic"),
            ("\x034red", "red"),
            ("\x0304,12both", "both"),
            ("\x03041digit stays", "1digit stays"),
            ("\x034,comma stays", ",comma stays"),
            ("\x03,4 is text", ",4 is text"),
            ("\x0312,345", "5"),
            ("\x04ff0000red\x04", "red"),
            ("\x04ff0000,00ff00both", "both"),
            ("\x04ff00short", "ff00short"),
            ("\x11mono\x11\x16rev\x1estrike\x1funder", "monorevstrikeunder"),
            ("\x03", ""),
        ];
        for (text, plain) in table {
            assert_eq!(strip_formatting(text), plain, "{text:?}");
        }
    }

    #[test]
    fn cutting_never_halves_a_character() {
        assert_eq!(
            (truncate("日本", 5), truncate("日本", 2), truncate("日本", 9)),
            ("日", "", "日本")
        );
    }
}
