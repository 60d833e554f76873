//! A person's own modes. `o` is only ever given by OPER; anyone may drop it.

use crate::answer::Answer;
use crate::event::ModeShown;
use crate::modes::UserFlags;
use crate::turn::Turn;
use crate::verbs::Asking;

pub(crate) fn apply(turn: &mut Turn<'_>, changes: Vec<(UserFlags, bool)>) {
    let Some(actor) = turn.actor().map(|user| user.id) else { return };
    let mut shown = Vec::new();
    for (flag, set) in changes {
        let held = turn.hub.users[&actor].flags.has(flag);
        if held == set || (set && flag == UserFlags::OPERATOR) {
            continue;
        }
        turn.set_flag(actor, flag, set);
        let letter = flag.letters().next().unwrap_or('i');
        shown.push(ModeShown { set, letter, parameter: None });
    }
    if !shown.is_empty() {
        turn.answer(Answer::UserModesChanged(shown));
    }
}

pub(crate) fn ask(asking: &mut Asking<'_>) {
    let Some(asker) = asking.asker() else { return };
    asking.answer(Answer::UserModes(asker.flags));
}
