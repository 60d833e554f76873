//! How many of what there are (LUSERS), and whether the asker is an operator.

use crate::answer::Answer;
use crate::modes::Grants;
use crate::verbs::Asking;

pub(crate) fn ask(asking: &mut Asking<'_>) {
    let answer = Answer::Counts(asking.hub.counts());
    asking.answer(answer);
}

pub(crate) fn ask_operator(asking: &mut Asking<'_>, what: char) {
    if asking.operator(Grants::SEE).is_some() {
        asking.answer(Answer::Operator(what));
    }
}
