//! A host that belongs to an account: whoever wears it is seen to come from there.

use crate::answer::AccountAnswer;
use crate::id::UserId;
use crate::modes::Grants;
use crate::name::{Nick, Text};
use crate::refusal::AccountRefusal;
use crate::turn::Turn;
use crate::verbs::server::chghost;

/// An operator gives an account a host, or takes it.
pub(crate) fn apply(turn: &mut Turn<'_>, name: &Nick, host: Option<Text>) {
    let Some(actor) = turn.operator(Grants::SA) else { return };
    let Some(account) = turn.hub.owner_of(name.folded()) else {
        return turn.refuse_account(AccountRefusal::NoSuchAccount(name.shown().clone()));
    };
    let shown = turn.hub.accounts[&account].name.shown().clone();
    if turn.hub.accounts[&account].host != host {
        let by = turn.hub.users[&actor].nick().clone();
        let words =
            host.as_ref().map_or("no host of its own".into(), |host| format!("the host {host}"));
        turn.change_account(account, |row| row.host.clone_from(&host));
        let people: Vec<UserId> = turn.hub.people_of(account).map(|user| user.id).collect();
        for user in people {
            show(turn, user);
        }
        turn.notice(format!("{by} gave the account {shown} {words}"));
    }
    turn.tell_of(AccountAnswer::HostIs(shown, host));
}

/// The host of the account that a person wears.
pub(super) fn of(turn: &Turn<'_>, user: UserId) -> Option<Text> {
    let account = turn.hub.users[&user].account?;
    turn.hub.accounts.get(&account)?.host.clone()
}

/// A person wears another account: unless it makes no difference, what an operator gave them for now is
/// theirs no more.
pub(super) fn became(turn: &mut Turn<'_>, user: UserId, before: Option<&Text>) {
    if of(turn, user).as_ref() != before {
        show(turn, user);
    }
}

/// Others see a person come from their account's host, or from where they do.
fn show(turn: &mut Turn<'_>, user: UserId) {
    let host = of(turn, user).unwrap_or_else(|| turn.hub.users[&user].plain_host().clone());
    chghost::change(turn, user, &host);
}
