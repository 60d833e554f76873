//! What is told about channels that are kept.

use super::ChannelLine;
use crate::change::HistoryRule;
use crate::command::Clearing;
use crate::id::Millis;
use crate::modes::Ranks;
use crate::name::Text;

/// An answer about a channel, whose name stands first.
#[derive(Debug, Clone, PartialEq)]
pub enum KeepingAnswer {
    /// It is registered, and the asker is its founder.
    Registered(Text),
    /// It is registered no longer.
    Unregistered(Text),
    /// To give it up, this code must be said.
    Confirm(Text, Text),
    /// The ranks that accounts always have there.
    Access(Text, Vec<(Text, Ranks)>),
    /// It is offered to this account, by its founder: as it is told to both.
    Offered {
        /// Which.
        channel: Text,
        /// To whom.
        account: Text,
        /// By whom.
        by: Text,
    },
    /// It is offered to nobody any more.
    Withdrawn(Text),
    /// This account is its founder now.
    Given(Text, Text),
    /// So much of it went.
    Cleared(Text, Clearing, usize),
    /// So many bans of the asker were lifted.
    Unbanned(Text, usize),
    /// Its key, if it has one.
    Key(Text, Option<Text>),
    /// How its founder wants it.
    Settings(Text, HistoryRule),
    /// All about it.
    Info(Box<ChannelIs>),
    /// Those that are registered.
    List(Vec<ChannelLine>),
}

/// A channel, as whoever may know of it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelIs {
    /// Its name.
    pub name: Text,
    /// It is registered: by the accounts of its founders.
    pub founders: Option<Vec<Text>>,
    /// When it was made; none when there is no such channel, and it is only its name that is closed.
    pub made_at: Option<Millis>,
    /// How many are in it.
    pub members: usize,
    /// The account to which it is offered, for those who may say something to it.
    pub offered_to: Option<Text>,
    /// Why operators let nobody in, if they do not.
    pub closed: Option<Text>,
}
