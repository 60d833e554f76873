//! How an account's owner wants things.

use super::own;
use crate::answer::{AccountAnswer, Answer};
use crate::bounds;
use crate::command::Preference;
use crate::id::UserId;
use crate::refusal::Refusal;
use crate::turn::Turn;
use crate::verbs::Asking;
use crate::verbs::session::away;

pub(crate) fn apply(turn: &mut Turn<'_>, preference: Preference) {
    let Some(account) = own(turn) else { return };
    turn.change_account(account, |row| {
        let preferences = &mut row.preferences;
        match preference {
            Preference::Replay(lines) => {
                preferences.replay = lines.map(|lines| lines.min(bounds::REPLAY_LINES_MAX));
            }
            Preference::AutoAway(on) => preferences.auto_away = on,
            Preference::Multiclient(on) => preferences.multiclient = on,
            Preference::DirectHistory(on) => preferences.direct_history = on,
        }
    });
    let preferences = turn.hub.accounts[&account].preferences;
    let people: Vec<UserId> = turn.hub.people_of(account).map(|user| user.id).collect();
    for id in people {
        let auto_away = preferences.auto_away;
        away::telling(turn, id, |turn| turn.user_mut(id).auto_away = auto_away);
    }
    turn.tell_of(AccountAnswer::Preferences(preferences));
}

pub(crate) fn ask(asking: &mut Asking<'_>) {
    let Some(asker) = asking.asker() else { return };
    let Some(account) = asker.account else { return asking.refuse(Refusal::AccountNeeded) };
    let preferences = asking.hub.accounts[&account].preferences;
    asking.answer(Answer::Account(Box::new(AccountAnswer::Preferences(preferences))));
}
