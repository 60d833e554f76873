//! Where to listen, and for whom.

use parlor_doors::hall::{Gate, Protocol};
use serde::Deserialize;
use std::fmt;
use std::net::SocketAddr;
use std::str::FromStr;

/// An address to listen at: `[::]:7777`, `0.0.0.0:6667`, or `7777` alone for every interface. In front may
/// stand the one protocol that is spoken there: `irc://`, `irc+tls://`, `line://`, `line+tls://`, `https://`. Behind it, or in
/// its scheme, `+proxy` says that everyone comes by a proxy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Listen {
    /// The address.
    pub address: SocketAddr,
    /// Who is let in there.
    pub gate: Gate,
    /// Only proxies that are trusted come there, and say for whom they speak.
    pub is_proxied: bool,
}

/// The schemes, and what each lets in.
const SCHEMES: &[(&str, Protocol, bool)] = &[
    ("irc", Protocol::Irc, false),
    ("irc+tls", Protocol::Irc, true),
    ("line", Protocol::Line, false),
    ("line+tls", Protocol::Line, true),
    ("https", Protocol::Web, true),
];

const PROXY: &str = "+proxy";

impl Listen {
    /// For everyone, at this address.
    pub fn at(address: SocketAddr) -> Self {
        Self { address, gate: Gate::default(), is_proxied: false }
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
        let (scheme, place) = match text.split_once("://") {
            None => (None, text),
            Some((scheme, place)) => (Some(scheme), place),
        };
        let (schemes, places) =
            (scheme.and_then(|s| s.strip_suffix(PROXY)), place.strip_suffix(PROXY));
        let is_proxied = schemes.is_some() || places.is_some();
        let gate = match schemes.or(scheme) {
            // `+proxy://` pins to nothing.
            None => Gate::default(),
            Some("") if is_proxied => Gate::default(),
            Some(scheme) => gate(scheme)?,
        };
        Ok(Self { address: address(places.unwrap_or(place))?, gate, is_proxied })
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
        let proxy = if self.is_proxied { PROXY } else { "" };
        write!(f, "{}{proxy}", self.address)
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
            ("[::]:7777+proxy", "[::]:7777+proxy"),
            ("+proxy://7777", "[::]:7777+proxy"),
            ("irc+tls+proxy://[::1]:1", "irc+tls://[::1]:1+proxy"),
            ("irc+tls://[::1]:1+proxy", "irc+tls://[::1]:1+proxy"),
        ];
        for (written, told) in table {
            assert_eq!(written.parse::<Listen>().unwrap().to_string(), told);
        }
        let wrong = "ircs://1".parse::<Listen>().unwrap_err();
        assert!(
            wrong.starts_with("\"ircs\" is no protocol to listen for: there are irc://"),
            "{wrong}"
        );
        for wrong in ["irc://nowhere", "://7777", "+proxy", "7777+proxies"] {
            assert!(wrong.parse::<Listen>().is_err(), "{wrong}");
        }
    }
}
