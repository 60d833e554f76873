//! What the simulator compares with its own account of who is where.

use super::Hall;
use super::seat::Life;
use parlor_hub::id::{ChannelId, SessionId};

/// A seat, as far as it can be compared.
#[derive(Debug, Clone, Copy)]
pub struct Seated<'h> {
    /// Whose.
    pub session: SessionId,
    /// The nick that its door knows.
    pub nick: Option<&'h str>,
    /// The hub may know the session.
    pub is_person: bool,
    /// Its connection is there.
    pub is_connected: bool,
    /// Commands on their way.
    pub in_flight: u16,
}

impl Hall {
    /// The sessions of this hall that are in a channel.
    pub fn members_of(&self, channel: ChannelId) -> impl Iterator<Item = SessionId> + '_ {
        self.rooms.members(channel).map(|seat| self.seats[seat].session)
    }

    /// The channels in which someone of this hall is.
    pub fn channels(&self) -> impl Iterator<Item = ChannelId> + '_ {
        self.rooms.channels()
    }

    /// Every seat.
    pub fn seated(&self) -> impl Iterator<Item = Seated<'_>> {
        self.seats.iter().map(|(_, seat)| Seated {
            session: seat.session,
            nick: seat.door.nick(),
            is_person: seat.is_person,
            is_connected: seat.life != Life::Over,
            in_flight: seat.in_flight,
        })
    }

    /// How many blocks are kept that queues share: none when nothing waits.
    pub fn blocks_kept(&self) -> usize {
        self.blocks.len()
    }
}
