//! Which conversations there are to read back. The hub says whose may be listed; a reader knows when
//! something was said in them.

use crate::answer::{Answer, WhyHistory};
use crate::bounds;
use crate::change::Conversations;
use crate::id::Millis;
use crate::query::Targets;
use crate::state::{Hub, User};
use crate::verbs::Asking;

pub(crate) fn ask(asking: &mut Asking<'_>, targets: Targets) {
    let Some(asker) = asking.asker() else { return };
    let limit = targets.limit.min(bounds::HISTORY_PAGE_MAX);
    let conversations = asking.hub.conversations(asker, targets.from, targets.to, limit);
    asking.answer(Answer::Targets(Box::new(conversations), WhyHistory::Asked));
}

impl Hub {
    /// The conversations that are someone's to read, as far as something was said in them between two moments.
    pub(crate) fn conversations(
        &self,
        asker: &User,
        from: Millis,
        to: Millis,
        limit: u16,
    ) -> Conversations {
        let channels = asker.channels.iter().map(|id| &self.channels[id].row);
        let channels = channels.map(|row| (row.id, row.name.shown().clone(), row.since)).collect();
        Conversations { channels, account: asker.account, upto: self.seq(), from, to, limit }
    }
}
