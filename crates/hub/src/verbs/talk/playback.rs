//! Reading back what was said since a time, in one conversation or in all channels (znc.in/playback).

use crate::answer::{Answer, HistoryIs, WhyHistory};
use crate::bounds;
use crate::change::{Page, Target};
use crate::query::Playback;
use crate::verbs::Asking;

/// What is not the asker's to read is left out, as is a channel in which nothing was said.
pub(crate) fn ask(asking: &mut Asking<'_>, playback: &Playback) {
    let Some(asker) = asking.asker() else { return };
    let within: Vec<_> = if let Some(with) = &playback.with {
        asking.hub.readable(asker, with).into_iter().collect()
    } else {
        let channels = asker.channels.iter().map(|id| &asking.hub.channels[id].row);
        let all =
            channels.map(|row| (row.name.shown().clone(), Target::Channel(row.id), row.since));
        all.collect()
    };
    let share = bounds::PLAYBACK_LINES_MAX / within.len().max(1);
    let limit = share.min(bounds::HISTORY_PAGE_MAX.into()) as u16;
    for (with, target, since) in within {
        let upto = asking.hub.seq();
        let page = Page { target, since, upto, span: playback.span, limit };
        let why = WhyHistory::Played;
        asking.answer(Answer::History(Box::new(HistoryIs { with, page, why })));
    }
}
