//! People and their connections.

use crate::bounds;
use crate::command::Oper;
use crate::id::{AccountId, ChannelId, Millis, SessionId, UserId};
use crate::modes::{Grants, UserFlags};
use crate::name::{Nick, Text};
use crate::outcome::Few;
use crate::person::{Peer, Person, Transport};
use crate::refusal::Refusal;
use crate::state::{Channel, Nothing, Rare};
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

const _: () = assert!(size_of::<Session>() <= 48);

/// A person with a nick.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct User {
    pub id: UserId,
    pub person: Arc<Person>,
    /// The nick as it is compared.
    pub folded: Text,
    pub realname: Text,
    pub account: Option<AccountId>,
    pub flags: UserFlags,
    pub sessions: Few<SessionId>,
    /// How many of them are unattended.
    pub unattended: u16,
    /// They are shown as away while nobody sits at any of them.
    pub auto_away: bool,
    pub channels: Vec<ChannelId>,
    pub particulars: Rare<Particulars>,
    pub signed_on_at: Millis,
    /// When they last said something.
    pub active_at: Millis,
}

/// What an idle person costs here, apart from their names.
const _: () = assert!(size_of::<User>() <= 136);

/// What only few people have.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Particulars {
    /// The server operator that they are, if they are one.
    pub operator: Option<Oper>,
    /// Their own words for why they do not answer.
    pub away: Option<Text>,
    /// The host that others would see, had they not been given another.
    pub plain_host: Option<Text>,
    /// Channels that they were asked to come to, oldest first.
    pub invited: Vec<ChannelId>,
}

impl Nothing for Particulars {
    const NOTHING: &'static Self =
        &Self { operator: None, away: None, plain_host: None, invited: Vec::new() };

    fn is_nothing(&self) -> bool {
        let Self { operator, away, plain_host, invited } = self;
        operator.is_none() && away.is_none() && plain_host.is_none() && invited.is_empty()
    }
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
            account: None,
            flags: UserFlags::none(),
            sessions: Few::new(),
            unattended: 0,
            auto_away: true,
            channels: Vec::new(),
            particulars: Rare::default(),
            signed_on_at: at,
            active_at: at,
        }
    }

    pub fn is_operator(&self) -> bool {
        self.flags.has(UserFlags::OPERATOR)
    }

    /// Whether they may do this as a server operator.
    pub fn may(&self, grant: Grants) -> bool {
        self.particulars.operator.as_ref().is_some_and(|operator| operator.grants.has(grant))
    }

    /// Why they do not answer: their own words, or that no connection of theirs is there.
    pub fn away(&self) -> Option<Text> {
        let absent = || self.is_absent().then(|| NOT_CONNECTED.into());
        self.particulars.away.clone().or_else(absent)
    }

    /// Notes their own words for it.
    pub fn set_away(&mut self, message: Option<Text>) {
        if self.particulars.away != message {
            self.particulars.change(|it| it.away = message);
        }
    }

    /// Whether nobody sits at any connection of theirs, and others are to know.
    pub fn is_absent(&self) -> bool {
        self.auto_away && usize::from(self.unattended) == self.sessions.len()
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

    /// The host that others would see, had they not been given another.
    pub fn plain_host(&self) -> &Text {
        self.particulars.plain_host.as_ref().unwrap_or(&self.person.host)
    }

    /// Notes that host; none where it is the one that others see.
    pub fn set_plain_host(&mut self, plain: Option<Text>) {
        if self.particulars.plain_host != plain {
            self.particulars.change(|it| it.plain_host = plain);
        }
    }

    /// Remembers an invitation, forgetting the oldest at the bound.
    pub fn note_invitation(&mut self, channel: ChannelId) {
        self.particulars.change(|Particulars { invited, .. }| {
            invited.retain(|c| *c != channel);
            if invited.len() == bounds::INVITES_PER_USER_MAX {
                invited.remove(0);
            }
            invited.push(channel);
        });
    }

    /// An invitation is forgotten: it was followed.
    pub fn forget_invitation(&mut self, channel: ChannelId) {
        if self.is_invited(channel) {
            self.particulars.change(|it| it.invited.retain(|invited| *invited != channel));
        }
    }

    pub fn is_invited(&self, channel: ChannelId) -> bool {
        self.particulars.invited.contains(&channel)
    }

    pub fn sessions_boxed(&self) -> Box<[SessionId]> {
        self.sessions.as_slice().into()
    }

    /// Whether this person may know that a channel exists, and who is in it.
    pub fn sees(&self, channel: &Channel) -> bool {
        !channel.is_secret() || channel.members.contains_key(&self.id) || self.may(Grants::SEE)
    }
}
