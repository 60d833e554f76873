//! People and their connections.

use crate::bounds;
use crate::id::{AccountId, ChannelId, Millis, SessionId, UserId};
use crate::modes::{Grants, UserFlags};
use crate::name::{Nick, Text};
use crate::person::{Peer, Person, Transport};
use crate::refusal::Refusal;
use crate::state::Channel;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// One connection of a person.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Session {
    pub user: UserId,
    /// The last line that was applied.
    pub line: u32,
    pub transport: Transport,
    pub peer: Arc<Peer>,
    pub since: Millis,
    /// It says that nobody sits at it (pre-away: `AWAY *`).
    pub is_unattended: bool,
}

/// A server operator of the configuration.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Operator {
    pub name: Text,
    pub grants: Grants,
}

/// A person with a nick.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct User {
    pub id: UserId,
    pub person: Arc<Person>,
    /// The nick as it is compared.
    pub folded: Text,
    pub realname: Text,
    /// From where they would be seen to come, had they not been given another host.
    pub plain_host: Option<Text>,
    pub account: Option<AccountId>,
    pub flags: UserFlags,
    /// As which server operator, while they are one.
    pub operator: Option<Box<Operator>>,
    pub away: Option<Text>,
    pub sessions: Vec<SessionId>,
    /// How many of them are unattended.
    pub unattended: usize,
    /// They are shown as away while nobody sits at any of them.
    pub auto_away: bool,
    pub channels: Vec<ChannelId>,
    /// Channels that they were asked to come to, oldest first.
    pub invited: Vec<ChannelId>,
    pub signed_on_at: Millis,
    /// When they last said something.
    pub active_at: Millis,
}

/// What is said of someone who stays without a connection.
const NOT_CONNECTED: &str = "Not connected right now; will read this later";

impl User {
    /// Someone who has just come, with no connection, no account and in no channel.
    pub fn new(id: UserId, person: Person, nick: &Nick, realname: Text, at: Millis) -> Self {
        Self {
            id,
            person: Arc::new(person),
            folded: nick.folded().clone(),
            realname,
            plain_host: None,
            account: None,
            flags: UserFlags::none(),
            operator: None,
            away: None,
            // Most have one, as long as they are here.
            sessions: Vec::with_capacity(1),
            unattended: 0,
            auto_away: true,
            channels: Vec::new(),
            invited: Vec::new(),
            signed_on_at: at,
            active_at: at,
        }
    }

    pub fn is_operator(&self) -> bool {
        self.flags.has(UserFlags::OPERATOR)
    }

    /// Whether they may do this as a server operator.
    pub fn may(&self, grant: Grants) -> bool {
        self.operator.as_ref().is_some_and(|operator| operator.grants.has(grant))
    }

    /// Why they do not answer: their own words, or that no connection of theirs is there.
    pub fn away(&self) -> Option<Text> {
        let absent = || self.is_absent().then(|| NOT_CONNECTED.into());
        self.away.clone().or_else(absent)
    }

    /// Whether nobody sits at any connection of theirs, and others are to know.
    pub fn is_absent(&self) -> bool {
        self.auto_away && self.unattended == self.sessions.len()
    }

    /// Whether they may be written to by someone: those without an account may be unwelcome.
    pub fn takes_word_of(&self, sender: &Self) -> Result<(), Refusal> {
        let welcome = !self.flags.has(UserFlags::ACCOUNTS_ONLY) || sender.account.is_some();
        let refusal = || Refusal::TakesAccountsOnly(self.nick().clone());
        if welcome || self.id == sender.id { Ok(()) } else { Err(refusal()) }
    }

    pub fn nick(&self) -> &Text {
        &self.person.nick
    }

    /// From where they would be seen to come, had they not been given another host.
    pub fn plain_host(&self) -> &Text {
        self.plain_host.as_ref().unwrap_or(&self.person.host)
    }

    /// Remembers an invitation, forgetting the oldest at the bound.
    pub fn note_invitation(&mut self, channel: ChannelId) {
        self.invited.retain(|c| *c != channel);
        if self.invited.len() == bounds::INVITES_PER_USER_MAX {
            self.invited.remove(0);
        }
        self.invited.push(channel);
    }

    pub fn sessions_boxed(&self) -> Box<[SessionId]> {
        self.sessions.as_slice().into()
    }

    /// Whether this person may know that a channel exists, and who is in it.
    pub fn sees(&self, channel: &Channel) -> bool {
        !channel.is_secret() || channel.members.contains_key(&self.id) || self.may(Grants::SEE)
    }
}
