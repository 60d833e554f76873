//! Writing one IRC line into a buffer, so that no text can become two lines or another command
//! (modern-irc, "Message Format"; message-tags, "Format").
//!
//! What a grammar cannot carry is changed, never sent: CR, LF and NUL become a space (inside a word `_`), and a line is cut
//! at a character's boundary once it is over 512 bytes without its tags.

use crate::bounds::{MESSAGE_CONTENT_MAX, PARAMS_MAX, SERVER_TAGS_MAX};

/// A line that has only tags yet. Write them first, then [`Line::source`], then a command.
#[derive(Debug)]
#[must_use = "a line that has no end runs into the next"]
pub struct Line<'o> {
    out: &'o mut Vec<u8>,
    start: usize,
}

impl<'o> Line<'o> {
    /// Begins a line at the end of `out`.
    pub fn new(out: &'o mut Vec<u8>) -> Self {
        let start = out.len();
        Self { out, start }
    }

    /// Adds a tag and escapes its value; an empty value is sent as a missing one. A tag that would take the section over
    /// 8191 bytes is left out whole, as cutting a value would change it (message-tags, "Size limit").
    pub fn tag(self, key: &str, value: &str) -> Self {
        if key.is_empty() {
            return self;
        }
        let before = self.out.len();
        self.out.push(if before == self.start { b'@' } else { b';' });
        push_replacing(self.out, key, b" ;=\r\n\0", b'_');
        if !value.is_empty() {
            self.out.push(b'=');
            push_escaped(self.out, value);
        }
        // One byte for the space that ends the section.
        if self.out.len() - self.start + 1 > SERVER_TAGS_MAX {
            self.out.truncate(before);
        }
        self
    }

    /// Says where the line comes from: a server's name or `nick!user@host`. An empty source is left out.
    pub fn source(self, source: &str) -> Sourced<'o> {
        self.sourced(|out| out.extend_from_slice(source.as_bytes()))
    }

    /// Says that it comes from a person: `nick!user@host`.
    pub fn person(self, nick: &str, user: &str, host: &str) -> Sourced<'o> {
        self.sourced(|out| {
            out.extend_from_slice(nick.as_bytes());
            out.push(b'!');
            out.extend_from_slice(user.as_bytes());
            out.push(b'@');
            out.extend_from_slice(host.as_bytes());
        })
    }

    fn sourced(self, write: impl FnOnce(&mut Vec<u8>)) -> Sourced<'o> {
        if self.out.len() > self.start {
            self.out.push(b' ');
        }
        let content = self.out.len();
        self.out.push(b':');
        write(self.out);
        if self.out.len() == content + 1 {
            self.out.truncate(content);
        } else {
            let source = &mut self.out[content + 1..];
            if has_any(source, NO_WORD) {
                replace(source, NO_WORD, b'_');
            }
            self.out.push(b' ');
        }
        Sourced { out: self.out, content }
    }

    /// Names the command, on a line without a source.
    pub fn command(self, command: &str) -> Body<'o> {
        self.source("").command(command)
    }

    /// The command of a numeric reply, on a line without a source.
    pub fn numeric(self, code: u16) -> Body<'o> {
        self.source("").numeric(code)
    }
}

/// A line that has its tags and its source.
#[derive(Debug)]
#[must_use = "a line that has no end runs into the next"]
pub struct Sourced<'o> {
    out: &'o mut Vec<u8>,
    content: usize,
}

impl<'o> Sourced<'o> {
    /// Names the command. Mostly it is known when this is compiled, and so is that nothing is to be replaced.
    #[inline]
    pub fn command(self, command: &str) -> Body<'o> {
        let start = self.out.len();
        push_replacing(self.out, if command.is_empty() { "*" } else { command }, NO_WORD, b'_');
        // At a line's start these would begin tags or a source.
        if matches!(self.out[start], b'@' | b':') {
            self.out[start] = b'_';
        }
        Body { out: self.out, content: self.content, params: 0, colon: None }
    }

    /// The command of a numeric reply: always three digits (modern-irc, "Numeric Replies").
    pub fn numeric(self, code: u16) -> Body<'o> {
        let digits = [100, 10, 1].map(|unit| b'0' + (code / unit % 10) as u8);
        self.out.extend_from_slice(&digits);
        Body { out: self.out, content: self.content, params: 0, colon: None }
    }
}

