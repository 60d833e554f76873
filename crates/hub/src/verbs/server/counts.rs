//! How many of what there are (LUSERS), and whether the asker is an operator.

use crate::answer::{Answer, Counts};
use crate::modes::Grants;
use crate::name::Nick;
use crate::query::OfServer;
use crate::refusal::Refusal;
use crate::verbs::Asking;

pub(crate) fn ask(asking: &mut Asking<'_>, connections: usize) {
    let unknown = connections.saturating_sub(asking.hub.sessions.len());
    asking.answer(Answer::Counts(Counts { unknown, ..asking.hub.counts() }));
}

/// Something is asked of the server at which somebody is.
pub(crate) fn ask_about(asking: &mut Asking<'_>, nick: &Nick, what: OfServer) {
    match asking.hub.user_named(nick) {
        None => asking.refuse(Refusal::NoSuchServer(nick.shown().clone())),
        Some(_) => asking.answer(Answer::OfServer(what)),
    }
}

pub(crate) fn ask_operator(asking: &mut Asking<'_>, what: char) {
    if asking.operator(Grants::SEE).is_some() {
        asking.answer(Answer::Operator(what));
    }
}
