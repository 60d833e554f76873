//! Registering an account, before the sign-on or after it.

use super::login;
use crate::answer::{AccountAnswer, Answer};
use crate::bounds;
use crate::change::{AccountRow, Standing};
use crate::command::{Credential, Register};
use crate::id::{AccountId, UserId};
use crate::modes::Grants;
use crate::name::is_address;
use crate::outcome::{Asked, Verification};
use crate::refusal::{AccountRefusal, Refusal};
use crate::settings::Registration;
use crate::turn::Turn;
use crate::verbs::session::nick;
use std::net::IpAddr;

pub(crate) fn apply(turn: &mut Turn<'_>, register: Register) {
    let actor = turn.actor().map(|user| user.id);
    if let Err(refusal) = allowed(turn, actor).and_then(|()| possible(turn, &register, actor)) {
        return turn.refuse(refusal);
    }
    note(turn, register.from);
    let name = register.name.shown().clone();
    if turn.hub.settings.verification {
        return wait_for_code(turn, register);
    }
    let account = add(turn, register, Standing::Good);
    let answer = Answer::Registered(name, Credential { account, version: 1 });
    match actor {
        Some(actor) => {
            login::attach(turn, actor, account);
            turn.answer_all(answer);
        }
        // It is the sign-on's to wear.
        None => turn.answer(answer),
    }
}

/// An operator makes an account for someone else.
pub(crate) fn apply_for_another(turn: &mut Turn<'_>, register: Register) {
    if turn.operator(Grants::SA).is_none() {
        return;
    }
    let name = register.name.shown().clone();
    // Somebody who wears the name has it for as long as the account is nobody's.
    if let Err(refusal) = name_is_free(turn, &register, None) {
        return turn.refuse(refusal);
    }
    add(turn, register, Standing::Good);
    turn.tell_of(AccountAnswer::Made(name));
}

fn allowed(turn: &Turn<'_>, actor: Option<UserId>) -> Result<(), Refusal> {
    let is_operator = actor.is_some_and(|actor| turn.hub.users[&actor].is_operator());
    match turn.hub.settings.registration {
        Registration::Open => Ok(()),
        Registration::Operators if is_operator => Ok(()),
        Registration::Operators | Registration::Closed => Err(Refusal::RegistrationClosed),
    }
}

fn possible(turn: &Turn<'_>, register: &Register, actor: Option<UserId>) -> Result<(), Refusal> {
    name_is_free(turn, register, actor)?;
    if let Some(refusal) = actor.and_then(|actor| login::wears_anothers(turn, actor, None)) {
        return Err(refusal);
    }
    let name = || register.name.shown().clone();
    let is_missing = turn.hub.settings.verification && register.email.is_none();
    if is_missing || register.email.as_ref().is_some_and(|email| !is_address(email)) {
        return Err(Refusal::Account(AccountRefusal::EmailNeeded(name())));
    }
    let since = turn.hub.at.saturating_sub(bounds::REGISTRATION_WINDOW_MS);
    let lately = turn.hub.registered_lately.iter().filter(|(at, _)| *at > since);
    let from_there = lately.filter(|(_, from)| Some(*from) == register.from).count();
    if from_there >= bounds::REGISTRATIONS_PER_ADDRESS_MAX {
        return Err(Refusal::Account(AccountRefusal::TooManyRegistered(name())));
    }
    Ok(())
}

fn name_is_free(
    turn: &Turn<'_>,
    register: &Register,
    actor: Option<UserId>,
) -> Result<(), Refusal> {
    let name = || register.name.shown().clone();
    if turn.hub.account_names.contains_key(register.name.folded()) {
        return Err(Refusal::AccountExists(name()));
    }
    // A name that nobody may wear could never be used.
    if let Err(refusal @ Refusal::NickReserved(_)) =
        nick::free_for(turn.hub, &register.name, None, None)
    {
        return Err(refusal);
    }
    if turn.hub.looks_like_another(&register.name, None, actor) {
        return Err(Refusal::AccountNameResembles(name()));
    }
    // The nick will belong to the account: it cannot be taken from under someone who wears it.
    let wearer = turn.hub.user_named(&register.name).map(|user| user.id);
    if wearer.is_some_and(|wearer| Some(wearer) != actor) {
        return Err(Refusal::AccountNameWorn(name()));
    }
    Ok(())
}

/// A registration counts for its address for a while.
fn note(turn: &mut Turn<'_>, from: Option<IpAddr>) {
    let Some(from) = from else { return };
    let since = turn.hub.at.saturating_sub(bounds::REGISTRATION_WINDOW_MS);
    let at = turn.hub.at;
    let lately = &mut turn.hub.registered_lately;
    while lately.front().is_some_and(|(at, _)| *at <= since)
        || lately.len() >= bounds::REGISTRATIONS_REMEMBERED_MAX
    {
        lately.pop_front();
    }
    lately.push_back((at, from));
}

fn add(turn: &mut Turn<'_>, register: Register, standing: Standing) -> AccountId {
    turn.hub.accounts_made += 1;
    let id = AccountId(turn.hub.accounts_made);
    let row = AccountRow::new(id, register.name, register.keys, turn.hub.at);
    turn.put_account(AccountRow { email: register.email, standing, ..row });
    id
}

/// The account is there, and nobody's until its code has come.
fn wait_for_code(turn: &mut Turn<'_>, register: Register) {
    let (code, until) = (register.code.clone(), turn.hub.at + bounds::UNVERIFIED_MS_MAX);
    let account = register.name.shown().clone();
    let email = register.email.clone().unwrap_or_default();
    add(turn, register, Standing::Unverified { code: code.clone(), until });
    turn.tell_of(AccountAnswer::VerificationNeeded(account.clone(), email.clone()));
    turn.ask_of_the_process(Asked::Verify(Box::new(Verification { account, email, code })));
}
