//! A socket, and what lies between it and the hall: nothing, or TLS.

use crate::bounds;
use crate::tls::{FIRST_BYTE, Heard, Identity, Session};
use mio::net::TcpStream;
use parlor_doors::hall::Flushed;
use std::io::{self, IoSlice, Write};

/// A connection's socket.
pub(super) struct Link {
    pub stream: TcpStream,
    /// Nothing was read yet: it may be TLS or plain.
    is_unknown: bool,
    tls: Option<Box<Session>>,
}

impl Link {
    pub fn new(stream: TcpStream) -> Self {
        Self { stream, is_unknown: true, tls: None }
    }

    /// Decides what lies on it, by the first bytes that were read. TLS is begun only if `may_begin`
    /// says so.
    pub fn begin(&mut self, bytes: &[u8], may_begin: impl FnOnce() -> bool) {
        if std::mem::take(&mut self.is_unknown) {
            let is_tls = bytes.first() == Some(&FIRST_BYTE) && may_begin();
            self.tls = is_tls.then(|| Box::new(Session::new()));
        }
    }

    /// Takes bytes that were read from the socket, and tells what was in them.
    pub fn read(
        &mut self,
        bytes: &[u8],
        identity: &Identity,
        mut hear: impl FnMut(Heard<'_>),
    ) -> io::Result<()> {
        match &mut self.tls {
            Some(session) => session.read(bytes, identity, hear)?,
            None => hear(Heard::Bytes(bytes)),
        }
        Ok(())
    }

    /// Writes what the socket takes of this; TLS takes it first, and is written by [`Link::conclude`].
    /// `gathered` is memory to put small pieces together in.
    pub fn write(&mut self, slices: &[IoSlice<'_>], gathered: &mut Vec<u8>) -> io::Result<usize> {
        match (&mut self.tls, slices) {
            (Some(session), slices) => match session.write(slices, gathered)? {
                0 => {
                    session.push(&mut self.stream)?;
                    session.write(slices, gathered)
                }
                count => Ok(count),
            },
            // A plain send costs the kernel less than a vector, and more than a copy of a few lines.
            (_, [all]) => self.stream.write(all),
            (_, few) if bytes_of(few) <= bounds::GATHERED_BYTES_MAX => {
                gathered.clear();
                for slice in few {
                    gathered.extend_from_slice(slice);
                }
                self.stream.write(gathered)
            }
            (_, many) => self.stream.write_vectored(many),
        }
    }

    /// Writes what TLS has taken, at the end of a flush: all that was queued leaves in one write.
    pub fn conclude(&mut self, flushed: Flushed) -> Flushed {
        match &mut self.tls {
            None => flushed,
            Some(_) if flushed == Flushed::Failed => flushed,
            Some(session) => {
                if flushed == Flushed::Finished {
                    session.close();
                }
                match session.push(&mut self.stream) {
                    Ok(()) => flushed,
                    Err(error) if error.kind() == io::ErrorKind::WouldBlock => Flushed::Full,
                    Err(_) => Flushed::Failed,
                }
            }
        }
    }

    /// Whether what is read next may be a part of a TLS handshake, or surely is one.
    pub fn may_handshake(&self) -> bool {
        self.is_unknown || self.is_handshaking()
    }

    /// See [`Link::may_handshake`].
    pub fn is_handshaking(&self) -> bool {
        self.tls.as_ref().is_some_and(|session| session.is_handshaking())
    }

    pub fn is_tls(&self) -> bool {
        self.tls.is_some()
    }

    /// Whether TLS itself has something to say.
    pub fn wants_write(&self) -> bool {
        self.tls.as_ref().is_some_and(|session| session.wants_write())
    }
}

fn bytes_of(slices: &[IoSlice<'_>]) -> usize {
    slices.iter().map(|slice| slice.len()).sum()
}
