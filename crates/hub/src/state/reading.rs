//! Whose history it is.

use super::{Hub, User};
use crate::change::Target;
use crate::command::Recipient;
use crate::id::Seq;
use crate::name::Text;

impl Hub {
    /// The conversation with a channel or person, if it is someone's to read: how it is shown,
    /// what it is, and after which entry it may be read.
    pub(crate) fn readable(&self, asker: &User, with: &Recipient) -> Option<(Text, Target, Seq)> {
        match with {
            Recipient::Channel(name, _) => {
                let channel = self.channel_named(name)?;
                channel.members.contains_key(&asker.id).then(|| {
                    let target = Target::Channel(channel.id());
                    (channel.row.name.shown().clone(), target, channel.row.since)
                })
            }
            Recipient::Nick(nick) => {
                let user = self.user_named(nick);
                let owner = self.owner_of(nick.folded());
                let with = owner.or_else(|| user?.account)?;
                // As they are called, however it was typed.
                let name = user.map_or(self.accounts[&with].name.shown(), |user| user.nick());
                Some((name.clone(), Target::pair(asker.account?, with), 0))
            }
        }
    }
}
