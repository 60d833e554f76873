//! Identities. All are plain numbers that are given once and never again.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Milliseconds since the Unix epoch, as the entry that carried them says. Never goes back.
pub type Millis = u64;

/// The place of an entry in the journal. The first is 1.
pub type Seq = u64;

/// One connection, from its sign-on to its end. Unique over all nodes and all starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SessionId(pub u64);

impl SessionId {
    /// The server itself: the origin of settings, timers and the first entry.
    pub const SERVER: Self = Self(0);

    /// The `counter`th connection of the process that started as `incarnation`.
    pub const fn new(incarnation: u32, counter: u32) -> Self {
        Self((incarnation as u64) << 32 | counter as u64)
    }

    /// The high half: the start of the process that made it.
    pub const fn incarnation(self) -> u32 {
        (self.0 >> 32) as u32
    }

    /// The low half: what the process that made it counted.
    pub const fn counter(self) -> u32 {
        self.0 as u32
    }
}

/// A person with a nick, on one or more sessions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct UserId(pub u64);

/// One channel, from its first life on. A name that is used again gets another id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ChannelId(pub u32);

/// A registered account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AccountId(pub u32);

/// What names a message for ever: the epoch it was given in, its entry, and its place in the entry.
///
/// Written `epoch-seq-n` in hexadecimal, it is the `msgid` tag of `IRCv3` `message-ids`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct MessageId {
    /// Grows at each start of a local journal.
    pub epoch: u32,
    /// The entry.
    pub seq: Seq,
    /// Counts the events within the entry, from 0.
    pub n: u16,
}

impl fmt::Display for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}-{:x}-{:x}", self.epoch, self.seq, self.n)
    }
}

/// Not the text of a message id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAMessageId;

impl FromStr for MessageId {
    type Err = NotAMessageId;

    fn from_str(text: &str) -> Result<Self, NotAMessageId> {
        let mut parts = text.split('-');
        let mut part = || {
            let digits = parts.next().filter(|p| p.bytes().all(|b| b.is_ascii_hexdigit()));
            u64::from_str_radix(digits.ok_or(NotAMessageId)?, 16).map_err(|_| NotAMessageId)
        };
        let id = Self {
            epoch: part()?.try_into().map_err(|_| NotAMessageId)?,
            seq: part()?,
            n: part()?.try_into().map_err(|_| NotAMessageId)?,
        };
        if parts.next().is_some() { Err(NotAMessageId) } else { Ok(id) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_id_reads_back_as_it_was_written() {
        let id = MessageId { epoch: 3, seq: 0xdead_beef, n: 12 };
        assert_eq!(id.to_string().parse(), Ok(id));
        for wrong in ["", "1-2", "1-2-3-4", "+1-2-3", "1-2-fffff", "x-1-1"] {
            assert_eq!(wrong.parse::<MessageId>(), Err(NotAMessageId), "{wrong}");
        }
    }
}
