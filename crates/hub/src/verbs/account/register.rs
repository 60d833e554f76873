//! Registering an account.

use super::login;
use crate::answer::Answer;
use crate::change::AccountRow;
use crate::command::Register;
use crate::id::AccountId;
use crate::refusal::Refusal;
use crate::settings::Registration;
use crate::turn::Turn;
use crate::verbs::session::nick;

pub(crate) fn apply(turn: &mut Turn<'_>, register: Register) {
    let Some(actor) = turn.actor() else { return };
    let id = actor.id;
    let allowed = match turn.hub.settings.registration {
        Registration::Open => true,
        Registration::Operators => actor.is_operator(),
        Registration::Closed => false,
    };
    if !allowed {
        return turn.refuse(Refusal::RegistrationClosed);
    }
    let name = register.name.shown().clone();
    let worn_by_another = turn.hub.user_named(&register.name).is_some_and(|user| user.id != id);
    if turn.hub.account_names.contains_key(register.name.folded()) {
        return turn.refuse(Refusal::AccountExists(name));
    }
    // A name that nobody may wear could never be used.
    if let Err(refusal @ Refusal::NickReserved(_)) =
        nick::free_for(turn.hub, &register.name, None, None)
    {
        return turn.refuse(refusal);
    }
    if turn.hub.looks_like_another(&register.name, None, Some(id)) {
        return turn.refuse(Refusal::AccountNameResembles(name));
    }
    // The nick will belong to the account: it cannot be taken from under someone who wears it.
    if worn_by_another {
        return turn.refuse(Refusal::AccountNameWorn(name));
    }
    if let Some(refusal) = login::wears_anothers(turn, id, None) {
        return turn.refuse(refusal);
    }
    let account = add(turn, register);
    login::attach(turn, id, account);
    turn.answer_all(Answer::Registered(name));
}

fn add(turn: &mut Turn<'_>, register: Register) -> AccountId {
    turn.hub.accounts_made += 1;
    let id = AccountId(turn.hub.accounts_made);
    turn.put_account(AccountRow::new(id, register.name, register.keys, turn.hub.at));
    id
}
