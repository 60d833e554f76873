//! Names that channels had.

use crate::bounds;
use crate::id::{ChannelId, Millis};
use crate::name::Text;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// The last renamings: for a while, who comes to the old name is told of the new one, and nobody takes
/// it from under them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Renamings(VecDeque<Renamed>);

/// One of them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Renamed {
    /// The name that it had, as it is compared.
    pub folded: Text,
    pub to: ChannelId,
    pub at: Millis,
}

impl Renamings {
    pub fn note(&mut self, renamed: Renamed) {
        self.0.retain(|known| known.folded != renamed.folded);
        if self.0.len() == bounds::RENAMED_MAX {
            self.0.pop_front();
        }
        self.0.push_back(renamed);
    }

    /// The channel that had this name.
    pub fn find(&self, folded: &str, now: Millis) -> Option<ChannelId> {
        let known = self.0.iter().find(|renamed| &*renamed.folded == folded)?;
        (now < known.at + bounds::RENAMED_KNOWN_MS).then_some(known.to)
    }
}
