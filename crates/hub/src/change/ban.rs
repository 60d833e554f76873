//! Bans from the server.

use crate::id::Millis;
use crate::mask::{self, Network};
use crate::name::Text;
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

/// What a ban is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum BanKind {
    /// KLINE: `nick!user@host`.
    Mask,
    /// DLINE: the address, or the network that it is in.
    Network,
    /// XLINE: the real name.
    RealName,
    /// SUSPEND: a channel's folded name. Nobody comes in.
    Suspended,
    /// PURGE: a channel's folded name. The channel has ended, and nobody makes another.
    Purged,
}

impl BanKind {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Mask, Self::Network, Self::RealName, Self::Suspended, Self::Purged];

    /// Those that are of channels.
    pub const OF_CHANNELS: [Self; 2] = [Self::Purged, Self::Suspended];

    /// The letter by which STATS asks for them.
    pub fn letter(self) -> char {
        match self {
            Self::Mask => 'k',
            Self::Network => 'd',
            Self::RealName => 'x',
            Self::Suspended | Self::Purged => 'q',
        }
    }
}

/// Somebody may not come in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerBan {
    /// What it is compared with.
    pub kind: BanKind,
    /// The mask, network or mask of a real name; there is one ban of a kind for each.
    pub mask: Text,
    /// Why, as the banned are told.
    pub reason: Text,
    /// Why, as operators alone are told.
    pub note: Option<Text>,
    /// The nick of who set it.
    pub by: Text,
    /// When.
    pub at: Millis,
    /// Until when; none for ever.
    pub until: Option<Millis>,
}

/// Someone, as bans are compared with them.
#[derive(Debug, Clone, Copy)]
pub struct Face<'f> {
    /// `nick!user@host` with each host that they have.
    pub people: &'f [String],
    /// Where they are.
    pub addresses: &'f [IpAddr],
    /// Their real name.
    pub realname: &'f str,
}

impl ServerBan {
    /// Whether it still holds.
    pub fn holds(&self, at: Millis) -> bool {
        self.until.is_none_or(|until| at < until)
    }

    /// Whether it is about someone.
    pub fn is_of(&self, face: Face<'_>) -> bool {
        match self.kind {
            BanKind::Suspended | BanKind::Purged => false,
            BanKind::Mask => face.people.iter().any(|person| mask::matches(&self.mask, person)),
            BanKind::RealName => mask::matches(&self.mask, face.realname),
            BanKind::Network => {
                let network = self.mask.parse::<Network>();
                let is_in =
                    |network: Network| face.addresses.iter().any(|at| network.contains(*at));
                network.is_ok_and(is_in)
            }
        }
    }
}
