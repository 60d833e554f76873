//! What is searched for, and what a search left out.

use super::{StoredMessage, Target};
use crate::id::{AccountId, Millis, Seq};
use crate::name::Text;
use serde::{Deserialize, Serialize};

/// A search in what someone may read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Search {
    /// Each target with the entry after which its messages may be read.
    pub within: Vec<(Target, Seq)>,
    /// Only messages of entries up to this one.
    pub upto: Seq,
    /// An account whose conversations are searched as well.
    pub account: Option<AccountId>,
    /// Words that must all be there; without any, messages are what the sieve lets through.
    pub words: Option<Text>,
    /// What else must be so.
    pub sieve: Sieve,
    /// At most so many: the newest, or the oldest after [`Sieve::after`].
    pub limit: u16,
}

/// What must be so of a message that is searched for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sieve {
    /// Said under this nick, in whatever case.
    pub from: Option<Text>,
    /// Said then or later.
    pub after: Option<Millis>,
    /// Said then or earlier.
    pub before: Option<Millis>,
}

impl Sieve {
    /// Whether a message passes.
    pub fn passes(&self, message: &StoredMessage) -> bool {
        let is_from = |nick: &Text| message.from.nick.to_lowercase() == nick.to_lowercase();
        self.from.as_ref().is_none_or(is_from)
            && self.after.is_none_or(|after| after <= message.at)
            && self.before.is_none_or(|before| message.at <= before)
    }
}

/// What a search did not look through, though it was asked to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// Some of what was said then or earlier: it had looked at as much as one search does.
    Earlier(Millis),
    /// Some of what was said then or later, where the oldest count ([`Sieve::after`]), for the same reason.
    Later(Millis),
    /// What was said after that, which the index does not have yet.
    NotIndexed(Millis),
}
