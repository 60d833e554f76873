//! The ranks that accounts have in a registered channel whenever they come: those of a session end with
//! it, these do not.

use crate::answer::{Answer, KeepingAnswer};
use crate::bounds;
use crate::command::SetAccess;
use crate::id::{AccountId, ChannelId, UserId};
use crate::modes::{Grants, Ranks};
use crate::name::{ChannelName, Nick};
use crate::refusal::{AccountRefusal, KeepingRefusal, Refusal};
use crate::state::{Channel, Hub, User};
use crate::turn::Turn;
use crate::verbs::Asking;
use crate::verbs::channel::mode;

pub(crate) fn apply(turn: &mut Turn<'_>, asked: &SetAccess) {
    let Some(actor) = turn.actor().map(|user| user.id) else { return };
    match set(turn, actor, asked) {
        Err(refusal) => turn.refuse(refusal),
        Ok((id, account)) => {
            let name = turn.hub.accounts[&account].name.shown().clone();
            let ranks = turn.channel(id).access.get(&account).copied().unwrap_or_default();
            let channel = turn.channel(id).row.name.shown().clone();
            turn.tell_keeping(KeepingAnswer::Access(channel, vec![(name, ranks)]));
        }
    }
}

fn set(
    turn: &mut Turn<'_>,
    actor: UserId,
    asked: &SetAccess,
) -> Result<(ChannelId, AccountId), Refusal> {
    let channel = registered(turn.hub, &turn.hub.users[&actor], &asked.channel)?;
    let (id, name) = (channel.id(), channel.row.name.shown().clone());
    let account = verified(turn.hub, &asked.account)?;
    let mine = turn.hub.lasting_power(&turn.hub.users[&actor], channel);
    let kept = channel.access.get(&account).copied().unwrap_or_default();
    let is_own = turn.hub.users[&actor].account == Some(account) && !asked.set;
    let needed = mode::needed_to_give(asked.rank);
    if !is_own && !(mine.at_least(needed) && (asked.set || mode::outranks(mine, kept))) {
        return Err(Refusal::RankNeeded(name, needed));
    }
    let only_founder = channel.access.values().filter(|r| r.has(Ranks::FOUNDER)).count() == 1;
    if !asked.set && asked.rank == Ranks::FOUNDER && kept.has(Ranks::FOUNDER) && only_founder {
        return Err(Refusal::RankNeeded(name, Ranks::FOUNDER));
    }
    // It counts against the bound of whoever becomes it, who is asked first.
    if asked.set && asked.rank == Ranks::FOUNDER && !kept.has(Ranks::FOUNDER) {
        return Err(Refusal::Keeping(KeepingRefusal::FounderIsAsked(name)));
    }
    if asked.set && channel.access.len() >= bounds::ACCESS_MAX && kept == Ranks::none() {
        return Err(Refusal::ListFull(name, 'q'));
    }
    let now = kept.with(asked.rank, asked.set);
    turn.set_access(id, account, (now != Ranks::none()).then_some(now));
    if asked.set {
        let here = turn.hub.people_of(account).map(|user| user.id);
        let here = here.filter(|user| turn.channel(id).members.contains_key(user));
        for user in here.collect::<Vec<_>>() {
            let held = turn.channel(id).ranks_of(user);
            mode::grant(turn, id, user, Ranks(asked.rank.0 & !held.0));
        }
    }
    Ok((id, account))
}

/// An account of this name whose owner has shown to be one.
pub(super) fn verified(hub: &Hub, name: &Nick) -> Result<AccountId, Refusal> {
    let owner = hub.owner_of(name.folded());
    owner.ok_or_else(|| Refusal::Account(AccountRefusal::NoSuchAccount(name.shown().clone())))
}

/// A channel that someone may know of: as everyone may, or by a rank that they always have.
pub(super) fn known<'h>(
    hub: &'h Hub,
    user: &User,
    name: &ChannelName,
) -> Result<&'h Channel, Refusal> {
    let found = hub.channel_named(name);
    let is_known =
        |channel: &&Channel| user.sees(channel) || channel.lasting_ranks_of(user) != Ranks::none();
    found.filter(is_known).ok_or_else(|| Refusal::NoSuchChannel(name.shown().clone()))
}

/// As [`known`], if it is registered.
pub(super) fn registered<'h>(
    hub: &'h Hub,
    user: &User,
    name: &ChannelName,
) -> Result<&'h Channel, Refusal> {
    let channel = known(hub, user, name)?;
    let refusal = || Refusal::NotRegistered(name.shown().clone());
    channel.row.registered.then_some(channel).ok_or_else(refusal)
}

pub(crate) fn ask(asking: &mut Asking<'_>, name: &ChannelName) {
    let Some(asker) = asking.asker() else { return };
    let channel = match registered(asking.hub, asker, name) {
        Ok(channel) => channel,
        Err(refusal) => return asking.refuse(refusal),
    };
    let shown = channel.row.name.shown().clone();
    let may = asking.hub.power(asker, channel).at_least(Ranks::VOICE) || asker.may(Grants::SEE);
    if !may {
        return asking.refuse(Refusal::RankNeeded(shown, Ranks::VOICE));
    }
    let accounts = channel.access.iter();
    let named = accounts.map(|(id, ranks)| (asking.hub.accounts[id].name.shown().clone(), *ranks));
    let all = named.collect();
    asking.answer(Answer::Keeping(Box::new(KeepingAnswer::Access(shown, all))));
}
