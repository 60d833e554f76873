//! Reading back what was said since a time, in one conversation or in all that someone has
//! (znc.in/playback).

use crate::answer::{Answer, HistoryIs, WhyHistory};
use crate::bounds;
use crate::change::{self, Beside, Page, Point, Span};
use crate::command::Recipient;
use crate::id::Millis;
use crate::query::Playback;
use crate::verbs::Asking;

pub(crate) fn ask(asking: &mut Asking<'_>, playback: &Playback) {
    match playback {
        Playback::One(with, span) => one(asking, with, *span),
        Playback::All(span) => all(asking, *span),
        Playback::List => list(asking),
    }
}

/// What is not the asker's to read is left out.
fn one(asking: &mut Asking<'_>, with: &Recipient, span: Span) {
    let Some(asker) = asking.asker() else { return };
    let Some((with, target, since)) = asking.hub.readable(asker, with) else { return };
    let (upto, limit) = (asking.hub.seq(), bounds::HISTORY_PAGE_MAX);
    let page = Page { target, since, upto, span, beside: Beside::Nothing, limit };
    asking.answer(Answer::History(Box::new(HistoryIs { with, page, why: WhyHistory::Played })));
}

fn all(asking: &mut Asking<'_>, span: Span) {
    let Some(asker) = asking.asker() else { return };
    let from = match span {
        Span::Latest(Some(Point::At(from))) | Span::Between(_, Point::At(from)) => from,
        _ => 0,
    };
    let conversations = asking.hub.conversations(asker, LATEST, from, bounds::HISTORY_PAGE_MAX);
    let lines_max = bounds::PLAYBACK_LINES_MAX;
    let playback = change::Playback { conversations, span, lines_max };
    asking.answer(Answer::Playback(Box::new(playback)));
}

fn list(asking: &mut Asking<'_>) {
    let Some(asker) = asking.asker() else { return };
    let conversations = asking.hub.conversations(asker, LATEST, 0, bounds::HISTORY_PAGE_MAX);
    asking.answer(Answer::Targets(Box::new(conversations), WhyHistory::Played));
}

/// Later than anything is said: from there on the newest are counted.
const LATEST: Millis = Millis::MAX;
