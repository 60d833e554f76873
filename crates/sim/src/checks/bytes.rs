//! What a client sees is well formed, whoever caused it.

use crate::Wrong;

/// Bytes of an IRC line without its tags, its end included (RFC 1459, section 2.3).
const IRC_BYTES_MAX: usize = 512;

/// Bytes of the tags that a server may send, `@` and the space behind them included (message-tags).
const TAG_BYTES_MAX: usize = 8191;

/// A line for an IRC client, its end included.
pub(crate) fn irc(line: &[u8]) -> Result<(), Wrong> {
    let wrong = |why: &str| Err(Wrong(format!("{why}: {:?}", String::from_utf8_lossy(line))));
    let Some(whole) = line.strip_suffix(b"\r\n") else { return wrong("a line ends otherwise") };
    if whole.iter().any(|byte| matches!(byte, b'\r' | b'\n' | 0)) {
        return wrong("a line holds a line's end, or a NUL");
    }
    let Ok(text) = str::from_utf8(whole) else { return wrong("a line is not UTF-8") };
    let (tags, rest) = match text.strip_prefix('@') {
        Some(tagged) => match tagged.split_once(' ') {
            Some((tags, rest)) => (tags.len() + 2, rest),
            None => return wrong("a line of tags alone"),
        },
        None => (0, text),
    };
    if rest.len() + 2 > IRC_BYTES_MAX || tags > TAG_BYTES_MAX {
        return wrong("a line is too long");
    }
    let body = match rest.strip_prefix(':') {
        Some(sourced) => sourced.split_once(' ').map(|(_, body)| body).unwrap_or_default(),
        None => rest,
    };
    let command = body.split(' ').next().unwrap_or_default();
    let is_word = !command.is_empty() && command.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_number = command.len() == 3 && command.bytes().all(|byte| byte.is_ascii_digit());
    if is_word || is_number { Ok(()) } else { wrong("a line without a command") }
}

/// A line for a person at a terminal, its end included.
pub(crate) fn line(line: &[u8]) -> Result<(), Wrong> {
    let wrong = |why: &str| Err(Wrong(format!("{why}: {:?}", String::from_utf8_lossy(line))));
    let Some(whole) = line.strip_suffix(b"\n") else { return wrong("a line ends otherwise") };
    let whole = whole.strip_suffix(b"\r").unwrap_or(whole);
    match str::from_utf8(whole) {
        Err(_) => wrong("a line is not UTF-8"),
        Ok(text) if text.chars().any(paints) => wrong("a terminal gets a control character"),
        Ok(_) => Ok(()),
    }
}

/// Whether a character does something to a terminal: controls, and those that turn the direction.
pub(crate) fn paints(character: char) -> bool {
    character.is_control() || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_are_well_formed_and_lines_that_are_not() {
        for good in ["PING :a\r\n", ":s 001 ada :Hi\r\n", "@a=b :s NOTICE * :x\r\n"] {
            assert!(irc(good.as_bytes()).is_ok(), "{good}");
        }
        let long = format!(":s NOTICE a :{}\r\n", "x".repeat(500));
        for bad in ["PING :a\n", "PING\r :a\r\n", "@a\r\n", ":s\r\n", "ping\r\n", "12\r\n", &long] {
            assert!(irc(bad.as_bytes()).is_err(), "{bad}");
        }
        assert!(line(b"<ada> hi\n").is_ok() && line(b"<ada> hi\r\n").is_ok());
        for bad in [&b"no end"[..], b"a\x1b[2J\n", b"a\rb\n", b"\xff\n", b"a\0\n", b"\xc2\x9b\n"] {
            assert!(line(bad).is_err(), "{bad:?}");
        }
    }
}
