//! One caller's TLS, without a socket: it takes what was read and says what that was, takes what is to
//! be said, and gives what is to be written.
//!
//! rustls keeps no buffers here (its `unbuffered` connections): what is not whole, and what is not written, is
//! the session's own, and an idle one holds neither.

use super::{Identity, fingerprint};
use crate::bounds;
use parlor_hub::person::Fingerprint;
use rustls::ServerConfig;
use rustls::server::{Acceptor, ServerConnectionData, UnbufferedServerConnection};
use rustls::unbuffered::{
    ConnectionState, EncodeError, EncryptError, UnbufferedStatus, WriteTraffic,
};
use std::io::{self, IoSlice, Write};
use std::sync::Arc;

/// A session, from its first byte on.
pub(crate) struct Session {
    stage: Stage,
    records: Records,
}

#[allow(
    clippy::large_enum_variant,
    reason = "a session is boxed whole, and almost all are answered"
)]
enum Stage {
    /// Its first message is not whole yet.
    Hello(Box<Acceptor>),
    /// It was answered.
    Answered(UnbufferedServerConnection),
    /// Nothing can come of it.
    Refused,
}

/// What is on its way between the session and the socket. An idle session holds no memory for it.
#[derive(Default)]
struct Records {
    /// What was read and is not whole.
    unread: Vec<u8>,
    /// What is encrypted and not written yet.
    unwritten: Vec<u8>,
}

/// What it costs an idle caller to have come by TLS, apart from the keys.
const _: () = assert!(size_of::<Session>() <= 1152);

type Traffic<'c> = WriteTraffic<'c, ServerConnectionData>;

/// What was in the bytes that were read.
pub(crate) enum Heard<'b> {
    /// The end of the handshake, and the certificate that the caller showed in it.
    Secured(Option<Fingerprint>),
    /// Something that was said.
    Bytes(&'b [u8]),
    /// The caller will say no more.
    End,
}

/// Where a connection stands after a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// There is more to be done at once.
    Done,
    /// The same; the caller will say no more.
    Ended,
    /// Nothing is left to be done, and something may be said.
    Open,
    /// Nothing is left to be done, and nothing may be said, or not yet.
    Waits,
}

impl Session {
    pub fn new() -> Self {
        Self { stage: Stage::Hello(Box::default()), records: Records::default() }
    }

