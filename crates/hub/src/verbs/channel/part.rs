//! Leaving channels.

use super::life;
use crate::bounds;
use crate::command::Part;
use crate::event::Event;
use crate::id::{AccountId, ChannelId, UserId};
use crate::name::Text;
use crate::outcome::Route;
use crate::refusal::Refusal;
use crate::turn::Turn;
use std::sync::Arc;

pub(crate) fn apply(turn: &mut Turn<'_>, part: Part) {
    let Some(actor) = turn.actor().map(|user| user.id) else { return };
    for name in part.channels.iter().take(bounds::TARGETS_PER_COMMAND_MAX) {
        match turn.hub.channel_for(&turn.hub.users[&actor], name) {
            Err(refusal) => turn.refuse(refusal),
            Ok(channel) if !channel.members.contains_key(&actor) => {
                turn.refuse(Refusal::NotInChannel(name.shown().clone()));
            }
            Ok(channel) => {
                let id = channel.id();
                // A last word is one too.
                let speaks = turn.hub.may_speak(&turn.hub.users[&actor], channel).is_ok();
                let reason = part.reason.clone().filter(|_| speaks);
                tell_and_leave(turn, actor, id, reason);
            }
        }
    }
}

pub(crate) fn apply_all(turn: &mut Turn<'_>) {
    let Some(actor) = turn.actor() else { return };
    let (id, channels) = (actor.id, actor.channels.clone());
    for channel in channels {
        tell_and_leave(turn, id, channel, None);
    }
}

pub(crate) fn tell_and_leave(
    turn: &mut Turn<'_>,
    user: UserId,
    id: ChannelId,
    reason: Option<Text>,
) {
    let who = Arc::clone(&turn.hub.users[&user].person);
    let channel = turn.channel(id).named();
    let parted = Event::Parted { who, channel, reason };
    turn.happen(Some(user), turn.hub.room_of(user, id), parted);
    route_out(turn, user, id);
    leave(turn, user, id);
}

/// Takes a person's sessions out of a channel's audience.
pub(super) fn route_out(turn: &mut Turn<'_>, user: UserId, id: ChannelId) {
    for session in turn.hub.users[&user].sessions.clone() {
        turn.route(Route::Leave(session, id));
    }
}

/// Takes a person out of a channel, which may end with it.
pub(crate) fn leave(turn: &mut Turn<'_>, user: UserId, id: ChannelId) {
    turn.channel_mut(id).members.swap_remove(&user);
    turn.channel_mut(id).lists.look_again_at(user);
    turn.channel_mut(id).guests.swap_remove(&user);
    turn.user_mut(user).channels.retain(|channel| *channel != id);
    if let Some(account) = turn.hub.users[&user].account {
        leave_place(turn, id, account);
        turn.note_presence(account);
    }
    life::end_if_over(turn, id);
}

/// Gives up an account's place in a channel, unless another person of the account is still there.
pub(crate) fn leave_place(turn: &mut Turn<'_>, id: ChannelId, account: AccountId) {
    let channel = turn.channel(id);
    let still_here = turn.hub.people_of(account).any(|user| channel.members.contains_key(&user.id));
    if !still_here {
        turn.set_place(id, account, None);
    }
}
