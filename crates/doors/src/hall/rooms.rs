//! Who of this hall is in which channel.

use indexmap::IndexSet;
use parlor_hub::id::ChannelId;
use rustc_hash::{FxBuildHasher, FxHashMap};

/// The local members of each channel that has any.
#[derive(Debug, Default)]
pub(super) struct Rooms(FxHashMap<ChannelId, IndexSet<usize, FxBuildHasher>>);

impl Rooms {
    pub fn enter(&mut self, channel: ChannelId, seat: usize) {
        self.0.entry(channel).or_default().insert(seat);
    }

    pub fn leave(&mut self, channel: ChannelId, seat: usize) {
        let Some(room) = self.0.get_mut(&channel) else { return };
        room.swap_remove(&seat);
        if room.is_empty() {
            self.0.remove(&channel);
        }
    }

    pub fn members(&self, channel: ChannelId) -> impl Iterator<Item = usize> + '_ {
        self.0.get(&channel).into_iter().flatten().copied()
    }

    pub fn channels(&self) -> impl Iterator<Item = ChannelId> + '_ {
        self.0.keys().copied()
    }
}
