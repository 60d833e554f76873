//! What is known of a channel, and its key.

use super::access;
use crate::answer::{Answer, ChannelIs, KeepingAnswer};
use crate::modes::{Grants, Ranks};
use crate::name::ChannelName;
use crate::refusal::Refusal;
use crate::state::{Channel, Hub, User};
use crate::verbs::Asking;

pub(crate) fn ask(asking: &mut Asking<'_>, name: &ChannelName) {
    let Some(asker) = asking.asker() else { return };
    let hub = asking.hub;
    let channel = access::known(hub, asker, name);
    let closed = match hub.is_open(name) {
        Err(Refusal::ChannelClosed(_, why)) => Some(why),
        _ => None,
    };
    match (channel, closed) {
        (Err(refusal), None) => asking.refuse(refusal),
        (channel, closed) => {
            let info = match channel {
                Ok(channel) => about(hub, asker, channel),
                // Whoever would come in is told that the name is closed.
                Err(_) => ChannelIs {
                    name: name.shown().clone(),
                    founders: None,
                    made_at: None,
                    members: 0,
                    offered_to: None,
                    closed: None,
                },
            };
            let info = Box::new(ChannelIs { closed, ..info });
            asking.answer(Answer::Keeping(Box::new(KeepingAnswer::Info(info))));
        }
    }
}

fn about(hub: &Hub, asker: &User, channel: &Channel) -> ChannelIs {
    let founders = channel.access.iter().filter(|(_, ranks)| ranks.has(Ranks::FOUNDER));
    let named = |id| hub.accounts[&id].name.shown().clone();
    let founders = founders.map(|(id, _)| named(*id)).collect();
    let is_theirs = asker.account == channel.offered_to
        || channel.lasting_ranks_of(asker).has(Ranks::FOUNDER)
        || asker.may(Grants::SEE);
    ChannelIs {
        name: channel.row.name.shown().clone(),
        founders: channel.row.registered.then_some(founders),
        made_at: Some(channel.row.made_at),
        members: channel.members.len(),
        offered_to: channel.offered_to.filter(|_| is_theirs).map(named),
        closed: None,
    }
}

/// The key, for those who could set another.
pub(crate) fn ask_key(asking: &mut Asking<'_>, name: &ChannelName) {
    let Some(asker) = asking.asker() else { return };
    let channel = match access::known(asking.hub, asker, name) {
        Ok(channel) => channel,
        Err(refusal) => return asking.refuse(refusal),
    };
    let shown = channel.row.name.shown().clone();
    if !asking.hub.power(asker, channel).at_least(Ranks::HALF_OPERATOR) {
        return asking.refuse(Refusal::RankNeeded(shown, Ranks::HALF_OPERATOR));
    }
    let key = KeepingAnswer::Key(shown, channel.row.key.clone());
    asking.answer(Answer::Keeping(Box::new(key)));
}
