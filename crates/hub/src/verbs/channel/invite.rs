//! Asking someone to come.

use crate::answer::Answer;
use crate::event::Event;
use crate::id::{ChannelId, UserId};
use crate::modes::{ChannelFlags, Ranks};
use crate::name::{ChannelName, Nick};
use crate::outcome::Audience;
use crate::refusal::Refusal;
use crate::state::{Channel, Hub, User};
use crate::turn::Turn;
use crate::verbs::Asking;
use std::sync::Arc;

pub(crate) fn apply(turn: &mut Turn<'_>, nick: &Nick, name: &ChannelName) {
    let Some(actor) = turn.actor() else { return };
    let Some(guest) = turn.hub.user_named(nick) else {
        return turn.refuse(Refusal::NoSuchNick(nick.shown().clone()));
    };
    let channel = match turn.hub.channel_for(actor, name).and_then(|channel| {
        may_invite(turn.hub, actor, channel)?;
        Ok(channel)
    }) {
        Ok(channel) => channel,
        Err(refusal) => return turn.refuse(refusal),
    };
    let opens = turn.hub.authority(actor.id, channel).at_least(Ranks::HALF_OPERATOR);
    let (actor, guest, id) = (actor.id, guest.id, channel.id());
    invite(turn, actor, (guest, id), opens);
}

/// As it is done by someone who could open the channel, whether they are in it or not.
pub(in crate::verbs) fn by_keeper(
    turn: &mut Turn<'_>,
    actor: UserId,
    guest: UserId,
    id: ChannelId,
) {
    let channel = turn.channel(id);
    if channel.row.flags.has(ChannelFlags::NO_INVITATIONS) {
        return turn.refuse(Refusal::NobodyIsInvited(channel.row.name.shown().clone()));
    }
    invite(turn, actor, (guest, id), true);
}

fn invite(turn: &mut Turn<'_>, actor: UserId, (guest, id): (UserId, ChannelId), opens: bool) {
    let (actor, guest) = (&turn.hub.users[&actor], &turn.hub.users[&guest]);
    let channel = turn.channel(id);
    if channel.members.contains_key(&guest.id) {
        let name = channel.row.name.shown().clone();
        return turn.refuse(Refusal::TheyAreInChannel(guest.nick().clone(), name));
    }
    // An invitation is a word to the guest. It opens what is closed to them (a ban, a key, a limit)
    // when it is from someone who could open it.
    let (guest_id, guest_nick, sessions) = (guest.id, guest.nick().clone(), guest.sessions_boxed());
    let others = those_who_may(turn.hub, channel);
    let channel = channel.named();
    let by = Arc::clone(&actor.person);
    let away = guest.away();
    if opens {
        turn.user_mut(guest_id).note_invitation(channel.id);
    }
    turn.answer(Answer::Inviting(guest_nick.clone(), channel.name.clone()));
    if let Some(away) = away {
        turn.answer(Answer::TheyAreAway(guest_nick.clone(), away));
    }
    let invited = Event::Invited { by, nick: guest_nick, channel };
    turn.tell(Audience::Sessions(sessions), invited.clone());
    turn.tell(others, invited);
}

fn may_invite(hub: &Hub, actor: &User, channel: &Channel) -> Result<(), Refusal> {
    let name = || channel.row.name.shown().clone();
    if !channel.members.contains_key(&actor.id) {
        return Err(Refusal::NotInChannel(name()));
    }
    if channel.row.flags.has(ChannelFlags::NO_INVITATIONS) {
        return Err(Refusal::NobodyIsInvited(name()));
    }
    let ranks = hub.authority(actor.id, channel);
    if channel.row.flags.has(ChannelFlags::INVITE_ONLY) && !ranks.at_least(Ranks::HALF_OPERATOR) {
        return Err(Refusal::RankNeeded(name(), Ranks::HALF_OPERATOR));
    }
    Ok(())
}

/// The channels that the asker may come into because they were asked to.
pub(crate) fn ask(asking: &mut Asking<'_>) {
    let Some(asker) = asking.asker() else { return };
    let channels = asker.particulars.invited.iter().filter_map(|id| asking.hub.channels.get(id));
    let names = channels.map(|channel| channel.row.name.shown().clone()).collect();
    asking.answer(Answer::Invitations(names));
}

/// Those inside who could have sent the same invitation.
fn those_who_may(hub: &Hub, channel: &Channel) -> Audience {
    if !channel.row.flags.has(ChannelFlags::INVITE_ONLY) {
        return Audience::Channel(channel.id());
    }
    let members = channel.members.iter();
    let ranked = members.filter(|(_, ranks)| ranks.at_least(Ranks::HALF_OPERATOR));
    let sessions = ranked.flat_map(|(user, _)| hub.users[user].sessions.iter().copied());
    Audience::Sessions(sessions.collect())
}
