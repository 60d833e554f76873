//! Somebody who comes by a connection of any kind, and waits for what the server says.

use crate::bounds;
use crate::error::Error;
use crate::socket;
use crate::subject::Running;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::Arc;
use tungstenite::{HandshakeError, Message, WebSocket};

/// By what somebody comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Plain,
    Tls,
    WebSocket,
}

impl Kind {
    pub const ALL: [Self; 3] = [Self::Plain, Self::Tls, Self::WebSocket];

    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Tls => "TLS",
            Self::WebSocket => "WebSocket",
        }
    }
}

/// Those who come to one server.
pub(super) struct Callers {
    address: SocketAddr,
    tls: Arc<ClientConfig>,
    made: usize,
}

/// One of them.
pub(super) enum Caller {
    Plain(TcpStream),
    Tls(Box<StreamOwned<ClientConnection, TcpStream>>),
    WebSocket(Box<WebSocket<TcpStream>>),
}

/// A name that the server's own certificate is for.
const NAME: &str = "localhost";

impl Callers {
    pub fn of(running: &Running) -> Result<Self, Error> {
        let tls = trusting(&running.certificate());
        let tls = Arc::new(tls.map_err(Error::io("trust the server's certificate"))?);
        Ok(Self { address: running.address, tls, made: 0 })
    }

    /// One more, who has said nothing yet.
    pub fn connect(&mut self, kind: Kind) -> Result<Caller, Error> {
        self.made += 1;
        let connected = socket::connect(self.address, self.made).and_then(|stream| {
            stream.set_nonblocking(false)?;
            stream.set_read_timeout(Some(bounds::STALL))?;
            Ok(match kind {
                Kind::Plain => Caller::Plain(stream),
                Kind::Tls => Caller::Tls(Box::new(self.handshake(stream)?)),
                Kind::WebSocket => Caller::WebSocket(Box::new(upgrade(self.address, stream)?)),
            })
        });
        connected.map_err(Error::io("connect"))
    }

    fn handshake(
        &self,
        mut stream: TcpStream,
    ) -> io::Result<StreamOwned<ClientConnection, TcpStream>> {
        let name = ServerName::try_from(NAME).map_err(io::Error::other)?;
        let client = ClientConnection::new(Arc::clone(&self.tls), name);
        let mut client = client.map_err(io::Error::other)?;
        while client.is_handshaking() {
            client.complete_io(&mut stream)?;
        }
        Ok(StreamOwned::new(client, stream))
    }
}

fn trusting(certificate: &Path) -> io::Result<ClientConfig> {
    let mut roots = RootCertStore::empty();
    let certificate = CertificateDer::from_pem_file(certificate).map_err(io::Error::other)?;
    roots.add(certificate).map_err(io::Error::other)?;
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

fn upgrade(address: SocketAddr, stream: TcpStream) -> io::Result<WebSocket<TcpStream>> {
    match tungstenite::client(format!("ws://{address}/"), stream) {
        Ok((socket, _)) => Ok(socket),
        Err(HandshakeError::Failure(error)) => Err(io::Error::other(error)),
        Err(HandshakeError::Interrupted(_)) => Err(io::ErrorKind::TimedOut.into()),
    }
}

impl Caller {
    /// Signs on, and waits until all of the welcome was read.
    pub fn sign_on(&mut self, nick: &str) -> Result<(), Error> {
        let lines = [format!("NICK {nick}"), "USER bench 0 * :bench".to_owned()];
        let signed_on = match self {
            Self::Plain(stream) => sign_on(stream, &lines),
            Self::Tls(stream) => sign_on(stream, &lines),
            Self::WebSocket(socket) => sign_on_by_messages(socket, &lines),
        };
        signed_on.map_err(Error::io("sign on"))
    }

    /// The connection as the server sees it. Nothing is said of its end.
    pub fn into_socket(self) -> TcpStream {
        match self {
            Self::Plain(stream) => stream,
            Self::Tls(stream) => stream.sock,
            Self::WebSocket(socket) => socket.into_inner(),
        }
    }
}

fn sign_on(stream: &mut (impl Read + Write), lines: &[String]) -> io::Result<()> {
    stream.write_all(format!("{}\r\n", lines.join("\r\n")).as_bytes())?;
    stream.flush()?;
    let (mut heard, mut scratch) = (Vec::new(), [0; 4096]);
    while !is_whole(&heard) {
        match stream.read(&mut scratch)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            count => heard.extend_from_slice(&scratch[..count]),
        }
    }
    Ok(())
}

fn sign_on_by_messages(socket: &mut WebSocket<TcpStream>, lines: &[String]) -> io::Result<()> {
    for line in lines {
        socket.send(Message::text(line)).map_err(io::Error::other)?;
    }
    while !is_whole(&socket.read().map_err(io::Error::other)?.into_data()) {}
    Ok(())
}

/// Whether the end of a welcome is in it: a message of the day, or that there is none.
fn is_whole(heard: &[u8]) -> bool {
    [b" 376 ", b" 422 "].iter().any(|end| heard.windows(end.len()).any(|five| five == *end))
}
