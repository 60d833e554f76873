//! Searching what the asker may read.

use crate::answer::Answer;
use crate::bounds;
use crate::change::{Search, Target};
use crate::id::Seq;
use crate::query::SearchFor;
use crate::refusal::Refusal;
use crate::state::{Channel, User};
use crate::verbs::Asking;

pub(crate) fn ask(asking: &mut Asking<'_>, search: SearchFor) {
    let Some(asker) = asking.asker() else { return };
    let (within, account) = match &search.within {
        None => (everything(asking, asker), asking.hub.reads_as(asker)),
        Some(with) => match asking.hub.readable(asker, with) {
            Some((_, target, since)) => (vec![(target, since)], None),
            None => return asking.refuse(Refusal::NotYourHistory(with.shown().clone(), None)),
        },
    };
    let search = Search {
        within,
        account,
        upto: asking.hub.seq(),
        words: search.words,
        sieve: search.sieve,
        limit: search.limit.min(bounds::SEARCH_HITS_MAX),
    };
    asking.answer(Answer::Search(Box::new(search)));
}

/// All channels that the asker is in. With whom their account has conversations, a reader knows.
fn everything(asking: &Asking<'_>, asker: &User) -> Vec<(Target, Seq)> {
    let channels = asker.channels.iter().map(|id| &asking.hub.channels[id]);
    let readable = |channel: &Channel| {
        (Target::Channel(channel.id()), asking.hub.readable_since(asker, channel))
    };
    channels.map(readable).collect()
}
