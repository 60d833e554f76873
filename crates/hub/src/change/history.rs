//! What is kept of what is said in a channel, and for whom.

use crate::id::{Millis, Seq};
use crate::modes::Ranks;
use serde::{Deserialize, Serialize};

/// How much is kept of what is said. Where both bounds are set, both hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Keep {
    /// For so long from when it was said.
    pub for_ms: Option<Millis>,
    /// So many messages of one conversation, the newest.
    pub last: Option<u32>,
}

impl Keep {
    /// Everything, until somebody takes it back.
    pub const FOREVER: Self = Self { for_ms: None, last: None };

    /// Nothing: messages have ids, and no rows.
    pub const NOTHING: Self = Self { for_ms: None, last: Some(0) };

    /// What both let be kept.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let least = |one: Option<u64>, other: Option<u64>| one.into_iter().chain(other).min();
        let last = self.last.into_iter().chain(other.last).min();
        Self { for_ms: least(self.for_ms, other.for_ms), last }
    }

    /// Whether nothing is.
    pub fn is_nothing(self) -> bool {
        self.last == Some(0)
    }

    /// What was said before this is not kept.
    pub fn since(self, now: Millis) -> Millis {
        self.for_ms.map_or(0, |time| now.saturating_sub(time))
    }
}

/// What a channel's founder decided about its history. Where they decided nothing, it is as the server
/// has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ChannelHistory {
    /// How much is kept, within what the server keeps of anything.
    pub keep: Option<Keep>,
    /// Whether what was said before someone came is hidden from them.
    pub hides_earlier: Option<bool>,
}

impl ChannelHistory {
    /// What is so, where the server has this for all channels.
    pub fn over(self, usual: HistoryRule) -> HistoryRule {
        HistoryRule {
            keep: self.keep.unwrap_or(usual.keep),
            hides_earlier: self.hides_earlier.unwrap_or(usual.hides_earlier),
        }
    }
}

/// What is so of a channel's history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct HistoryRule {
    /// How much is kept.
    pub keep: Keep,
    /// What was said before someone came is hidden from them.
    pub hides_earlier: bool,
}

/// What an account holds in a channel that it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Its ranks.
    pub ranks: Ranks,
    /// It came with this entry: what was said before may be hidden from it.
    pub since: Seq,
}
