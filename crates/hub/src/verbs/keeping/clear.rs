//! Much of a channel goes at once.

use super::access;
use crate::answer::KeepingAnswer;
use crate::command::{Clearing, ModeChange};
use crate::id::{AccountId, ChannelId, UserId};
use crate::modes::{ChannelFlags, ListKind, Ranks};
use crate::name::{ChannelName, Text};
use crate::refusal::Refusal;
use crate::turn::Turn;
use crate::verbs::channel::{kick, mode};

pub(crate) fn apply(turn: &mut Turn<'_>, name: &ChannelName, what: Clearing) {
    let Some(actor) = turn.actor().map(|user| user.id) else { return };
    let id = match may_clear(turn, actor, name, &what) {
        Ok(id) => id,
        Err(refusal) => return turn.refuse(refusal),
    };
    let count = match &what {
        Clearing::Users(reason) => users(turn, actor, id, reason.as_ref()),
        Clearing::Access => ranks(turn, id),
        Clearing::Bans => bans(turn, actor, id),
    };
    let shown = name.shown().clone();
    turn.tell_keeping(KeepingAnswer::Cleared(shown, what, count));
}

fn may_clear(
    turn: &Turn<'_>,
    actor: UserId,
    name: &ChannelName,
    what: &Clearing,
) -> Result<ChannelId, Refusal> {
    let (hub, user) = (&*turn.hub, &turn.hub.users[&actor]);
    let channel = access::registered(hub, user, name)?;
    let shown = || channel.row.name.shown().clone();
    let (held, needed) = match what {
        // What lasts is for those to decide whose rank does.
        Clearing::Access => (hub.lasting_power(user, channel), Ranks::FOUNDER),
        Clearing::Users(_) => (hub.power(user, channel), Ranks::FOUNDER),
        Clearing::Bans => (hub.power(user, channel), Ranks::OPERATOR),
    };
    if !held.at_least(needed) {
        return Err(Refusal::RankNeeded(shown(), needed));
    }
    let nobody_is_kicked = channel.row.flags.has(ChannelFlags::NO_KICKS);
    if matches!(what, Clearing::Users(_)) && nobody_is_kicked {
        return Err(Refusal::NobodyIsKicked(shown()));
    }
    Ok(channel.id())
}

fn users(turn: &mut Turn<'_>, actor: UserId, id: ChannelId, reason: Option<&Text>) -> usize {
    let others = turn.channel(id).members.keys().copied().filter(|member| *member != actor);
    let others: Vec<UserId> = others.collect();
    kick::expel_all(turn, actor, id, &others, reason);
    others.len()
}

fn ranks(turn: &mut Turn<'_>, id: ChannelId) -> usize {
    let kept = turn.channel(id).access.iter().filter(|(_, ranks)| !ranks.has(Ranks::FOUNDER));
    let kept: Vec<AccountId> = kept.map(|(account, _)| *account).collect();
    for account in &kept {
        turn.set_access(id, *account, None);
    }
    kept.len()
}

fn bans(turn: &mut Turn<'_>, actor: UserId, id: ChannelId) -> usize {
    let masks = turn.channel(id).masks(ListKind::Ban).map(|entry| entry.mask.clone());
    let changes = masks.map(|mask| ModeChange::List(ListKind::Ban, mask, false));
    mode::change_by_keeper(turn, actor, id, changes.collect())
}
