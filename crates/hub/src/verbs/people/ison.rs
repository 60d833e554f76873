//! Which of these people are here.

use crate::answer::Answer;
use crate::name::Nick;
use crate::verbs::Asking;

pub(crate) fn ask(asking: &mut Asking<'_>, nicks: &[Nick]) {
    let present = nicks.iter().filter_map(|nick| asking.hub.user_named(nick));
    let answer = Answer::Ison(present.map(|user| user.nick().clone()).collect());
    asking.answer(answer);
}