    /// Takes bytes that were read, and tells what was in them. After an error there may still be something to
    /// write.
    pub fn read(
        &mut self,
        bytes: &[u8],
        identity: &Identity,
        hear: impl FnMut(Heard<'_>),
    ) -> Result<(), TlsFailed> {
        let read = self.take_in(bytes, identity, hear);
        if read.is_err() {
            self.stage = Stage::Refused;
        }
        read
    }

    fn take_in(
        &mut self,
        bytes: &[u8],
        identity: &Identity,
        mut hear: impl FnMut(Heard<'_>),
    ) -> Result<(), TlsFailed> {
        let Self { stage, records } = self;
        records.unread.extend_from_slice(bytes);
        if let Stage::Hello(acceptor) = stage {
            let Some(config) = answered(acceptor, bytes, identity, &mut records.unwritten)? else {
                return Ok(());
            };
            let connection = UnbufferedServerConnection::new(config);
            *stage = Stage::Answered(connection.map_err(|_| TlsFailed)?);
        }
        let Stage::Answered(connection) = stage else { return Err(TlsFailed) };
        let (mut is_secured, mut said) = (!connection.is_handshaking(), Vec::new());
        loop {
            let step = records.step(connection, &mut said, |_, _| Ok(()))?;
            if !is_secured && !connection.is_handshaking() {
                is_secured = true;
                let shown = connection.peer_certificates().and_then(<[_]>::first);
                hear(Heard::Secured(shown.and_then(fingerprint)));
            }
            if !said.is_empty() {
                hear(Heard::Bytes(&said));
                said.clear();
            }
            match step {
                Step::Done => {}
                Step::Ended => hear(Heard::End),
                Step::Open | Step::Waits => return records.settle(),
            }
        }
    }

    /// Encrypts as much of this as there is room for. 0 when there is none, before something is written. `gathered` is
    /// memory to put it together in.
    pub fn write(&mut self, slices: &[IoSlice<'_>], gathered: &mut Vec<u8>) -> io::Result<usize> {
        let room = bounds::TLS_WAITING_BYTES_MAX.saturating_sub(self.records.unwritten.len());
        gathered.clear();
        for slice in slices {
            let left = room - gathered.len();
            gathered.extend_from_slice(&slice[..slice.len().min(left)]);
        }
        self.say(|traffic, out| put(out, |room| traffic.encrypt(gathered, room)))?;
        Ok(gathered.len())
    }

    /// Says that nothing more will be said.
    pub fn close(&mut self) {
        // To a caller who has not come so far that something may be said, nothing is.
        let _ = self.say(|traffic, out| put(out, |room| traffic.queue_close_notify(room)));
    }

    /// Has something said, if something may be.
    fn say(
        &mut self,
        mut say: impl FnMut(&mut Traffic<'_>, &mut Vec<u8>) -> Result<(), TlsFailed>,
    ) -> io::Result<()> {
        let Stage::Answered(connection) = &mut self.stage else {
            return Err(io::ErrorKind::NotConnected.into());
        };
        loop {
            match self.records.step(connection, &mut Vec::new(), &mut say)? {
                Step::Done | Step::Ended => {}
                Step::Open => return Ok(()),
                Step::Waits => return Err(io::ErrorKind::NotConnected.into()),
            }
        }
    }

    /// Whether what is read next is a part of the handshake.
    pub fn is_handshaking(&self) -> bool {
        match &self.stage {
            Stage::Hello(_) => true,
            Stage::Answered(connection) => connection.is_handshaking(),
            Stage::Refused => false,
        }
    }

    pub fn wants_write(&self) -> bool {
        !self.records.unwritten.is_empty()
    }

    /// Writes what is encrypted, as far as the socket takes it: an error of the kind `WouldBlock` when it is full.
    pub fn push(&mut self, socket: &mut impl Write) -> io::Result<()> {
        let unwritten = &mut self.records.unwritten;
        while !unwritten.is_empty() {
            match socket.write(unwritten)? {
                0 => return Err(io::ErrorKind::WriteZero.into()),
                count => drop(unwritten.drain(..count)),
            }
        }
        *unwritten = Vec::new();
        Ok(())
    }
}

/// What a first message is answered with, once it is whole.
fn answered(
    acceptor: &mut Acceptor,
    mut bytes: &[u8],
    identity: &Identity,
    unwritten: &mut Vec<u8>,
) -> Result<Option<Arc<ServerConfig>>, TlsFailed> {
    while !bytes.is_empty() {
        acceptor.read_tls(&mut bytes)?;
        match acceptor.accept() {
            Ok(None) => {}
            Ok(Some(accepted)) => return Ok(Some(identity.answering(&accepted.client_hello()))),
            Err((_, mut alert)) => {
                alert.write_all(unwritten)?;
                return Err(TlsFailed);
            }
        }
    }
    Ok(None)
}

impl Records {
    /// Takes one step with what was read: `said` gets what is in it. `say` may say something where that is
    /// possible.
    fn step(
        &mut self,
        connection: &mut UnbufferedServerConnection,
        said: &mut Vec<u8>,
        say: impl FnOnce(&mut Traffic<'_>, &mut Vec<u8>) -> Result<(), TlsFailed>,
    ) -> Result<Step, TlsFailed> {
        let Self { unread, unwritten } = self;
        let UnbufferedStatus { mut discard, state, .. } = connection.process_tls_records(unread);
        let step = match state {
            Ok(ConnectionState::ReadTraffic(mut traffic)) => {
                while let Some(record) = traffic.next_record() {
                    let record = record.map_err(|_| TlsFailed)?;
                    discard += record.discard;
                    said.extend_from_slice(record.payload);
                }
                Step::Done
            }
            Ok(ConnectionState::EncodeTlsData(mut data)) => {
                put(unwritten, |room| data.encode(room))?;
                Step::Done
            }
            Ok(ConnectionState::TransmitTlsData(data)) => {
                data.done();
                Step::Done
            }
            Ok(ConnectionState::PeerClosed) => Step::Ended,
            Ok(ConnectionState::WriteTraffic(mut traffic)) => {
                say(&mut traffic, unwritten)?;
                Step::Open
            }
            Ok(ConnectionState::BlockedHandshake | ConnectionState::Closed) => Step::Waits,
            // Nobody is allowed to say anything before the handshake.
            Ok(_) => return Err(TlsFailed),
            Err(_) => {
                self.put_alerts(connection);
                return Err(TlsFailed);
            }
        };
        unread.drain(..discard);
        Ok(step)
    }

    /// After an error: what the caller is told of it.
    fn put_alerts(&mut self, connection: &mut UnbufferedServerConnection) {
        let Self { unread, unwritten } = self;
        while connection.wants_write()
            && let Ok(ConnectionState::EncodeTlsData(mut data)) =
                connection.process_tls_records(unread).state
            && put(unwritten, |room| data.encode(room)).is_ok()
        {}
    }

    /// Nothing more is to be had from what was read.
    fn settle(&mut self) -> Result<(), TlsFailed> {
        self.unread.shrink_to_fit();
        if self.unread.len() > bounds::TLS_UNREAD_BYTES_MAX { Err(TlsFailed) } else { Ok(()) }
    }
}

/// Has something written after what is there; it is asked first how much room that takes.
fn put<E: Needs>(
    out: &mut Vec<u8>,
    mut write: impl FnMut(&mut [u8]) -> Result<usize, E>,
) -> Result<(), TlsFailed> {
    let from = out.len();
    if let Err(error) = write(&mut []) {
        out.resize(from + error.room().ok_or(TlsFailed)?, 0);
        let written = write(&mut out[from..]).map_err(|_| TlsFailed)?;
        out.truncate(from + written);
    }
    Ok(())
}

/// An error that may be for want of room.
trait Needs {
    /// How much it takes, if that is why.
    fn room(&self) -> Option<usize>;
}

impl Needs for EncodeError {
    fn room(&self) -> Option<usize> {
        match self {
            Self::InsufficientSize(needed) => Some(needed.required_size),
            Self::AlreadyEncoded => None,
        }
    }
}

impl Needs for EncryptError {
    fn room(&self) -> Option<usize> {
        match self {
            Self::InsufficientSize(needed) => Some(needed.required_size),
            Self::EncryptExhausted => None,
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::tls;
    use rustls::crypto::aws_lc_rs;
    use rustls::pki_types::pem::PemObject;
    use rustls::version::{TLS12, TLS13};
    use rustls::{ClientConfig, ClientConnection, RootCertStore, SupportedProtocolVersion};
    use std::io::Read;

    /// A caller and their session, with nothing between them.
    struct Pair {
        identity: Identity,
        client: ClientConnection,
        session: Session,
        /// What was heard: `secured`, `end`, or what was said.
        heard: Vec<String>,
        /// What the caller has read.
        read: String,
    }

    impl Pair {
        fn new(version: &'static SupportedProtocolVersion) -> Self {
            let data = tempfile::tempdir().unwrap();
            let mut config = Config::default();
            config.server.data = data.path().to_owned();
            let identity = tls::load(&config).unwrap();
            let file = data.path().join("tls.pem");
            let mut roots = RootCertStore::empty();
            let certificate = rustls::pki_types::CertificateDer::from_pem_file(file);
            roots.add(certificate.unwrap()).unwrap();
            let provider = Arc::new(aws_lc_rs::default_provider());
            let config = ClientConfig::builder_with_provider(provider)
                .with_protocol_versions(&[version])
                .unwrap()
                .with_root_certificates(roots)
                .with_no_client_auth();
            let client = ClientConnection::new(Arc::new(config), "localhost".try_into().unwrap());
            let (client, session) = (client.unwrap(), Session::new());
            Self { identity, client, session, heard: Vec::new(), read: String::new() }
        }

        /// Brings all that both have to say to the other, the caller's words in pieces of this size.
        fn talk(&mut self, piece: usize) -> Result<(), TlsFailed> {
            let Self { identity, client, session, heard, read } = self;
            while client.wants_write() || session.wants_write() {
                let mut bytes = Vec::new();
                while client.wants_write() {
                    client.write_tls(&mut bytes).unwrap();
                }
                for piece in bytes.chunks(piece) {
                    session.read(piece, identity, |it| match it {
                        Heard::Secured(_) => heard.push("secured".to_owned()),
                        Heard::Bytes(said) => heard.push(String::from_utf8_lossy(said).into()),
                        Heard::End => heard.push("end".to_owned()),
                    })?;
                }
                let mut bytes = Vec::new();
                session.push(&mut bytes).unwrap();
                let mut bytes = bytes.as_slice();
                while !bytes.is_empty() {
                    client.read_tls(&mut bytes).unwrap();
                    let state = client.process_new_packets().unwrap();
                    let mut said = vec![0; state.plaintext_bytes_to_read()];
                    client.reader().read_exact(&mut said).unwrap();
                    read.push_str(&String::from_utf8(said).unwrap());
                }
            }
            Ok(())
        }

        fn holds_no_memory(&self) -> bool {
            let Records { unread, unwritten } = &self.session.records;
            unread.capacity() == 0 && unwritten.capacity() == 0
        }
    }

    #[test]
    fn an_idle_session_holds_no_buffer() {
        for version in [&TLS12, &TLS13] {
            for piece in [1, 7, usize::MAX] {
                let mut pair = Pair::new(version);
                pair.talk(piece).unwrap();
                assert_eq!(pair.heard, ["secured"]);
                assert!(pair.holds_no_memory(), "{version:?} in pieces of {piece}");

                pair.client.writer().write_all(b"hello").unwrap();
                pair.talk(piece).unwrap();
                assert_eq!(pair.heard.pop().as_deref(), Some("hello"));
                let slices = [IoSlice::new(b"good "), IoSlice::new(b"day")];
                assert_eq!(pair.session.write(&slices, &mut Vec::new()).unwrap(), 8);
                pair.talk(piece).unwrap();
                assert_eq!(pair.read, "good day");
                assert!(pair.holds_no_memory(), "{version:?} in pieces of {piece}");

                pair.client.send_close_notify();
                pair.talk(piece).unwrap();
                assert_eq!(pair.heard.pop().as_deref(), Some("end"));
                pair.session.close();
                pair.talk(piece).unwrap();
                assert!(pair.holds_no_memory());
            }
        }
    }

    #[test]
    fn what_is_to_be_said_waits_for_room() {
        let mut pair = Pair::new(&TLS13);
        pair.talk(usize::MAX).unwrap();
        let (all, mut gathered) = ("x".repeat(200_000), Vec::new());
        let mut told = 0;
        while told < all.len() {
            let rest = [IoSlice::new(&all.as_bytes()[told..])];
            let count = pair.session.write(&rest, &mut gathered).unwrap();
            assert_eq!(pair.session.write(&rest[..0], &mut gathered).unwrap(), 0);
            assert!(count > 0 && count <= bounds::TLS_WAITING_BYTES_MAX);
            told += count;
            pair.talk(usize::MAX).unwrap();
        }
        assert!(pair.read == all && pair.holds_no_memory());
    }

    #[test]
    fn nothing_is_said_before_the_handshake_is_done() {
        let mut session = Pair::new(&TLS13).session;
        let said = session.write(&[IoSlice::new(b"hello")], &mut Vec::new());
        assert_eq!(said.unwrap_err().kind(), io::ErrorKind::NotConnected);
        session.close();
        assert!(!session.wants_write());
    }

    #[test]
    fn what_cannot_be_read_is_answered_with_an_alert() {
        let mut pair = Pair::new(&TLS13);
        pair.talk(usize::MAX).unwrap();
        let Pair { identity, session, .. } = &mut pair;
        let no_record = [23, 3, 3, 0, 32].into_iter().chain([0; 32]).collect::<Vec<_>>();
        assert!(session.read(&no_record, identity, |_| panic!("nothing was said")).is_err());
        assert!(session.wants_write());
        assert!(session.write(&[IoSlice::new(b"hello")], &mut Vec::new()).is_err());
        let mut alert = Vec::new();
        session.push(&mut alert).unwrap();
        let mut alert = alert.as_slice();
        pair.client.read_tls(&mut alert).unwrap();
        let told = pair.client.process_new_packets().unwrap_err();
        assert!(matches!(told, rustls::Error::AlertReceived(_)), "{told}");
    }

    #[test]
    fn a_message_that_never_ends_is_not_kept() {
        let mut pair = Pair::new(&TLS13);
        let Pair { identity, session, .. } = &mut pair;
        // A first message of 16 MB, in records that are as long as may be.
        let mut record = vec![22, 3, 1, 0x40, 0];
        record.resize(5 + 0x4000, 0);
        record[5..9].copy_from_slice(&[1, 0xff, 0xff, 0xff]);
        let is_refused = (0..100).any(|_| session.read(&record, identity, |_| {}).is_err());
        assert!(is_refused);
        assert!(session.records.unread.len() <= 2 * bounds::TLS_UNREAD_BYTES_MAX);
    }
}
