//! Becoming a server operator. The password was verified before, against the configuration.

use crate::answer::Answer;
use crate::event::ModeShown;
use crate::modes::UserFlags;
use crate::turn::Turn;

pub(crate) fn apply(turn: &mut Turn<'_>) {
    let Some(actor) = turn.actor().map(|user| user.id) else { return };
    let was = turn.hub.users[&actor].is_operator();
    turn.set_flag(actor, UserFlags::OPERATOR, true);
    if !was {
        let shown = ModeShown { set: true, letter: 'o', parameter: None };
        turn.answer_all(Answer::UserModesChanged(vec![shown]));
    }
    turn.answer_all(Answer::NowOperator);
}