/// A line that has its command, and takes parameters.
#[derive(Debug)]
#[must_use = "a line that has no end runs into the next"]
pub struct Body<'o> {
    out: &'o mut Vec<u8>,
    /// Where the part begins that [`crate::bounds::MESSAGE_MAX`] limits.
    content: usize,
    params: usize,
    /// Where the last parameter's `:` is, if it has one.
    colon: Option<usize>,
}

impl Body<'_> {
    /// Adds a parameter, with a `:` if it needs one to be the last. If another follows, it was not the last: then it becomes
    /// one word (`*` if empty, `_` for spaces and a leading `:`). What is beyond 15 is left out, as a parser would glue it to
    /// the last.
    pub fn param(self, param: &str) -> Self {
        let is_word = !has_any(param.as_bytes(), NO_WORD);
        let needs_colon = !is_word || param.is_empty() || param.starts_with(':');
        self.push(needs_colon, |out| {
            if is_word {
                out.extend_from_slice(param.as_bytes());
            } else {
                push_replacing(out, param, NO_TEXT, b' ');
            }
        })
    }

    /// Adds the last parameter, always with a `:`: some clients insist on it where a text is expected.
    pub fn trailing(self, param: &str) -> Self {
        self.push(true, |out| push_replacing(out, param, NO_TEXT, b' '))
    }

    /// How many bytes of text the next parameter can have and leave the line uncut, even with a `:`.
    pub fn room(&self) -> usize {
        MESSAGE_CONTENT_MAX.saturating_sub(self.out.len() - self.content + 2)
    }

    /// Cuts the line to its limit and ends it with CR LF.
    pub fn end(self) {
        if let Some(content) = self.out.get(self.content..)
            && content.len() > MESSAGE_CONTENT_MAX
        {
            self.out.truncate(self.content + boundary(content, MESSAGE_CONTENT_MAX));
        }
        self.out.extend_from_slice(b"\r\n");
    }

    fn push(mut self, colon: bool, write: impl FnOnce(&mut Vec<u8>)) -> Self {
        if self.params == PARAMS_MAX {
            return self;
        }
        self.make_last_a_word();
        self.params += 1;
        self.out.push(b' ');
        if colon {
            self.colon = Some(self.out.len());
            self.out.push(b':');
        }
        write(self.out);
        self
    }

    fn make_last_a_word(&mut self) {
        let Some(colon) = self.colon.take() else { return };
        self.out.remove(colon);
        match self.out.get_mut(colon) {
            None => self.out.push(b'*'),
            Some(first @ b':') => *first = b'_',
            Some(_) => {}
        }
        for byte in &mut self.out[colon..] {
            if *byte == b' ' {
                *byte = b'_';
            }
        }
    }
}

/// The longest beginning of `content` that has at most `max` bytes and ends between characters.
fn boundary(content: &[u8], max: usize) -> usize {
    // Only strings were written, so going back over continuation bytes finds the character's start.
    let mut end = max.min(content.len());
    while end > 0 && content.get(end).is_some_and(|byte| byte & 0xc0 == 0x80) {
        end -= 1;
    }
    end
}

/// What can stand in no word.
const NO_WORD: &[u8] = b" \r\n\0";

/// What can stand in no text.
const NO_TEXT: &[u8] = b"\r\n\0";

/// Writes a text. Anything in `never` becomes `by`.
#[inline]
fn push_replacing(out: &mut Vec<u8>, text: &str, never: &[u8], by: u8) {
    let start = out.len();
    out.extend_from_slice(text.as_bytes());
    if has_any(text.as_bytes(), never) {
        replace(&mut out[start..], never, by);
    }
}

#[cold]
fn replace(written: &mut [u8], never: &[u8], by: u8) {
    for byte in written {
        if never.contains(byte) {
            *byte = by;
        }
    }
}

/// Whether one of these few is in a text. They are low in the alphabet: the lowest byte of the text is found
/// many at a time, and mostly tells that it has none.
#[inline]
fn has_any(text: &[u8], few: &[u8]) -> bool {
    let highest = few.iter().fold(0, |highest, byte| *byte.max(&highest));
    let lowest = text.iter().fold(u8::MAX, |lowest, byte| lowest.min(*byte));
    lowest <= highest && text.iter().any(|byte| few.contains(byte))
}

