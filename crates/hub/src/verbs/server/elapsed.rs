//! A deadline has passed.

use crate::id::SessionId;
use crate::turn::Turn;
use crate::verbs::channel;

pub(crate) fn apply(turn: &mut Turn<'_>) {
    let due = turn.hub.deadline().is_some_and(|deadline| turn.hub.at >= deadline);
    if turn.session() == SessionId::SERVER && due {
        channel::expire(turn);
    }
}
