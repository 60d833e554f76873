//! The PROXY protocol's header, versions 1 and 2 (haproxy's `doc/proxy-protocol.txt`): what a proxy says of whom it
//! speaks for, before anything else. It is never guessed: only a listener that requires one asks here.

use crate::bounds::PROXY_HEADER_MAX;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// How far a header is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proxy {
    /// It is not whole: read on, and ask again with everything.
    More,
    /// A header.
    Header {
        /// So many bytes of it; what follows them is the caller's.
        length: usize,
        /// Whom the proxy speaks for; none for itself, and where it does not know or say.
        source: Option<IpAddr>,
    },
    /// There is no header here, or a broken one.
    Wrong,
}

/// Reads a header at the beginning of all bytes received so far.
pub fn read(bytes: &[u8]) -> Proxy {
    let begins = |start: &[u8]| bytes.iter().zip(start).all(|(byte, wanted)| byte == wanted);
    if begins(SIGNATURE) {
        binary(bytes)
    } else if begins(WORD) {
        text(bytes)
    } else {
        Proxy::Wrong
    }
}

/// The beginning of version 2 (section 2.2).
pub(crate) const SIGNATURE: &[u8] = b"\r\n\r\n\0\r\nQUIT\n";

/// The beginning of version 1 (section 2.1).
const WORD: &[u8] = b"PROXY ";

/// The longest line of version 1, with its end.
const TEXT_MAX: usize = 107;

fn text(bytes: &[u8]) -> Proxy {
    let within = &bytes[..bytes.len().min(TEXT_MAX)];
    let Some(end) = memchr::memmem::find(within, b"\r\n") else {
        return if bytes.len() < TEXT_MAX { Proxy::More } else { Proxy::Wrong };
    };
    let Ok(line) = std::str::from_utf8(&bytes[..end]) else { return Proxy::Wrong };
    let mut words = line.split(' ').skip(1);
    let source = match words.next() {
        Some("UNKNOWN") => None,
        Some("TCP4") => match addresses::<Ipv4Addr>(words) {
            Some(source) => Some(source.into()),
            None => return Proxy::Wrong,
        },
        Some("TCP6") => match addresses::<Ipv6Addr>(words) {
            Some(source) => Some(source.into()),
            None => return Proxy::Wrong,
        },
        _ => return Proxy::Wrong,
    };
    Proxy::Header { length: end + 2, source }
}

/// Source and destination, and their ports; the source, if all are there and nothing else.
fn addresses<'l, A: std::str::FromStr>(mut words: impl Iterator<Item = &'l str>) -> Option<A> {
    let source = words.next()?.parse().ok()?;
    words.next()?.parse::<A>().ok()?;
    for _ in 0..2 {
        words.next()?.parse::<u16>().ok()?;
    }
    words.next().is_none().then_some(source)
}

fn binary(bytes: &[u8]) -> Proxy {
    const FIXED: usize = 16;
    let Some(fixed) = bytes.get(..FIXED) else { return Proxy::More };
    let (command, family) = (fixed[12], fixed[13]);
    let length = FIXED + usize::from(u16::from_be_bytes([fixed[14], fixed[15]]));
    if length > PROXY_HEADER_MAX {
        return Proxy::Wrong;
    }
    let Some(rest) = bytes.get(FIXED..length) else { return Proxy::More };
    let source = match (command, family) {
        // The proxy itself, which looks whether anyone is here.
        (0x20, _) => None,
        (0x21, 0x11) => match rest.first_chunk::<4>() {
            Some(source) if rest.len() >= 12 => Some(Ipv4Addr::from(*source).into()),
            _ => return Proxy::Wrong,
        },
        (0x21, 0x21) => match rest.first_chunk::<16>() {
            Some(source) if rest.len() >= 36 => Some(Ipv6Addr::from(*source).into()),
            _ => return Proxy::Wrong,
        },
        // Datagrams and local sockets have no address that a caller here could have.
        (0x21, 0x00 | 0x12 | 0x22 | 0x31 | 0x32) => None,
        _ => return Proxy::Wrong,
    };
    Proxy::Header { length, source }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(bytes: &[u8], length: usize, source: Option<&str>) {
        let source = source.map(|source| source.parse().unwrap());
        let text = bytes.escape_ascii().to_string();
        assert_eq!(read(bytes), Proxy::Header { length, source }, "{text}");
        for end in 0..length {
            assert_eq!(read(&bytes[..end]), Proxy::More, "{end} of {text}");
        }
    }

    fn v2(command: u8, family: u8, rest: &[u8]) -> Vec<u8> {
        let length = (rest.len() as u16).to_be_bytes();
        [SIGNATURE, &[command, family], &length, rest].concat()
    }

    #[test]
    fn lines_of_text() {
        header(b"PROXY TCP4 192.0.2.1 192.0.2.2 1 65535\r\nNICK", 40, Some("192.0.2.1"));
        header(b"PROXY TCP6 2001:db8::1 ::1 1 2\r\n", 32, Some("2001:db8::1"));
        header(b"PROXY UNKNOWN\r\n", 15, None);
        header(b"PROXY UNKNOWN what ever\r\n\r\n", 25, None);
        let wrong: [&[u8]; 9] = [
            b"NICK ada\r\n",
            b"proxy TCP4",
            b"PROXY\r\n",
            b"PROXY TCP4 192.0.2.1 192.0.2.2 1\r\n",
            b"PROXY TCP4 192.0.2.1 192.0.2.2 1 2 3\r\n",
            b"PROXY TCP4 2001:db8::1 ::1 1 2\r\n",
            b"PROXY TCP4 192.0.2.1 192.0.2.2 1 65536\r\n",
            b"PROXY UDP4 192.0.2.1 192.0.2.2 1 2\r\n",
            &[WORD, &[b'x'; TEXT_MAX]].concat(),
        ];
        for bytes in wrong {
            assert_eq!(read(bytes), Proxy::Wrong, "{}", bytes.escape_ascii());
        }
    }

    #[test]
    fn headers_in_binary() {
        let four = [192, 0, 2, 7, 192, 0, 2, 1, 0, 1, 0, 2];
        header(&[v2(0x21, 0x11, &four).as_slice(), b"NICK"].concat(), 28, Some("192.0.2.7"));
        let mut six = [0; 40];
        (six[0], six[1], six[15]) = (0x20, 0x01, 7);
        header(&v2(0x21, 0x21, &six), 56, Some("2001::7"));
        header(&v2(0x20, 0x00, &[]), 16, None);
        header(&v2(0x20, 0x11, &four), 28, None);
        header(&v2(0x21, 0x31, &[0; 216]), 232, None);
        let wrong = [
            v2(0x11, 0x11, &four),
            v2(0x22, 0x11, &four),
            v2(0x21, 0x13, &four),
            v2(0x21, 0x11, &four[1..]),
            v2(0x21, 0x21, &six[..35]),
            v2(0x21, 0x11, &[0; PROXY_HEADER_MAX]),
        ];
        for bytes in wrong {
            assert_eq!(read(&bytes), Proxy::Wrong, "{}", bytes.escape_ascii());
        }
    }
}
