//! Which conversations there are to read back. The hub says whose may be listed; a reader knows when
//! something was said in them.

use crate::answer::{Answer, WhyHistory};
use crate::bounds;
use crate::change::Conversations;
use crate::id::Millis;
use crate::query::Targets;
use crate::state::{Channel, Hub, User};
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
        let readable = |channel: &Channel| {
            let since = self.readable_since(asker, channel);
            (channel.id(), channel.row.name.shown().clone(), since)
        };
        let channels = asker.channels.iter().map(|id| readable(&self.channels[id])).collect();
        Conversations { channels, account: self.reads_as(asker), upto: self.seq(), from, to, limit }
    }
}
