//! Nicks that belong to an account besides its name.

use super::own;
use crate::answer::AccountAnswer;
use crate::bounds;
use crate::name::Nick;
use crate::refusal::{AccountRefusal, Refusal};
use crate::turn::Turn;

/// The nick that they wear, in its forms.
pub(crate) fn apply(turn: &mut Turn<'_>, nick: Nick) {
    let Some(account) = own(turn) else { return };
    let worn = nick.shown().clone();
    if turn.actor().is_none_or(|user| user.folded != *nick.folded()) {
        return turn.refuse_account(AccountRefusal::NotYourNick(worn));
    }
    if turn.hub.account_names.contains_key(nick.folded()) {
        return turn.refuse(Refusal::AccountExists(worn));
    }
    if turn.hub.accounts[&account].nicks.len() >= bounds::NICKS_PER_ACCOUNT_MAX {
        return turn.refuse_account(AccountRefusal::TooManyNicks);
    }
    turn.change_account(account, |row| {
        row.nicks.push(nick);
        row.nicks.sort_by(|one, other| one.shown().cmp(other.shown()));
    });
    turn.tell_of(AccountAnswer::Grouped(worn));
}

pub(crate) fn apply_removal(turn: &mut Turn<'_>, nick: &Nick) {
    let Some(account) = own(turn) else { return };
    let is_it = |known: &Nick| known.folded() == nick.folded();
    if !turn.hub.accounts[&account].nicks.iter().any(is_it) {
        return turn.refuse_account(AccountRefusal::NotYourNick(nick.shown().clone()));
    }
    turn.change_account(account, |row| row.nicks.retain(|known| !is_it(known)));
    turn.tell_of(AccountAnswer::Ungrouped(nick.shown().clone()));
}
