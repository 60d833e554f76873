//! `[history]`.

use parlor_doors::keeping::keep;
use parlor_hub::change::{HistoryRule, Keep};
use serde::Deserialize;

/// `[history]`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct History {
    /// Lines shown on joining to clients that cannot ask.
    pub replay: u16,
    /// How much is kept of anything.
    pub keep: Kept,
    /// How much is kept of channels whose founders decided nothing about it, within that.
    pub channel_keep: Kept,
    /// Channels hide from those who come what was said before, unless their founders decided.
    pub hide_earlier: bool,
}

impl History {
    /// How it is with channels whose founders decided nothing.
    pub(crate) fn of_channels(&self) -> HistoryRule {
        HistoryRule { keep: self.channel_keep.0, hides_earlier: self.hide_earlier }
    }
}

impl Default for History {
    fn default() -> Self {
        Self {
            replay: 50,
            keep: Kept::default(),
            channel_keep: Kept::default(),
            hide_earlier: false,
        }
    }
}

/// How much is kept: `forever`, `none`, a time such as `30d`, `last 500`, or both of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(try_from = "String")]
pub struct Kept(pub Keep);

impl TryFrom<String> for Kept {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let wrong = || {
            format!(
                "{text:?} says not how much is kept: write forever, none, a time such as 30d, or last 500"
            )
        };
        keep(&text).map(Self).ok_or_else(wrong)
    }
}
