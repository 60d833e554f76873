//! Cloaks: what others see instead of an address.
//!
//! A cloak has a label for each of the networks that an address is in, the widest last. A ban of
//! the whole cloak, or of a network by its end (`*!*@*.mfrggzdf.ip`), goes on holding; and without the key nobody
//! finds the address by trying all addresses.

use parlor_hub::name::Text;
use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;

/// What cloaks end in.
const SUFFIX: &str = "ip";

/// The bits of the networks that have a label. Of IPv6 everyone has 64 bits of addresses.
const WIDTHS_V4: [u32; 3] = [32, 24, 16];
const WIDTHS_V6: [u32; 3] = [64, 48, 32];

/// Bytes of a digest that a label shows: enough that no two networks of one are alike.
const LABEL_BYTES: usize = 5;

/// How addresses are hidden.
#[derive(Clone)]
pub struct Cloaks(Arc<Digest>);

/// A digest under a key that is nobody's but the server's.
type Digest = dyn Fn(&[u8]) -> [u8; 32] + Send + Sync;

impl Cloaks {
    /// Cloaks by a digest under a key.
    pub fn new(digest: impl Fn(&[u8]) -> [u8; 32] + Send + Sync + 'static) -> Self {
        Self(Arc::new(digest))
    }

    /// What is shown instead of an address.
    pub fn of(&self, address: IpAddr) -> Text {
        let networks = match address.to_canonical() {
            IpAddr::V4(address) => WIDTHS_V4.map(|bits| {
                let network = address.to_bits() & (u32::MAX << (u32::BITS - bits));
                (bits, network.to_be_bytes().to_vec())
            }),
            IpAddr::V6(address) => WIDTHS_V6.map(|bits| {
                let network = address.to_bits() & (u128::MAX << (u128::BITS - bits));
                (bits, network.to_be_bytes().to_vec())
            }),
        };
        let labels = networks.map(|(bits, mut network)| {
            network.push(bits as u8);
            label(&(self.0)(&network))
        });
        format!("{}.{SUFFIX}", labels.join(".")).into()
    }
}

impl fmt::Debug for Cloaks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cloaks")
    }
}

/// The beginning of a digest in base32 (RFC 4648, section 6), in small letters.
fn label(digest: &[u8; 32]) -> String {
    const DIGITS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let bits = digest[..LABEL_BYTES].iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
    let places = (0..LABEL_BYTES * 8 / 5).rev();
    places.map(|place| char::from(DIGITS[(bits >> (5 * place)) as usize & 31])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No digest at all: what went in.
    fn plain() -> Cloaks {
        Cloaks::new(|bytes| {
            let mut digest = [0; 32];
            digest[..bytes.len()].copy_from_slice(bytes);
            digest
        })
    }

    /// A digest that depends on every byte.
    fn mixed(bytes: &[u8]) -> [u8; 32] {
        let mix = |sum: u64, byte: &u8| (sum ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3);
        let mut digest = [0; 32];
        digest[..8].copy_from_slice(&bytes.iter().fold(0xcbf2_9ce4_8422_2325, mix).to_be_bytes());
        digest
    }

    #[test]
    fn a_label_is_that_of_a_network_and_of_its_width() {
        let of = |address: &str| plain().of(address.parse().unwrap());
        assert_eq!(&*of("255.255.255.255"), "777777za.77776aay.777qaaaq.ip");
    }

    #[test]
    fn neighbours_share_the_end() {
        let cloaks = Cloaks::new(mixed);
        let of = |address: &str| cloaks.of(address.parse().unwrap());
        let end = |cloak: &str| cloak.split_once('.').unwrap().1.to_owned();
        let (one, other) = (of("192.0.2.7"), of("192.0.2.8"));
        assert_ne!(one, other);
        assert_eq!(end(&one), end(&other));
        assert_eq!(end(&end(&one)), end(&end(&of("192.0.3.7"))));
        assert_eq!(of("::ffff:192.0.2.7"), one, "the same address");
        assert_eq!(of("2001:db8::1"), of("2001:db8::ffff:0:0:1"), "one household");
        assert_ne!(of("2001:db8::1"), of("2001:db8:0:1::1"));
        assert_eq!(end(&of("2001:db8::1")), end(&of("2001:db8:0:1::1")));
    }
}
