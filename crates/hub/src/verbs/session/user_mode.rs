//! A person's own modes. `o` is only ever given by OPER; anyone may drop it.

use crate::answer::Answer;
use crate::event::ModeShown;
use crate::modes::UserFlags;
use crate::name::Nick;
use crate::refusal::Refusal;
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
        if flag == UserFlags::BOT {
            turn.set_person(actor, |person| person.bot = set);
        }
        let letter = flag.letters().next().unwrap_or('i');
        shown.push(ModeShown { set, letter, parameter: None });
    }
    if !shown.is_empty() {
        turn.answer_all(Answer::UserModesChanged(shown));
    }
}

pub(crate) fn ask(asking: &mut Asking<'_>, nick: &Nick) {
    let Some(asker) = asking.asker() else { return };
    match asking.hub.user_named(nick) {
        None => asking.refuse(Refusal::NoSuchNick(nick.shown().clone())),
        Some(user) if user.id != asker.id => asking.refuse(Refusal::NotYourModes),
        Some(user) => asking.answer(Answer::UserModes(user.flags)),
    }
}
