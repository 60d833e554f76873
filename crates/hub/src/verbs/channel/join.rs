//! Coming into channels.

use super::{life, mode, names, topic};
use crate::answer::{Answer, HistoryIs, WhyHistory};
use crate::bounds;
use crate::change::{Beside, Page, Span, Target};
use crate::command::Joining;
use crate::event::Event;
use crate::id::{AccountId, ChannelId, Millis, UserId};
use crate::modes::{ChannelFlags, ListKind, Ranks};
use crate::name::{ChannelName, Text};
use crate::outcome::Route;
use crate::refusal::Refusal;
use crate::state::{Hub, PutOut};
use crate::turn::Turn;
use crate::verbs::people::noted;
use crate::verbs::talk::mark_read;
use std::sync::Arc;

pub(crate) fn apply(turn: &mut Turn<'_>, joining: Vec<Joining>) {
    let Some(actor) = turn.actor().map(|user| user.id) else { return };
    for Joining { channel, key, follows } in joining {
        let channel = match renamed(turn.hub, &channel) {
            Some(now) if follows => {
                let (from, to) = (channel.shown().clone(), now.shown().clone());
                turn.answer(Answer::Forwarded(from, to));
                now
            }
            Some(now) => {
                let (from, to) = (channel.shown().clone(), now.shown().clone());
                turn.refuse(Refusal::ChannelRenamed(from, to));
                continue;
            }
            None => channel,
        };
        match admit(turn, actor, &channel, key.as_deref()) {
            Err(refusal) => turn_away(turn, actor, &channel, refusal),
            Ok(Admitted::Already) => {}
            Ok(Admitted::With(id, ranks)) => enter(turn, actor, id, ranks),
        }
    }
}

/// The name that the channel has now which had this one.
fn renamed(hub: &Hub, name: &ChannelName) -> Option<ChannelName> {
    let id = hub.now_named(name)?;
    let row = &hub.channels[&id].row;
    // The new name of a secret channel is for those inside.
    (!row.flags.has(ChannelFlags::SECRET)).then(|| row.name.clone())
}

/// Tells someone why they may not come in; or sends them on, where the channel does that (+f) and they
/// may come into the other one. From there, they are sent no further.
fn turn_away(turn: &mut Turn<'_>, actor: UserId, name: &ChannelName, refusal: Refusal) {
    let open = turn.hub.is_open(name).ok().and_then(|()| turn.hub.channel_named(name));
    let forward = open.and_then(|channel| channel.row.forward.clone());
    let Some(to) = forward.filter(|to| turn.hub.channel_named(to).is_some()) else {
        return turn.refuse(refusal);
    };
    match admit(turn, actor, &to, None) {
        Ok(Admitted::With(id, ranks)) => {
            let to = turn.channel(id).row.name.shown().clone();
            turn.answer(Answer::Forwarded(name.shown().clone(), to));
            enter(turn, actor, id, ranks);
        }
        Ok(Admitted::Already) | Err(_) => turn.refuse(refusal),
    }
}

/// Brings someone into a channel whatever it says. `false`: they are there already.
pub(in crate::verbs) fn bring(
    turn: &mut Turn<'_>,
    user: UserId,
    name: &ChannelName,
) -> Result<bool, Refusal> {
    let found = turn.hub.channel_names.get(name.folded()).copied();
    let (id, ranks) = match found {
        Some(id) if turn.hub.users[&user].channels.contains(&id) => return Ok(false),
        Some(id) => (id, place_of(turn, user, id).unwrap_or_default()),
        None if turn.hub.channels.len() >= bounds::CHANNELS_MAX => {
            return Err(Refusal::NoMoreChannels(name.shown().clone()));
        }
        None => (life::begin(turn, name.clone()), Ranks::OPERATOR),
    };
    enter(turn, user, id, ranks);
    Ok(true)
}

/// The ranks with which somebody's account comes into a channel, if it has a place there.
fn place_of(turn: &Turn<'_>, user: UserId, id: ChannelId) -> Option<Ranks> {
    let account = turn.hub.users[&user].account?;
    turn.channel(id).ranks_for(account)
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
    turn.hub.is_open(name)?;
    if user.channels.len() >= bounds::CHANNELS_PER_USER_MAX {
        return Err(Refusal::TooManyChannels(name.shown().clone()));
    }
    let Some(id) = found else {
        if turn.hub.channels.len() >= bounds::CHANNELS_MAX {
            return Err(Refusal::NoMoreChannels(name.shown().clone()));
        }
        if turn.hub.looks_like_another_channel(name) {
            return Err(Refusal::ChannelNameResembles(name.shown().clone()));
        }
        return Ok(Admitted::With(life::begin(turn, name.clone()), Ranks::OPERATOR));
    };
    let (user, place) = (&turn.hub.users[&actor], place_of(turn, actor, id));
    match place {
        None => may_enter(turn, actor, id, key)?,
        // Nobody would be left to lift the ban on a founder.
        Some(ranks) if ranks.has(Ranks::FOUNDER) || user.is_invited(id) => {}
        Some(_) if turn.hub.is_banned(user, turn.channel(id)) => {
            return Err(Refusal::Banned(name.shown().clone()));
        }
        Some(_) => {}
    }
    is_secure(turn, actor, id)?;
    has_waited(turn, actor, id)?;
    Ok(Admitted::With(id, place.unwrap_or_default()))
}

