//! Callers for whom there is no door yet, refused in their own protocol's terms.

use parlor_wire::first::First;

/// The last bytes that such a caller reads: none for TLS within TLS, or after a greeting.
pub(super) fn in_its_own_terms(first: First) -> Vec<u8> {
    match first {
        First::Ssh => ssh(),
        _ => Vec::new(),
    }
}

/// An identification (RFC 4253, section 4.2) and a disconnect message (section 11.1), which may come
/// before any key is agreed on.
fn ssh() -> Vec<u8> {
    const DISCONNECT: u8 = 1;
    const BY_APPLICATION: u32 = 11;
    const BLOCK: usize = 8;
    const PADDING_MIN: usize = 4;
    let mut payload = vec![DISCONNECT];
    payload.extend(BY_APPLICATION.to_be_bytes());
    for text in ["No SSH here yet: use an IRC client or nc at this port", "en"] {
        payload.extend((text.len() as u32).to_be_bytes());
        payload.extend(text.as_bytes());
    }
    let unpadded = 4 + 1 + payload.len();
    let padding = PADDING_MIN + (BLOCK - (unpadded + PADDING_MIN) % BLOCK) % BLOCK;
    let mut out = b"SSH-2.0-Parlor\r\n".to_vec();
    out.extend(((1 + payload.len() + padding) as u32).to_be_bytes());
    out.push(padding as u8);
    out.extend(payload);
    out.resize(out.len() + padding, 0);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ssh_packet_is_a_whole_number_of_blocks() {
        let refusal = ssh();
        let packet = &refusal[b"SSH-2.0-Parlor\r\n".len()..];
        assert_eq!(packet.len() % 8, 0);
        let length = u32::from_be_bytes([packet[0], packet[1], packet[2], packet[3]]);
        assert_eq!(length as usize, packet.len() - 4);
    }
}
