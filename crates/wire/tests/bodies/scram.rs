//! What is read of a SCRAM message is a part of it, and adds up to it.

use parlor_wire::scram::{ClientFinal, ClientFirst};

pub fn scram(data: &[u8]) {
    let Ok(message) = str::from_utf8(data) else { return };
    if let Some(first) = ClientFirst::parse(message) {
        assert_eq!(format!("{}{}", first.header, first.bare), message);
        assert!(!first.name.is_empty() && !first.nonce.contains(','));
    }
    if let Some(last) = ClientFinal::parse(message) {
        assert_eq!(format!("{},p={}", last.without_proof, last.proof), message);
    }
}
