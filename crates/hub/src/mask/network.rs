//! Networks: `127.0.0.0/8`, `::1`.

use serde::Deserialize;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// An address with the number of bits that count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Network {
    address: IpAddr,
    bits: u32,
}

impl Network {
    /// `127.0.0.0/8`.
    pub const fn loopback_v4() -> Self {
        Self { address: IpAddr::V4(Ipv4Addr::new(127, 0, 0, 0)), bits: 8 }
    }

    /// `::1`.
    pub const fn loopback_v6() -> Self {
        Self { address: IpAddr::V6(Ipv6Addr::LOCALHOST), bits: 128 }
    }

    /// Whether an address is in it. IPv4 addresses written as IPv6 ones count as IPv4.
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(network), IpAddr::V4(address)) => {
                let differing = network.to_bits() ^ address.to_bits();
                differing.leading_zeros() >= self.bits
            }
            (IpAddr::V6(network), IpAddr::V6(address)) => {
                let differing = network.to_bits() ^ address.to_bits();
                differing.leading_zeros() >= self.bits
            }
            _ => false,
        }
    }
}

impl FromStr for Network {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong =
            || format!("{text:?} is no network: write 192.0.2.0/24, 2001:db8::/32 or an address");
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| wrong())?;
        let all = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(all), str::parse).map_err(|_| wrong())?;
        if bits > all { Err(wrong()) } else { Ok(Self { address, bits }) }
    }
}

impl TryFrom<String> for Network {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_networks() {
        let within = |network: &str, address: &str| {
            network.parse::<Network>().unwrap().contains(address.parse().unwrap())
        };
        assert!(within("127.0.0.0/8", "127.1.2.3"));
        assert!(within("127.0.0.0/8", "::ffff:127.0.0.1"));
        assert!(!within("127.0.0.0/8", "128.0.0.1"));
        assert!(within("0.0.0.0/0", "8.8.8.8"));
        assert!(within("::1", "::1"));
        assert!(within("2001:db8::/32", "2001:db8::7"));
        assert!(!within("2001:db8::/32", "2001:db9::7"));
        assert!("10.0.0.0/33".parse::<Network>().is_err());
    }
}
