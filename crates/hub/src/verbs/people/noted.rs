//! Who hears of what is noted of people and channels: of the keys that a session asked for, of its
//! channels, of those who are in them, and of those whom it watches for.

use crate::answer::{Answer, MetadataIs, MetadataValue};
use crate::event::{Event, Subject};
use crate::id::{ChannelId, SessionId, UserId};
use crate::name::{Nick, Text};
use crate::outcome::Audience;
use crate::state::{Hub, Owner, User, Values};
use crate::turn::Turn;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A value of a channel is now this, or none.
pub(super) fn of_channel(turn: &mut Turn<'_>, id: ChannelId, key: &Text, value: Option<Text>) {
    let (hub, own) = (&*turn.hub, turn.session());
    let channel = &hub.channels[&id];
    let is_there = |session: &SessionId| channel.members.contains_key(&hub.sessions[session].user);
    let hearing = hub.metadata.subscribers(key).filter(|session| *session != own);
    let hearing = hearing.filter(is_there).collect();
    tell(turn, hearing, Subject::Channel(turn.channel(id).named()), key, value);
}

/// A value of a person is now this, or none.
pub(super) fn of_person(turn: &mut Turn<'_>, id: UserId, key: &Text, value: Option<Text>) {
    let (hub, own) = (&*turn.hub, turn.session());
    let user = &hub.users[&id];
    let hearing = hub.metadata.subscribers(key).filter(|session| *session != own);
    let hearing = hearing.filter(|session| hears_of(hub, *session, user)).collect();
    tell(turn, hearing, Subject::Person(user.nick().clone()), key, value);
}

/// Someone has another account, or none: what was noted of them was this.
pub(in crate::verbs) fn became(turn: &mut Turn<'_>, id: UserId, before: &Values) {
    let now = turn.hub.noted_of(&turn.hub.users[&id]).clone();
    let gone = before.keys().filter(|key| !now.contains_key(*key));
    let other = now.iter().filter(|(key, value)| before.get(*key) != Some(value));
    let other = other.map(|(key, value)| (key, Some(value.clone())));
    for (key, value) in gone.map(|key| (key, None)).chain(other) {
        of_person(turn, id, key, value);
    }
}

/// Someone came into a channel: those in it hear of them, and they of all.
pub(in crate::verbs) fn on_joining(turn: &mut Turn<'_>, id: UserId, channel: ChannelId) {
    let (hub, own) = (&*turn.hub, turn.session());
    let user = &hub.users[&id];
    let noted = hub.noted_of(user);
    let near = if noted.is_empty() { Vec::new() } else { hearing_in(hub, id, channel) };
    let mut told = Vec::new();
    for (key, value) in noted {
        let others = near.iter().copied().filter(|session| hub.metadata.hears(*session, key));
        told.push((key.clone(), value.clone(), others.collect::<Box<[_]>>()));
    }
    let (who, sessions) = (user.nick().clone(), user.sessions.clone());
    for (key, value, others) in told {
        tell(turn, others, Subject::Person(who.clone()), &key, Some(value));
    }
    for session in sessions {
        let keys: BTreeSet<Text> = turn.hub.metadata.keys(session).cloned().collect();
        if keys.is_empty() {
            continue;
        }
        let user = &turn.hub.users[&id];
        let shown = turn.channel(channel).row.name.shown().clone();
        let values = all_of(turn.hub, user, (&shown, Owner::Channel(channel)), &keys);
        let answer = Answer::Metadata(Box::new(MetadataIs::Told(Some(shown), values)));
        if session == own {
            turn.answer(answer);
        } else {
            turn.show([session].into(), answer);
        }
    }
}

/// Those in a channel who see someone there and hear of any key.
fn hearing_in(hub: &Hub, id: UserId, channel: ChannelId) -> Vec<SessionId> {
    let room = &hub.channels[&channel];
    let others = room.members.keys().map(|member| &hub.users[member]);
    let seeing = others.filter(|other| other.id != id && room.shows(id, other));
    let sessions = seeing.flat_map(|other| other.sessions.iter().copied());
    sessions.filter(|session| hub.metadata.keys(*session).next().is_some()).collect()
}

