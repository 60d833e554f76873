//! Watching for people to come and go (MONITOR).

use super::noted;
use crate::answer::{Answer, Monitored};
use crate::command::Monitor;
use crate::event::Event;
use crate::id::{SessionId, UserId};
use crate::name::Nick;
use crate::outcome::Audience;
use crate::state::{Hub, Noted};
use crate::turn::Turn;
use crate::verbs::Asking;
use std::sync::Arc;

pub(crate) fn apply(turn: &mut Turn<'_>, monitor: Monitor) {
    if turn.actor().is_none() {
        return;
    }
    let session = turn.session();
    match monitor {
        Monitor::Add(nicks) => add(turn, nicks),
        Monitor::Remove(nicks) => {
            for nick in nicks {
                turn.hub.monitors.remove(session, &nick);
            }
        }
        Monitor::Clear => turn.hub.monitors.end(session),
    }
}

/// Those on the list already are not told of again.
fn add(turn: &mut Turn<'_>, nicks: Vec<Nick>) {
    let session = turn.session();
    let mut told = Monitored::default();
    for nick in &nicks {
        match turn.hub.monitors.add(session, nick) {
            Noted::Already => {}
            Noted::Now => note(turn.hub, nick, &mut told),
            Noted::Full => told.beyond.push(nick.shown().clone()),
        }
    }
    turn.answer(Answer::Monitored(Box::new(told)));
    noted::on_watching(turn, &nicks);
}

pub(crate) fn ask_list(asking: &mut Asking<'_>) {
    let list = asking.hub.monitors.of(asking.origin.session);
    asking.answer(Answer::MonitorList(list.iter().map(|nick| nick.shown().clone()).collect()));
}

pub(crate) fn ask_status(asking: &mut Asking<'_>) {
    let mut told = Monitored::default();
    for nick in asking.hub.monitors.of(asking.origin.session) {
        note(asking.hub, nick, &mut told);
    }
    asking.answer(Answer::Monitored(Box::new(told)));
}

fn note(hub: &Hub, nick: &Nick, told: &mut Monitored) {
    match hub.user_named(nick) {
        Some(user) => told.online.push(Arc::clone(&user.person)),
        None => told.offline.push(nick.shown().clone()),
    }
}

/// Tells those who watch for someone that they are here.
pub(in crate::verbs) fn came(turn: &mut Turn<'_>, id: UserId) {
    let user = &turn.hub.users[&id];
    let (watchers, who) = (turn.hub.monitors.watchers(&user.folded), Arc::clone(&user.person));
    tell(turn, watchers.collect(), Event::Online { who });
    noted::on_coming(turn, id);
}

/// Tells those who watch for someone that nobody is here under their nick any more.
pub(in crate::verbs) fn went(turn: &mut Turn<'_>, id: UserId) {
    let user = &turn.hub.users[&id];
    let (watchers, nick) = (turn.hub.monitors.watchers(&user.folded), user.nick().clone());
    tell(turn, watchers.collect(), Event::Offline { nick });
}

/// Tells those who watch for someone, and share no channel with them, what their neighbours hear of
/// them (extended-monitor).
pub(in crate::verbs) fn tell_apart(turn: &mut Turn<'_>, id: UserId, event: Event) {
    let (hub, user) = (&*turn.hub, &turn.hub.users[&id]);
    let is_neighbour = |watcher: UserId| {
        let mut channels = user.channels.iter().map(|channel| &hub.channels[channel]);
        watcher == id || channels.any(|channel| channel.members.contains_key(&watcher))
    };
    let watchers = hub.monitors.watchers(&user.folded);
    let apart = watchers.filter(|session| !is_neighbour(hub.sessions[session].user));
    tell(turn, apart.collect(), event);
}

fn tell(turn: &mut Turn<'_>, watchers: Box<[SessionId]>, event: Event) {
    if !watchers.is_empty() {
        turn.tell(Audience::Watchers(watchers), event);
    }
}
