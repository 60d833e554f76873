//! The end of a session, and of its person when it was the last one and they do not stay.

use super::{away, user_mode};
use crate::answer::Was;
use crate::event::Event;
use crate::id::UserId;
use crate::modes::UserFlags;
use crate::name::Text;
use crate::outcome::Route;
use crate::turn::Turn;
use crate::verbs::channel::part;
use crate::verbs::people::monitor;
use std::sync::Arc;

pub(crate) fn apply(turn: &mut Turn<'_>, reason: &Text) {
    let Some(actor) = turn.actor() else { return };
    let id = actor.id;
    let session = turn.session();
    if actor.sessions.len() > 1 || turn.hub.stays(actor) {
        let channels = actor.channels.as_slice().into();
        turn.hub.end_session(session);
        turn.user_mut(id).sessions.retain(|s| *s != session);
        turn.route(Route::Gone(session, channels, reason.clone()));
        user_mode::settle_secure(turn, id);
        if turn.hub.users[&id].sessions.is_empty() {
            stay(turn, id);
        }
        return;
    }
    end(turn, id, reason);
}

/// Someone stays with no connection: away, and no operator, whose password another connection of
/// theirs may not know.
fn stay(turn: &mut Turn<'_>, id: UserId) {
    turn.unmake_operator(id);
    if turn.hub.users[&id].away.is_none() {
        away::tell(turn, id);
    }
}

/// Ends a person: all their sessions, their places in channels, their nick.
pub(crate) fn end(turn: &mut Turn<'_>, id: UserId, reason: &Text) {
    let user = &turn.hub.users[&id];
    let who = Arc::clone(&user.person);
    let channels = user.channels.clone();
    let neighbours = turn.hub.neighbours(user, &[]);
    let sessions = user.sessions.clone();
    turn.hub.whowas.note(Was {
        person: Arc::clone(&who),
        folded: user.folded.clone(),
        realname: user.realname.clone(),
        until: turn.hub.at,
    });
    for session in &sessions {
        turn.hub.end_session(*session);
        turn.route(Route::Gone(*session, channels.as_slice().into(), reason.clone()));
    }
    if !channels.is_empty() {
        let event = Event::Quit { who, reason: reason.clone() };
        turn.tell(neighbours, event);
    }
    for channel in channels {
        part::leave(turn, id, channel);
    }
    turn.set_flag(id, UserFlags::INVISIBLE, false);
    turn.unmake_operator(id);
    monitor::went(turn, id);
    turn.hub.metadata.forget_person(id);
    let user = turn.hub.users.swap_remove(&id).expect("a person who is here");
    if let Some(account) = user.account {
        turn.hub.forget_wearer(account, id);
    }
    turn.hub.nicks.swap_remove(&user.folded);
}
