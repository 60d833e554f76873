//! Reading back a conversation. The hub says what may be read; a reader fetches it.

use crate::answer::{Answer, HistoryIs, WhyHistory};
use crate::bounds;
use crate::change::Page;
use crate::query::History;
use crate::refusal::Refusal;
use crate::verbs::Asking;

pub(crate) fn ask(asking: &mut Asking<'_>, history: History) {
    let Some(asker) = asking.asker() else { return };
    let Some((with, target, since)) = asking.hub.readable(asker, &history.with) else {
        let with = history.with.shown().clone();
        return asking.refuse(Refusal::NotYourHistory(with, Some(history.span)));
    };
    let page = Page {
        target,
        since,
        upto: asking.hub.seq(),
        span: history.span,
        limit: history.limit.min(bounds::HISTORY_PAGE_MAX),
    };
    asking.answer(Answer::History(Box::new(HistoryIs { with, page, why: WhyHistory::Asked })));
}