/// Writes a tag value (message-tags, "Escaping values"). A NUL has no escape and is left out.
fn push_escaped(out: &mut Vec<u8>, value: &str) {
    for byte in value.bytes() {
        match byte {
            b';' => out.extend_from_slice(b"\\:"),
            b' ' => out.extend_from_slice(b"\\s"),
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\n' => out.extend_from_slice(b"\\n"),
            0 => {}
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(write: impl FnOnce(&mut Vec<u8>), expected: &str) {
        let mut out = Vec::new();
        write(&mut out);
        assert_eq!(String::from_utf8(out).as_deref(), Ok(expected));
    }

    #[test]
    fn lines_are_written_after_one_another() {
        check(
            |out| {
                Line::new(out)
                    .tag("time", "2026-01-02T03:04:05.678Z")
                    .tag("+x", "a; b\\")
                    .tag("bot", "")
                    .source("ada!a@host")
                    .command("PRIVMSG")
                    .param("#a")
                    .trailing("hi")
                    .end();
                Line::new(out)
                    .source("s.example")
                    .numeric(1)
                    .param("ada")
                    .param("Welcome home")
                    .end();
                Line::new(out).command("PING").param("x").end();
            },
            "@time=2026-01-02T03:04:05.678Z;+x=a\\:\\sb\\\\;bot :ada!a@host PRIVMSG #a :hi\r\n\
             :s.example 001 ada :Welcome home\r\n\
             PING x\r\n",
        );
    }

    #[test]
    fn a_colon_comes_where_it_is_needed() {
        check(|out| Line::new(out).command("X").param("").end(), "X :\r\n");
        check(|out| Line::new(out).command("X").param(":-)").end(), "X ::-)\r\n");
        check(|out| Line::new(out).command("X").param("a:b").end(), "X a:b\r\n");
        check(|out| Line::new(out).command("X").trailing("a").end(), "X :a\r\n");
    }

    #[test]
    fn a_parameter_that_turns_out_not_to_be_last_is_made_one_word() {
        check(
            |out| {
                Line::new(out).command("X").param("").param("a b").param(":c").trailing("d").end();
            },
            "X * a_b _c :d\r\n",
        );
    }

    #[test]
    fn nothing_is_injected() {
        check(|out| Line::new(out).command("X").param("a\r\nQUIT").end(), "X :a  QUIT\r\n");
        check(
            |out| {
                let line = Line::new(out).tag("k y;\n", "\r\n\0").source("a b\nc");
                line.command(":X\rY").trailing("\0").end();
            },
            "@k_y__=\\r\\n :a_b_c _X_Y : \r\n",
        );
    }

    #[test]
    fn long_lines_are_cut_between_characters() {
        let mut out = Vec::new();
        Line::new(&mut out).tag("t", "v").command("X").trailing(&"日".repeat(300)).end();
        let content = out.strip_prefix(b"@t=v ").expect("tags do not count");
        // "X :" and 169 characters of three bytes are 510; with the line end, 512.
        assert_eq!((content.len(), content.ends_with("日\r\n".as_bytes())), (512, true));

        let mut out = Vec::new();
        Line::new(&mut out).command("XY").trailing(&"日".repeat(300)).end();
        assert_eq!(out.len(), 510);
        assert!(str::from_utf8(&out).is_ok());
    }

    #[test]
    fn room_is_what_still_fits() {
        let mut out = Vec::new();
        let body = Line::new(&mut out).source("s").numeric(353).param("ada");
        let text = "x".repeat(body.room());
        body.trailing(&text).end();
        assert_eq!(out.len(), 512);
        assert!(out.ends_with(b"x\r\n"));
    }

    #[test]
    fn tags_over_the_limit_and_parameters_over_fifteen_are_left_out() {
        let mut out = Vec::new();
        let long = "v".repeat(5000);
        Line::new(&mut out).tag("a", &long).tag("b", &long).tag("c", "1").command("X").end();
        assert!(out.starts_with(b"@a=v") && out.ends_with(b"v;c=1 X\r\n"));

        check(
            |out| (0..20).fold(Line::new(out).command("X"), |body, _| body.param("p")).end(),
            "X p p p p p p p p p p p p p p p\r\n",
        );
    }
}
