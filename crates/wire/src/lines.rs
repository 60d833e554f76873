//! A byte stream, split into lines.
//!
//! CR LF, LF, and telnet's CR NUL (RFC 854, "The NVT Printer and Keyboard") end a line. A CR followed by anything else
//! belongs to the line, and so does a NUL that follows anything else: what is allowed inside a line is its grammar's question.

use crate::bounds::{CLIENT_TAGS_MAX, MESSAGE_CONTENT_MAX, SERVER_TAGS_MAX};
use std::borrow::Cow;

/// The line that has begun but not ended. Holds no memory while there is none.
#[derive(Debug, Default, Clone)]
pub struct LineBuffer {
    partial: Vec<u8>,
    mode: Mode,
}

/// What [`LineBuffer::feed`] found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fed<'a> {
    /// A whole line without its end: borrowed if it was whole in the input.
    Line(Cow<'a, [u8]>),
    /// A line went over its limit, and began so. Said once a line; the rest of it is skipped.
    TooLong(Cow<'a, [u8]>),
    /// The input is used up and no line has ended.
    More,
}

/// The limits of a tagged line: bytes of the tags section with its `@` and its space, bytes of the rest without line end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IrcLimits {
    /// Bytes of the tags section, `@` and the space included.
    pub tags: usize,
    /// Bytes of what follows the tags section, without CR LF.
    pub rest: usize,
}

impl IrcLimits {
    /// What a server reads from a client; beyond it the answer is 417 (message-tags, "Size limit").
    pub const FROM_CLIENT: Self = Self { tags: CLIENT_TAGS_MAX, rest: MESSAGE_CONTENT_MAX };
    /// What a client reads from a server (message-tags, "Size limit").
    pub const FROM_SERVER: Self = Self { tags: SERVER_TAGS_MAX, rest: MESSAGE_CONTENT_MAX };

    /// Whether a whole line keeps both limits.
    fn admit(self, line: &[u8]) -> bool {
        let tags = match line.first() {
            Some(b'@') => memchr::memchr(b' ', line).map_or(line.len(), |space| space + 1),
            _ => 0,
        };
        tags <= self.tags && line.len() - tags <= self.rest
    }
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Mode {
    #[default]
    Keeping,
    Skipping,
    /// Skipping, and the last byte was a CR.
    SkippingAfterCr,
}

impl LineBuffer {
    /// A buffer with nothing in it.
    pub const fn new() -> Self {
        Self { partial: Vec::new(), mode: Mode::Keeping }
    }

    /// Whether no line has begun.
    pub fn is_empty(&self) -> bool {
        self.partial.is_empty() && self.mode == Mode::Keeping
    }

    /// Hands out the line that has begun, and forgets it: for a last line without an end, or when another grammar takes over.
    pub fn take(&mut self) -> Vec<u8> {
        self.mode = Mode::Keeping;
        std::mem::take(&mut self.partial)
    }

    /// Reads `input` up to the end of one line of at most `limit` bytes (without its end). Returns how many bytes were
    /// consumed and what they made; go on with the rest of the input, at once or later, until it is [`Fed::More`], which
    /// consumes everything.
    pub fn feed<'a>(&mut self, input: &'a [u8], limit: usize) -> (usize, Fed<'a>) {
        let mut consumed = 0;
        if self.mode != Mode::Keeping {
            consumed = self.skip(input);
            if self.mode != Mode::Keeping {
                return (consumed, Fed::More);
            }
        }
        let input = &input[consumed..];
        let (used, fed) = self.keep(input, limit);
        (consumed + used, fed)
    }

    /// As [`LineBuffer::feed`], with the two limits of a tagged line (message-tags, "Size limit").
    pub fn feed_irc<'a>(&mut self, input: &'a [u8], limits: IrcLimits) -> (usize, Fed<'a>) {
        let mut consumed = 0;
        if self.mode != Mode::Keeping {
            consumed = self.skip(input);
            if self.mode != Mode::Keeping {
                return (consumed, Fed::More);
            }
        }
        let input = &input[consumed..];
        let tagged = self.partial.first().or(input.first()) == Some(&b'@');
        let limit = if tagged { limits.tags + limits.rest } else { limits.rest };
        let (used, fed) = self.keep(input, limit);
        match fed {
            Fed::Line(line) if !limits.admit(&line) => (consumed + used, Fed::TooLong(line)),
            fed => (consumed + used, fed),
        }
    }

    /// Drops the rest of a line that was too long. The mode is `Keeping` once its end has come.
    fn skip(&mut self, input: &[u8]) -> usize {
        let after_cr = self.mode == Mode::SkippingAfterCr;
        if let Some(end) = line_end(input, after_cr) {
            self.mode = Mode::Keeping;
            return end + 1;
        }
        let after_cr = input.last().map_or(after_cr, |&last| last == b'\r');
        self.mode = if after_cr { Mode::SkippingAfterCr } else { Mode::Skipping };
        input.len()
    }

    fn keep<'a>(&mut self, input: &'a [u8], limit: usize) -> (usize, Fed<'a>) {
        let after_cr = self.partial.last() == Some(&b'\r');
        let Some(end) = line_end(input, after_cr) else {
            return (input.len(), self.keep_partial(input, limit));
        };
        let line = if self.partial.is_empty() {
            let line = &input[..end];
            Cow::Borrowed(line.strip_suffix(b"\r").unwrap_or(line))
        } else {
            let mut line = std::mem::take(&mut self.partial);
            if line.len() + end > limit.saturating_add(1) {
                return (end + 1, Fed::TooLong(Cow::Owned(line)));
            }
            line.extend_from_slice(&input[..end]);
            if line.last() == Some(&b'\r') {
                line.pop();
            }
            Cow::Owned(line)
        };
        (end + 1, if line.len() > limit { Fed::TooLong(line) } else { Fed::Line(line) })
    }

    /// Keeps a line's beginning, as long as it can still be within its limit.
    fn keep_partial<'a>(&mut self, input: &'a [u8], limit: usize) -> Fed<'a> {
        let Some(&last) = input.last() else { return Fed::More };
        let after_cr = last == b'\r';
        // A CR at the very end may turn out to be the line's end.
        if self.partial.len() + input.len() - usize::from(after_cr) > limit {
            let begun = std::mem::take(&mut self.partial);
            self.mode = if after_cr { Mode::SkippingAfterCr } else { Mode::Skipping };
            return Fed::TooLong(if begun.is_empty() { input.into() } else { begun.into() });
        }
        self.partial.extend_from_slice(input);
        Fed::More
    }
}

