//! What was written to someone who stays, while no connection of theirs was there: shown to the first
//! that comes, if it cannot ask for it.

use crate::answer::{Answer, HistoryIs, WhyHistory};
use crate::bounds;
use crate::change::{Beside, Change, Page, Span, Target};
use crate::id::AccountId;
use crate::turn::Turn;

/// Notes that an account has missed what another writes with this entry.
pub(super) fn note(turn: &mut Turn<'_>, account: AccountId, with: AccountId) {
    let known = turn.hub.missed.range((account, AccountId(0))..=(account, AccountId(u32::MAX)));
    let is_full = known.count() >= bounds::MISSED_CONVERSATIONS_MAX;
    if is_full || turn.hub.missed.contains_key(&(account, with)) {
        return;
    }
    let since = turn.hub.seq - 1;
    turn.hub.missed.insert((account, with), since);
    turn.store(Change::Missed(account, with, Some(since)));
}

/// Shows the session what its account has missed, which it has not any more.
pub(in crate::verbs) fn show(turn: &mut Turn<'_>) {
    let Some(account) = turn.actor().and_then(|user| user.account) else { return };
    let missed = turn.hub.missed.range((account, AccountId(0))..=(account, AccountId(u32::MAX)));
    for ((_, with), since) in missed.map(|(key, since)| (*key, *since)).collect::<Vec<_>>() {
        turn.hub.missed.remove(&(account, with));
        turn.store(Change::Missed(account, with, None));
        let Some(other) = turn.hub.accounts.get(&with) else { continue };
        let (name, limit) = (other.name.shown().clone(), turn.hub.settings.replay);
        if limit > 0 {
            let (target, upto) = (Target::pair(account, with), turn.hub.seq);
            let (span, beside) = (Span::Latest(None), Beside::Nothing);
            let page = Page { target, since, upto, span, beside, limit };
            let history = HistoryIs { with: name, page, why: WhyHistory::Missed };
            turn.answer(Answer::History(Box::new(history)));
        }
    }
}