/// Whether a newcomer without a place may come in: modes, bans and invitations.
fn may_enter(
    turn: &Turn<'_>,
    actor: UserId,
    id: ChannelId,
    key: Option<&str>,
) -> Result<(), Refusal> {
    let (user, channel) = (&turn.hub.users[&actor], turn.channel(id));
    let has = |flag| channel.row.flags.has(flag);
    let why_not: fn(Text) -> Refusal = if user.is_invited(id) {
        return Ok(());
    } else if turn.hub.is_banned(user, channel) {
        Refusal::Banned
    } else if has(ChannelFlags::INVITE_ONLY)
        && !turn.hub.has_match(user, channel, ListKind::Invitation, false)
    {
        Refusal::InviteOnly
    } else if has(ChannelFlags::ACCOUNTS_JOIN) && user.account.is_none() {
        Refusal::AccountsOnly
    } else if channel.row.key.as_deref().is_some_and(|wanted| key != Some(wanted)) {
        Refusal::BadKey
    } else if channel.row.limit.is_some_and(|limit| channel.members.len() >= limit as usize) {
        Refusal::ChannelFull
    } else {
        return Ok(());
    };
    Err(why_not(channel.row.name.shown().clone()))
}

/// Whether nobody reads along on a connection of someone who comes where that is asked of all (+z).
fn is_secure(turn: &Turn<'_>, actor: UserId, id: ChannelId) -> Result<(), Refusal> {
    let row = &turn.channel(id).row;
    let may_come =
        !row.flags.has(ChannelFlags::SECURE_JOIN) || turn.hub.is_secure(&turn.hub.users[&actor]);
    if may_come { Ok(()) } else { Err(Refusal::SecureOnly(row.name.shown().clone())) }
}

/// Whether enough time has passed since someone was put out (+J).
fn has_waited(turn: &Turn<'_>, actor: UserId, id: ChannelId) -> Result<(), Refusal> {
    let (user, channel) = (&turn.hub.users[&actor], turn.channel(id));
    let seconds = |ms: Millis| ms.div_ceil(1000);
    let name = || channel.row.name.shown().clone();
    match channel.must_wait_ms(PutOut::of(user), turn.hub.at) {
        Some(ms) if !user.is_invited(id) => Err(Refusal::PutOutLately(name(), seconds(ms))),
        _ => Ok(()),
    }
}

fn enter(turn: &mut Turn<'_>, actor: UserId, id: ChannelId, ranks: Ranks) {
    let (sessions, who, realname, account, away) = {
        let user = turn.user_mut(actor);
        user.channels.push(id);
        user.forget_invitation(id);
        let who = Arc::clone(&user.person);
        (user.sessions.clone(), who, user.realname.clone(), user.account, user.away())
    };
    take_place(turn, actor, id, ranks, account);
    let channel = turn.channel(id).named();
    for session in sessions {
        turn.route(Route::Enter(session, id, channel.name.clone()));
    }
    let joined = Event::Joined { who: Arc::clone(&who), realname, channel };
    turn.happen(Some(actor), turn.hub.room_of(actor, id), joined);
    if away.is_some() {
        turn.tell(turn.hub.room_of(actor, id), Event::Away { who, message: away });
    }
    show_place(turn, (actor, id), Turn::answer_person);
    noted::on_joining(turn, actor, id);
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
    let now = turn.hub.seq;
    let channel = turn.channel_mut(id);
    channel.members.insert(actor, ranks);
    let Some(account) = account else {
        channel.guests.insert(actor, now);
        return;
    };
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
    (user, id): (UserId, ChannelId),
    show: fn(&mut Turn<'h>, UserId, Answer),
) {
    let (channel, person) = (turn.channel(id), &turn.hub.users[&user]);
    let topic = channel.row.topic.is_some().then(|| topic::answer(channel));
    let names = names::on_joining(turn.hub, channel, person);
    let since = turn.hub.readable_since(person, channel);
    let preferred = turn.actor().and_then(|user| user.account);
    let preferred = preferred.and_then(|account| turn.hub.accounts[&account].preferences.replay);
    let replay = preferred.unwrap_or(turn.hub.settings.replay);
    let shown = Answer::History(Box::new(HistoryIs {
        with: channel.row.name.shown().clone(),
        page: Page {
            target: Target::Channel(id),
            since,
            upto: turn.hub.seq,
            span: Span::Latest(None),
            beside: Beside::Nothing,
            limit: replay,
        },
        why: WhyHistory::Joined,
    }));
    if let Some(topic) = topic {
        show(turn, user, topic);
    }
    let read = mark_read::of_channel(turn, user, id);
    show(turn, user, read);
    show(turn, user, names);
    if replay > 0 {
        show(turn, user, shown);
    }
}
