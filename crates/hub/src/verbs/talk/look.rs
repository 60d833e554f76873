//! Looking up a message that something is to be done with. The hub says which one the asker may read; a
//! reader knows whose it is, and what is done with it comes back as a command that says so.

use super::amending::open_to;
use crate::answer::Answer;
use crate::change::Look;
use crate::query::LookFor;
use crate::refusal::Refusal;
use crate::verbs::Asking;

pub(crate) fn ask(asking: &mut Asking<'_>, look: &LookFor) {
    let Some(asker) = asking.asker() else { return };
    let Some((_, target, since)) = open_to(asking.hub, asker, &look.with) else {
        return asking.refuse(Refusal::NotYoursToAmend(look.to, look.with.shown().clone()));
    };
    asking.answer(Answer::Look(Box::new(Look {
        target,
        since,
        upto: asking.hub.seq(),
        last: asking.hub.keep_of(target).last,
        id: look.id,
    })));
}
