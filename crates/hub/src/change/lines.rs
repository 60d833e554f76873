//! Messages of several lines (draft/multiline), in one text.
//!
//! An LF stands where a line ends and another begins, a CR where its sender cut a line that was too
//! long for one of IRC. No other message has either in it, so that the lines can be told again as
//! they were sent, and the text is one message for whoever keeps, finds or counts it.

use std::borrow::Cow;

/// Between two lines.
pub const BREAK: char = '\n';

/// Between two pieces of one line.
pub const CUT: char = '\r';

/// What was sent as one line of IRC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece<'t> {
    /// Its words.
    pub text: &'t str,
    /// It goes on with the line that the piece before it began (`draft/multiline-concat`).
    pub continues: bool,
}

/// Whether a text has several pieces.
pub fn are_several(text: &str) -> bool {
    // The lowest byte is found many at a time, and almost always tells that there is neither.
    let may_be = text.bytes().fold(u8::MAX, u8::min) < b' ';
    may_be && text.contains([BREAK, CUT])
}

/// The pieces of a text, as they were sent; an empty one is a blank line.
pub fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = Some((text, false));
    std::iter::from_fn(move || {
        let (text, continues) = rest.take()?;
        let end = text.find([BREAK, CUT]);
        // Both marks are one byte long.
        rest = end.map(|end| (&text[end + 1..], text[end..].starts_with(CUT)));
        Some(Piece { text: &text[..end.unwrap_or(text.len())], continues })
    })
}

/// A text whose lines are whole.
pub fn whole(text: &str) -> Cow<'_, str> {
    if text.contains(CUT) { Cow::Owned(text.replace(CUT, "")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_told_as_they_were_sent() {
        let sent = |text| -> Vec<_> { pieces(text).map(|p| (p.text, p.continues)).collect() };
        assert_eq!(sent("one"), [("one", false)]);
        assert_eq!(sent("a\n\nb \rc"), [("a", false), ("", false), ("b ", false), ("c", true)]);
        assert_eq!(sent("\nend\n"), [("", false), ("end", false), ("", false)]);
        assert!(are_several("a\rb") && are_several("a\nb") && !are_several("a b"));
        assert_eq!((whole("a\n\nb \rc"), whole("one")), ("a\n\nb c".into(), "one".into()));
    }
}
