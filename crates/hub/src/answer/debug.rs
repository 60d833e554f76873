//! What the server holds, as its operators are told.

use super::ModesAre;
use crate::change::HistoryRule;
use crate::id::Millis;
use crate::modes::{Grants, ListKind, Ranks, UserFlags};
use crate::name::Text;
use crate::person::{Peer, Person, Transport};
use std::sync::Arc;

/// A row of an answer to DEBUG.
#[derive(Debug, Clone, PartialEq)]
pub enum Held {
    /// The views that there are, for whoever asked for none.
    Views,
    /// So many of these.
    Count(&'static str, usize),
    /// A person.
    Person(Box<PersonHeld>),
    /// One of their connections.
    Session(Box<SessionHeld>),
    /// A channel that they are in, and their ranks there.
    Place(Text, Ranks),
    /// A channel.
    Channel(Box<ChannelHeld>),
    /// Somebody who is in it, and their ranks.
    Member(Arc<Person>, Ranks),
}

/// A person.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonHeld {
    /// As others see them.
    pub person: Arc<Person>,
    /// Their real name.
    pub realname: Text,
    /// Their modes.
    pub flags: UserFlags,
    /// As which operator of the configuration, and what that may do.
    pub operator: Option<(Text, Grants)>,
    /// Since when they are here.
    pub signed_on_at: Millis,
    /// When they last said something.
    pub active_at: Millis,
    /// To how many channels they are invited.
    pub invitations: usize,
    /// How much is noted of them by keys.
    pub metadata: usize,
}

/// A connection.
#[derive(Debug, Clone, PartialEq)]
pub struct SessionHeld {
    /// How it is named to be ended.
    pub number: u32,
    /// Its other end.
    pub peer: Arc<Peer>,
    /// Its way.
    pub transport: Transport,
    /// Since when.
    pub since: Millis,
    /// Nobody sits at it.
    pub is_unattended: bool,
    /// How many lines of it were applied.
    pub line: u32,
    /// For how many nicks it watches.
    pub monitors: usize,
    /// Of how many keys it hears.
    pub keys: usize,
}

/// A channel.
#[derive(Debug, Clone, PartialEq)]
pub struct ChannelHeld {
    /// Its modes, but not its key.
    pub modes: ModesAre,
    /// How many are in it.
    pub members: usize,
    /// How many accounts have a place in it, here or not.
    pub places: usize,
    /// How many always have a rank in it.
    pub access: usize,
    /// How many masks each of its lists has.
    pub lists: [(ListKind, usize); 3],
    /// How much is noted of it by keys.
    pub metadata: usize,
    /// What is so of its history.
    pub history: HistoryRule,
}
