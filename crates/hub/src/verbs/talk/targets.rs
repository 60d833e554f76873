//! Which conversations there are to read back. The hub says whose may be listed; a reader knows when
//! something was said in them.

use crate::answer::Answer;
use crate::bounds;
use crate::change::Conversations;
use crate::query::Targets;
use crate::verbs::Asking;

pub(crate) fn ask(asking: &mut Asking<'_>, targets: Targets) {
    let Some(asker) = asking.asker() else { return };
    let channels = asker.channels.iter().map(|id| &asking.hub.channels[id].row);
    let conversations = Conversations {
        channels: channels.map(|row| (row.id, row.name.shown().clone(), row.since)).collect(),
        account: asker.account,
        upto: asking.hub.seq(),
        from: targets.from,
        to: targets.to,
        limit: targets.limit.min(bounds::HISTORY_PAGE_MAX),
    };
    asking.answer(Answer::Targets(Box::new(conversations)));
}
