//! Names that channels had.

use crate::bounds;
use crate::id::{ChannelId, Millis};
use crate::name::Text;
use crate::state::{ById, ByName};
use serde::{Deserialize, Serialize};

/// The last name of each channel that got another one: for a while, who comes to the old name is told of
/// the new one, and nobody takes it from under them. A channel has one such name, as long as it lives:
/// whoever renames holds no more names than they hold channels.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Renamings {
    by_name: ByName<(ChannelId, Millis)>,
    by_channel: ById<ChannelId, Text>,
}

impl Renamings {
    /// A channel had this name, as it is compared, until now.
    pub fn note(&mut self, channel: ChannelId, folded: &Text, at: Millis) {
        self.forget(channel);
        self.take(folded);
        self.by_name.insert(folded.clone(), (channel, at));
        self.by_channel.insert(channel, folded.clone());
    }

    /// The channel that had this name.
    pub fn find(&self, folded: &str, now: Millis) -> Option<ChannelId> {
        let (channel, at) = self.by_name.get(folded)?;
        (now < at + bounds::RENAMED_KNOWN_MS).then_some(*channel)
    }

    /// A channel has this name now: it leads nowhere else.
    pub fn take(&mut self, folded: &str) {
        if let Some((channel, _)) = self.by_name.swap_remove(folded) {
            self.by_channel.swap_remove(&channel);
        }
    }

    /// A channel ended, or had another name since.
    pub fn forget(&mut self, channel: ChannelId) {
        if let Some(folded) = self.by_channel.swap_remove(&channel) {
            self.by_name.swap_remove(&folded);
        }
    }

    /// The channels that names lead to, for the invariants.
    pub fn all(&self) -> impl Iterator<Item = (&Text, ChannelId)> {
        debug_assert_eq!(self.by_name.len(), self.by_channel.len());
        self.by_name.iter().map(|(folded, (channel, _))| (folded, *channel))
    }
}
