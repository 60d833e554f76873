//! The hub's settings are now these, or stay what they were.

use crate::answer::Answer;
use crate::event::ModeShown;
use crate::id::SessionId;
use crate::modes::UserFlags;
use crate::name::Text;
use crate::settings::Settings;
use crate::state::{Hub, RULES, User};
use crate::turn::Turn;
use crate::verbs::channel;

pub(crate) fn apply(turn: &mut Turn<'_>, settings: Settings) {
    if turn.session() != SessionId::SERVER {
        return;
    }
    channel::keep_lobby(turn, &settings.lobby);
    turn.hub.settings = settings;
    withdraw_rights(turn);
}

/// Whoever is a server operator by what the configuration no longer says is one no more.
fn withdraw_rights(turn: &mut Turn<'_>) {
    let Hub { users, settings, .. } = &*turn.hub;
    let is_withdrawn = |user: &&User| {
        user.particulars.operator.as_ref().is_some_and(|it| !settings.operators.contains(it))
    };
    let withdrawn: Vec<_> = users.values().filter(is_withdrawn).map(|user| user.id).collect();
    for id in withdrawn {
        let user = &turn.hub.users[&id];
        let (sessions, flags) = (user.sessions.iter().copied().collect(), user.flags);
        let notice =
            format!("{} is an operator no more: the configuration has changed", user.person);
        turn.unmake_operator(id);
        let lost = [(UserFlags::OPERATOR, 'o'), (UserFlags::NOTICES, 's')];
        let lost = lost.into_iter().filter(|(flag, _)| flags.has(*flag));
        let shown = lost.map(|(_, letter)| ModeShown { set: false, letter, parameter: None });
        turn.show(sessions, Answer::UserModesChanged(shown.collect()));
        turn.notice(notice);
    }
}

/// The operators hear of it, whichever of them asked, or whoever had it read by a signal.
pub(crate) fn stays(turn: &mut Turn<'_>, why: Text) {
    if turn.session() == SessionId::SERVER {
        turn.notice(why);
    }
}

/// A change of the rules takes effect by an entry, at the same place everywhere.
pub(crate) fn apply_rules(version: u32) {
    assert!(version <= RULES, "the journal uses rules {version}; this build knows up to {RULES}");
}
