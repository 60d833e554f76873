//! Coming into channels.

use super::{life, mode, names, topic};
use crate::answer::{Answer, HistoryIs, WhyHistory};
use crate::bounds;
use crate::change::{Page, Span, Target};
use crate::command::Joining;
use crate::event::Event;
use crate::id::{AccountId, ChannelId, UserId};
use crate::modes::{ChannelFlags, ListKind, Ranks};
use crate::name::{ChannelName, Text};
use crate::outcome::{Audience, Route};
use crate::refusal::Refusal;
use crate::turn::Turn;
use crate::verbs::talk::mark_read;
use std::sync::Arc;

pub(crate) fn apply(turn: &mut Turn<'_>, joining: Vec<Joining>) {
    let Some(actor) = turn.actor().map(|user| user.id) else { return };
    for Joining { channel, key } in joining {
        match admit(turn, actor, &channel, key.as_deref()) {
            Err(refusal) => turn.refuse(refusal),
            Ok(Admitted::Already) => {}
            Ok(Admitted::With(id, ranks)) => enter(turn, actor, id, ranks),
        }
    }
}

enum Admitted {
    Already,
    With(ChannelId, Ranks),
}

/// Decides whether someone may come in, and makes the channel if there is none.
fn admit(
    turn: &mut Turn<'_>,
    actor: UserId,
    name: &ChannelName,
    key: Option<&str>,
) -> Result<Admitted, Refusal> {
    let user = &turn.hub.users[&actor];
    let found = turn.hub.channel_names.get(name.folded()).copied();
    if found.is_some_and(|id| user.channels.contains(&id)) {
        return Ok(Admitted::Already);
    }
    if user.channels.len() >= bounds::CHANNELS_PER_USER_MAX {
        return Err(Refusal::TooManyChannels(name.shown().clone()));
    }
    let Some(id) = found else {
        if turn.hub.channels.len() >= bounds::CHANNELS_MAX {
            return Err(Refusal::NoMoreChannels(name.shown().clone()));
        }
        return Ok(Admitted::With(life::begin(turn, name.clone()), Ranks::OPERATOR));
    };
    let place = user.account.and_then(|account| turn.channel(id).places.get(&account).copied());
    if place.is_none() {
        may_enter(turn, actor, id, key).map_err(|why| why(name.shown().clone()))?;
    }
    Ok(Admitted::With(id, place.unwrap_or_default()))
}

/// Whether a newcomer without a place may come in: modes, bans and invitations.
fn may_enter(
    turn: &Turn<'_>,
    actor: UserId,
    id: ChannelId,
    key: Option<&str>,
) -> Result<(), fn(Text) -> Refusal> {
    let (user, channel) = (&turn.hub.users[&actor], turn.channel(id));
    if user.invited.contains(&id) {
        return Ok(());
    }
    if channel.is_banned(&user.person) {
        return Err(Refusal::Banned);
    }
    if channel.row.flags.has(ChannelFlags::INVITE_ONLY)
        && !channel.has_match(ListKind::Invitation, &user.person)
    {
        return Err(Refusal::InviteOnly);
    }
    if channel.row.flags.has(ChannelFlags::ACCOUNTS_JOIN) && user.account.is_none() {
        return Err(Refusal::AccountsOnly);
    }
    if channel.row.key.as_deref().is_some_and(|wanted| key != Some(wanted)) {
        return Err(Refusal::BadKey);
    }
    if channel.row.limit.is_some_and(|limit| channel.members.len() >= limit as usize) {
        return Err(Refusal::ChannelFull);
    }
    Ok(())
}

fn enter(turn: &mut Turn<'_>, actor: UserId, id: ChannelId, ranks: Ranks) {
    let (sessions, who, realname, account, away) = {
        let user = turn.user_mut(actor);
        user.channels.push(id);
        user.invited.retain(|channel| *channel != id);
        let who = Arc::clone(&user.person);
        (user.sessions.clone(), who, user.realname.clone(), user.account, user.away())
    };
    take_place(turn, actor, id, ranks, account);
    let channel = turn.channel(id).named();
    for session in sessions {
        turn.route(Route::Enter(session, id, channel.name.clone()));
    }
    let joined = Event::Joined { who: Arc::clone(&who), realname, channel };
    turn.tell(Audience::Channel(id), joined);
    if away.is_some() {
        turn.tell(Audience::Channel(id), Event::Away { who, message: away });
    }
    show_place(turn, id, Turn::answer_all);
    // Who is alone there sees their ranks in the names.
    if turn.channel(id).members.len() > 1 {
        mode::tell_ranks(turn, id, actor, ranks);
    }
}

fn take_place(
    turn: &mut Turn<'_>,
    actor: UserId,
    id: ChannelId,
    ranks: Ranks,
    account: Option<AccountId>,
) {
    let channel = turn.channel_mut(id);
    channel.members.insert(actor, ranks);
    let Some(account) = account else { return };
    if channel.returning && channel.places.contains_key(&account) {
        channel.returned.push(actor);
    }
    turn.set_place(id, account, Some(ranks));
    turn.note_presence(account);
}

/// What is seen of a channel on coming in: its topic, up to when it was read, who is there, what
/// was said lately.
pub(in crate::verbs) fn show_place<'h>(
    turn: &mut Turn<'h>,
    id: ChannelId,
    show: fn(&mut Turn<'h>, Answer),
) {
    let channel = turn.channel(id);
    let topic = channel.row.topic.is_some().then(|| topic::answer(channel));
    let names = names::on_joining(turn.hub, channel);
    let replay = Answer::History(Box::new(HistoryIs {
        with: channel.row.name.shown().clone(),
        page: Page {
            target: Target::Channel(id),
            since: channel.row.since,
            upto: turn.hub.seq,
            span: Span::Latest(None),
            limit: turn.hub.settings.replay,
        },
        why: WhyHistory::Joined,
    }));
    if let Some(topic) = topic {
        show(turn, topic);
    }
    let read = mark_read::of_channel(turn, id);
    show(turn, read);
    show(turn, names);
    if turn.hub.settings.replay > 0 {
        show(turn, replay);
    }
}
