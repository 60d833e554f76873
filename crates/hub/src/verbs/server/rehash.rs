//! An operator asks for the configuration to be read again.

use crate::answer::Answer;
use crate::outcome::Asked;
use crate::refusal::Refusal;
use crate::turn::Turn;

pub(crate) fn apply(turn: &mut Turn<'_>) {
    let Some(actor) = turn.actor() else { return };
    if !actor.is_operator() {
        return turn.refuse(Refusal::NotOperator);
    }
    turn.ask_of_the_process(Asked::Rehash);
    turn.answer(Answer::Rehashing);
}
