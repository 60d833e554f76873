//! Another real name (setname).

use crate::event::Event;
use crate::name::Text;
use crate::turn::Turn;
use crate::verbs::people::monitor;
use std::sync::Arc;

pub(crate) fn apply(turn: &mut Turn<'_>, realname: Text) {
    let Some(actor) = turn.actor() else { return };
    let (id, who) = (actor.id, Arc::clone(&actor.person));
    let audience = turn.hub.neighbours(actor, &actor.sessions);
    turn.user_mut(id).realname = realname.clone();
    turn.look_again_at(id);
    let event = Event::SetName { who, realname };
    turn.tell(audience, event.clone());
    monitor::tell_apart(turn, id, event);
}
