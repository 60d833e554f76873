//! One client.

use crate::bounds;
use crate::error::Error;
use crate::poll::Poll;
use parlor_wire::lines::{Fed, LineBuffer};
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;

/// A connection that reads lines.
pub(super) struct Member {
    stream: TcpStream,
    lines: LineBuffer,
    /// What the server did not take yet.
    unsent: Vec<u8>,
}

impl Member {
    pub fn new(stream: TcpStream) -> Self {
        Self { stream, lines: LineBuffer::new(), unsent: Vec::new() }
    }

    /// Sends what waits and then `bytes`, as far as the server takes them now.
    pub fn send(&mut self, poll: &Poll, place: usize, bytes: &[u8]) -> Result<(), Error> {
        let had_unsent = !self.unsent.is_empty();
        if had_unsent {
            self.unsent.extend_from_slice(bytes);
            let count = written(&mut self.stream, &self.unsent)?;
            self.unsent.drain(..count);
        } else {
            let count = written(&mut self.stream, bytes)?;
            self.unsent.extend_from_slice(&bytes[count..]);
        }
        let has_unsent = !self.unsent.is_empty();
        if has_unsent != had_unsent {
            let wanted = poll.want_room(&self.stream, place, has_unsent);
            wanted.map_err(Error::io("watch a connection"))?;
        }
        Ok(())
    }

    /// Reads once, shows the lines, and returns the answer to a PING.
    pub fn read(
        &mut self,
        scratch: &mut [u8],
        mut on_line: impl FnMut(&[u8]),
    ) -> Result<Option<Vec<u8>>, Error> {
        let count = match self.stream.read(scratch) {
            Ok(0) => return Err(Error::Closed(self.last_words())),
            Ok(count) => count,
            Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(None),
            Err(error) => return Err(Error::Io { what: "read from the server", error }),
        };
        let (mut rest, mut pong) = (&scratch[..count], None);
        loop {
            let (consumed, fed) = self.lines.feed(rest, bounds::LINE_BYTES_MAX);
            rest = &rest[consumed..];
            match fed {
                Fed::More => return Ok(pong),
                Fed::TooLong(_) => {}
                Fed::Line(line) => {
                    if let Some(token) = line.strip_prefix(b"PING ") {
                        pong = Some([b"PONG ", token, b"\r\n"].concat());
                    } else if line.starts_with(b"ERROR ") {
                        return Err(Error::Closed(String::from_utf8_lossy(&line).into_owned()));
                    }
                    on_line(&line);
                }
            }
        }
    }

    fn last_words(&mut self) -> String {
        String::from_utf8_lossy(&self.lines.take()).into_owned()
    }
}

fn written(stream: &mut TcpStream, bytes: &[u8]) -> Result<usize, Error> {
    if bytes.is_empty() {
        return Ok(0);
    }
    match stream.write(bytes) {
        Ok(count) => Ok(count),
        Err(error) if error.kind() == ErrorKind::WouldBlock => Ok(0),
        Err(error) => Err(Error::Io { what: "send to the server", error }),
    }
}
