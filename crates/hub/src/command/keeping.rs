//! What those who keep a channel do, inside or not: by a rank of the moment, or by one that their account
//! always has.

use super::{Kick, ModeChange};
use crate::change::Keep;
use crate::name::{ChannelName, Nick, Text};
use serde::{Deserialize, Serialize};

/// Something that is done to a channel by those who keep it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Keeping {
    /// Its founder offers it to another account.
    Offer(ChannelName, Nick),
    /// Whom it is offered to takes it.
    Accept(ChannelName),
    /// It is offered no longer: a word of its founder, or of whom it was offered to.
    Withdraw(ChannelName),
    /// An operator gives it to an account.
    Give(ChannelName, Nick),
    /// Much of it goes at once.
    Clear(ChannelName, Clearing),
    /// Its founder wants it so.
    Set(ChannelName, ChannelSetting),
    /// Ranks and bans.
    Mode(ChannelName, Vec<ModeChange>),
    /// Put people out.
    Kick(Kick),
    /// Set or clear the topic.
    Topic(ChannelName, Text),
    /// Ask someone to come; the asker, if nobody is named.
    Invite(ChannelName, Option<Nick>),
    /// Lift the bans of the asker.
    UnbanOneself(ChannelName),
}

/// What goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Clearing {
    /// Everyone else who is in it; why, if said.
    Users(Option<Text>),
    /// The ranks that accounts always have, but for founders.
    Access,
    /// All bans and mutes.
    Bans,
}

/// A setting of a channel, and what it is to be. None is what the server has for all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChannelSetting {
    /// How much is kept of what is said there.
    Keep(Option<Keep>),
    /// Whether what was said before someone came is hidden from them.
    HidesEarlier(Option<bool>),
}
