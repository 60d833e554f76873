//! Certificates: the operator's files, or a self-signed one that is made at the first start.

use crate::config::Config;
use parlor_hub::person::Fingerprint;
use rcgen::{CertificateParams, DistinguishedName, DnType, KeyPair};
use rustls::client::danger::HandshakeSignatureValid;
use rustls::crypto::{CryptoProvider, aws_lc_rs, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, UnixTime};
use rustls::server::ClientHello;
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::{DigitallySignedStruct, ServerConfig, SignatureScheme};
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Why there is no certificate to answer with.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file holds none, or cannot be read.
    #[error("cannot read {what} from {}: {why}", file.display())]
    File {
        /// A certificate, or its key.
        what: &'static str,
        /// Where it was looked for.
        file: PathBuf,
        /// What was found instead.
        why: pem::Error,
    },
    /// The key is not the certificate's, or of a kind that is not known.
    #[error("the key in {} does not go with the certificate: {why}", file.display())]
    Mismatch {
        /// The key's file.
        file: PathBuf,
        /// What is wrong with it.
        why: rustls::Error,
    },
    /// The certificate of its own could not be made.
    #[error("cannot make a certificate: {0}")]
    Make(#[from] rcgen::Error),
    /// The certificate of its own could not be written.
    #[error("cannot write the certificate to {}: {why}", file.display())]
    Write {
        /// Where to.
        file: PathBuf,
        /// Why not.
        why: io::Error,
    },
}

/// Who the server is: what handshakes are answered with.
#[derive(Debug)]
pub(crate) struct Identity {
    /// A browser shows a dialogue when it is asked for a certificate, so it is not.
    browsers: Arc<ServerConfig>,
    others: Arc<ServerConfig>,
}

impl Identity {
    /// What this caller's handshake is answered with. Browsers name the protocol that they are going to
    /// speak (RFC 7301); chat clients name none, or another.
    pub fn answering(&self, hello: &ClientHello<'_>) -> Arc<ServerConfig> {
        let is_http = |name: &[u8]| name == HTTP || name == b"h2";
        let is_browser = hello.alpn().is_some_and(|mut names| names.any(is_http));
        Arc::clone(if is_browser { &self.browsers } else { &self.others })
    }
}

/// How HTTP/1.1 is named in a handshake.
const HTTP: &[u8] = b"http/1.1";

/// The certificate and key in the data directory, both in one file: there is never one without the other.
const OWN_FILE: &str = "tls.pem";

/// Reads the files that are configured, or the server's own, which is made if it is not there.
pub(crate) fn load(config: &Config) -> Result<Identity, TlsError> {
    if let Some(files) = configured(config) {
        return read(files);
    }
    let own = config.server.data.join(OWN_FILE);
    if !own.exists() {
        make(&config.server.name, &own)?;
        tracing::info!(file = %own.display(), "made a self-signed certificate");
    }
    read((&own, &own))
}

/// Whether the files that are configured, if any are, hold a certificate and its key.
pub fn check_certificate(config: &Config) -> Result<(), TlsError> {
    configured(config).map_or(Ok(()), |files| read(files).map(drop))
}

/// The files of the certificate and of its key.
fn configured(config: &Config) -> Option<(&Path, &Path)> {
    let tls = &config.tls;
    (!tls.certificate.as_os_str().is_empty()).then_some((&tls.certificate, &tls.key))
}

fn read((certificate, key): (&Path, &Path)) -> Result<Identity, TlsError> {
    let unreadable = |what, file: &Path| {
        let file = file.to_owned();
        move |why| TlsError::File { what, file, why }
    };
    let chain = CertificateDer::pem_file_iter(certificate)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .and_then(|chain| if chain.is_empty() { Err(pem::Error::NoItemsFound) } else { Ok(chain) })
        .map_err(unreadable("a certificate", certificate))?;
    let secret = PrivateKeyDer::from_pem_file(key).map_err(unreadable("a key", key))?;
    let sha256 = fingerprint(&chain[0]).map(tracing::field::display);
    tracing::info!(sha256, "TLS by the certificate with this fingerprint");

    let provider = Arc::new(aws_lc_rs::default_provider());
    let mismatch = |why| TlsError::Mismatch { file: key.to_owned(), why };
    let start = || {
        ServerConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
    };
    let asking = Arc::new(AnyClient(Arc::clone(&provider)));
    let mut browsers = start()
        .and_then(|b| b.with_no_client_auth().with_single_cert(chain.clone(), secret.clone_key()))
        .map_err(mismatch)?;
    browsers.alpn_protocols = vec![HTTP.to_vec()];
    let others = start()
        .and_then(|b| b.with_client_cert_verifier(asking).with_single_cert(chain, secret))
        .map_err(mismatch)?;
    Ok(Identity { browsers: Arc::new(browsers), others: Arc::new(others) })
}

/// A certificate's SHA-256. There is one: the suite is built in, and so is its hash.
pub(crate) fn fingerprint(certificate: &CertificateDer<'_>) -> Option<Fingerprint> {
    let suite = aws_lc_rs::cipher_suite::TLS13_AES_128_GCM_SHA256.tls13()?;
    suite.common.hash_provider.hash(certificate).as_ref().try_into().ok().map(Fingerprint)
}

/// Makes a self-signed certificate for the server's name. It appears whole or not at all, and nobody
/// else reads it.
fn make(name: &str, file: &Path) -> Result<(), TlsError> {
    let names = [name, "localhost"].into_iter().filter(|name| name.is_ascii());
    let mut who = CertificateParams::new(names.map(str::to_owned).collect::<Vec<_>>())?;
    who.distinguished_name = DistinguishedName::new();
    who.distinguished_name.push(DnType::CommonName, name);
    let key = KeyPair::generate()?;
    let text = key.serialize_pem() + &who.self_signed(&key)?.pem();
    let beside = file.with_extension("pem.new");
    let written = || {
        let mut options = File::options();
        options.write(true).create(true).truncate(true).mode(0o600);
        let mut new = options.open(&beside)?;
        new.write_all(text.as_bytes())?;
        new.sync_all()?;
        fs::rename(&beside, file)
    };
    written().map_err(|why| TlsError::Write { file: file.to_owned(), why })
}

/// Asks for a certificate, and takes any or none: it is no proof of anything but of having its key. What it may
/// do is for those to decide who know its fingerprint.
#[derive(Debug)]
struct AnyClient(Arc<CryptoProvider>);

impl ClientCertVerifier for AnyClient {
    fn client_auth_mandatory(&self) -> bool {
        false
    }

    fn root_hint_subjects(&self) -> &[rustls::DistinguishedName] {
        &[]
    }

    fn verify_client_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: UnixTime,
    ) -> Result<ClientCertVerified, rustls::Error> {
        Ok(ClientCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.0.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signed, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.0.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signed, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
