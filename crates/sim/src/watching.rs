//! Whom sessions watch for (MONITOR), by what they were told of them: kept without the hub's lists.

use crate::Wrong;
use crate::checks::rooms::Rooms;
use parlor_doors::names::Casemapping;
use parlor_hub::id::SessionId;
use parlor_hub::{Answer, Audience, Event, Hub, Outcome, Step};
use std::collections::BTreeMap;

/// For each nick that a session watches for, whether somebody is here under it.
#[derive(Debug)]
pub(crate) struct Watching {
    casemapping: Casemapping,
    told: BTreeMap<(SessionId, String), bool>,
}

impl Watching {
    pub fn new(casemapping: Casemapping) -> Self {
        Self { casemapping, told: BTreeMap::new() }
    }

    /// Takes in what an entry told, and compares it with who is here now.
    pub fn note(&mut self, outcome: &Outcome, hub: &Hub) -> Result<(), Wrong> {
        for step in &outcome.steps {
            match step {
                Step::Answer(Answer::Monitored(told)) => {
                    let online = told.online.iter().map(|person| (&person.nick, true));
                    let offline = told.offline.iter().map(|nick| (nick, false));
                    for (nick, is_here) in online.chain(offline) {
                        let key = self.key(outcome.origin.session, nick);
                        self.told.insert(key, is_here);
                    }
                }
                Step::Tell(audience, Event::Online { who }) => {
                    self.turned(audience, &who.nick, true)?;
                }
                Step::Tell(audience, Event::Offline { nick }) => {
                    self.turned(audience, nick, false)?;
                }
                _ => {}
            }
        }
        let watched = |(session, nick, is_here): (SessionId, &_, bool)| {
            ((session, String::from(nick as &str)), is_here)
        };
        let watched: BTreeMap<_, _> =
            hub.watched().map(|(s, n, h)| watched((s, &**n, h))).collect();
        self.told.retain(|key, _| watched.contains_key(key));
        Wrong::unless_equal("what watchers were told", &self.told, "who is here", &watched)
    }

    fn key(&self, session: SessionId, nick: &str) -> (SessionId, String) {
        (session, self.casemapping.fold(nick).to_string())
    }

    /// Somebody came or went: nobody is told so twice.
    fn turned(&mut self, audience: &Audience, nick: &str, is_here: bool) -> Result<(), Wrong> {
        let Audience::Watchers(sessions) = audience else {
            return Err(Wrong(format!("{audience:?} hears of {nick} as watchers do")));
        };
        for session in sessions {
            let key = self.key(*session, nick);
            if self.told.insert(key, is_here) != Some(!is_here) {
                return Err(Wrong(format!("{session:?} is told again, or unasked, of {nick}")));
            }
        }
        Ok(())
    }
}

/// How someone is, everyone hears once: neighbours, and those who watch for them.
pub(crate) fn each_once(outcome: &Outcome, rooms: &Rooms) -> Result<(), Wrong> {
    let is_about_someone = |event: &Event| match event {
        Event::Account { .. } | Event::SetName { .. } | Event::HostChanged { .. } => true,
        // Who comes in away is told of in each channel.
        Event::Away { .. } => !outcome.steps.iter().any(is_joined),
        _ => false,
    };
    let told = outcome.steps.iter().filter_map(|step| match step {
        Step::Tell(audience, event) if is_about_someone(event) => Some(audience),
        _ => None,
    });
    let told: Vec<&Audience> = told.collect();
    for session in rooms.nicks.keys() {
        let times = told.iter().filter(|audience| rooms.hears(audience, *session)).count();
        if times > 1 {
            return Err(Wrong(format!("{session:?} hears {times} times how someone is")));
        }
    }
    Ok(())
}

fn is_joined(step: &Step) -> bool {
    matches!(step, Step::Tell(_, Event::Joined { .. }) | Step::TellKept(_, _, Event::Joined { .. }))
}
