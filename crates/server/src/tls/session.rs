//! One caller's TLS, without a socket: it takes what was read and says what that was, takes what is to
//! be said, and gives what is to be written.

use super::{Identity, fingerprint};
use crate::bounds;
use parlor_hub::person::Fingerprint;
use rustls::ServerConnection;
use rustls::server::{Accepted, AcceptedAlert, Acceptor};
use std::io::{self, BufRead, IoSlice, Write};

/// A session, from its first byte on.
pub(crate) struct Session {
    stage: Stage,
}

enum Stage {
    /// Its first message is not whole yet.
    Hello(Acceptor),
    /// It was answered.
    Answered(ServerConnection),
    /// Nothing can come of it.
    Refused(AcceptedAlert),
}

/// What was in the bytes that were read.
pub(crate) enum Heard<'b> {
    /// The end of the handshake, and the certificate that the caller showed in it.
    Secured(Option<Fingerprint>),
    /// Something that was said.
    Bytes(&'b [u8]),
    /// The caller will say no more.
    End,
}

impl Session {
    pub fn new() -> Self {
        Self { stage: Stage::Hello(Acceptor::default()) }
    }

    /// Takes bytes that were read, and tells what was in them. After an error there may still be something to
    /// write.
    pub fn read(
        &mut self,
        mut bytes: &[u8],
        identity: &Identity,
        mut hear: impl FnMut(Heard<'_>),
    ) -> Result<(), TlsFailed> {
        while !bytes.is_empty() {
            match &mut self.stage {
                Stage::Hello(acceptor) => {
                    acceptor.read_tls(&mut bytes)?;
                    let answered = match acceptor.accept() {
                        Ok(None) => continue,
                        Ok(Some(accepted)) => answer(accepted, identity),
                        Err((_, alert)) => Err(alert),
                    };
                    match answered {
                        Ok(connection) => self.stage = Stage::Answered(connection),
                        Err(alert) => {
                            self.stage = Stage::Refused(alert);
                            return Err(TlsFailed);
                        }
                    }
                }
                Stage::Answered(connection) => {
                    connection.read_tls(&mut bytes)?;
                }
                Stage::Refused(_) => return Err(TlsFailed),
            }
            self.hear(&mut hear)?;
        }
        Ok(())
    }

    fn hear(&mut self, hear: &mut impl FnMut(Heard<'_>)) -> Result<(), TlsFailed> {
        let Stage::Answered(connection) = &mut self.stage else { return Ok(()) };
        let was_handshaking = connection.is_handshaking();
        let state = connection.process_new_packets().map_err(|_| TlsFailed)?;
        if was_handshaking && !connection.is_handshaking() {
            let shown = connection.peer_certificates().and_then(<[_]>::first);
            hear(Heard::Secured(shown.and_then(fingerprint)));
        }
        let mut left = state.plaintext_bytes_to_read();
        while left > 0 {
            let mut reader = connection.reader();
            let plain = reader.fill_buf()?;
            let count = plain.len();
            hear(Heard::Bytes(plain));
            reader.consume(count);
            left -= count;
        }
        if state.peer_has_closed() {
            hear(Heard::End);
        }
        Ok(())
    }

    /// Encrypts as much of this as there is room for. 0 when there is none, before something is written.
    pub fn write(&mut self, slices: &[IoSlice<'_>]) -> io::Result<usize> {
        match &mut self.stage {
            Stage::Answered(connection) => connection.writer().write_vectored(slices),
            // Nobody speaks to a caller who cannot hear it.
            Stage::Hello(_) | Stage::Refused(_) => Err(io::ErrorKind::NotConnected.into()),
        }
    }

    /// Says that nothing more will be said.
    pub fn close(&mut self) {
        if let Stage::Answered(connection) = &mut self.stage {
            connection.send_close_notify();
        }
    }

    pub fn wants_write(&self) -> bool {
        match &self.stage {
            Stage::Hello(_) => false,
            Stage::Answered(connection) => connection.wants_write(),
            Stage::Refused(_) => true,
        }
    }

    /// Writes what is encrypted, as far as the socket takes it: an error of the kind `WouldBlock` when it is full.
    pub fn push(&mut self, socket: &mut impl Write) -> io::Result<()> {
        match &mut self.stage {
            Stage::Hello(_) => {}
            Stage::Answered(connection) => {
                while connection.wants_write() {
                    connection.write_tls(socket)?;
                }
            }
            Stage::Refused(alert) => alert.write_all(socket)?,
        }
        Ok(())
    }
}

/// Answers a first message.
fn answer(accepted: Accepted, identity: &Identity) -> Result<ServerConnection, AcceptedAlert> {
    let config = identity.answering(&accepted.client_hello());
    let mut connection = accepted.into_connection(config).map_err(|(_, alert)| alert)?;
    connection.set_buffer_limit(Some(bounds::TLS_WAITING_BYTES_MAX));
    Ok(connection)
}

/// What came is no TLS, or no handshake that can succeed. Which of many ways it was helps nobody.
#[derive(Debug)]
pub(crate) struct TlsFailed;

impl From<io::Error> for TlsFailed {
    fn from(_: io::Error) -> Self {
        Self
    }
}

impl From<TlsFailed> for io::Error {
    fn from(_: TlsFailed) -> Self {
        Self::new(io::ErrorKind::InvalidData, "TLS failed")
    }
}
