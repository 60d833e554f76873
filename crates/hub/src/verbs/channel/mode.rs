//! A channel's modes, its members' ranks, and its lists of masks.

use crate::answer::{Answer, ModesAre};
use crate::bounds;
use crate::change::{Change, ListEntry};
use crate::command::ModeChange;
use crate::event::{Event, ModeShown};
use crate::id::{ChannelId, UserId};
use crate::modes::{Grants, ListKind, Ranks};
use crate::name::{ChannelName, Nick, Text};
use crate::outcome::Audience;
use crate::refusal::Refusal;
use crate::state::Channel;
use crate::turn::Turn;
use crate::verbs::Asking;
use std::sync::Arc;

pub(crate) fn apply(turn: &mut Turn<'_>, name: &ChannelName, changes: Vec<ModeChange>) {
    let Some(actor) = turn.actor().map(|user| user.id) else { return };
    // The rank that each change needs is asked below. Who is no member has none (modern-irc, "Channel
    // mode"), and of a secret channel does not know.
    let channel = match turn.hub.channel_for(&turn.hub.users[&actor], name) {
        Ok(channel) => channel,
        Err(refusal) => return turn.refuse(refusal),
    };
    let id = channel.id();
    if !channel.members.contains_key(&actor) {
        let shown = channel.row.name.shown().clone();
        return turn.refuse(Refusal::RankNeeded(shown, Ranks::HALF_OPERATOR));
    }
    change_as(turn, By { user: actor, right: Right::Member }, id, changes);
}

/// Changes modes at the word of someone who need not be there: what their account always may counts as
/// well. Gives how many it changed.
pub(in crate::verbs) fn change_by_keeper(
    turn: &mut Turn<'_>,
    user: UserId,
    id: ChannelId,
    changes: Vec<ModeChange>,
) -> usize {
    let by = By { user, right: Right::Keeper };
    let lines = changes.chunks(bounds::MODES_PER_COMMAND_MAX);
    lines.map(|line| change_as(turn, by, id, line.to_vec())).sum()
}

fn change_as(turn: &mut Turn<'_>, by: By, id: ChannelId, changes: Vec<ModeChange>) -> usize {
    let shown = change_all(turn, by, id, changes);
    let count = shown.len();
    tell(turn, id, Some(by.user), shown);
    count
}

/// Changes modes at the word of a server operator, whatever rank they have there. Gives the changes.
pub(in crate::verbs) fn force(
    turn: &mut Turn<'_>,
    id: ChannelId,
    changes: Vec<ModeChange>,
) -> Vec<ModeShown> {
    let Some(user) = turn.actor().map(|user| user.id) else { return Vec::new() };
    let shown = change_all(turn, By { user, right: Right::Operator }, id, changes);
    tell(turn, id, None, shown.clone());
    shown
}

/// Who changes modes.
#[derive(Clone, Copy)]
struct By {
    user: UserId,
    right: Right,
}

/// With what right.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Right {
    /// By the rank that they have there.
    Member,
    /// And by the one that their account always has.
    Keeper,
    /// As a server operator, to whom no rank matters.
    Operator,
}

impl By {
    fn authority(self, turn: &Turn<'_>, id: ChannelId) -> Ranks {
        let channel = turn.channel(id);
        match self.right {
            Right::Member => turn.hub.authority(self.user, channel),
            Right::Keeper => turn.hub.power(&turn.hub.users[&self.user], channel),
            Right::Operator => Ranks::FOUNDER,
        }
    }
}

fn change_all(
    turn: &mut Turn<'_>,
    by: By,
    id: ChannelId,
    changes: Vec<ModeChange>,
) -> Vec<ModeShown> {
    let row_before = turn.channel(id).row.clone();
    let mut shown = Vec::new();
    let mut refused_rank = false;
    for change in changes.into_iter().take(bounds::MODES_PER_COMMAND_MAX) {
        match apply_one(turn, by, id, &change) {
            Ok(Some(change)) => shown.push(change),
            Ok(None) => {}
            // One sentence is enough for a line of changes that all need the same rank.
            Err(Refusal::RankNeeded(..)) if refused_rank => {}
            Err(refusal) => {
                refused_rank |= matches!(refusal, Refusal::RankNeeded(..));
                turn.refuse(refusal);
            }
        }
    }
    if turn.channel(id).row != row_before {
        turn.store_row(id);
    }
    shown
}

