//! How many of what there are (LUSERS), and whether the asker is an operator.

use crate::answer::Answer;
use crate::refusal::Refusal;
use crate::verbs::Asking;

pub(crate) fn ask(asking: &mut Asking<'_>) {
    let answer = Answer::Counts(asking.hub.counts());
    asking.answer(answer);
}

pub(crate) fn ask_operator(asking: &mut Asking<'_>, what: char) {
    match asking.asker() {
        Some(asker) if asker.is_operator() => asking.answer(Answer::Operator(what)),
        _ => asking.refuse(Refusal::NotOperator),
    }
}
