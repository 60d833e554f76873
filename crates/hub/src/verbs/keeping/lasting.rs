//! What MODE, KICK, TOPIC and INVITE do, for those who need not be in the channel: their account always has
//! a rank there.

use super::access;
use crate::answer::KeepingAnswer;
use crate::command::{Kick, ModeChange};
use crate::id::{ChannelId, UserId};
use crate::modes::{ListKind, Ranks};
use crate::name::{ChannelName, Nick, Text};
use crate::refusal::Refusal;
use crate::turn::Turn;
use crate::verbs::channel::{invite, kick, mode, topic};

pub(crate) fn apply_mode(turn: &mut Turn<'_>, name: &ChannelName, changes: Vec<ModeChange>) {
    if let Some((actor, id)) = keeper(turn, name, Ranks::none()) {
        mode::change_by_keeper(turn, actor, id, changes);
    }
}

pub(crate) fn apply_kick(turn: &mut Turn<'_>, kick: &Kick) {
    if let Some((actor, id)) = keeper(turn, &kick.channel, Ranks::HALF_OPERATOR) {
        kick::put_out_all(turn, actor, id, kick);
    }
}

pub(crate) fn apply_topic(turn: &mut Turn<'_>, name: &ChannelName, text: Text) {
    let Some(actor) = turn.actor().map(|user| user.id) else { return };
    let found = turn.hub.channel_named(name);
    // Inside, it may be for everybody to set.
    if found.is_some_and(|channel| channel.members.contains_key(&actor)) {
        return topic::apply(turn, name, text);
    }
    if let Some((actor, id)) = keeper(turn, name, Ranks::HALF_OPERATOR) {
        topic::set(turn, actor, id, text);
    }
}

pub(crate) fn apply_invitation(turn: &mut Turn<'_>, name: &ChannelName, nick: Option<&Nick>) {
    let Some((actor, id)) = keeper(turn, name, Ranks::HALF_OPERATOR) else { return };
    let guest = match nick {
        None => actor,
        Some(nick) => match turn.hub.user_named(nick) {
            Some(guest) => guest.id,
            None => return turn.refuse(Refusal::NoSuchNick(nick.shown().clone())),
        },
    };
    invite::by_keeper(turn, actor, guest, id);
}

/// Lifts every ban that keeps the asker out. Everyone inside sees who did it.
pub(crate) fn apply_unban(turn: &mut Turn<'_>, name: &ChannelName) {
    let Some((actor, id)) = keeper(turn, name, Ranks::OPERATOR) else { return };
    let (user, channel) = (&turn.hub.users[&actor], turn.channel(id));
    let masks = turn.hub.matches(user, channel, ListKind::Ban);
    let changes =
        masks.into_iter().map(|mask| ModeChange::List(ListKind::Ban, mask, false)).collect();
    let count = mode::change_by_keeper(turn, actor, id, changes);
    let answer = KeepingAnswer::Unbanned(name.shown().clone(), count);
    turn.tell_keeping(answer);
}

/// Who sent the entry and a channel that they know of, if they may do there what takes this rank; if not,
/// they are told.
fn keeper(turn: &mut Turn<'_>, name: &ChannelName, rank: Ranks) -> Option<(UserId, ChannelId)> {
    let actor = turn.actor()?;
    let id = actor.id;
    let found = access::known(turn.hub, actor, name).and_then(|channel| {
        let power = turn.hub.power(actor, channel);
        let refusal = || Refusal::RankNeeded(channel.row.name.shown().clone(), rank);
        power.at_least(rank).then(|| channel.id()).ok_or_else(refusal)
    });
    match found {
        Ok(channel) => Some((id, channel)),
        Err(refusal) => {
            turn.refuse(refusal);
            None
        }
    }
}
