//! A connection becomes a person.

use super::{attach, nick, user_mode};
use crate::answer::{Answer, Welcome};
use crate::command::{Presence, SignOn};
use crate::id::{AccountId, UserId};
use crate::name::Nick;
use crate::outcome::Route;
use crate::person::Person;
use crate::refusal::Refusal;
use crate::state::{Session, User};
use crate::turn::Turn;
use crate::verbs::account::login;
use crate::verbs::people::{metadata, monitor};
use crate::verbs::server::ban;
use crate::verbs::talk::missed;
use std::sync::Arc;

pub(crate) fn apply(turn: &mut Turn<'_>, sign_on: SignOn) {
    if turn.actor().is_some() {
        return;
    }
    if ban::turns_away(turn, &sign_on) {
        return;
    }
    let account = sign_on.account.and_then(|credential| login::valid(turn, credential));
    if let Some(id) = attach::someone_with(turn.hub, &sign_on, account) {
        return attach::apply(turn, id, sign_on);
    }
    let wanted = match nick::free_for(turn.hub, &sign_on.nick, account, None) {
        Ok(()) => sign_on.nick.clone(),
        Err(refusal) => match next_free(turn, &sign_on, account) {
            Some(nick) => nick,
            None => return turn.refuse(refusal),
        },
    };
    let id = add(turn, &sign_on, &wanted, account);
    welcome(turn, id, sign_on, true);
    monitor::came(turn, id);
    missed::show(turn);
}

/// Makes the session known by its person's nick, and tells it so. Of a newcomer nobody has heard yet.
pub(super) fn welcome(turn: &mut Turn<'_>, id: UserId, sign_on: SignOn, is_newcomer: bool) {
    let session = turn.session();
    turn.hub.strangers.forget(session);
    let is_unattended = sign_on.presence == Presence::Unattended;
    let known = Session {
        user: id,
        line: turn.origin.line,
        transport: sign_on.transport,
        peer: sign_on.peer,
        since: turn.hub.at,
        is_unattended,
    };
    turn.hub.sessions.insert(session, known);
    let user = turn.user_mut(id);
    user.sessions.push(session);
    user.unattended += u16::from(is_unattended);
    match sign_on.presence {
        Presence::Here => user.set_away(None),
        Presence::Away(message) => user.set_away(Some(message)),
        Presence::Unsaid | Presence::Unattended => {}
    }
    let early = sign_on.metadata.map(|early| *early).unwrap_or_default();
    let taken_up = metadata::take_up(turn, id, early, is_newcomer);
    user_mode::settle_secure(turn, id);
    turn.look_again_at(id);
    let user = &turn.hub.users[&id];
    let (person, flags) = (Arc::clone(&user.person), user.flags);
    let (realname, counts) = (user.realname.clone(), turn.hub.counts());
    let metadata = turn.hub.noted_of(user).clone().into_iter().collect();
    let welcome = Welcome { person: Arc::clone(&person), realname, flags, counts, metadata };
    turn.route(Route::Known(session, person.nick.clone()));
    turn.answer(Answer::Welcome(Box::new(welcome)));
    if let Err(why) = taken_up {
        turn.refuse(Refusal::Metadata(Box::new(why)));
    }
}

/// The first free nick of the same stem, for a person who was given a name and did not choose it.
fn next_free(turn: &Turn<'_>, sign_on: &SignOn, account: Option<AccountId>) -> Option<Nick> {
    if !sign_on.or_next {
        return None;
    }
    // Of people + 1 numbers one is free, or reserved for an account; past that, give up.
    let tries = turn.hub.users.len() + turn.hub.accounts.len() + 1;
    (1..=tries)
        .map_while(|number| sign_on.nick.numbered(number))
        .find(|nick| nick::free_for(turn.hub, nick, account, None).is_ok())
}

fn add(turn: &mut Turn<'_>, sign_on: &SignOn, nick: &Nick, account: Option<AccountId>) -> UserId {
    let hub = &mut *turn.hub;
    hub.users_made += 1;
    let id = UserId(hub.users_made);
    let given = account.and_then(|a| hub.accounts[&a].host.clone());
    let person = Person {
        nick: nick.shown().clone(),
        username: sign_on.username.clone(),
        host: given.clone().unwrap_or_else(|| sign_on.peer.shown.clone()),
        account: account.map(|a| hub.accounts[&a].name.shown().clone()),
        bot: false,
        operator: false,
    };
    let user = User::new(id, person, nick, sign_on.realname.clone(), hub.at);
    let auto_away = account.is_none_or(|a| hub.accounts[&a].preferences.auto_away);
    let mut user = User { account, auto_away, ..user };
    user.set_plain_host(given.map(|_| sign_on.peer.shown.clone()));
    hub.users.insert(id, user);
    hub.nicks.insert(nick.folded().clone(), id);
    hub.note_looks_of_person(nick);
    if let Some(account) = account {
        hub.note_wearer(account, id);
    }
    hub.users_most = hub.users_most.max(hub.users.len());
    id
}
