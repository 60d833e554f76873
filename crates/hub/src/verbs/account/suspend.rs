//! An operator does not want an account to be used, or does again.

use crate::answer::AccountAnswer;
use crate::change::{Change, Standing};
use crate::id::{AccountId, UserId};
use crate::modes::Grants;
use crate::name::{Nick, Text};
use crate::refusal::AccountRefusal;
use crate::turn::Turn;
use crate::verbs::session::quit;

pub(crate) fn apply(turn: &mut Turn<'_>, name: &Nick, why: Text) {
    let Some(account) = meant(turn, name) else { return };
    let reason = Text::from(format!("Your account is suspended: {why}"));
    turn.change_account(account, |row| {
        row.standing = Standing::Suspended(why);
        row.version += 1;
    });
    turn.tell_of(AccountAnswer::Suspended(turn.hub.accounts[&account].name.shown().clone()));
    if turn.hub.always_on.remove(&account) {
        turn.store(Change::AlwaysOn(account, false));
        turn.note_presence(account);
    }
    let people: Vec<UserId> = turn.hub.people_of(account).map(|user| user.id).collect();
    for id in people {
        quit::end(turn, id, &reason);
    }
}

pub(crate) fn apply_end(turn: &mut Turn<'_>, name: &Nick) {
    let Some(account) = meant(turn, name) else { return };
    let row = &turn.hub.accounts[&account];
    let shown = row.name.shown().clone();
    if matches!(row.standing, Standing::Suspended(_)) {
        turn.change_account(account, |row| row.standing = Standing::Good);
    }
    turn.tell_of(AccountAnswer::Unsuspended(shown));
}

/// The account that an operator means, who may ban. One that waits for its code has none to
/// suspend.
fn meant(turn: &mut Turn<'_>, name: &Nick) -> Option<AccountId> {
    turn.operator(Grants::BAN)?;
    let account = turn.hub.owner_of(name.folded());
    if account.is_none() {
        turn.refuse_account(AccountRefusal::NoSuchAccount(name.shown().clone()));
    }
    account
}
