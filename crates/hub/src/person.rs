//! Who someone is, as others see them, and how they came.

use crate::name::Text;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;
use std::sync::Arc;

/// `nick!user@host` and the account. Shared by every event that the person causes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Person {
    /// As shown.
    pub nick: Text,
    /// The username; `~` in front where nobody vouches for it.
    pub username: Text,
    /// From where they are seen to come: a cloak, an address, or what an operator gave them.
    pub host: Text,
    /// The account's name, when logged in.
    pub account: Option<Text>,
    /// They say that they are a program.
    pub bot: bool,
    /// A server operator.
    pub operator: bool,
}

impl Person {
    /// As a history keeps who spoke: that they were an operator is no part of it.
    pub(crate) fn as_kept(self: &Arc<Self>) -> Arc<Self> {
        if !self.operator {
            return Arc::clone(self);
        }
        Arc::new(Self { operator: false, ..Self::clone(self) })
    }
}

impl Person {
    /// `nick!user@host` with another host.
    pub(crate) fn seen_from(&self, host: &str) -> String {
        format!("{}!{}@{host}", self.nick, self.username)
    }

    /// Whether nobody here can be called so: someone elsewhere who is relayed, or who is played.
    pub fn is_played(&self) -> bool {
        self.nick.bytes().any(|byte| matches!(byte, b'/' | b'*' | b'='))
    }

    /// `nick!user@host`, as lines come from somebody.
    pub fn source(&self) -> String {
        [&*self.nick, "!", &self.username, "@", &self.host].concat()
    }
}

impl fmt::Display for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source())
    }
}

/// The other end of a connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Peer {
    /// Where it is.
    pub address: IpAddr,
    /// What that is called: the address, or the name that a gateway has for it. They themselves and
    /// operators are told.
    pub host: Text,
    /// What others see: a cloak, where addresses are not shown.
    pub shown: Text,
    /// The gateway that speaks for them, as it is called.
    pub gateway: Option<Text>,
}

impl Peer {
    /// All that masks are compared with.
    pub fn hosts(&self) -> [Text; 3] {
        [self.shown.clone(), self.host.clone(), self.address.to_string().into()]
    }
}

/// What is known of a connection's way.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Transport {
    /// Nobody on the way reads along: it is TLS, or a gateway that is believed says so.
    pub secure: bool,
    /// Of the certificate that the caller showed, and whose key they have.
    pub certificate: Option<Arc<Fingerprint>>,
}

/// A certificate's SHA-256: what a certificate is compared and pinned by.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Fingerprint(pub [u8; 32]);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Not the text of a fingerprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAFingerprint;

impl FromStr for Fingerprint {
    type Err = NotAFingerprint;

    /// Reads hexadecimal digits, with or without colons between the bytes.
    fn from_str(text: &str) -> Result<Self, NotAFingerprint> {
        let digits: Vec<u8> = text.bytes().filter(|byte| *byte != b':').collect();
        let mut bytes = [0; 32];
        if digits.len() != 2 * bytes.len() {
            return Err(NotAFingerprint);
        }
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks(2)) {
            let digit = |at: usize| char::from(pair[at]).to_digit(16).ok_or(NotAFingerprint);
            *byte = (digit(0)? << 4 | digit(1)?) as u8;
        }
        Ok(Self(bytes))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
