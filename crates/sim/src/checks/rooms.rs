//! Who should be where, by what the hub said of it. Kept without any of the halls' code.

use parlor_hub::change::{Conversations, Target};
use parlor_hub::id::{ChannelId, SessionId};
use parlor_hub::{Answer, Audience, Route};
use std::collections::{BTreeMap, BTreeSet};

/// Sessions that are known, and the channels they are in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Rooms {
    pub nicks: BTreeMap<SessionId, String>,
    pub members: BTreeMap<ChannelId, BTreeSet<SessionId>>,
}

impl Rooms {
    /// Takes in a change of audiences; of these sessions, if not of all.
    pub fn note(&mut self, route: &Route, is_here: impl Fn(SessionId) -> bool) {
        match route {
            Route::Known(session, nick) | Route::Named(session, nick) => {
                if is_here(*session) {
                    self.nicks.insert(*session, nick.to_string());
                }
            }
            Route::Enter(session, channel, _) => {
                if is_here(*session) {
                    self.members.entry(*channel).or_default().insert(*session);
                }
            }
            Route::Leave(session, channel) => self.leave(*session, *channel),
            Route::Gone(session, channels, _) => {
                self.nicks.remove(session);
                for channel in channels {
                    self.leave(*session, *channel);
                }
            }
        }
    }

    fn leave(&mut self, session: SessionId, channel: ChannelId) {
        if let Some(members) = self.members.get_mut(&channel) {
            members.remove(&session);
            if members.is_empty() {
                self.members.remove(&channel);
            }
        }
    }

    /// Whether an answer lets a session read only channels that it is in; and if it lists any, all of
    /// those. Whose a conversation of two accounts is, `pairs` asks.
    pub fn may_read(&self, answer: &Answer, session: SessionId) -> bool {
        let is_in = |channel: &ChannelId| {
            self.members.get(channel).is_some_and(|members| members.contains(&session))
        };
        let is_readable = |target: &Target| match target {
            Target::Channel(channel) => is_in(channel),
            Target::Pair(..) => true,
        };
        let are_all_own = |asked: &Conversations| {
            let own = self.members.keys().filter(|channel| is_in(channel)).count();
            asked.channels.iter().all(|(channel, ..)| is_in(channel)) && asked.channels.len() == own
        };
        match answer {
            Answer::History(history) => is_readable(&history.page.target),
            Answer::Search(search) => search.within.iter().all(|(target, _)| is_readable(target)),
            Answer::Targets(asked, _) => are_all_own(asked),
            Answer::Playback(asked) => are_all_own(&asked.conversations),
            _ => true,
        }
    }

    /// Whether a session is in an audience.
    pub fn hears(&self, audience: &Audience, session: SessionId) -> bool {
        let is_in = |channel: &ChannelId| {
            self.members.get(channel).is_some_and(|members| members.contains(&session))
        };
        match audience {
            Audience::Channel(channel) => is_in(channel),
            Audience::Sessions(sessions)
            | Audience::Recipients(sessions)
            | Audience::Watchers(sessions) => sessions.contains(&session),
            Audience::Neighbours(channels, sessions) => {
                channels.iter().any(is_in) || sessions.contains(&session)
            }
        }
    }
}
