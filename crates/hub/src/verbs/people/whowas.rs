//! People who were here.

use crate::answer::Answer;
use crate::bounds;
use crate::name::Nick;
use crate::verbs::Asking;

/// Answers with at most `most` entries of each nick, the latest first; all of them when it is 0.
pub(crate) fn ask(asking: &mut Asking<'_>, nicks: &[Nick], most: usize) {
    if asking.asker().is_none() {
        return;
    }
    let most = if most == 0 { bounds::WHOWAS_MAX } else { most };
    for nick in nicks.iter().take(bounds::TARGETS_PER_COMMAND_MAX) {
        let known = asking.hub.whowas.of(nick.folded()).take(most).cloned().collect();
        asking.answer(Answer::Whowas(nick.shown().clone(), known));
    }
}
