//! Putting people out of a channel.

use super::{mode, part};
use crate::bounds;
use crate::command::Kick;
use crate::event::Event;
use crate::id::{ChannelId, UserId};
use crate::modes::{ChannelFlags, Ranks};
use crate::name::{Nick, Text};
use crate::outcome::Audience;
use crate::refusal::Refusal;
use crate::state::PutOut;
use crate::turn::Turn;
use std::sync::Arc;

pub(crate) fn apply(turn: &mut Turn<'_>, kick: Kick) {
    let Some(actor) = turn.actor().map(|user| user.id) else { return };
    let id = match mode::allowed(turn, actor, &kick.channel, Ranks::HALF_OPERATOR) {
        Ok(id) => id,
        Err(refusal) => return turn.refuse(refusal),
    };
    put_out_all(turn, actor, id, &kick);
}

/// Puts people out at the word of someone who may do that to some.
pub(in crate::verbs) fn put_out_all(
    turn: &mut Turn<'_>,
    actor: UserId,
    id: ChannelId,
    kick: &Kick,
) {
    for nick in kick.nicks.iter().take(bounds::TARGETS_PER_COMMAND_MAX) {
        // The one who kicks may have been among those kicked, or the last to leave.
        let channel = turn.hub.channels.get(&id);
        let power = channel.map(|channel| turn.hub.power(&turn.hub.users[&actor], channel));
        if !power.is_some_and(|power| power.at_least(Ranks::HALF_OPERATOR)) {
            return;
        }
        if let Err(refusal) = put_out(turn, actor, id, nick, kick.reason.as_ref()) {
            turn.refuse(refusal);
        }
    }
}

fn put_out(
    turn: &mut Turn<'_>,
    actor: UserId,
    id: ChannelId,
    nick: &Nick,
    reason: Option<&Text>,
) -> Result<(), Refusal> {
    let user = turn.hub.user_named(nick);
    let user = user.ok_or_else(|| Refusal::NoSuchNick(nick.shown().clone()))?;
    let channel = turn.channel(id);
    let name = channel.named();
    let Some(theirs) = channel.members.get(&user.id) else {
        return Err(Refusal::TheyAreNotInChannel(nick.shown().clone(), name.name));
    };
    if channel.row.flags.has(ChannelFlags::NO_KICKS) {
        return Err(Refusal::NobodyIsKicked(name.name));
    }
    let mine = turn.hub.power(&turn.hub.users[&actor], channel);
    if actor != user.id && !mode::outranks(mine, *theirs) {
        return Err(Refusal::RankNeeded(name.name, mode::highest(*theirs)));
    }
    let target = user.id;
    expel(turn, actor, (target, id), reason.cloned());
    Ok(())
}

/// Puts a member out, for everyone there to see.
fn expel(turn: &mut Turn<'_>, by: UserId, (target, id): (UserId, ChannelId), reason: Option<Text>) {
    let audience = turn.hub.room_of(target, id);
    tell_and_expel(turn, by, (target, id), (audience, reason));
}

/// Puts many members out. Each of them is told of themselves alone, and whoever put them out of all:
/// what they would hear of each other is as much as their number's square.
pub(in crate::verbs) fn expel_all(
    turn: &mut Turn<'_>,
    by: UserId,
    id: ChannelId,
    targets: &[UserId],
    reason: Option<&Text>,
) {
    let Some(channel) = turn.hub.channels.get(&id) else { return };
    let stays = channel.members.contains_key(&by) && !targets.contains(&by);
    for target in targets {
        let hearing = std::iter::once(target).chain(Some(&by).filter(|_| stays));
        let sessions = hearing.flat_map(|user| turn.hub.users[user].sessions.iter().copied());
        let audience = Audience::Sessions(sessions.collect());
        tell_and_expel(turn, by, (*target, id), (audience, reason.cloned()));
    }
}

fn tell_and_expel(
    turn: &mut Turn<'_>,
    by: UserId,
    (target, id): (UserId, ChannelId),
    (audience, reason): (Audience, Option<Text>),
) {
    let kicker = Arc::clone(&turn.hub.users[&by].person);
    let (nick, channel) = (turn.hub.users[&target].nick().clone(), turn.channel(id).named());
    let reason = reason.unwrap_or_else(|| kicker.nick.clone());
    turn.happen(Some(by), audience, Event::Kicked { by: kicker, nick, channel, reason });
    let (at, who) = (turn.hub.at, PutOut::of(&turn.hub.users[&target]));
    turn.channel_mut(id).note_put_out(who, at);
    part::route_out(turn, target, id);
    part::leave(turn, target, id);
}
