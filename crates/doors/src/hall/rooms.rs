//! Who of this hall is where: the seats of sessions, and the members of channels.

use indexmap::IndexSet;
use parlor_hub::Audience;
use parlor_hub::id::{ChannelId, SessionId};
use rustc_hash::{FxBuildHasher, FxHashMap};

/// The seat of each session. All sessions of a hall are of one start, so that what it counted is enough to
/// tell them apart.
#[derive(Debug)]
pub(super) struct BySession {
    incarnation: u32,
    seats: FxHashMap<u32, u32>,
}

impl BySession {
    pub fn new(incarnation: u32) -> Self {
        Self { incarnation, seats: FxHashMap::default() }
    }

    pub fn insert(&mut self, session: SessionId, seat: usize) {
        assert_eq!(session.incarnation(), self.incarnation, "{session:?} is of another start");
        self.seats.insert(session.counter(), seat as u32);
    }

    pub fn remove(&mut self, session: SessionId) {
        self.seats.remove(&session.counter());
    }

    pub fn get(&self, session: SessionId) -> Option<usize> {
        let is_of_this_start = session.incarnation() == self.incarnation;
        let seat = self.seats.get(&session.counter()).filter(|_| is_of_this_start)?;
        Some(*seat as usize)
    }
}

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

    /// About how many connections here an audience has: one in several of its channels counts in each.
    pub fn told(&self, audience: &Audience) -> usize {
        let count = |channel| self.0.get(channel).map_or(0, IndexSet::len);
        match audience {
            Audience::Channel(channel) => count(channel),
            Audience::Neighbours(channels, _) => channels.iter().map(count).sum(),
            Audience::Sessions(few) | Audience::Watchers(few) | Audience::Recipients(few) => {
                few.len()
            }
        }
    }

    pub fn channels(&self) -> impl Iterator<Item = ChannelId> + '_ {
        self.0.keys().copied()
    }
}
