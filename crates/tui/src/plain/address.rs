//! Where to go: `HOST`, `HOST:PORT`, `[v6]:PORT` or `irc://host[:port]/#channel`.

use std::fmt;
use std::net::Ipv6Addr;
use std::str::FromStr;

use thiserror::Error;

/// The port of a Parlor server.
pub const PORT: u16 = 7777;

/// Where a server is when nobody says.
pub const HOST: &str = "127.0.0.1";

/// A server's address and, from an `irc://` link, the channel it points to.
/// That one exists proves that the host is not empty and the port is a port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    host: String,
    port: u16,
    channel: Option<String>,
}

impl Address {
    /// A name or an IP address, without brackets.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// From 1 to 65535.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The channel that an `irc://` link names, with its `#`.
    pub fn channel(&self) -> Option<&str> {
        self.channel.as_deref()
    }
}

impl Default for Address {
    fn default() -> Self {
        Self { host: HOST.to_owned(), port: PORT, channel: None }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.host.contains(':') {
            write!(out, "[{}]:{}", self.host, self.port)
        } else {
            write!(out, "{}:{}", self.host, self.port)
        }
    }
}

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        let Some((scheme, rest)) = text.split_once("://") else {
            let (host, port) = authority(text)?;
            return Ok(Self { host, port, channel: None });
        };
        match scheme.to_ascii_lowercase().as_str() {
            "irc" => link(rest),
            "ircs" => Err(AddressError::Tls),
            _ => Err(AddressError::Scheme(scheme.to_owned())),
        }
    }
}

/// Why a text is not an address. Each says what was found and what would do.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AddressError {
    /// Nothing before the port, or nothing at all.
    #[error("no host in {0:?}; expected HOST, HOST:PORT, [IPv6]:PORT or irc://HOST/#channel")]
    NoHost(String),
    /// The part after the last colon is not a port.
    #[error("{0:?} is not a port; expected a number from 1 to 65535")]
    Port(String),
    /// `[` without `]`, or something other than a port after it, or no IPv6 address within.
    #[error("{0:?} is not an IPv6 address in brackets; expected for example [::1]:7777")]
    Brackets(String),
    /// Spaces, slashes or control characters in a host.
    #[error("{0:?} is not a host name")]
    Host(String),
    /// `ircs://`.
    #[error("TLS (ircs://) is not yet supported by this client; use irc:// or HOST:PORT")]
    Tls,
    /// Another scheme.
    #[error("{0}:// is not a chat address; expected irc://HOST[:PORT]/#channel")]
    Scheme(String),
    /// A channel that could not be sent as one parameter.
    #[error("{0:?} is not a channel name")]
    Channel(String),
}

/// What follows `irc://`: an authority, perhaps with a user before `@`, and a path.
fn link(rest: &str) -> Result<Address, AddressError> {
    // A channel's own `#` stands unescaped in most links, so it is not split off as a fragment.
    let (before, path) = rest.split_once('/').unwrap_or((rest, ""));
    let (host, port) = authority(before.rsplit_once('@').map_or(before, |(_, host)| host))?;
    let name = unescape(path.split(['?', ',']).next().unwrap_or_default());
    if name.is_empty() {
        return Ok(Address { host, port, channel: None });
    }
    let name = if name.starts_with(['#', '&', '+', '!']) { name } else { format!("#{name}") };
    if name.len() < 2 || name.contains(|c: char| c.is_control() || c == ' ' || c == ',') {
        return Err(AddressError::Channel(name));
    }
    Ok(Address { host, port, channel: Some(name) })
}

fn authority(text: &str) -> Result<(String, u16), AddressError> {
    if let Some(rest) = text.strip_prefix('[') {
        let wrong = || AddressError::Brackets(text.to_owned());
        let (host, after) = rest.split_once(']').ok_or_else(wrong)?;
        // A zone (`fe80::1%eth0`) is the resolver's to understand.
        let address = host.split('%').next().unwrap_or_default();
        address.parse::<Ipv6Addr>().map_err(|_| wrong())?;
        let port = match after.strip_prefix(':') {
            Some(port) => parse_port(port)?,
            None if after.is_empty() => PORT,
            None => return Err(wrong()),
        };
        return Ok((host.to_owned(), port));
    }
    // Several colons and no brackets: an IPv6 address alone.
    if text.parse::<Ipv6Addr>().is_ok() {
        return Ok((text.to_owned(), PORT));
    }
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) => (host, parse_port(port)?),
        None => (text, PORT),
    };
    if host.is_empty() {
        return Err(AddressError::NoHost(text.to_owned()));
    }
    if host.contains(|c: char| c.is_control() || c.is_whitespace() || "/:[]#@?".contains(c)) {
        return Err(AddressError::Host(host.to_owned()));
    }
    Ok((host.to_owned(), port))
}

fn parse_port(text: &str) -> Result<u16, AddressError> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    match text.parse() {
        Ok(port) if digits && port != 0 => Ok(port),
        _ => Err(AddressError::Port(text.to_owned())),
    }
}

/// `%23ops` is `#ops`. What is not an escape stays as it is.
fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let digit = |at: usize| after.get(at).and_then(|&byte| char::from(byte).to_digit(16));
        if let (b'%', Some(high), Some(low)) = (first, digit(0), digit(1)) {
            bytes.push((high * 16 + low) as u8);
            rest = &after[2..];
        } else {
            bytes.push(first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &str, channel: Option<&str>) {
        let address: Address = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(address.to_string(), expect, "{text}");
        assert_eq!(address.channel(), channel, "{text}");
    }

    #[test]
    fn every_form_that_people_write() {
        check("chat.example.org", "chat.example.org:7777", None);
        check("chat.example.org:6667", "chat.example.org:6667", None);
        check("10.0.0.1:1", "10.0.0.1:1", None);
        check("[::1]:6667", "[::1]:6667", None);
        check("[fe80::1%eth0]", "[fe80::1%eth0]:7777", None);
        check("::1", "[::1]:7777", None);
        check("irc://host", "host:7777", None);
        check("IRC://host:6667/#chan", "host:6667", Some("#chan"));
        check("irc://ada@host/chan,isnick?key", "host:7777", Some("#chan"));
        check("irc://[::1]:6667/%23caf%C3%A9", "[::1]:6667", Some("#café"));
        check("irc://host/##rust", "host:7777", Some("##rust"));
        assert_eq!(Address::default().to_string(), "127.0.0.1:7777");
    }

    #[test]
    fn what_is_not_an_address_says_why() {
        let refused = |text: &str| text.parse::<Address>().unwrap_err();
        assert_eq!(refused(""), AddressError::NoHost(String::new()));
        assert_eq!(refused(":7777"), AddressError::NoHost(":7777".to_owned()));
        for port in ["", "0", "65536", "+1", "x"] {
            assert_eq!(refused(&format!("host:{port}")), AddressError::Port(port.to_owned()));
        }
        assert!(matches!(refused("[::1"), AddressError::Brackets(_)));
        assert!(matches!(refused("[::1]7777"), AddressError::Brackets(_)));
        assert!(matches!(refused("[host]:1"), AddressError::Brackets(_)));
        assert!(matches!(refused("a b"), AddressError::Host(_)));
        assert!(matches!(refused("host/chan"), AddressError::Host(_)));
        assert!(matches!(refused("https://host"), AddressError::Scheme(_)));
        assert!(matches!(refused("irc://host/%00a"), AddressError::Channel(_)));
        assert!(refused("ircs://host/#a").to_string().contains("TLS"));
    }
}
