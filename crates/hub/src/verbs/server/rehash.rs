//! An operator asks for the configuration to be read again.

use crate::answer::Answer;
use crate::modes::Grants;
use crate::outcome::Asked;
use crate::turn::Turn;

pub(crate) fn apply(turn: &mut Turn<'_>) {
    let Some(actor) = turn.operator(Grants::REHASH) else { return };
    turn.ask_of_the_process(Asked::Rehash);
    turn.answer(Answer::Rehashing);
    turn.notice(format!("{} has the configuration read again", turn.hub.users[&actor].nick()));
}
