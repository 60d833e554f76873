//! An operator ends someone's connections.

use crate::event::Event;
use crate::modes::Grants;
use crate::name::{Nick, Text};
use crate::outcome::Audience;
use crate::refusal::Refusal;
use crate::turn::Turn;
use crate::verbs::session::quit;
use std::sync::Arc;

pub(crate) fn apply(turn: &mut Turn<'_>, nick: &Nick, reason: &str) {
    let Some(actor) = turn.operator(Grants::KILL) else { return };
    let Some(user) = turn.hub.user_named(nick) else {
        return turn.refuse(Refusal::NoSuchNick(nick.shown().clone()));
    };
    let (id, killed, sessions) = (user.id, user.nick().clone(), user.sessions_boxed());
    let by = Arc::clone(&turn.hub.users[&actor].person);
    let words = Text::from(format!("Killed ({} ({reason}))", by.nick));
    let notice = format!("{} killed {killed}: {reason}", by.nick);
    let event = Event::Killed { by, nick: killed, reason: reason.into() };
    turn.tell(Audience::Sessions(sessions), event);
    quit::end(turn, id, &words);
    turn.notice(notice);
}
