//! The server started: those who had a place in a channel may come back to it.

use crate::bounds;
use crate::id::SessionId;
use crate::turn::Turn;

pub(crate) fn apply(turn: &mut Turn<'_>) {
    if turn.session() != SessionId::SERVER {
        return;
    }
    let mut any = false;
    for channel in turn.hub.channels.values_mut().filter(|c| !c.row.registered) {
        channel.returning = true;
        any = true;
    }
    turn.hub.returning_until = any.then_some(turn.hub.at + bounds::RETURN_MS_MAX);
}
