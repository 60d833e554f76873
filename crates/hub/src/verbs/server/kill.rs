//! An operator ends someone's connections.

use crate::name::{Nick, Text};
use crate::refusal::Refusal;
use crate::turn::Turn;
use crate::verbs::session::quit;

pub(crate) fn apply(turn: &mut Turn<'_>, nick: &Nick, reason: &str) {
    let Some(actor) = turn.actor() else { return };
    if !actor.is_operator() {
        return turn.refuse(Refusal::NotOperator);
    }
    let Some(user) = turn.hub.user_named(nick) else {
        return turn.refuse(Refusal::NoSuchNick(nick.shown().clone()));
    };
    let reason = Text::from(format!("Killed ({} ({reason}))", actor.nick()));
    let id = user.id;
    quit::end(turn, id, &reason);
}
