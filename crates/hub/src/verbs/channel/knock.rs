//! Asking to be let in.

use crate::answer::Answer;
use crate::bounds;
use crate::event::Event;
use crate::modes::{ChannelFlags, Ranks};
use crate::name::{ChannelName, Text};
use crate::outcome::Audience;
use crate::refusal::Refusal;
use crate::state::{Channel, Hub, User};
use crate::turn::Turn;
use std::sync::Arc;

pub(crate) fn apply(turn: &mut Turn<'_>, name: &ChannelName) {
    let Some(actor) = turn.actor() else { return };
    let channel = match turn.hub.channel_for(actor, name) {
        Ok(channel) => channel,
        Err(refusal) => return turn.refuse(refusal),
    };
    if let Err(refusal) = may_knock(turn.hub, actor, channel) {
        return turn.refuse(refusal(channel.row.name.shown().clone()));
    }
    let ranked = channel.members.iter().filter(|(_, ranks)| ranks.at_least(Ranks::HALF_OPERATOR));
    let sessions = ranked.flat_map(|(user, _)| turn.hub.users[user].sessions.iter().copied());
    let (audience, who) = (Audience::Sessions(sessions.collect()), Arc::clone(&actor.person));
    let (channel, now) = (channel.named(), turn.hub.at);
    turn.channel_mut(channel.id).knocked_at = Some(now);
    turn.answer(Answer::Knocked(channel.name.clone()));
    turn.tell(audience, Event::Knocked { who, channel });
}

fn may_knock(hub: &Hub, actor: &User, channel: &Channel) -> Result<(), fn(Text) -> Refusal> {
    let row = &channel.row;
    if channel.members.contains_key(&actor.id) {
        return Err(Refusal::KnockInside);
    }
    let is_full = row.limit.is_some_and(|limit| channel.members.len() >= limit as usize);
    if !row.flags.has(ChannelFlags::INVITE_ONLY) && row.key.is_none() && !is_full {
        return Err(Refusal::ChannelIsOpen);
    }
    if row.flags.has(ChannelFlags::NO_KNOCKS) || row.flags.has(ChannelFlags::NO_INVITATIONS) {
        return Err(Refusal::NobodyKnocks);
    }
    if hub.is_banned(actor, channel) {
        return Err(Refusal::Banned);
    }
    let lately = |at| hub.at < at + bounds::KNOCK_EVERY_MS;
    if channel.knocked_at.is_some_and(lately) { Err(Refusal::KnockedLately) } else { Ok(()) }
}
