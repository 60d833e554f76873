//! Where to listen, and for whom.

use parlor_doors::hall::{Gate, Protocol};
use serde::Deserialize;
use std::fmt;
use std::net::SocketAddr;
use std::str::FromStr;

/// An address to listen at: `[::]:7777`, `0.0.0.0:6667`, or `7777` alone for every interface. In front may
/// stand the one protocol that is spoken there: `irc://`, `irc+tls://`, `line://`, `line+tls://`, `https://`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Listen {
    /// The address.
    pub address: SocketAddr,
    /// Who is let in there.
    pub gate: Gate,
}

/// The schemes, and what each lets in.
const SCHEMES: &[(&str, Protocol, bool)] = &[
    ("irc", Protocol::Irc, false),
    ("irc+tls", Protocol::Irc, true),
    ("line", Protocol::Line, false),
    ("line+tls", Protocol::Line, true),
    ("https", Protocol::Web, true),
];

impl Listen {
    /// For everyone, at this address.
    pub fn at(address: SocketAddr) -> Self {
        Self { address, gate: Gate::default() }
    }
}

impl TryFrom<String> for Listen {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl FromStr for Listen {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (gate, place) = match text.split_once("://") {
            None => (Gate::default(), text),
            Some((scheme, place)) => (gate(scheme)?, place),
        };
        Ok(Self { address: address(place)?, gate })
    }
}

fn gate(scheme: &str) -> Result<Gate, String> {
    let known = SCHEMES.iter().find(|(name, ..)| *name == scheme);
    let (_, only, tls) = known.ok_or_else(|| {
        let names: Vec<_> = SCHEMES.iter().map(|(name, ..)| format!("{name}://")).collect();
        format!("{scheme:?} is no protocol to listen for: there are {}", names.join(", "))
    })?;
    Ok(Gate { only: Some(*only), tls: Some(*tls) })
}

fn address(text: &str) -> Result<SocketAddr, String> {
    if let Ok(port) = text.parse::<u16>() {
        return Ok(SocketAddr::from(([0u16; 8], port)));
    }
    let host_as_name = text.strip_prefix("localhost:").map(|port| format!("127.0.0.1:{port}"));
    host_as_name.as_deref().unwrap_or(text).parse().map_err(|_| {
        format!("{text:?} is no address to listen at: write [::]:7777, 127.0.0.1:7777 or 7777")
    })
}

impl fmt::Display for Listen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_it = |(_, only, tls): &&(&str, Protocol, bool)| {
            (Some(*only), Some(*tls)) == (self.gate.only, self.gate.tls)
        };
        if let Some((scheme, ..)) = SCHEMES.iter().find(is_it) {
            write!(f, "{scheme}://")?;
        }
        write!(f, "{}", self.address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listeners_are_read_and_told_again() {
        let table = [
            ("7777", "[::]:7777"),
            ("localhost:1", "127.0.0.1:1"),
            ("irc://[::1]:6667", "irc://[::1]:6667"),
            ("irc+tls://6697", "irc+tls://[::]:6697"),
            ("line://127.0.0.1:23", "line://127.0.0.1:23"),
            ("https://0.0.0.0:443", "https://0.0.0.0:443"),
        ];
        for (written, told) in table {
            assert_eq!(written.parse::<Listen>().unwrap().to_string(), told);
        }
        let wrong = "ircs://1".parse::<Listen>().unwrap_err();
        assert!(
            wrong.starts_with("\"ircs\" is no protocol to listen for: there are irc://"),
            "{wrong}"
        );
        assert!("irc://nowhere".parse::<Listen>().is_err());
    }
}
