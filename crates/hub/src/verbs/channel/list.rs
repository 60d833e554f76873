//! The channels there are (LIST, with the filters of ELIST).

use crate::answer::{Answer, ChannelLine};
use crate::id::Millis;
use crate::mask;
use crate::query::ChannelFilter;
use crate::state::Channel;
use crate::verbs::Asking;

pub(crate) fn ask(asking: &mut Asking<'_>, filter: &ChannelFilter) {
    let Some(asker) = asking.asker() else { return };
    let hub = asking.hub;
    let candidates: Box<dyn Iterator<Item = &Channel>> = if filter.names.is_empty() {
        Box::new(hub.channels.values())
    } else {
        Box::new(filter.names.iter().filter_map(|name| hub.channel_named(name)))
    };
    let lines = candidates
        .filter(|channel| asker.sees(channel))
        .filter(|channel| passes(filter, channel, asking.now))
        .map(|channel| ChannelLine {
            name: channel.row.name.shown().clone(),
            members: channel.members.len(),
            topic: channel.row.topic.as_ref().map(|t| t.text.clone()).unwrap_or_default(),
        })
        .collect();
    asking.answer(Answer::Channels(lines));
}

fn passes(filter: &ChannelFilter, channel: &Channel, now: Millis) -> bool {
    const MINUTE_MS: u64 = 60_000;
    let folded = channel.row.name.folded();
    let members = channel.members.len();
    let made_ms = now.saturating_sub(channel.row.made_at);
    let topic_ms = channel.row.topic.as_ref().map(|topic| now.saturating_sub(topic.at));
    let ms = |minutes: u64| minutes.saturating_mul(MINUTE_MS);
    let matches = |masks: &[crate::name::Text]| masks.iter().any(|m| mask::matches(m, folded));
    (filter.matching.is_empty() || matches(&filter.matching))
        && !matches(&filter.not_matching)
        && filter.more_than.is_none_or(|n| members > n)
        && filter.fewer_than.is_none_or(|n| members < n)
        && filter.made_before_minutes.is_none_or(|n| made_ms > ms(n))
        && filter.made_within_minutes.is_none_or(|n| made_ms < ms(n))
        && filter.topic_before_minutes.is_none_or(|n| topic_ms.is_some_and(|m| m > ms(n)))
        && filter.topic_within_minutes.is_none_or(|n| topic_ms.is_some_and(|m| m < ms(n)))
}
