//! Away, and back.

use crate::answer::Answer;
use crate::event::Event;
use crate::name::Text;
use crate::outcome::Audience;
use crate::turn::Turn;
use crate::verbs::people::monitor;
use std::sync::Arc;

pub(crate) fn apply(turn: &mut Turn<'_>, message: Option<Text>) {
    let Some(actor) = turn.actor() else { return };
    let (id, who) = (actor.id, Arc::clone(&actor.person));
    let channels = actor.channels.as_slice().into();
    let is_new = actor.away != message;
    turn.user_mut(id).away.clone_from(&message);
    turn.answer_all(Answer::Away(message.is_some()));
    if is_new {
        let event = Event::Away { who, message };
        turn.tell(Audience::Neighbours(channels, [].into()), event.clone());
        monitor::tell_apart(turn, id, event);
    }
}
