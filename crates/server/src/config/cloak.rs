//! What `[server] cloak` comes to: a digest by a key of the server's own.

use aws_lc_rs::hmac;
use parlor_doors::Cloaks;
use std::io;

/// Bytes of the key: as many as its digest has.
pub(crate) type Key = [u8; 32];

/// A key that nobody has had.
pub(crate) fn fresh_key() -> io::Result<Key> {
    let mut key = Key::default();
    aws_lc_rs::rand::fill(&mut key).map_err(|_| io::Error::other("there is no randomness"))?;
    Ok(key)
}

/// Cloaks by HMAC-SHA-256 under a key.
pub(crate) fn by(key: Key) -> Cloaks {
    let key = hmac::Key::new(hmac::HMAC_SHA256, &key);
    Cloaks::new(move |bytes| {
        let mut digest = [0; 32];
        digest.copy_from_slice(hmac::sign(&key, bytes).as_ref());
        digest
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_key_makes_other_cloaks() {
        let of = |cloaks: Cloaks| cloaks.of([192, 0, 2, 7].into());
        let (one, other) = (fresh_key().unwrap(), fresh_key().unwrap());
        assert_eq!(of(by(one)), of(by(one)));
        assert_ne!(of(by(one)), of(by(other)));
    }
}
