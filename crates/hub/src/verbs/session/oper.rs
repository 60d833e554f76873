//! Becoming a server operator. The password was verified before, against the configuration.

use crate::answer::Answer;
use crate::command::Oper;
use crate::event::ModeShown;
use crate::state::Operator;
use crate::turn::Turn;

pub(crate) fn apply(turn: &mut Turn<'_>, oper: Oper) {
    let Some(actor) = turn.actor().map(|user| user.id) else { return };
    let was = turn.hub.users[&actor].is_operator();
    let Oper { name, grants } = oper;
    let notice = format!("{} is an operator now, as {name}", turn.hub.users[&actor].person);
    turn.make_operator(actor, Operator { name, grants });
    if !was {
        let shown = ['o', 's'].map(|letter| ModeShown { set: true, letter, parameter: None });
        turn.answer_all(Answer::UserModesChanged(shown.into()));
    }
    turn.answer_all(Answer::NowOperator);
    if !was {
        turn.notice(notice);
    }
}