/// Where the byte is that ends the first line of `input`: an LF, or a NUL after a CR.
fn line_end(input: &[u8], after_cr: bool) -> Option<usize> {
    memchr::memchr2_iter(b'\n', 0, input)
        .find(|&at| input[at] == b'\n' || if at == 0 { after_cr } else { input[at - 1] == b'\r' })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Feeds pieces one after another and writes what came: lines in brackets, `!` for one that was too long.
    #[track_caller]
    fn check(limit: usize, pieces: &[&str], expected: &str) {
        let (mut buffer, mut found) = (LineBuffer::new(), String::new());
        for piece in pieces {
            let mut rest = piece.as_bytes();
            loop {
                let (consumed, fed) = buffer.feed(rest, limit);
                rest = &rest[consumed..];
                match fed {
                    Fed::Line(line) => {
                        found.push('[');
                        found.push_str(&String::from_utf8_lossy(&line));
                        found.push(']');
                    }
                    Fed::TooLong(_) => found.push('!'),
                    Fed::More => break,
                }
            }
        }
        assert_eq!(found, expected);
    }

    #[test]
    fn three_ends_end_a_line() {
        check(9, &["a\r\nb\nc\r\0d"], "[a][b][c]");
        check(9, &["\n\r\n"], "[][]");
        check(9, &["a\rb\0c\n"], "[a\rb\0c]");
        check(9, &["a\r", "\n", "b\r", "\0", "c", "\n"], "[a][b][c]");
        check(9, &["a\r\r\n"], "[a\r]");
    }

    #[test]
    fn a_line_too_long_is_said_once_and_the_next_is_read() {
        check(3, &["abc\nabcd\nabc\r\n"], "[abc]![abc]");
        check(3, &["abcd", "efgh", "ij\nok\n"], "![ok]");
        check(3, &["abc", "\r", "\n", "abcd\r", "\0ok\n"], "[abc]![ok]");
        check(3, &["abc\r", "x", "\nok\n"], "![ok]");
        check(0, &["\n", "a", "\n"], "[]!");
    }

    #[test]
    fn a_whole_line_is_borrowed() {
        let mut buffer = LineBuffer::new();
        let (consumed, fed) = buffer.feed(b"hello\r\nworld", 80);
        assert_eq!((consumed, fed), (7, Fed::Line(Cow::Borrowed(&b"hello"[..]))));
        assert!(buffer.is_empty());
    }

    #[test]
    fn an_idle_connection_holds_no_memory() {
        assert!(size_of::<LineBuffer>() <= 32);
        let mut buffer = LineBuffer::new();
        assert_eq!(buffer.feed(b"half a li", 80), (9, Fed::More));
        assert!(!buffer.is_empty());
        assert!(matches!(buffer.feed(b"ne\n", 80), (3, Fed::Line(Cow::Owned(_)))));
        assert_eq!((buffer.partial.capacity(), buffer.mode), (0, Mode::Keeping));
        assert_eq!(buffer.feed(b"abcdef", 3), (6, Fed::TooLong(b"abcdef".into())));
        assert_eq!(buffer.partial.capacity(), 0);
    }

    #[test]
    fn a_line_that_has_begun_can_be_taken() {
        let mut buffer = LineBuffer::new();
        assert_eq!(buffer.feed(b"last words", 80), (10, Fed::More));
        assert_eq!((buffer.take(), buffer.is_empty()), (b"last words".to_vec(), true));
    }

    #[test]
    fn tags_and_the_rest_have_limits_of_their_own() {
        let check = |tags: usize, rest: usize, fits: bool| {
            let line = format!("@{} {}\r\n", "t".repeat(tags), "r".repeat(rest));
            let (mut whole, mut split) = (LineBuffer::new(), LineBuffer::new());
            let limits = IrcLimits::FROM_CLIENT;
            let (consumed, fed) = whole.feed_irc(line.as_bytes(), limits);
            assert_eq!((consumed, matches!(fed, Fed::Line(_))), (line.len(), fits));
            let (first, second) = line.as_bytes().split_at(line.len() - 1);
            let (_, early) = split.feed_irc(first, limits);
            let (_, late) = split.feed_irc(second, limits);
            assert_eq!([early, late].iter().any(|fed| matches!(fed, Fed::TooLong(_))), !fits);
        };
        check(4094, 510, true);
        check(4095, 510, false);
        check(4094, 511, false);
        check(4095, 1, false);
        check(5, 511, false);
        assert_eq!(IrcLimits::FROM_SERVER.tags, 8191);

        let mut buffer = LineBuffer::new();
        let untagged = [b'r'; 511];
        assert_eq!(
            buffer.feed_irc(&untagged, IrcLimits::FROM_CLIENT),
            (511, Fed::TooLong(untagged[..].into()))
        );
    }
}
