//! What the simulator compares with its own account of who is where.

use super::Hub;
use crate::id::{ChannelId, SessionId};
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
}
