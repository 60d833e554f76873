//! Another founder for a channel: with the consent of the one who is to be it, whose bound it counts
//! against, or by an operator's word.

use super::access;
use crate::answer::{Answer, KeepingAnswer};
use crate::bounds;
use crate::id::{AccountId, ChannelId, UserId};
use crate::modes::{Grants, Ranks};
use crate::name::{ChannelName, Nick, Text};
use crate::refusal::{KeepingRefusal, Refusal};
use crate::state::{Channel, Hub};
use crate::turn::Turn;
use crate::verbs::channel::mode;

pub(crate) fn apply(turn: &mut Turn<'_>, name: &ChannelName, to: &Nick) {
    let Some(actor) = turn.actor().map(|user| user.id) else { return };
    match may_offer(turn.hub, actor, name, to) {
        Err(refusal) => turn.refuse(refusal),
        Ok((id, account)) => {
            turn.set_offer(id, Some(account));
            let offered = Answer::Keeping(Box::new(KeepingAnswer::Offered {
                channel: turn.channel(id).row.name.shown().clone(),
                account: turn.hub.accounts[&account].name.shown().clone(),
                by: turn.hub.users[&actor].nick().clone(),
            }));
            let own = turn.session();
            let people = turn.hub.people_of(account).flat_map(|user| user.sessions.iter().copied());
            let theirs = people.filter(|session| *session != own).collect();
            turn.show(theirs, offered.clone());
            turn.answer(offered);
        }
    }
}

pub(crate) fn apply_acceptance(turn: &mut Turn<'_>, name: &ChannelName) {
    let Some(actor) = turn.actor() else { return };
    let account = actor.account;
    // It may be one of which they do not know otherwise.
    let offered = turn.hub.channel_named(name).filter(|channel| channel.offered_to.is_some());
    let offered = offered.filter(|channel| channel.offered_to == account);
    let found = match offered.map(|channel| (channel.id(), channel.offered_to)) {
        Some((id, Some(account))) => Ok((id, account)),
        _ => Err(Refusal::Keeping(KeepingRefusal::NotOffered(name.shown().clone()))),
    };
    let found = found.and_then(|(id, account)| {
        may_found(turn.hub, account, name.shown().clone())?;
        Ok((id, account))
    });
    match found {
        Err(refusal) => turn.refuse(refusal),
        Ok((id, account)) => give(turn, id, account),
    }
}

pub(crate) fn apply_withdrawal(turn: &mut Turn<'_>, name: &ChannelName) {
    let Some(actor) = turn.actor() else { return };
    let found = turn.hub.channel_named(name).filter(|channel| {
        let is_theirs = channel.offered_to.is_some_and(|to| actor.account == Some(to));
        is_theirs || channel.lasting_ranks_of(actor).has(Ranks::FOUNDER)
    });
    match found.filter(|channel| channel.offered_to.is_some()).map(Channel::named) {
        None => {
            turn.refuse(Refusal::Keeping(KeepingRefusal::NotOffered(name.shown().clone())));
        }
        Some(channel) => {
            turn.set_offer(channel.id, None);
            turn.tell_keeping(KeepingAnswer::Withdrawn(channel.name));
        }
    }
}

/// An operator's word: of a channel whose founder is gone, or has gone wrong.
pub(crate) fn apply_force(turn: &mut Turn<'_>, name: &ChannelName, to: &Nick) {
    let Some(actor) = turn.operator(Grants::SA) else { return };
    match may_give(turn.hub, actor, name, to) {
        Err(refusal) => turn.refuse(refusal),
        Ok((id, account)) => {
            let by = turn.hub.users[&actor].nick().clone();
            give(turn, id, account);
            let to = turn.hub.accounts[&account].name.shown().clone();
            turn.notice(format!("{by} gave {} to {to}", name.shown()));
        }
    }
}

fn may_offer(
    hub: &Hub,
    actor: UserId,
    name: &ChannelName,
    to: &Nick,
) -> Result<(ChannelId, AccountId), Refusal> {
    let user = &hub.users[&actor];
    let channel = access::registered(hub, user, name)?;
    let shown = channel.row.name.shown().clone();
    if !channel.lasting_ranks_of(user).has(Ranks::FOUNDER) {
        return Err(Refusal::RankNeeded(shown, Ranks::FOUNDER));
    }
    let account = access::verified(hub, to)?;
    if channel.access.get(&account).is_some_and(|ranks| ranks.has(Ranks::FOUNDER)) {
        return Err(Refusal::Keeping(KeepingRefusal::IsFounder(shown, to.shown().clone())));
    }
    Ok((channel.id(), account))
}

fn may_give(
    hub: &Hub,
    actor: UserId,
    name: &ChannelName,
    to: &Nick,
) -> Result<(ChannelId, AccountId), Refusal> {
    let channel = access::registered(hub, &hub.users[&actor], name)?;
    let shown = channel.row.name.shown().clone();
    if channel.row.name.folded() == hub.settings.lobby.folded() {
        return Err(Refusal::RankNeeded(shown, Ranks::FOUNDER));
    }
    let account = access::verified(hub, to)?;
    if channel.access.get(&account).is_some_and(|ranks| ranks.has(Ranks::FOUNDER)) {
        return Err(Refusal::Keeping(KeepingRefusal::IsFounder(shown, to.shown().clone())));
    }
    may_found(hub, account, shown)?;
    Ok((channel.id(), account))
}

/// Whether an account may found one more channel.
pub(super) fn may_found(hub: &Hub, account: AccountId, name: Text) -> Result<(), Refusal> {
    let founded = hub.founded.get(&account).copied().unwrap_or(0);
    if founded < bounds::CHANNELS_FOUNDED_MAX { Ok(()) } else { Err(Refusal::TooManyFounded(name)) }
}

/// An account is the founder, and nobody else is.
fn give(turn: &mut Turn<'_>, id: ChannelId, account: AccountId) {
    turn.set_offer(id, None);
    let founders = turn.channel(id).access.iter().filter(|(_, ranks)| ranks.has(Ranks::FOUNDER));
    for (founder, ranks) in founders.map(|(id, ranks)| (*id, *ranks)).collect::<Vec<_>>() {
        let left = ranks.with(Ranks::FOUNDER, false);
        turn.set_access(id, founder, (left != Ranks::none()).then_some(left));
        for user in people_there(turn, id, founder) {
            mode::take(turn, id, user, Ranks::FOUNDER);
        }
    }
    let kept = turn.channel(id).access.get(&account).copied().unwrap_or_default();
    turn.set_access(id, account, Some(kept | Ranks::FOUNDER));
    for user in people_there(turn, id, account) {
        mode::grant(turn, id, user, Ranks::FOUNDER);
    }
    let channel = turn.channel(id).row.name.shown().clone();
    let to = turn.hub.accounts[&account].name.shown().clone();
    turn.tell_keeping(KeepingAnswer::Given(channel, to));
}

fn people_there(turn: &Turn<'_>, id: ChannelId, account: AccountId) -> Vec<UserId> {
    let members = &turn.channel(id).members;
    let people = turn.hub.people_of(account).map(|user| user.id);
    people.filter(|user| members.contains_key(user)).collect()
}
