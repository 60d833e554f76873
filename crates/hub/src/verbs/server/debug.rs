//! DEBUG: what the server holds, for operators to see. Every row comes from the state as it is; of channels
//! and people there is as much as operators see elsewhere, and more of it at once.

use crate::answer::{Answer, ChannelHeld, Held, PersonHeld, SessionHeld};
use crate::id::SessionId;
use crate::modes::{Grants, ListKind};
use crate::query::View;
use crate::refusal::Refusal;
use crate::state::{Channel, Hub, Owner, User};
use crate::verbs::{Asking, channel};
use std::sync::Arc;

pub(crate) fn ask(asking: &mut Asking<'_>, view: View) {
    if asking.operator(Grants::SEE).is_none() {
        return;
    }
    let hub = asking.hub;
    let rows = match view {
        View::Views => vec![Held::Views],
        View::Counts => counts(hub),
        View::User(nick) => match hub.user_named(&nick) {
            Some(user) => of_user(hub, user),
            None => return asking.refuse(Refusal::NoSuchNick(nick.shown().clone())),
        },
        View::Channel(name) => match hub.channel_named(&name) {
            Some(channel) => of_channel(hub, channel),
            None => return asking.refuse(Refusal::NoSuchChannel(name.shown().clone())),
        },
    };
    asking.answer(Answer::Held(rows));
}

fn counts(hub: &Hub) -> Vec<Held> {
    let connected = hub.users.values().filter(|user| !user.sessions.is_empty()).count();
    let registered = hub.channels.values().filter(|channel| channel.row.registered).count();
    let masks = hub.channels.values().map(|channel| channel.lists.entries().len()).sum();
    [
        ("people", hub.users.len()),
        ("people without a connection", hub.users.len() - connected),
        ("sessions", hub.sessions.len()),
        ("operators", hub.operators),
        ("channels", hub.channels.len()),
        ("registered channels", registered),
        ("memberships", hub.users.values().map(|user| user.channels.len()).sum()),
        ("masks of channels", masks),
        ("invitations", hub.users.values().map(|user| user.particulars.invited.len()).sum()),
        ("accounts", hub.accounts.len()),
        ("accounts to be verified", hub.unverified.len()),
        ("accounts that are always on", hub.always_on.len()),
        ("certificates", hub.certificates.len()),
        ("bans", hub.bans.len()),
        ("values of metadata", hub.metadata.values_len()),
        ("subscriptions to metadata", hub.metadata.subscriptions_len()),
        ("monitors", hub.monitors.all().count()),
        ("read marks", hub.read.len()),
        ("people who were here", hub.whowas.len()),
    ]
    .map(|(what, count)| Held::Count(what, count))
    .into()
}

fn of_user(hub: &Hub, user: &User) -> Vec<Held> {
    let person = PersonHeld {
        person: Arc::clone(&user.person),
        realname: user.realname.clone(),
        flags: user.flags,
        operator: user.particulars.operator.as_ref().map(|held| (held.name.clone(), held.grants)),
        signed_on_at: user.signed_on_at,
        active_at: user.active_at,
        invitations: user.particulars.invited.len(),
        metadata: hub.metadata.of(Owner::of(user)).len(),
    };
    let sessions = user.sessions.iter().map(|id| Held::Session(Box::new(session(hub, *id))));
    let places = user.channels.iter().map(|id| {
        let channel = &hub.channels[id];
        Held::Place(channel.row.name.shown().clone(), channel.ranks_of(user.id))
    });
    std::iter::once(Held::Person(Box::new(person))).chain(sessions).chain(places).collect()
}

fn session(hub: &Hub, id: SessionId) -> SessionHeld {
    let session = &hub.sessions[&id];
    SessionHeld {
        number: id.counter(),
        peer: Arc::clone(&session.peer),
        transport: session.transport.clone(),
        since: session.since,
        is_unattended: session.is_unattended,
        line: session.line,
        monitors: hub.monitors.of(id).len(),
        keys: hub.metadata.keys(id).count(),
    }
}

fn of_channel(hub: &Hub, channel: &Channel) -> Vec<Held> {
    let lists = [ListKind::Ban, ListKind::Exception, ListKind::Invitation];
    let held = ChannelHeld {
        modes: channel::mode::of(channel, false),
        members: channel.members.len(),
        places: channel.places.len(),
        access: channel.access.len(),
        lists: lists.map(|kind| (kind, channel.masks(kind).count())),
        metadata: hub.metadata.of(Owner::Channel(channel.id())).len(),
        history: hub.history_of(channel),
    };
    let members = channel.members.iter();
    let members =
        members.map(|(id, ranks)| Held::Member(Arc::clone(&hub.users[id].person), *ranks));
    std::iter::once(Held::Channel(Box::new(held))).chain(members).collect()
}
