//! CHGHOST: others see someone come from elsewhere, until they leave (chghost).

use crate::answer::Answer;
use crate::event::{Event, ModeShown};
use crate::id::{ChannelId, SessionId, UserId};
use crate::modes::Ranks;
use crate::name::Text;
use crate::outcome::Audience;
use crate::turn::Turn;
use crate::verbs::people::monitor;
use std::sync::Arc;

/// `false`: it is so already.
pub(in crate::verbs) fn change(turn: &mut Turn<'_>, id: UserId, host: &Text) -> bool {
    let user = &turn.hub.users[&id];
    if user.person.host == *host {
        return false;
    }
    let who = Arc::clone(&user.person);
    let neighbours = turn.hub.neighbours(user, &user.sessions);
    let plain = user.plain_host().clone();
    turn.user_mut(id).set_plain_host((plain != *host).then_some(plain));
    turn.set_person(id, |person| person.host = host.clone());
    let event = Event::HostChanged { who, host: host.clone() };
    turn.tell(neighbours, event.clone());
    for channel in turn.hub.users[&id].channels.clone() {
        come_back(turn, id, channel);
    }
    monitor::tell_apart(turn, id, event);
    let user = &turn.hub.users[&id];
    let shown = Answer::HostShown(Arc::clone(&user.person));
    let own = turn.session();
    let sessions = user.sessions.iter().copied();
    let (mine, others): (Vec<SessionId>, Vec<_>) = sessions.partition(|s| *s == own);
    turn.show(others.into(), shown.clone());
    if !mine.is_empty() {
        turn.answer(shown);
    }
    true
}

/// Whoever does not know that hosts change was told that they left: there they are again.
fn come_back(turn: &mut Turn<'_>, id: UserId, channel: ChannelId) {
    let (hub, user) = (&*turn.hub, &turn.hub.users[&id]);
    let channel = &hub.channels[&channel];
    let rank = if channel.hides(id) { Ranks::VOICE } else { Ranks::none() };
    let there = hub.ranked_sessions(channel, rank, id);
    let others = there.iter().filter(|session| !user.sessions.contains(session)).copied();
    let audience = Audience::Sessions(others.collect());
    let rank = |letter| ModeShown { set: true, letter, parameter: Some(user.nick().clone()) };
    let event = Event::CameBack {
        who: Arc::clone(&user.person),
        realname: user.realname.clone(),
        channel: channel.named(),
        ranks: channel.ranks_of(id).letters().map(rank).collect(),
        away: user.away(),
    };
    turn.tell(audience, event);
}
