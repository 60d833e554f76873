//! From bytes to lines, and from a line to what it asks for.

use super::door::LineDoor;
use super::verbs;
use crate::bounds;
use crate::desk::Desk;
use parlor_wire::lines::Fed;
use parlor_wire::telnet::IAC;
use parlor_wire::text::{decode, neutralise, strip_formatting};
use std::borrow::Cow;

impl LineDoor {
    /// Reads up to the end of one line, and puts what it asks for on the desk. Returns how many
    /// bytes were consumed; all of them when no line ended.
    pub fn read(&mut self, bytes: &[u8], desk: &mut Desk<'_>) -> usize {
        self.casemapping = desk.facts.casemapping;
        let mut consumed = 0;
        while consumed < bytes.len() {
            let chunk = chunk(&bytes[consumed..]);
            consumed += chunk.len();
            if self.read_chunk(chunk, desk) {
                break;
            }
        }
        consumed
    }

    /// Reads a chunk that has at most one line's end, which is at its own end. Whether there was one.
    fn read_chunk(&mut self, chunk: &[u8], desk: &mut Desk<'_>) -> bool {
        self.crlf |= chunk.ends_with(b"\r\n") || chunk.ends_with(b"\r\0");
        if !self.is_telnet && !chunk.contains(&IAC) {
            return self.feed(chunk, desk);
        }
        (self.is_telnet, self.crlf) = (true, true);
        let mut text = chunk.to_vec();
        let mut answers = Vec::new();
        let length = self.telnet.strip(&mut text, &mut answers);
        desk.say(answers);
        self.feed(&text[..length], desk)
    }

    fn feed(&mut self, chunk: &[u8], desk: &mut Desk<'_>) -> bool {
        let mut buffer = std::mem::take(&mut self.buffer);
        let (_, fed) = buffer.feed(chunk, bounds::LINE_BYTES_MAX);
        self.buffer = buffer;
        match fed {
            Fed::Line(line) => self.line(&line, desk),
            Fed::TooLong(_) => self.too_long(desk),
            // What was skipped of a line too long ends here as well.
            Fed::More => return false,
        }
        true
    }

    fn line(&mut self, line: &[u8], desk: &mut Desk<'_>) {
        let line = clean(line);
        if let Some(outside) = &mut self.outside {
            outside.note_line();
        }
        match line.strip_prefix('/') {
            Some(said) if said.starts_with('/') => self.text(said, desk),
            Some(command) => verbs::dispatch(self, command, desk),
            None => self.text(&line, desk),
        }
    }

    /// A line without a command: words for the channel that is looked at.
    fn text(&mut self, text: &str, desk: &mut Desk<'_>) {
        if !self.is_inside() && !self.come_in_as_guest(desk) {
            return;
        }
        if !text.trim().is_empty() {
            verbs::say(self, text, desk);
        }
    }

    fn too_long(&mut self, desk: &mut Desk<'_>) {
        let max = bounds::LINE_BYTES_MAX;
        self.say(
            desk,
            &format!("* That line is longer than {max} bytes, so nobody saw it: send it in parts."),
        );
    }
}

/// The beginning of `bytes` up to the first byte that may end a line: an LF, or the NUL of telnet's
/// CR NUL. So a chunk without telnet's bytes is as long as the one that came with them, to its end.
fn chunk(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().position(|&byte| byte == b'\n' || byte == 0);
    end.map_or(bytes, |end| &bytes[..=end])
}

/// A line as it is passed on: text without control characters, so that history is clean as well.
fn clean(line: &[u8]) -> String {
    let text: Cow<'_, str> = decode(line);
    let text = strip_formatting(&text);
    neutralise(&text).trim_end().to_owned()
}
