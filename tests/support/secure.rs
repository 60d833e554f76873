//! People whose connections are TLS.

use super::{PATIENCE, Server};
use aws_lc_rs::digest;
use rustls::client::ResolvesClientCert;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;
use rustls::{
    ClientConfig, ClientConnection, RootCertStore, SignatureScheme, StreamOwned,
    SupportedProtocolVersion,
};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Someone at the other end of a TLS connection.
pub struct Secure {
    pub stream: BufReader<StreamOwned<ClientConnection, TcpStream>>,
}

/// What a client trusts and offers.
pub struct Client {
    pub config: ClientConfig,
    /// Whether the server asked for a certificate.
    pub was_asked: Arc<AtomicBool>,
}

impl Client {
    /// One that trusts what the server made for itself.
    pub fn of(server: &Server) -> Self {
        // Its port is taken before its certificate is made.
        server.logs("listening", 1);
        Self::trusting(&server.data.path().join("data/tls.pem"))
    }

    /// One that trusts only this certificate.
    pub fn trusting(file: &Path) -> Self {
        Self::speaking(file, rustls::DEFAULT_VERSIONS)
    }

    /// One that speaks only these versions.
    pub fn speaking(file: &Path, versions: &[&'static SupportedProtocolVersion]) -> Self {
        let mut roots = RootCertStore::empty();
        let certificate = CertificateDer::from_pem_file(file).expect("a certificate");
        roots.add(certificate).expect("a certificate that can be trusted");
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let builder = ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(versions)
            .expect("versions that there are");
        let mut config = builder.with_root_certificates(roots).with_no_client_auth();
        let was_asked = Arc::<AtomicBool>::default();
        config.client_auth_cert_resolver =
            Arc::new(Offered { was_asked: Arc::clone(&was_asked), key: None });
        Self { config, was_asked }
    }

    /// It has a certificate of its own.
    pub fn with_certificate(mut self, key: Arc<CertifiedKey>) -> Self {
        let was_asked = Arc::clone(&self.was_asked);
        self.config.client_auth_cert_resolver = Arc::new(Offered { was_asked, key: Some(key) });
        self
    }

    /// A connection that is to be used for a handshake.
    pub fn begin(&self) -> ClientConnection {
        let name = "parlor.local".try_into().expect("a name");
        ClientConnection::new(Arc::new(self.config.clone()), name).expect("a client")
    }

    /// Connects, and says nothing.
    pub fn connect(&self, address: SocketAddr) -> Secure {
        let stream = TcpStream::connect(address).expect("a connection");
        self.connect_on(stream)
    }

    /// The same on a connection that is there.
    pub fn connect_on(&self, mut stream: TcpStream) -> Secure {
        stream.set_nodelay(true).expect("nodelay");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time-out");
        let mut connection = self.begin();
        while connection.is_handshaking() {
            connection.complete_io(&mut stream).expect("a handshake");
        }
        Secure { stream: BufReader::new(StreamOwned::new(connection, stream)) }
    }
}

impl Secure {
    /// Sends a line.
    pub fn say(&mut self, line: &str) {
        self.send(format!("{line}\r\n").as_bytes());
    }

    /// Sends bytes as they are.
    pub fn send(&mut self, bytes: &[u8]) {
        let stream = self.stream.get_mut();
        stream.write_all(bytes).and_then(|()| stream.flush()).expect("the server reads");
    }

    /// Reads on until a line holds `text`; returns that line.
    pub fn sees(&mut self, text: &str) -> String {
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line).expect("a line");
            assert!(line.ends_with('\n'), "closed before {text:?}");
            if line.contains(text) {
                return line.trim_end().to_owned();
            }
        }
    }

    /// Reads until the server says that it says no more. A connection that just ends is a failure.
    pub fn rest(&mut self) -> String {
        let mut rest = String::new();
        self.stream.read_to_string(&mut rest).expect("a proper end");
        rest
    }

    /// Signs on as an IRC client.
    pub fn sign_on(&mut self, nick: &str) {
        self.say(&format!("NICK {nick}"));
        self.say(&format!("USER {nick} 0 * :{nick}"));
        self.sees(" 422 ");
    }
}

/// A certificate of its own for somebody of this name, and its SHA-256 in hexadecimal.
pub fn certificate(name: &str) -> (Arc<CertifiedKey>, String) {
    let made = rcgen::generate_simple_self_signed(vec![name.into()]).expect("made");
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).expect("a key");
    let key = rustls::crypto::aws_lc_rs::sign::any_supported_type(&key).expect("a key");
    let hash = digest::digest(&digest::SHA256, made.cert.der());
    let digits = hash.as_ref().iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let fingerprint = digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect();
    (Arc::new(CertifiedKey::new(vec![made.cert.der().clone()], key)), fingerprint)
}

/// The certificate that a client has, or none, and whether it was asked for.
#[derive(Debug)]
struct Offered {
    was_asked: Arc<AtomicBool>,
    key: Option<Arc<CertifiedKey>>,
}

impl ResolvesClientCert for Offered {
    fn resolve(&self, _: &[&[u8]], _: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        self.was_asked.store(true, Ordering::Relaxed);
        self.key.clone()
    }

    fn has_certs(&self) -> bool {
        true
    }
}
