//! A deadline has passed.

use super::ban;
use crate::id::SessionId;
use crate::turn::Turn;
use crate::verbs::account::verify;
use crate::verbs::channel;

pub(crate) fn apply(turn: &mut Turn<'_>) {
    if turn.session() != SessionId::SERVER {
        return;
    }
    if turn.hub.returning_until.is_some_and(|deadline| turn.hub.at >= deadline) {
        channel::expire(turn);
    }
    ban::expire(turn);
    verify::expire(turn);
}
