//! Split anywhere, the text and the refusals are the same, and bounded.

use super::pieces;
use parlor_wire::telnet::{IAC, Telnet};

pub fn telnet(data: &[u8]) {
    let bytes = data.get(1..).unwrap_or_default();
    let whole = strip([bytes]);
    assert_eq!(whole, strip(pieces(data)));
    assert_eq!(whole, strip(bytes.iter().map(std::slice::from_ref)));
    assert!(whole.1.len() <= 512 * 3);

    let doubled: Vec<u8> = bytes
        .iter()
        .flat_map(|&byte| std::iter::repeat_n(byte, if byte == IAC { 2 } else { 1 }))
        .collect();
    assert_eq!(strip([&doubled[..]]), (bytes.to_vec(), Vec::new()));
}

fn strip<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> (Vec<u8>, Vec<u8>) {
    let (mut telnet, mut text, mut answers) = (Telnet::new(), Vec::new(), Vec::new());
    for piece in pieces {
        let mut bytes = piece.to_vec();
        let length = telnet.strip(&mut bytes, &mut answers);
        text.extend_from_slice(&bytes[..length]);
    }
    (text, answers)
}
