//! Who is in a channel.

use crate::answer::{Answer, Names};
use crate::id::UserId;
use crate::modes::Grants;
use crate::name::{ChannelName, Text};
use crate::state::{Channel, Hub, User};
use crate::verbs::Asking;
use std::sync::Arc;

pub(crate) fn ask(asking: &mut Asking<'_>, channels: Vec<ChannelName>) {
    let Some(asker) = asking.asker() else { return };
    if channels.is_empty() {
        return asking.answer(Answer::NamesEnd("*".into()));
    }
    for name in channels {
        match asking.visible(asker, &name) {
            None => asking.answer(Answer::NamesEnd(name.shown().clone())),
            Some(channel) => {
                let inside = channel.members.contains_key(&asker.id) || asker.may(Grants::SEE);
                let names = names(asking.hub, channel, (asker, inside));
                asking.answer(Answer::Names(Arc::new(names)));
            }
        }
    }
}

/// The members of a channel, for someone who comes in.
pub(super) fn on_joining(hub: &Hub, channel: &Channel, user: &User) -> Answer {
    let names = names(hub, channel, (user, true));
    Answer::Names(Arc::new(Names { on_joining: true, ..names }))
}

/// All members of a channel.
pub(super) fn of_everyone(hub: &Hub, channel: &Channel) -> Names {
    of(hub, channel, |_| true)
}

/// Those of its members whom everyone in it sees.
pub(super) fn of_those_seen(hub: &Hub, channel: &Channel) -> Names {
    of(hub, channel, |user| !channel.hides(user))
}

fn of(hub: &Hub, channel: &Channel, is_told: impl Fn(UserId) -> bool) -> Names {
    let members = channel.members.iter().filter(|(user, _)| is_told(**user));
    let members = members.map(|(user, ranks)| (Arc::clone(&hub.users[user].person), *ranks));
    Names {
        channel: channel.row.name.shown().clone(),
        secret: channel.is_secret(),
        on_joining: true,
        members: members.collect(),
    }
}

/// The members of a channel; the invisible ones only to those inside.
fn names(hub: &Hub, channel: &Channel, (asker, inside): (&User, bool)) -> Names {
    let name: Text = channel.row.name.shown().clone();
    let seen = channel
        .members
        .iter()
        .map(|(user, ranks)| (&hub.users[user], *ranks))
        .filter(|(user, _)| inside || !user.flags.has(crate::modes::UserFlags::INVISIBLE))
        .filter(|(user, _)| channel.shows(user.id, asker));
    // Most are: thousands are not to be moved as they become more.
    let mut members = Vec::with_capacity(channel.members.len());
    members.extend(seen.map(|(user, ranks)| (Arc::clone(&user.person), ranks)));
    Names { channel: name, secret: channel.is_secret(), on_joining: false, members }
}
