//! A person's own modes. `o` is only ever given by OPER, and anyone may drop it; `s` is for operators,
//! and `Z` the server's to say.

use crate::answer::Answer;
use crate::event::ModeShown;
use crate::id::UserId;
use crate::modes::UserFlags;
use crate::name::Nick;
use crate::refusal::Refusal;
use crate::turn::Turn;
use crate::verbs::Asking;

pub(crate) fn apply(turn: &mut Turn<'_>, changes: Vec<(UserFlags, bool)>) {
    let Some(actor) = turn.actor().map(|user| user.id) else { return };
    let mut shown = Vec::new();
    for (flag, set) in changes {
        let user = &turn.hub.users[&actor];
        let may = match flag {
            UserFlags::OPERATOR => !set,
            UserFlags::SECURE => false,
            UserFlags::NOTICES => user.is_operator(),
            _ => true,
        };
        if user.flags.has(flag) == set || !may {
            continue;
        }
        let hears = user.flags.has(UserFlags::NOTICES);
        if flag == UserFlags::OPERATOR {
            turn.unmake_operator(actor);
        }
        turn.set_flag(actor, flag, set);
        if flag == UserFlags::BOT {
            turn.set_person(actor, |person| person.bot = set);
        }
        let letter = flag.letters().next().unwrap_or('i');
        shown.push(ModeShown { set, letter, parameter: None });
        if flag == UserFlags::OPERATOR && hears {
            shown.push(ModeShown { set, letter: 's', parameter: None });
        }
    }
    if !shown.is_empty() {
        turn.answer_all(Answer::UserModesChanged(shown));
    }
}

/// Notes whether every connection of a person is secure, after one came or went, and tells the
/// others of a change. One that has just come is told in its welcome.
pub(super) fn settle_secure(turn: &mut Turn<'_>, id: UserId) {
    let user = &turn.hub.users[&id];
    let set = turn.hub.is_secure(user);
    if user.flags.has(UserFlags::SECURE) == set {
        return;
    }
    let own = turn.session();
    let others = user.sessions.iter().copied().filter(|session| *session != own).collect();
    turn.set_flag(id, UserFlags::SECURE, set);
    let change = ModeShown { set, letter: 'Z', parameter: None };
    turn.show(others, Answer::UserModesChanged(vec![change]));
}

pub(crate) fn ask(asking: &mut Asking<'_>, nick: &Nick) {
    let Some(asker) = asking.asker() else { return };
    match asking.hub.user_named(nick) {
        None => asking.refuse(Refusal::NoSuchNick(nick.shown().clone())),
        Some(user) if user.id != asker.id => asking.refuse(Refusal::NotYourModes),
        Some(user) => asking.answer(Answer::UserModes(user.flags)),
    }
}
