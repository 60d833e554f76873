//! Logging in and out. The password itself never comes here: it was verified before, against the
//! credential that `ask` gave out, and the verification is void if the credential changed since.

use super::super::Asking;
use super::super::channel::{mode, part};
use super::super::people::{monitor, noted};
use super::super::session::{away, nick};
use super::host;
use crate::answer::{Answer, CredentialIs};
use crate::change::{AccountRow, Standing};
use crate::command::Credential;
use crate::event::Event;
use crate::id::{AccountId, UserId};
use crate::modes::Ranks;
use crate::person::Fingerprint;
use crate::refusal::{AccountRefusal, Refusal};
use crate::state::Owner;
use crate::turn::Turn;
use std::sync::Arc;

pub(crate) fn apply(turn: &mut Turn<'_>, credential: Credential) {
    let Some(actor) = turn.actor().map(|user| user.id) else { return };
    let Some(account) = valid(turn, credential) else {
        return turn.refuse(Refusal::WrongPassword);
    };
    if let Some(refusal) = keeps_theirs(turn, actor, account) {
        return turn.refuse(refusal);
    }
    attach(turn, actor, account);
    if wears_anothers(turn, actor, Some(account)).is_some() {
        nick::give_of(turn, actor, account);
    }
    let name = turn.hub.accounts[&account].name.shown().clone();
    turn.answer_all(Answer::LoggedIn(name));
}

pub(crate) fn apply_log_out(turn: &mut Turn<'_>) {
    let Some(actor) = turn.actor() else { return };
    let (id, is_at_several) = (actor.id, actor.sessions.len() > 1);
    if let Some(refusal) = wears_anothers(turn, id, None) {
        return turn.refuse(refusal);
    }
    // Here as in logging in, one connection decides for no other.
    if let Some(account) = actor.account.filter(|_| is_at_several) {
        let name = turn.hub.accounts[&account].name.shown().clone();
        return turn.refuse_account(AccountRefusal::LoggedInElsewhere(name));
    }
    log_out(turn, id);
    turn.answer_all(Answer::LoggedOut);
}

/// Takes a person's account from them, and tells who sees it.
pub(super) fn log_out(turn: &mut Turn<'_>, user: UserId) {
    let noted_before = turn.hub.noted_of(&turn.hub.users[&user]).clone();
    let host_before = host::of(turn, user);
    detach(turn, user);
    noted::became(turn, user, &noted_before);
    tell(turn, user);
    host::became(turn, user, host_before.as_ref());
}

pub(crate) fn ask(asking: &mut Asking<'_>, name: &str) {
    let account = asking.hub.account_names.get(name).copied();
    answer(asking, account);
}

pub(crate) fn ask_certificate(asking: &mut Asking<'_>, fingerprint: &Fingerprint) {
    let account = asking.hub.certificates.get(fingerprint).copied();
    answer(asking, account);
}

fn answer(asking: &mut Asking<'_>, account: Option<AccountId>) {
    let account = account.map(|id| &asking.hub.accounts[&id]);
    let credential = account.map(|account| CredentialIs {
        account: account.id,
        name: account.name.shown().clone(),
        version: account.version,
        keys: account.keys.clone(),
        barred: barred(account),
    });
    asking.answer(Answer::Credential(credential.map(Box::new)));
}

/// Why an account cannot be logged in to.
fn barred(account: &AccountRow) -> Option<Refusal> {
    let name = || account.name.shown().clone();
    match &account.standing {
        Standing::Good => None,
        Standing::Unverified { .. } => Some(Refusal::AccountUnverified(name())),
        Standing::Suspended(why) => Some(Refusal::AccountSuspended(name(), why.clone())),
    }
}

/// Who is somebody at several connections, or stays without one, is nobody else by what one of them
/// says: the others logged in to the account that they are here with.
fn keeps_theirs(turn: &Turn<'_>, user: UserId, account: AccountId) -> Option<Refusal> {
    let user = &turn.hub.users[&user];
    let theirs = user.account.filter(|theirs| *theirs != account)?;
    let is_kept = user.sessions.len() > 1 || turn.hub.stays(user);
    let name = || turn.hub.accounts[&theirs].name.shown().clone();
    is_kept.then(|| Refusal::Account(AccountRefusal::LoggedInElsewhere(name())))
}

/// The nick of an account belongs to it: who wears it must change it before they log out.
pub(super) fn wears_anothers(
    turn: &Turn<'_>,
    user: UserId,
    account: Option<AccountId>,
) -> Option<Refusal> {
    let user = &turn.hub.users[&user];
    let owner = turn.hub.owner_of(&user.folded)?;
    (Some(owner) != account).then(|| Refusal::NickReserved(user.nick().clone()))
}

/// The account of a verification that is not void.
pub(crate) fn valid(turn: &Turn<'_>, credential: Credential) -> Option<AccountId> {
    let account = turn.hub.accounts.get(&credential.account)?;
    let holds = account.version == credential.version && account.standing == Standing::Good;
    holds.then_some(account.id)
}

/// Makes a person wear an account: in the channels they are in, they have the better of the ranks
/// they hold and those that the account has there.
pub(crate) fn attach(turn: &mut Turn<'_>, user: UserId, account: AccountId) {
    if turn.hub.users[&user].account == Some(account) {
        return;
    }
    let noted_before = turn.hub.noted_of(&turn.hub.users[&user]).clone();
    let host_before = host::of(turn, user);
    detach(turn, user);
    // What was noted of them without an account is gone with that.
    turn.hub.metadata.forget(Owner::Guest(user));
    let name = turn.hub.accounts[&account].name.shown().clone();
    turn.set_person(user, |person| person.account = Some(name));
    turn.user_mut(user).account = Some(account);
    let auto_away = turn.hub.accounts[&account].preferences.auto_away;
    away::telling(turn, user, |turn| turn.user_mut(user).auto_away = auto_away);
    turn.hub.note_wearer(account, user);
    tell(turn, user);
    host::became(turn, user, host_before.as_ref());
    for channel in turn.hub.users[&user].channels.clone() {
        let held = turn.channel(channel).ranks_of(user);
        let kept = turn.channel(channel).ranks_for(account).unwrap_or_default();
        mode::grant(turn, channel, user, Ranks(kept.0 & !held.0));
        turn.set_place(channel, account, Some(held | kept));
        turn.take_place_of_guest(channel, user, account);
    }
    turn.note_presence(account);
    noted::became(turn, user, &noted_before);
}

/// Tells neighbours, and all connections of the person, which account they have now.
fn tell(turn: &mut Turn<'_>, id: UserId) {
    let user = &turn.hub.users[&id];
    let who = Arc::clone(&user.person);
    let audience = turn.hub.neighbours(user, &user.sessions);
    let event = Event::Account { who };
    turn.tell(audience, event.clone());
    monitor::tell_apart(turn, id, event);
}

fn detach(turn: &mut Turn<'_>, user: UserId) {
    let Some(account) = turn.user_mut(user).account.take() else { return };
    turn.hub.forget_wearer(account, user);
    turn.set_person(user, |person| person.account = None);
    away::telling(turn, user, |turn| turn.user_mut(user).auto_away = true);
    let now = turn.hub.seq;
    for channel in turn.hub.users[&user].channels.clone() {
        part::leave_place(turn, channel, account);
        // What the account may read is nothing to whoever wears it no more.
        turn.channel_mut(channel).guests.insert(user, now);
    }
    turn.note_presence(account);
}
