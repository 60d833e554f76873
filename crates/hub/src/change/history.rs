//! What is kept of what is said in a channel, and for whom.

use crate::id::Seq;
use crate::modes::Ranks;
use serde::{Deserialize, Serialize};

/// What a channel's founder decided about its history. Where they decided nothing, it is as the server
/// has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ChannelHistory {
    /// Whether what was said before someone came is hidden from them.
    pub hides_earlier: Option<bool>,
}

impl ChannelHistory {
    /// What is so, where the server has this for all channels.
    pub fn over(self, usual: HistoryRule) -> HistoryRule {
        HistoryRule { hides_earlier: self.hides_earlier.unwrap_or(usual.hides_earlier) }
    }
}

/// What is so of a channel's history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct HistoryRule {
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
