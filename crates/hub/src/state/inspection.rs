//! What the simulator compares with its own account of who is where.

use super::Hub;
use crate::change::Target;
use crate::id::{AccountId, ChannelId, SessionId, UserId};
use crate::modes::Grants;
use crate::name::Text;

impl Hub {
    /// Every session, and the nick of its person.
    pub fn sessions(&self) -> impl Iterator<Item = (SessionId, &Text)> {
        self.sessions.iter().map(|(id, session)| (*id, self.users[&session.user].nick()))
    }

    /// Every session with every nick that it watches for, as it is compared, and whether somebody is
    /// here under it.
    pub fn watched(&self) -> impl Iterator<Item = (SessionId, &Text, bool)> {
        let all = self.monitors.all();
        all.map(|(id, nick)| (id, nick.folded(), self.nicks.contains_key(nick.folded())))
    }

    /// Every session with every channel that its person is in, as the channels know them.
    pub fn memberships(&self) -> impl Iterator<Item = (ChannelId, SessionId)> {
        self.channels.iter().flat_map(|(id, channel)| {
            let users = channel.members.keys().map(|user| &self.users[user]);
            users.flat_map(move |user| user.sessions.iter().map(move |session| (*id, *session)))
        })
    }

    /// Every channel with every account that has a place there.
    pub fn places(&self) -> impl Iterator<Item = (ChannelId, AccountId)> {
        let channels = self.channels.iter();
        channels.flat_map(|(id, channel)| channel.places.keys().map(|account| (*id, *account)))
    }

    /// Every channel with everyone who is there without an account.
    pub fn guests(&self) -> impl Iterator<Item = (ChannelId, UserId)> {
        self.channels.iter().flat_map(|(id, channel)| {
            let guests = channel.members.keys().filter(|user| self.users[*user].account.is_none());
            guests.map(move |user| (*id, *user))
        })
    }

    /// The account of someone who is in a channel.
    pub fn account_in(&self, user: UserId, channel: ChannelId) -> Option<AccountId> {
        self.users.get(&user).filter(|user| user.channels.contains(&channel))?.account
    }

    /// Whose a session is, with the account that they wear.
    pub fn wearer(&self, session: SessionId) -> Option<(UserId, Option<AccountId>)> {
        self.user_of(session).map(|user| (user.id, user.account))
    }

    /// Whether a session is that of a server operator who may act anywhere.
    pub fn acts_anywhere(&self, session: SessionId) -> bool {
        self.user_of(session).is_some_and(|user| user.may(Grants::SA))
    }

    /// Whether a conversation is that of a channel that lives, or no channel's.
    pub fn is_there(&self, target: Target) -> bool {
        match target {
            Target::Channel(id) => self.channels.contains_key(&id),
            Target::Pair(..) => true,
        }
    }

    /// Whether anything is kept of what is said there.
    pub fn keeps(&self, target: Target) -> bool {
        !self.keep_of(target).is_nothing()
    }

    /// Whether a channel hides from those who come what was said before.
    pub fn hides_earlier(&self, channel: ChannelId) -> bool {
        self.channels.get(&channel).is_some_and(|it| self.history_of(it).hides_earlier)
    }
}
