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
    let (id, is_new) = (actor.id, actor.away != message);
    turn.answer_all(Answer::Away(message.is_some()));
    turn.user_mut(id).away = message;
    if is_new {
        tell(turn, id);
    }
}

/// Tells neighbours, and those who watch for them, whether someone is away now.
pub(super) fn tell(turn: &mut Turn<'_>, id: UserId) {
    let user = &turn.hub.users[&id];
    let event = Event::Away { who: Arc::clone(&user.person), message: user.away() };
    let audience = turn.hub.neighbours(user, &[]);
    turn.tell(audience, event.clone());
    monitor::tell_apart(turn, id, event);
}
