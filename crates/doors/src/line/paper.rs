//! Where lines for a terminal are written.

use parlor_wire::text::{neutralise, strip_formatting};

/// The output of a line client. Whatever is written on it, what comes out is one harmless line a
/// call: no control character of anyone reaches a terminal but the line ends that stand here.
#[derive(Debug)]
pub(super) struct Paper<'o> {
    out: &'o mut Vec<u8>,
    crlf: bool,
}

impl<'o> Paper<'o> {
    /// `crlf`: lines end as telnet has it.
    pub fn new(out: &'o mut Vec<u8>, crlf: bool) -> Self {
        Self { out, crlf }
    }

    /// Writes one line.
    pub fn line(&mut self, text: &str) {
        let plain = strip_formatting(text);
        self.out.extend_from_slice(neutralise(&plain).as_bytes());
        self.out.extend_from_slice(if self.crlf { b"\r\n" } else { b"\n" });
    }

    /// Writes our own words, a line for each of theirs.
    pub fn lines(&mut self, text: &str) {
        for line in text.lines() {
            self.line(line);
        }
    }

    /// How many bytes are written in all.
    pub fn len(&self) -> usize {
        self.out.len()
    }
}
