//! How many people something comes to, about, before it is done: so that what concerns thousands can be told from
//! what concerns few.

use super::Hub;
use crate::command::Command;
use crate::id::SessionId;
use crate::name::ChannelName;
use crate::query::{Query, Whom};

/// A sign-on costs about as much as telling so many people something.
const SIGN_ON: usize = 200;

/// Who comes in is told to everyone, and everyone to them.
const JOIN: usize = 2;

/// All about someone is more than their name.
const WHO: usize = 3;

impl Hub {
    /// Of those who come and go: how many are told of it, or tell the newcomer who is there. Nothing of what is said,
    /// and of what is rare.
    pub fn reach(&self, session: SessionId, command: &Command) -> usize {
        match command {
            Command::SignOn(_) => SIGN_ON,
            Command::Join(joining) => {
                let named = joining.iter().map(|joining| self.members(&joining.channel));
                1 + named.sum::<usize>() * JOIN
            }
            Command::Part(part) => {
                1 + part.channels.iter().map(|name| self.members(name)).sum::<usize>()
            }
            Command::Quit(_)
            | Command::PartAll
            | Command::Nick(_)
            | Command::Away(_)
            | Command::Unattended
            | Command::SetName(_)
            | Command::LogIn(_)
            | Command::LogOut => {
                let user = self.user_of(session);
                let channels = user.into_iter().flat_map(|user| &user.channels);
                1 + channels.map(|channel| self.channels[channel].members.len()).sum::<usize>()
            }
            _ => 0,
        }
    }

    /// Of a question for who is in channels: how many that are.
    pub fn reach_of_question(&self, query: &Query) -> usize {
        match query {
            Query::Names(channels) => channels.iter().map(|name| self.members(name)).sum(),
            Query::Who(who) => match &who.whom {
                Whom::Channel(name) => self.members(name) * WHO,
                Whom::Matching(..) => 0,
            },
            _ => 0,
        }
    }

    fn members(&self, name: &ChannelName) -> usize {
        self.channel_named(name).map_or(0, |channel| channel.members.len())
    }
}
