//! The code that was sent to the owner of a new account; and those accounts for which it never came.

use super::login;
use crate::answer::AccountAnswer;
use crate::change::{Change, Standing};
use crate::command::Credential;
use crate::id::AccountId;
use crate::name::Nick;
use crate::refusal::AccountRefusal;
use crate::turn::Turn;
use crate::verbs::session::nick as nicks;

pub(crate) fn apply(turn: &mut Turn<'_>, name: &Nick, code: &str) {
    let shown = name.shown().clone();
    let actor = turn.actor().map(|user| (user.id, user.account));
    if actor.is_some_and(|(_, account)| account.is_some()) {
        return turn.refuse_account(AccountRefusal::LoggedIn(shown));
    }
    let Some(account) = waiting(turn, name, code) else {
        return turn.refuse_account(AccountRefusal::WrongCode(shown));
    };
    turn.change_account(account, |row| row.standing = Standing::Good);
    let wearer = turn.hub.user_named(name).map(|user| user.id);
    if let Some(wearer) = wearer.filter(|wearer| actor.is_none_or(|(id, _)| id != *wearer)) {
        // From here on the nick is the owner's alone.
        nicks::give_another(turn, wearer, name);
    }
    let row = &turn.hub.accounts[&account];
    let (name, version) = (row.name.shown().clone(), row.version);
    if let Some((id, _)) = actor {
        login::attach(turn, id, account);
    }
    turn.tell_of(AccountAnswer::Verified(name, Credential { account, version }));
}

/// The account that waits for this code.
fn waiting(turn: &Turn<'_>, name: &Nick, given: &str) -> Option<AccountId> {
    let id = *turn.hub.account_names.get(name.folded())?;
    match &turn.hub.accounts[&id].standing {
        Standing::Unverified { code, .. } => (**code == *given).then_some(id),
        Standing::Good | Standing::Suspended(_) => None,
    }
}

/// Drops the accounts whose code did not come in time. Nobody wears them, and they have no place.
pub(crate) fn expire(turn: &mut Turn<'_>) {
    let now = turn.hub.at;
    let late = turn.hub.unverified.range(..=(now, AccountId(u32::MAX)));
    for account in late.map(|(_, account)| *account).collect::<Vec<_>>() {
        turn.hub.remove_account(account);
        turn.store(Change::AccountEnded(account));
    }
}
