//! How the lives of unregistered channels begin and end.
//!
//! A life lasts while someone is in the channel. A restart does not end it: those whose accounts had
//! a place may come back to it, with their ranks, for [`bounds::RETURN_MS_MAX`]. If by then nobody
//! with operator rank is back, the first member account that returned gets op; if no member account
//! did, the life ends: its modes are dropped and its history is closed.
//!
//! [`bounds::RETURN_MS_MAX`]: crate::bounds::RETURN_MS_MAX

use super::{kick, mode};
use crate::change::{Change, ChannelRow, MetadataOf};
use crate::id::{AccountId, ChannelId, UserId};
use crate::modes::Ranks;
use crate::name::{ChannelName, Text};
use crate::state::{Channel, Owner};
use crate::turn::Turn;
use std::collections::BTreeSet;

/// A new channel; nobody is in it yet.
pub(super) fn begin(turn: &mut Turn<'_>, name: ChannelName) -> ChannelId {
    turn.hub.channels_made += 1;
    let id = ChannelId(turn.hub.channels_made);
    let row = turn.hub.fresh_row(id, name);
    turn.hub.channel_names.insert(row.name.folded().clone(), id);
    turn.hub.renamed.take(row.name.folded());
    turn.hub.note_looks_of_channel(&row.name);
    turn.hub.channels.insert(id, Channel::new(row));
    turn.store_row(id);
    id
}

/// Makes sure that the lobby is there, registered to the server itself.
pub(crate) fn keep_lobby(turn: &mut Turn<'_>, name: &ChannelName) {
    let found = turn.hub.channel_names.get(name.folded()).copied();
    let id = found.unwrap_or_else(|| begin(turn, name.clone()));
    let channel = turn.channel_mut(id);
    if !std::mem::replace(&mut channel.row.registered, true) {
        turn.store_row(id);
    }
}

/// Ends a life if nothing keeps it: called when someone left.
pub(super) fn end_if_over(turn: &mut Turn<'_>, id: ChannelId) {
    let channel = turn.channel(id);
    if channel.members.is_empty() && !channel.row.registered && !channel.returning {
        let channel = turn.hub.channels.swap_remove(&id).expect("a channel that was there");
        turn.hub.channel_names.swap_remove(channel.row.name.folded());
        turn.hub.renamed.forget(id);
        turn.hub.metadata.forget(Owner::Channel(id));
        turn.store(Change::ChannelEnded(id));
    }
}

/// A channel whose founder's account is no more has another: who of them is there is told so.
pub(crate) fn bequeath(turn: &mut Turn<'_>, id: ChannelId, heir: AccountId) {
    let kept = turn.channel(id).access.get(&heir).copied().unwrap_or_default();
    turn.set_access(id, heir, Some(kept | Ranks::FOUNDER));
    let channel = turn.channel(id);
    let there = turn.hub.people_of(heir).filter(|user| channel.members.contains_key(&user.id));
    for user in there.map(|user| user.id).collect::<Vec<_>>() {
        mode::grant(turn, id, user, Ranks::FOUNDER);
    }
}

/// A channel is registered to nobody any more: it lives while someone is in it.
pub(crate) fn let_go(turn: &mut Turn<'_>, id: ChannelId) {
    let kept: Vec<AccountId> = turn.channel(id).access.keys().copied().collect();
    for account in kept {
        turn.set_access(id, account, None);
    }
    turn.set_offer(id, None);
    turn.channel_mut(id).row.registered = false;
    turn.store_row(id);
    end_if_over(turn, id);
}

/// Ends a life though there are people in it: an operator's word. Gives how many they were.
pub(in crate::verbs) fn end(
    turn: &mut Turn<'_>,
    by: UserId,
    id: ChannelId,
    reason: &Text,
) -> usize {
    let members: Vec<UserId> = turn.channel(id).members.keys().copied().collect();
    turn.channel_mut(id).returning = false;
    forget_absent(turn, id);
    let_go(turn, id);
    kick::expel_all(turn, by, id, &members, Some(reason));
    members.len()
}

/// The time for coming back after a restart is over, for every channel.
pub(crate) fn expire(turn: &mut Turn<'_>) {
    turn.hub.returning_until = None;
    let returning = turn.hub.channels.values().filter(|c| c.returning).map(Channel::id);
    for id in returning.collect::<Vec<_>>() {
        turn.channel_mut(id).returning = false;
        forget_absent(turn, id);
        if !turn.channel(id).row.registered {
            settle(turn, id);
        }
        turn.channel_mut(id).returned.clear();
        end_if_over(turn, id);
    }
}

/// Nobody who did not come back has a place any more.
fn forget_absent(turn: &mut Turn<'_>, id: ChannelId) {
    let channel = turn.channel(id);
    let accounts = channel.members.keys().filter_map(|user| turn.hub.users[user].account);
    let here: BTreeSet<AccountId> = accounts.collect();
    let places = channel.places.keys().copied();
    let absent: Vec<AccountId> = places.filter(|account| !here.contains(account)).collect();
    for account in absent {
        turn.set_place(id, account, None);
    }
}

/// Decides who has a say in a channel whose people had their time to come back.
fn settle(turn: &mut Turn<'_>, id: ChannelId) {
    let channel = turn.channel(id);
    let has_operator = channel.members.values().any(|ranks| ranks.at_least(Ranks::OPERATOR));
    let first_member = channel.returned.iter().find(|u| channel.members.contains_key(*u)).copied();
    match first_member {
        _ if has_operator => {}
        Some(user) => mode::grant(turn, id, user, Ranks::OPERATOR),
        None => begin_again(turn, id),
    }
}

/// A new life for those who are in a channel whose own people did not come back: nothing of the old
/// one is theirs, and the first among them has a say.
fn begin_again(turn: &mut Turn<'_>, id: ChannelId) {
    let Some(first) = turn.channel(id).members.keys().next().copied() else { return };
    let lists = std::mem::take(turn.channel_mut(id).lists.change());
    for (kind, entry) in lists {
        turn.store(Change::ListRemoved(id, kind, entry.mask));
    }
    for key in turn.hub.metadata.forget(Owner::Channel(id)).into_keys() {
        turn.store(Change::Metadata(MetadataOf::Channel(id), key, None));
    }
    let ChannelRow { name, history, .. } = turn.channel(id).row.clone();
    // What was said in the old life is kept no longer because of the new one.
    let fresh = ChannelRow { history, ..turn.hub.fresh_row(id, name) };
    turn.channel_mut(id).row = fresh;
    turn.store_row(id);
    mode::grant(turn, id, first, Ranks::OPERATOR);
}
