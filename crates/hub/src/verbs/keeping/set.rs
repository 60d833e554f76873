//! SET: how the founder of a registered channel wants it.

use super::access::registered;
use crate::answer::{Answer, KeepingAnswer};
use crate::command::ChannelSetting;
use crate::event::Event;
use crate::modes::Ranks;
use crate::name::ChannelName;
use crate::outcome::Audience;
use crate::refusal::Refusal;
use crate::state::{Channel, Hub};
use crate::turn::Turn;
use crate::verbs::Asking;
use std::sync::Arc;

pub(super) fn apply(turn: &mut Turn<'_>, name: &ChannelName, setting: ChannelSetting) {
    let Some(actor) = turn.actor() else { return };
    let channel = match registered(turn.hub, actor, name) {
        Ok(channel) => channel,
        Err(refusal) => return turn.refuse(refusal),
    };
    let (id, shown) = (channel.id(), channel.row.name.shown().clone());
    if !turn.hub.power(actor, channel).has(Ranks::FOUNDER) {
        return turn.refuse(Refusal::RankNeeded(shown, Ranks::FOUNDER));
    }
    let by = Arc::clone(&actor.person);
    let before = channel.row.clone();
    let row = &mut turn.channel_mut(id).row;
    match setting {
        ChannelSetting::Keep(keep) => row.history.keep = keep,
        ChannelSetting::HidesEarlier(hides) => row.history.hides_earlier = hides,
    }
    let is_other_history = row.history != before.history;
    if *row != before {
        turn.store_row(id);
    }
    if is_other_history {
        // Who speaks there is to know who will read it.
        let (channel, history) = (turn.channel(id).named(), turn.hub.history_of(turn.channel(id)));
        turn.tell(Audience::Channel(id), Event::HistorySet { by, channel, history });
    }
    turn.answer(settings(turn.hub, turn.channel(id)));
}

/// For whoever may know of the channel: what is kept of it, and for whom, concerns them all.
pub(crate) fn ask(asking: &mut Asking<'_>, name: &ChannelName) {
    let Some(asker) = asking.asker() else { return };
    match registered(asking.hub, asker, name) {
        Ok(channel) => asking.answer(settings(asking.hub, channel)),
        Err(refusal) => asking.refuse(refusal),
    }
}

fn settings(hub: &Hub, channel: &Channel) -> Answer {
    let shown = channel.row.name.shown().clone();
    Answer::Keeping(Box::new(KeepingAnswer::Settings(shown, hub.history_of(channel))))
}
