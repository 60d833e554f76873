//! Staying with no connection at all.

use crate::answer::Answer;
use crate::change::Change;
use crate::refusal::Refusal;
use crate::turn::Turn;
use crate::verbs::Asking;

pub(crate) fn apply(turn: &mut Turn<'_>, stays: bool) {
    let Some(actor) = turn.actor() else { return };
    let Some(account) = actor.account else { return turn.refuse(Refusal::AccountNeeded) };
    let changed = if stays {
        turn.hub.always_on.insert(account)
    } else {
        turn.hub.always_on.remove(&account)
    };
    if changed {
        turn.store(Change::AlwaysOn(account, stays));
        turn.note_presence(account);
    }
    turn.answer_all(Answer::Persistence(stays));
}

pub(crate) fn ask(asking: &mut Asking<'_>) {
    let Some(asker) = asking.asker() else { return };
    match asker.account {
        None => asking.refuse(Refusal::AccountNeeded),
        Some(account) => {
            asking.answer(Answer::Persistence(asking.hub.always_on.contains(&account)));
        }
    }
}
