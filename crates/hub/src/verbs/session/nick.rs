//! Another nick.

use crate::answer::Was;
use crate::event::Event;
use crate::id::{AccountId, UserId};
use crate::modes::{ChannelFlags, Ranks};
use crate::name::Nick;
use crate::outcome::Route;
use crate::refusal::Refusal;
use crate::state::{Channel, Hub, User};
use crate::turn::Turn;
use crate::verbs::people::monitor;
use std::sync::Arc;

pub(crate) fn apply(turn: &mut Turn<'_>, nick: &Nick) {
    let Some(actor) = turn.actor() else { return };
    if actor.nick() == nick.shown() {
        return;
    }
    let (id, account) = (actor.id, actor.account);
    let free = free_for(turn.hub, nick, account, Some(id));
    if let Err(refusal) = free.and_then(|()| may_be_renamed(turn.hub, actor)) {
        return turn.refuse(refusal);
    }
    rename(turn, id, nick);
}

/// Nicks that people take for the server's own services, as they do those that look like them.
const SERVICES: &[&str] = &["nickserv", "chanserv"];

/// Whether `nick` may be worn by someone with `account`, who may be `wearer` already.
pub(crate) fn free_for(
    hub: &Hub,
    nick: &Nick,
    account: Option<AccountId>,
    wearer: Option<UserId>,
) -> Result<(), Refusal> {
    if hub.nicks.get(nick.folded()).is_some_and(|user| Some(*user) != wearer) {
        return Err(Refusal::NickInUse(nick.shown().clone()));
    }
    let is_service = |name: &str| SERVICES.contains(&name);
    if is_service(nick.folded()) || is_service(nick.forms().looks()) {
        return Err(Refusal::NickReserved(nick.shown().clone()));
    }
    if hub.owner_of(nick.folded()).is_some_and(|owner| Some(owner) != account) {
        return Err(Refusal::NickReserved(nick.shown().clone()));
    }
    if hub.looks_like_another(nick, account, wearer) {
        return Err(Refusal::NameResembles(nick.shown().clone()));
    }
    Ok(())
}

/// Whether all channels that someone is in let them take another nick (+N).
fn may_be_renamed(hub: &Hub, user: &User) -> Result<(), Refusal> {
    let channels = user.channels.iter().map(|id| &hub.channels[id]);
    let mut holding = channels.filter(|channel| {
        channel.row.flags.has(ChannelFlags::NICKS_STAY)
            && !channel.ranks_of(user.id).at_least(Ranks::HALF_OPERATOR)
    });
    let refusal = |channel: &Channel| Refusal::NicksStay(channel.row.name.shown().clone());
    holding.next().map_or(Ok(()), |channel| Err(refusal(channel)))
}

/// Gives someone the name of their account for a nick, or one like it where somebody wears that.
pub(crate) fn give_of(turn: &mut Turn<'_>, user: UserId, account: AccountId) {
    let name = turn.hub.accounts[&account].name.clone();
    match free_for(turn.hub, &name, Some(account), Some(user)) {
        Ok(()) => rename(turn, user, &name),
        Err(_) => give_another(turn, user, &name),
    }
}

/// Gives someone a nick that is nobody's and is like `nick`, because that is now another's.
pub(crate) fn give_another(turn: &mut Turn<'_>, user: UserId, nick: &Nick) {
    // Of as many numbers as there are nicks and one more, one is free.
    let tries = turn.hub.nicks.len() + turn.hub.account_names.len() + 1;
    let mut nicks = (1..=tries).filter_map(|number| nick.numbered(number));
    if let Some(nick) = nicks.find(|nick| free_for(turn.hub, nick, None, None).is_ok()) {
        rename(turn, user, &nick);
    }
}

pub(crate) fn rename(turn: &mut Turn<'_>, id: UserId, nick: &Nick) {
    let user = &turn.hub.users[&id];
    let who = Arc::clone(&user.person);
    let sessions = user.sessions_boxed();
    let neighbours = turn.hub.neighbours(user, &sessions);
    // Who only writes their nick in other letters is not gone from it.
    let is_other = user.folded != *nick.folded();
    if is_other {
        turn.hub.whowas.note(Was {
            person: Arc::clone(&who),
            folded: user.folded.clone(),
            realname: user.realname.clone(),
            until: turn.hub.at,
        });
        monitor::went(turn, id);
    }
    turn.hub.nicks.swap_remove(&turn.hub.users[&id].folded);
    turn.hub.nicks.insert(nick.folded().clone(), id);
    turn.hub.note_looks_of_person(nick);
    turn.user_mut(id).folded = nick.folded().clone();
    turn.set_person(id, |person| person.nick = nick.shown().clone());
    if let Some(account) = turn.hub.users[&id].account {
        turn.note_presence(account);
    }
    for session in &sessions {
        turn.route(Route::Named(*session, nick.shown().clone()));
    }
    let event = Event::Renamed { who, nick: nick.shown().clone() };
    turn.happen(Some(id), neighbours, event);
    if is_other {
        monitor::came(turn, id);
    }
}
