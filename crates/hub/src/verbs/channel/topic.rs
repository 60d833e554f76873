//! What a channel is about.

use crate::answer::Answer;
use crate::change::Topic;
use crate::event::Event;
use crate::id::{ChannelId, UserId};
use crate::modes::{ChannelFlags, Ranks};
use crate::name::{ChannelName, Text};
use crate::outcome::Audience;
use crate::refusal::Refusal;
use crate::state::Channel;
use crate::turn::Turn;
use crate::verbs::Asking;
use std::sync::Arc;

pub(crate) fn apply(turn: &mut Turn<'_>, name: &ChannelName, text: Text) {
    let Some(actor) = turn.actor() else { return };
    let shown = name.shown().clone();
    let channel = match turn.hub.channel_for(actor, name) {
        Ok(channel) => channel,
        Err(refusal) => return turn.refuse(refusal),
    };
    if !channel.members.contains_key(&actor.id) {
        return turn.refuse(Refusal::NotInChannel(shown));
    }
    let ranks = turn.hub.authority(actor.id, channel);
    let locked = channel.row.flags.has(ChannelFlags::TOPIC_LOCKED);
    if locked && !ranks.at_least(Ranks::HALF_OPERATOR) {
        return turn.refuse(Refusal::RankNeeded(shown, Ranks::HALF_OPERATOR));
    }
    let (actor, id) = (actor.id, channel.id());
    set(turn, actor, id, text);
}

/// Sets a topic, or clears it if it is empty.
pub(in crate::verbs) fn set(turn: &mut Turn<'_>, actor: UserId, id: ChannelId, text: Text) {
    let by = Arc::clone(&turn.hub.users[&actor].person);
    let channel = turn.channel(id).named();
    let set = Topic { text: text.clone(), by: by.to_string().into(), at: turn.hub.at };
    turn.channel_mut(channel.id).row.topic = (!text.is_empty()).then_some(set);
    turn.store_row(channel.id);
    turn.happen(Some(actor), Audience::Channel(channel.id), Event::Topic { by, channel, text });
}

pub(crate) fn ask(asking: &mut Asking<'_>, name: &ChannelName) {
    let Some(asker) = asking.asker() else { return };
    match asking.visible(asker, name) {
        None => asking.refuse(Refusal::NoSuchChannel(name.shown().clone())),
        Some(channel) => asking.answer(answer(channel)),
    }
}

pub(super) fn answer(channel: &Channel) -> Answer {
    Answer::Topic(channel.row.name.shown().clone(), channel.row.topic.clone())
}
