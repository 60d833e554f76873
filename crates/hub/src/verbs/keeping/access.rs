//! The ranks that accounts have in a registered channel whenever they come: those of a session end with
//! it, these do not.

use crate::answer::Answer;
use crate::bounds;
use crate::command::SetAccess;
use crate::id::{AccountId, ChannelId, UserId};
use crate::modes::{Grants, Ranks};
use crate::name::ChannelName;
use crate::refusal::Refusal;
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
            turn.answer(Answer::Access(channel, vec![(name, ranks)]));
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
    let account = turn.hub.account_names.get(asked.account.folded()).copied();
    let account = account.ok_or_else(|| Refusal::NoSuchNick(asked.account.shown().clone()))?;
    let mine = power(turn.hub, &turn.hub.users[&actor], channel);
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
    if asked.set && asked.rank == Ranks::FOUNDER && !kept.has(Ranks::FOUNDER) {
        may_found(turn.hub, account, name)?;
    } else if asked.set && channel.access.len() >= bounds::ACCESS_MAX && kept == Ranks::none() {
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

/// Whether an account may found one more channel.
pub(super) fn may_found(
    hub: &Hub,
    account: AccountId,
    name: crate::name::Text,
) -> Result<(), Refusal> {
    let founded = hub.founded.get(&account).copied().unwrap_or(0);
    if founded < bounds::CHANNELS_FOUNDED_MAX { Ok(()) } else { Err(Refusal::TooManyFounded(name)) }
}

/// A registered channel that someone may know of: inside, or by a rank that they always have.
pub(super) fn registered<'h>(
    hub: &'h Hub,
    user: &User,
    name: &ChannelName,
) -> Result<&'h Channel, Refusal> {
    let shown = || name.shown().clone();
    let channel = hub.channel_named(name).ok_or_else(|| Refusal::NoSuchChannel(shown()))?;
    let knows = user.account.is_some_and(|account| channel.access.contains_key(&account));
    if !knows && !user.sees(channel) {
        return Err(Refusal::NoSuchChannel(shown()));
    }
    if channel.row.registered { Ok(channel) } else { Err(Refusal::NotRegistered(shown())) }
}

/// What someone may do to a registered channel, inside or not.
pub(super) fn power(hub: &Hub, user: &User, channel: &Channel) -> Ranks {
    let kept = user.account.and_then(|account| channel.access.get(&account)).copied();
    hub.authority(user.id, channel) | kept.unwrap_or_default()
}

pub(crate) fn ask(asking: &mut Asking<'_>, name: &ChannelName) {
    let Some(asker) = asking.asker() else { return };
    let channel = match registered(asking.hub, asker, name) {
        Ok(channel) => channel,
        Err(refusal) => return asking.refuse(refusal),
    };
    let shown = channel.row.name.shown().clone();
    let may = power(asking.hub, asker, channel).at_least(Ranks::VOICE) || asker.may(Grants::SEE);
    if !may {
        return asking.refuse(Refusal::RankNeeded(shown, Ranks::VOICE));
    }
    let accounts = channel.access.iter();
    let named = accounts.map(|(id, ranks)| (asking.hub.accounts[id].name.shown().clone(), *ranks));
    let all = named.collect();
    asking.answer(Answer::Access(shown, all));
}
