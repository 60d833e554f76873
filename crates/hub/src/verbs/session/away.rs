//! Away, and back.

use crate::answer::Answer;
use crate::name::Text;
use crate::turn::Turn;

pub(crate) fn apply(turn: &mut Turn<'_>, message: Option<Text>) {
    let Some(actor) = turn.actor().map(|user| user.id) else { return };
    let away = message.is_some();
    turn.user_mut(actor).away = message;
    turn.answer_all(Answer::Away(away));
}
