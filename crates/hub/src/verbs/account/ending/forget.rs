//! All that an account wrote is to be forgotten. The store hides it with this entry, and removes it between
//! everything else; the account stays. Nobody's client is told: it would be as many lines as were written.

use super::confirmation;
use crate::answer::AccountAnswer;
use crate::bounds;
use crate::change::Change;
use crate::id::AccountId;
use crate::modes::Grants;
use crate::name::Nick;
use crate::refusal::AccountRefusal;
use crate::turn::Turn;
use crate::verbs::account::own;

/// Sets its code apart from that of DROP.
const SALT: u64 = 0x666f_7267_6574;

pub(crate) fn apply(turn: &mut Turn<'_>, code: Option<&str>) {
    let Some(account) = own(turn) else { return };
    let row = &turn.hub.accounts[&account];
    let (name, wanted) = (row.name.shown().clone(), confirmation(row, SALT));
    match code {
        None => turn.tell_of(AccountAnswer::ForgetCode(name, wanted)),
        Some(code) if *code == *wanted => forget(turn, account),
        Some(_) => turn.refuse_account(AccountRefusal::WrongCode(name)),
    }
}

/// An operator has it forgotten.
pub(crate) fn apply_for_another(turn: &mut Turn<'_>, name: &Nick) {
    if turn.operator(Grants::SA).is_none() {
        return;
    }
    match turn.hub.owner_of(name.folded()) {
        Some(account) => forget(turn, account),
        None => turn.refuse_account(AccountRefusal::NoSuchAccount(name.shown().clone())),
    }
}

fn forget(turn: &mut Turn<'_>, account: AccountId) {
    let upto = turn.hub.seq;
    let lately = &mut turn.hub.forgotten_lately;
    lately.retain(|(known, _)| *known != account);
    if lately.len() == bounds::FORGOTTEN_REMEMBERED_MAX {
        lately.pop_front();
    }
    lately.push_back((account, upto));
    turn.store(Change::Forgotten(account, upto));
    let name = turn.hub.accounts[&account].name.shown().clone();
    turn.tell_of(AccountAnswer::Forgotten(name));
}