/// Applies one change. Returns it as it is shown, and none when it was so already.
fn apply_one(
    turn: &mut Turn<'_>,
    by: By,
    id: ChannelId,
    change: &ModeChange,
) -> Result<Option<ModeShown>, Refusal> {
    if let ModeChange::Rank(rank, nick, set) = change {
        return apply_rank(turn, by, id, (*rank, nick, *set));
    }
    let channel = turn.channel(id);
    if !by.authority(turn, id).at_least(Ranks::HALF_OPERATOR) {
        return Err(Refusal::RankNeeded(channel.row.name.shown().clone(), Ranks::HALF_OPERATOR));
    }
    if let ModeChange::Forward(Some(to)) = change {
        may_forward(turn, by, to)?;
    }
    let row = &mut turn.channel_mut(id).row;
    let changed = match change {
        ModeChange::List(kind, mask, set) => return apply_mask(turn, id, (*kind, mask, *set)),
        ModeChange::Flag(flag, set) => {
            let held = row.flags.has(*flag);
            row.flags = row.flags.with(*flag, *set);
            held != *set
        }
        ModeChange::Key(key) => std::mem::replace(&mut row.key, key.clone()) != *key,
        ModeChange::Limit(limit) => std::mem::replace(&mut row.limit, *limit) != *limit,
        ModeChange::Forward(to) => std::mem::replace(&mut row.forward, to.clone()) != *to,
        ModeChange::RejoinAfter(seconds) => {
            std::mem::replace(&mut row.rejoin_s, *seconds) != *seconds
        }
        ModeChange::Rank(..) => false,
    };
    Ok(changed.then(|| change.shown()))
}

/// People are sent on only to where one could have invited them.
fn may_forward(turn: &Turn<'_>, by: By, to: &ChannelName) -> Result<(), Refusal> {
    if by.right == Right::Operator {
        return Ok(());
    }
    allowed(turn, by.user, to, Ranks::OPERATOR).map(|_| ())
}

fn apply_rank(
    turn: &mut Turn<'_>,
    by: By,
    id: ChannelId,
    (rank, nick, set): (Ranks, &Nick, bool),
) -> Result<Option<ModeShown>, Refusal> {
    let user = turn.hub.user_named(nick);
    let user = user.ok_or_else(|| Refusal::NoSuchNick(nick.shown().clone()))?;
    // The nick is shown as it is worn, however it was typed.
    let (target, worn) = (user.id, user.nick().clone());
    let channel = turn.channel(id);
    let name = channel.row.name.shown().clone();
    let Some(theirs) = channel.members.get(&target).copied() else {
        return Err(Refusal::TheyAreNotInChannel(nick.shown().clone(), name));
    };
    let mine = by.authority(turn, id);
    let gives_up_own = target == by.user && !set;
    let needed = needed_to_give(rank);
    if !gives_up_own && !mine.at_least(needed) {
        return Err(Refusal::RankNeeded(name, needed));
    }
    if !gives_up_own && !set && target != by.user && !outranks(mine, theirs) {
        return Err(Refusal::RankNeeded(name, highest(theirs)));
    }
    let changed = theirs.has(rank) != set;
    if changed {
        turn.set_ranks(id, target, theirs.with(rank, set));
    }
    let letter = rank.letters().next().unwrap_or('v');
    Ok(changed.then_some(ModeShown { set, letter, parameter: Some(worn) }))
}

/// The rank that it takes to give or take another.
pub(in crate::verbs) fn needed_to_give(rank: Ranks) -> Ranks {
    match rank {
        Ranks::FOUNDER | Ranks::PROTECTED => Ranks::FOUNDER,
        Ranks::VOICE => Ranks::HALF_OPERATOR,
        _ => Ranks::OPERATOR,
    }
}

/// Whether someone may act against another: founders and the protected are out of reach of those
/// below them, and half-operators of each other.
pub(in crate::verbs) fn outranks(mine: Ranks, theirs: Ranks) -> bool {
    match highest(theirs) {
        Ranks::FOUNDER => mine.has(Ranks::FOUNDER),
        Ranks::PROTECTED => mine.has(Ranks::FOUNDER),
        Ranks::OPERATOR | Ranks::HALF_OPERATOR => mine.at_least(Ranks::OPERATOR),
        _ => mine.at_least(Ranks::HALF_OPERATOR),
    }
}

/// The highest rank of a set.
pub(super) fn highest(ranks: Ranks) -> Ranks {
    let held = Ranks::ALL.iter().map(|(rank, _)| *rank).find(|rank| ranks.has(*rank));
    held.unwrap_or_default()
}

/// Puts a mask on a list or takes it off. Masks that differ in case alone are the same, and the one
/// on the list is shown.
fn apply_mask(
    turn: &mut Turn<'_>,
    id: ChannelId,
    (kind, mask, set): (ListKind, &Text, bool),
) -> Result<Option<ModeShown>, Refusal> {
    let at = turn.hub.at;
    let by: Text = turn.actor().map(|user| user.person.to_string()).unwrap_or_default().into();
    let channel = turn.channel_mut(id);
    let same = |(k, e): &(ListKind, ListEntry)| *k == kind && e.mask.eq_ignore_ascii_case(mask);
    let mask = match (channel.lists.entries().iter().position(same), set) {
        (Some(_), true) | (None, false) => return Ok(None),
        (Some(place), false) => {
            let (_, ListEntry { mask, .. }) = channel.lists.change().remove(place);
            turn.store(Change::ListRemoved(id, kind, mask.clone()));
            mask
        }
        (None, true) if channel.lists.entries().len() >= bounds::LIST_ENTRIES_MAX => {
            let name = channel.row.name.shown().clone();
            return Err(Refusal::ListFull(name, kind.letter()));
        }
        (None, true) => {
            let entry = ListEntry { mask: mask.clone(), by, at };
            channel.lists.change().push((kind, entry.clone()));
            turn.store(Change::ListAdded(id, kind, entry));
            mask.clone()
        }
    };
    Ok(Some(ModeShown { set, letter: kind.letter(), parameter: Some(mask) }))
}

