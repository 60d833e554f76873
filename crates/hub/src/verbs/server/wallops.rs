//! An operator speaks to all who listen.

use crate::event::Event;
use crate::modes::UserFlags;
use crate::name::Text;
use crate::outcome::Audience;
use crate::refusal::Refusal;
use crate::turn::Turn;
use std::sync::Arc;

pub(crate) fn apply(turn: &mut Turn<'_>, text: Text) {
    let Some(actor) = turn.actor() else { return };
    if !actor.is_operator() {
        return turn.refuse(Refusal::NotOperator);
    }
    let by = Arc::clone(&actor.person);
    let listening = turn.hub.users.values().filter(|user| user.flags.has(UserFlags::WALLOPS));
    let sessions = listening.flat_map(|user| user.sessions.iter().copied()).collect();
    turn.tell(Audience::Sessions(sessions), Event::Wallops { by, text });
}