/// The session watches for some more.
pub(super) fn on_watching(turn: &mut Turn<'_>, nicks: &[Nick]) {
    let session = turn.session();
    let keys: BTreeSet<Text> = turn.hub.metadata.keys(session).cloned().collect();
    let Some(watcher) = turn.actor().filter(|_| !keys.is_empty()) else { return };
    let online = nicks.iter().filter_map(|nick| turn.hub.user_named(nick));
    let found = online.filter(|user| turn.hub.finds(watcher, user));
    let values: Vec<_> = found.flat_map(|user| values_of(turn.hub, user, &keys)).collect();
    if !values.is_empty() {
        turn.answer(Answer::Metadata(Box::new(MetadataIs::Told(None, values))));
    }
}

/// Someone who is watched for is here.
pub(super) fn on_coming(turn: &mut Turn<'_>, id: UserId) {
    let hub = &*turn.hub;
    let user = &hub.users[&id];
    let watchers: BTreeSet<SessionId> = hub.monitors.watchers(&user.folded).collect();
    let mut told = Vec::new();
    for (key, value) in hub.noted_of(user) {
        let hearing = hub.metadata.subscribers(key).filter(|session| watchers.contains(session));
        let hearing = hearing.filter(|session| hears_of(hub, *session, user));
        told.push((key.clone(), value.clone(), hearing.collect::<Box<[_]>>()));
    }
    let who = user.nick().clone();
    for (key, value, hearing) in told {
        tell(turn, hearing, Subject::Person(who.clone()), &key, Some(value));
    }
}

/// What someone may be told of an owner, for some keys: of a channel, of those in it as well.
pub(super) fn all_of(
    hub: &Hub,
    asker: &User,
    (shown, owner): (&Text, Owner),
    keys: &BTreeSet<Text>,
) -> Vec<MetadataValue> {
    let mut values = picked(hub.metadata.of(owner), shown, keys);
    let Owner::Channel(id) = owner else { return values };
    let channel = &hub.channels[&id];
    // Who is in it is for those who are.
    if channel.members.contains_key(&asker.id) {
        let seen = channel.members.keys().filter(|member| channel.shows(**member, asker));
        values.extend(seen.flat_map(|member| values_of(hub, &hub.users[member], keys)));
    }
    values
}

/// What a session may be told for some keys, of everyone and everything that it hears of.
pub(super) fn within_reach(
    hub: &Hub,
    session: SessionId,
    keys: &BTreeSet<Text>,
) -> Vec<MetadataValue> {
    let Some(user) = hub.user_of(session).filter(|_| !keys.is_empty()) else { return Vec::new() };
    let (mut values, mut people) = (Vec::new(), BTreeSet::from([user.id]));
    for channel in user.channels.iter().map(|id| &hub.channels[id]) {
        let name = channel.row.name.shown();
        values.extend(picked(hub.metadata.of(Owner::Channel(channel.id())), name, keys));
        people.extend(channel.members.keys().filter(|member| channel.shows(**member, user)));
    }
    let watched = hub.monitors.of(session).iter().filter_map(|nick| hub.user_named(nick));
    people.extend(watched.filter(|other| hub.finds(user, other)).map(|other| other.id));
    values.extend(people.iter().flat_map(|id| values_of(hub, &hub.users[id], keys)));
    values
}

/// Whether a session hears of someone, for the keys that it asked for.
fn hears_of(hub: &Hub, session: SessionId, user: &User) -> bool {
    let hearer = &hub.users[&hub.sessions[&session].user];
    let mut channels = user.channels.iter().map(|channel| &hub.channels[channel]);
    hearer.id == user.id
        || channels.any(|channel| {
            channel.members.contains_key(&hearer.id) && channel.shows(user.id, hearer)
        })
        || (hub.monitors.watches(session, &user.folded) && hub.finds(hearer, user))
}

fn values_of(hub: &Hub, user: &User, keys: &BTreeSet<Text>) -> Vec<MetadataValue> {
    picked(hub.noted_of(user), user.nick(), keys)
}

fn picked(values: &Values, of: &Text, keys: &BTreeSet<Text>) -> Vec<MetadataValue> {
    let values = values.iter().filter(|(key, _)| keys.contains(*key));
    let value = |(key, value): (&Text, &Text)| MetadataValue {
        of: of.clone(),
        key: key.clone(),
        value: value.clone(),
    };
    values.map(value).collect()
}

fn tell(
    turn: &mut Turn<'_>,
    hearing: Box<[SessionId]>,
    of: Subject,
    key: &Text,
    value: Option<Text>,
) {
    if !hearing.is_empty() {
        let by = turn.actor().map(|user| Arc::clone(&user.person));
        let event = Event::Metadata { by, of, key: key.clone(), value };
        turn.tell(Audience::Sessions(hearing), event);
    }
}
