//! SCRAM-SHA-256 (RFC 5802, RFC 7677): what is kept of a password, and the server's side of an exchange.
//!
//! Keys are kept as `SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey`. Only making them takes time, for
//! us as for the client: an exchange is a few HMACs.

use crate::bounds::SCRAM_ITERATIONS;
use aws_lc_rs::rand::fill;
use aws_lc_rs::{constant_time, digest, hmac, pbkdf2};
use base64ct::{Base64, Base64UrlUnpadded, Encoding};
use parlor_doors::hall::Scram;
use parlor_wire::scram::{ClientFinal, ClientFirst};
use std::num::NonZeroU32;

const NAME: &str = "SCRAM-SHA-256";
const HASH_BYTES: usize = 32;
const SALT_BYTES: usize = 16;
const NONCE_BYTES: usize = 18;

/// The keys of a password; none where the system has no randomness.
pub(super) fn keys(password: &str) -> Option<String> {
    let salt = random::<SALT_BYTES>()?;
    Some(keys_with(password, &salt, SCRAM_ITERATIONS))
}

/// A code that nobody can guess, as it can be typed.
pub(super) fn code() -> String {
    random::<NONCE_BYTES>()
        .map(|bytes| Base64UrlUnpadded::encode_string(&bytes))
        .unwrap_or_default()
}

/// Takes what the client says first.
pub(super) fn begin(keys: parlor_hub::name::Text, message: String) -> Option<Scram> {
    let nonce = Base64::encode_string(&random::<NONCE_BYTES>()?);
    begin_with(keys, message, &nonce)
}

/// Takes what it says last. Gives the server's proof, if it knows the password.
pub(super) fn conclude(scram: &Scram, message: &str) -> Option<String> {
    let kept = Kept::parse(&scram.keys)?;
    let first = ClientFirst::parse(&scram.first)?;
    let last = ClientFinal::parse(message)?;
    let nonce = scram.challenge.strip_prefix("r=")?.split(',').next()?;
    if last.nonce != nonce || last.binding != Base64::encode_string(first.header.as_bytes()) {
        return None;
    }
    let signed = format!("{},{},{}", first.bare, scram.challenge, last.without_proof);
    let signature = sign(&kept.stored_key, signed.as_bytes());
    let mut client_key = Base64::decode_vec(last.proof).ok()?;
    if client_key.len() != HASH_BYTES {
        return None;
    }
    client_key.iter_mut().zip(signature.as_ref()).for_each(|(byte, mask)| *byte ^= mask);
    let stored_key = digest::digest(&digest::SHA256, &client_key);
    constant_time::verify_slices_are_equal(stored_key.as_ref(), &kept.stored_key).ok()?;
    let proof = sign(&kept.server_key, signed.as_bytes());
    Some(format!("v={}", Base64::encode_string(proof.as_ref())))
}

fn begin_with(keys: parlor_hub::name::Text, message: String, nonce: &str) -> Option<Scram> {
    let first = ClientFirst::parse(&message)?;
    let kept = Kept::parse(&keys)?;
    let challenge = format!("r={}{nonce},s={},i={}", first.nonce, kept.salt, kept.iterations);
    Some(Scram { keys, first: message, challenge })
}

fn keys_with(password: &str, salt: &[u8], iterations: NonZeroU32) -> String {
    let mut salted = [0; HASH_BYTES];
    pbkdf2::derive(pbkdf2::PBKDF2_HMAC_SHA256, iterations, salt, password.as_bytes(), &mut salted);
    let client_key = sign(&salted, b"Client Key");
    let stored_key = digest::digest(&digest::SHA256, client_key.as_ref());
    let server_key = sign(&salted, b"Server Key");
    let [salt, stored, server] =
        [salt, stored_key.as_ref(), server_key.as_ref()].map(Base64::encode_string);
    format!("{NAME}${iterations}:{salt}${stored}:{server}")
}

/// Keys as they are kept, read.
struct Kept<'k> {
    iterations: &'k str,
    salt: &'k str,
    stored_key: Vec<u8>,
    server_key: Vec<u8>,
}

impl<'k> Kept<'k> {
    fn parse(keys: &'k str) -> Option<Self> {
        let rest = keys.strip_prefix(NAME)?.strip_prefix('$')?;
        let (made, keys) = rest.split_once('$')?;
        let (iterations, salt) = made.split_once(':')?;
        let (stored_key, server_key) = keys.split_once(':')?;
        let decoded = |key| Base64::decode_vec(key).ok();
        Some(Self {
            iterations,
            salt,
            stored_key: decoded(stored_key)?,
            server_key: decoded(server_key)?,
        })
    }
}

fn sign(key: &[u8], message: &[u8]) -> hmac::Tag {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), message)
}

fn random<const BYTES: usize>() -> Option<[u8; BYTES]> {
    let mut bytes = [0; BYTES];
    match fill(&mut bytes) {
        Ok(()) => Some(bytes),
        Err(error) => {
            tracing::error!(%error, "the system gives no random bytes");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 7677, section 3.
    #[test]
    fn the_exchange_of_rfc_7677() {
        let salt = Base64::decode_vec("W22ZaJ0SNY7soEsUEjb6gQ==").unwrap();
        let keys = keys_with("pencil", &salt, NonZeroU32::new(4096).unwrap());
        let first = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO".to_owned();
        let begun = begin_with(keys.into(), first, "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0").unwrap();
        assert_eq!(
            begun.challenge,
            "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"
        );
        let last = "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,\
                    p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
        let proof = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";
        assert_eq!(conclude(&begun, last).as_deref(), Some(proof));
        for wrong in [
            last.replace("p=dH", "p=dI"),
            last.replace("biws", "eSws"),
            last.replace("NlF", "NlG"),
            "c=biws".to_owned(),
        ] {
            assert_eq!(conclude(&begun, &wrong), None, "{wrong}");
        }
    }

    #[test]
    fn keys_and_codes_are_never_the_same_twice() {
        assert_ne!(keys("pencil"), keys("pencil"));
        assert!(keys("pencil").is_some_and(|keys| Kept::parse(&keys).is_some()));
        assert_ne!(code(), code());
        assert_eq!(code().len(), 24);
    }
}