/// The channel in which someone has at least this rank.
pub(in crate::verbs) fn allowed(
    turn: &Turn<'_>,
    actor: UserId,
    name: &ChannelName,
    rank: Ranks,
) -> Result<ChannelId, Refusal> {
    let shown = || name.shown().clone();
    let channel = turn.hub.channel_for(&turn.hub.users[&actor], name)?;
    if !channel.members.contains_key(&actor) {
        return Err(Refusal::NotInChannel(shown()));
    }
    if !turn.hub.authority(actor, channel).at_least(rank) {
        return Err(Refusal::RankNeeded(shown(), rank));
    }
    Ok(channel.id())
}

/// The server itself gives ranks to a member, for everyone to see.
pub(crate) fn grant(turn: &mut Turn<'_>, id: ChannelId, user: UserId, ranks: Ranks) {
    let held = turn.channel(id).ranks_of(user);
    turn.set_ranks(id, user, held | ranks);
    tell_ranks(turn, id, user, ranks);
}

/// The server itself takes ranks from a member, for everyone to see.
pub(crate) fn take(turn: &mut Turn<'_>, id: ChannelId, user: UserId, ranks: Ranks) {
    let held = turn.channel(id).ranks_of(user);
    turn.set_ranks(id, user, held.with(ranks, false));
    tell_of_ranks(turn, id, user, (Ranks(held.0 & ranks.0), false));
}

/// Tells a channel which ranks the server gave to a member.
pub(super) fn tell_ranks(turn: &mut Turn<'_>, id: ChannelId, user: UserId, ranks: Ranks) {
    tell_of_ranks(turn, id, user, (ranks, true));
}

fn tell_of_ranks(turn: &mut Turn<'_>, id: ChannelId, user: UserId, (ranks, set): (Ranks, bool)) {
    let nick = turn.hub.users[&user].nick().clone();
    let shown = ranks
        .letters()
        .map(|letter| ModeShown { set, letter, parameter: Some(nick.clone()) })
        .collect();
    tell(turn, id, None, shown);
}

/// Tells a channel what someone changed, or the server.
fn tell(turn: &mut Turn<'_>, id: ChannelId, by: Option<UserId>, changes: Vec<ModeShown>) {
    if !changes.is_empty() {
        let channel = turn.channel(id).named();
        let person = by.map(|by| Arc::clone(&turn.hub.users[&by].person));
        turn.happen(by, Audience::Channel(id), Event::Modes { by: person, channel, changes });
    }
}

pub(crate) fn ask(asking: &mut Asking<'_>, name: &ChannelName) {
    let Some(asker) = asking.asker() else { return };
    let Some(channel) = asking.visible(asker, name) else {
        return asking.refuse(Refusal::NoSuchChannel(name.shown().clone()));
    };
    let inside = channel.members.contains_key(&asker.id);
    asking.answer(Answer::Modes(Box::new(of(channel, inside))));
}

/// A channel's modes, for those inside with its key.
pub(crate) fn of(channel: &Channel, inside: bool) -> ModesAre {
    ModesAre {
        channel: channel.row.name.shown().clone(),
        flags: channel.row.flags,
        registered: channel.row.registered,
        limit: channel.row.limit,
        forward: channel.row.forward.as_ref().map(|to| to.shown().clone()),
        rejoin_s: channel.row.rejoin_s,
        key: channel.row.key.as_ref().map(|key| inside.then(|| key.clone())),
        made_at: channel.row.made_at,
    }
}

pub(crate) fn ask_masks(asking: &mut Asking<'_>, name: &ChannelName, kind: ListKind) {
    let Some(asker) = asking.asker() else { return };
    let Some(channel) = asking.visible(asker, name) else {
        return asking.refuse(Refusal::NoSuchChannel(name.shown().clone()));
    };
    let shown = channel.row.name.shown().clone();
    let ranks = channel.ranks_of(asker.id);
    // Bans are for all to see; who is excepted or always invited, only for those who decide it.
    if kind != ListKind::Ban && !ranks.at_least(Ranks::HALF_OPERATOR) && !asker.may(Grants::SEE) {
        return asking.refuse(Refusal::RankNeeded(shown, Ranks::HALF_OPERATOR));
    }
    let entries = channel.masks(kind).cloned().collect();
    asking.answer(Answer::Masks(shown, kind, entries));
}
