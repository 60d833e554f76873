//! The channels there are (LIST, with the filters of ELIST).

use crate::answer::{Answer, ChannelLine};
use crate::id::Millis;
use crate::mask;
use crate::modes::Grants;
use crate::name::Text;
use crate::query::{ChannelFilter, Wanted};
use crate::state::{Channel, User};
use crate::verbs::Asking;
use std::ops::Range;
use std::sync::Arc;

pub(crate) fn ask(asking: &mut Asking<'_>, filter: ChannelFilter) {
    let Some(asker) = asking.asker() else { return };
    if filter.names.is_empty() {
        return asking.scan(Wanted::Channels(Arc::new(filter)));
    }
    let named = filter.names.iter().filter_map(|name| asking.hub.channel_named(name));
    let told = named.filter(|channel| is_told(asking, asker, &filter, channel));
    let lines = told.map(line).collect();
    asking.answer(Answer::Channels(lines));
}

/// Registered channels are listed for operators.
pub(crate) fn ask_registered(asking: &mut Asking<'_>, mask: Text) {
    if asking.operator(Grants::SEE).is_some() {
        asking.scan(Wanted::Registered(mask));
    }
}

/// Those of the channels at these places that LIST tells, the last first.
pub(in crate::verbs) fn lines<'h>(
    asking: &'h Asking<'_>,
    asker: &'h User,
    filter: &'h ChannelFilter,
    places: Range<usize>,
) -> impl Iterator<Item = ChannelLine> + 'h {
    let channels = at(asking, places);
    channels.filter(move |channel| is_told(asking, asker, filter, channel)).map(line)
}

/// Those of them that are registered and match a mask, the last first.
pub(in crate::verbs) fn registered<'h>(
    asking: &'h Asking<'_>,
    mask: &'h str,
    places: Range<usize>,
) -> impl Iterator<Item = ChannelLine> + 'h {
    let registered = at(asking, places).filter(|channel| channel.row.registered);
    registered.filter(move |channel| mask::matches(mask, channel.row.name.folded())).map(line)
}

fn at<'h>(asking: &'h Asking<'_>, places: Range<usize>) -> impl Iterator<Item = &'h Channel> {
    asking.hub.channels.get_range(places).into_iter().flat_map(|found| found.values().rev())
}

fn line(channel: &Channel) -> ChannelLine {
    ChannelLine {
        name: channel.row.name.shown().clone(),
        members: channel.members.len(),
        topic: channel.row.topic.as_ref().map(|t| t.text.clone()).unwrap_or_default(),
    }
}

fn is_told(asking: &Asking<'_>, asker: &User, filter: &ChannelFilter, channel: &Channel) -> bool {
    asker.sees(channel) && passes(filter, channel, asking.now)
}

fn passes(filter: &ChannelFilter, channel: &Channel, now: Millis) -> bool {
    const MINUTE_MS: u64 = 60_000;
    let folded = channel.row.name.folded();
    let members = channel.members.len();
    let made_ms = now.saturating_sub(channel.row.made_at);
    let topic_ms = channel.row.topic.as_ref().map(|topic| now.saturating_sub(topic.at));
    let ms = |minutes: u64| minutes.saturating_mul(MINUTE_MS);
    let matches = |masks: &[Text]| masks.iter().any(|m| mask::matches(m, folded));
    (filter.matching.is_empty() || matches(&filter.matching))
        && !matches(&filter.not_matching)
        && filter.more_than.is_none_or(|n| members > n)
        && filter.fewer_than.is_none_or(|n| members < n)
        && filter.made_before_minutes.is_none_or(|n| made_ms > ms(n))
        && filter.made_within_minutes.is_none_or(|n| made_ms < ms(n))
        && filter.topic_before_minutes.is_none_or(|n| topic_ms.is_some_and(|m| m > ms(n)))
        && filter.topic_within_minutes.is_none_or(|n| topic_ms.is_some_and(|m| m < ms(n)))
}
