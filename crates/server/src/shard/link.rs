//! A socket, and what lies between it and the hall: nothing, or TLS.

use crate::bounds;
use crate::tls::{FIRST_BYTE, Heard, Identity, Session};
use mio::net::TcpStream;
use parlor_doors::hall::Flushed;
use std::io::{self, IoSlice, Write};

/// A connection's socket.
pub(super) struct Link {
    pub stream: TcpStream,
    layer: Layer,
}

/// What lies on the socket.
enum Layer {
    /// Nothing was read yet: it may be either.
    Unknown,
    Plain,
    Tls(Box<Session>),
}

impl Link {
    pub fn new(stream: TcpStream) -> Self {
        Self { stream, layer: Layer::Unknown }
    }

    /// Decides what lies on it, by the first bytes that were read. TLS is begun only if `may_begin`
    /// says so.
    pub fn begin(&mut self, bytes: &[u8], may_begin: impl FnOnce() -> bool) {
        if let Layer::Unknown = self.layer {
            let is_tls = bytes.first() == Some(&FIRST_BYTE) && may_begin();
            self.layer = if is_tls { Layer::Tls(Box::new(Session::new())) } else { Layer::Plain };
        }
    }

    /// Takes bytes that were read from the socket, and tells what was in them.
    pub fn read(
        &mut self,
        bytes: &[u8],
        identity: &Identity,
        mut hear: impl FnMut(Heard<'_>),
    ) -> io::Result<()> {
        match &mut self.layer {
            Layer::Tls(session) => session.read(bytes, identity, hear)?,
            Layer::Unknown | Layer::Plain => hear(Heard::Bytes(bytes)),
        }
        Ok(())
    }

    /// Writes what the socket takes of this; TLS takes it first, and is written by [`Link::conclude`].
    /// `gathered` is memory to put small pieces together in.
    pub fn write(&mut self, slices: &[IoSlice<'_>], gathered: &mut Vec<u8>) -> io::Result<usize> {
        match (&mut self.layer, slices) {
            (Layer::Tls(session), slices) => match session.write(slices)? {
                0 => {
                    session.push(&mut self.stream)?;
                    session.write(slices)
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
        match &mut self.layer {
            Layer::Unknown | Layer::Plain => flushed,
            Layer::Tls(_) if flushed == Flushed::Failed => flushed,
            Layer::Tls(session) => {
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

    pub fn is_tls(&self) -> bool {
        matches!(self.layer, Layer::Tls(_))
    }

    /// Whether TLS itself has something to say.
    pub fn wants_write(&self) -> bool {
        match &self.layer {
            Layer::Tls(session) => session.wants_write(),
            Layer::Unknown | Layer::Plain => false,
        }
    }
}

fn bytes_of(slices: &[IoSlice<'_>]) -> usize {
    slices.iter().map(|slice| slice.len()).sum()
}
