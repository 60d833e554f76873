//! Away, and back.

use crate::answer::Answer;
use crate::event::Event;
use crate::id::UserId;
use crate::name::Text;
use crate::turn::Turn;
use crate::verbs::people::monitor;
use std::sync::Arc;

pub(crate) fn apply(turn: &mut Turn<'_>, message: Option<Text>) {
    let Some(actor) = turn.actor() else { return };
    let id = actor.id;
    turn.answer_all(Answer::Away(message.is_some()));
    telling(turn, id, |turn| {
        set_unattended(turn, false);
        turn.user_mut(id).set_away(message);
    });
}

/// Nobody sits at this connection: as if it were not there, when it is asked whether they are.
pub(crate) fn apply_unattended(turn: &mut Turn<'_>) {
    let Some(id) = turn.actor().map(|user| user.id) else { return };
    turn.answer(Answer::Away(true));
    telling(turn, id, |turn| set_unattended(turn, true));
}

/// Notes whether somebody sits at the session.
pub(super) fn set_unattended(turn: &mut Turn<'_>, is_unattended: bool) {
    let id = turn.session();
    let Some(session) = turn.hub.sessions.get_mut(&id) else { return };
    let (user, was) = (session.user, session.is_unattended);
    session.is_unattended = is_unattended;
    let user = turn.user_mut(user);
    user.unattended = user.unattended + u16::from(is_unattended) - u16::from(was);
}

/// Does something that may change whether someone is away, and tells of it if it did.
pub(crate) fn telling(turn: &mut Turn<'_>, id: UserId, change: impl FnOnce(&mut Turn<'_>)) {
    let before = turn.hub.users[&id].away();
    change(turn);
    if turn.hub.users[&id].away() != before {
        tell(turn, id);
    }
}

/// Tells neighbours, and those who watch for them, whether someone is away now.
fn tell(turn: &mut Turn<'_>, id: UserId) {
    let user = &turn.hub.users[&id];
    let event = Event::Away { who: Arc::clone(&user.person), message: user.away() };
    let audience = turn.hub.neighbours(user, &[]);
    turn.tell(audience, event.clone());
    monitor::tell_apart(turn, id, event);
}
