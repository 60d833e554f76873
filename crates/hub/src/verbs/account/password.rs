//! Another password, or another address for mail.

use super::{login, own};
use crate::answer::AccountAnswer;
use crate::change::Keys;
use crate::command::Credential;
use crate::name::Text;
use crate::refusal::Refusal;
use crate::turn::Turn;

/// What was verified with the old password and has not arrived yet is void from here on.
pub(crate) fn apply(turn: &mut Turn<'_>, old: Credential, keys: Keys) {
    let Some(account) = own(turn) else { return };
    if login::valid(turn, old) != Some(account) {
        return turn.refuse(Refusal::WrongPassword);
    }
    turn.change_account(account, |row| {
        row.keys = keys;
        row.version += 1;
    });
    turn.tell_of(AccountAnswer::PasswordChanged);
}

pub(crate) fn apply_email(turn: &mut Turn<'_>, email: Option<Text>) {
    let Some(account) = own(turn) else { return };
    turn.change_account(account, |row| row.email.clone_from(&email));
    turn.tell_of(AccountAnswer::EmailIs(email));
}
