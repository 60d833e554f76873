//! The end of a session, and of its person when it was the last one and they do not stay.

use super::{away, user_mode};
use crate::answer::Was;
use crate::event::Event;
use crate::id::{SessionId, UserId};
use crate::modes::UserFlags;
use crate::name::Text;
use crate::outcome::Route;
use crate::turn::Turn;
use crate::verbs::channel::part;
use crate::verbs::people::monitor;
use std::sync::Arc;

pub(crate) fn apply(turn: &mut Turn<'_>, reason: &Text) {
    let session = turn.session();
    end_session(turn, session, reason);
}

/// Ends a session, and its person with it if it was the last one and they do not stay.
pub(crate) fn end_session(turn: &mut Turn<'_>, session: SessionId, reason: &Text) {
    let Some(user) = turn.hub.user_of(session) else { return };
    let id = user.id;
    if user.sessions.len() == 1 && !turn.hub.stays(user) {
        return end(turn, id, reason);
    }
    let channels = user.channels.as_slice().into();
    away::telling(turn, id, |turn| {
        let was_unattended = turn.hub.sessions[&session].is_unattended;
        turn.hub.end_session(session);
        let user = turn.user_mut(id);
        user.sessions.retain(|other| *other != session);
        user.unattended -= u16::from(was_unattended);
        turn.route(Route::Gone(session, channels, reason.clone()));
        user_mode::settle_secure(turn, id);
        turn.look_again_at(id);
    });
    // Another connection of theirs may not know the operator's password.
    if turn.hub.users[&id].sessions.is_empty() {
        turn.unmake_operator(id);
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
        turn.happen(Some(id), neighbours, event);
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
