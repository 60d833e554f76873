//! Staying with no connection at all.

use super::quit;
use crate::answer::Answer;
use crate::change::Change;
use crate::id::AccountId;
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
    if !stays {
        end_those_who_stayed(turn, account);
    }
    turn.answer_all(Answer::Persistence(stays));
}

/// Whoever logged in by another nick may not be the one who stayed without a connection.
fn end_those_who_stayed(turn: &mut Turn<'_>, account: AccountId) {
    let people = turn.hub.people_of(account).filter(|user| user.sessions.is_empty());
    for user in people.map(|user| user.id).collect::<Vec<_>>() {
        quit::end(turn, user, &"Stays no longer".into());
    }
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
