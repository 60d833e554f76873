//! Becoming a server operator. The password was verified before, against the configuration.

use crate::answer::Answer;
use crate::command::Oper;
use crate::event::ModeShown;
use crate::name::Text;
use crate::refusal::Refusal;
use crate::turn::Turn;

pub(crate) fn apply(turn: &mut Turn<'_>, oper: Oper) {
    let Some(actor) = turn.actor().map(|user| user.id) else { return };
    if !turn.hub.settings.operators.contains(&oper) {
        // The configuration was read again meanwhile.
        return turn.refuse(Refusal::WrongPassword);
    }
    let was = turn.hub.users[&actor].is_operator();
    let notice = format!("{} is an operator now, as {}", turn.hub.users[&actor].person, oper.name);
    turn.make_operator(actor, oper);
    if !was {
        let shown = ['o', 's'].map(|letter| ModeShown { set: true, letter, parameter: None });
        turn.answer_all(Answer::UserModesChanged(shown.into()));
    }
    turn.answer_all(Answer::NowOperator);
    if !was {
        turn.notice(notice);
    }
}

/// A password was wrong, as its door has said. The operators hear of it.
pub(crate) fn apply_wrong(turn: &mut Turn<'_>, name: &Text) {
    let Some(actor) = turn.actor() else { return };
    let notice = format!("{} gave a wrong password to be an operator, as {name}", actor.person);
    turn.notice(notice);
}
