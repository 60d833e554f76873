//! Who is told of what is noted of people and channels (METADATA), by what they were answered and where
//! they are: kept without the hub's lists.

use crate::Wrong;
use crate::checks::rooms::Rooms;
use parlor_doors::names::Casemapping;
use parlor_hub::answer::MetadataIs;
use parlor_hub::event::Subject;
use parlor_hub::id::SessionId;
use parlor_hub::{Answer, Audience, Command, Event, Hub, Outcome, Route, Step};
use std::collections::{BTreeMap, BTreeSet};

/// The keys that each session was told it hears of.
#[derive(Debug)]
pub(crate) struct Noted {
    casemapping: Casemapping,
    keys: BTreeMap<SessionId, BTreeSet<String>>,
}

/// The keys that a connection said before its sign-on that it hears of.
pub(crate) fn wanted_before(command: &Command) -> BTreeSet<String> {
    let Command::SignOn(sign_on) = command else { return BTreeSet::new() };
    let early = sign_on.metadata.iter();
    early.flat_map(|early| early.keys.iter().map(ToString::to_string)).collect()
}

impl Noted {
    pub fn new(casemapping: Casemapping) -> Self {
        Self { casemapping, keys: BTreeMap::new() }
    }

    /// Takes in what an entry told, and checks that nobody hears what they did not ask for, or may not
    /// know of.
    pub fn note(
        &mut self,
        outcome: &Outcome,
        wanted: BTreeSet<String>,
        rooms: &Rooms,
        hub: &Hub,
    ) -> Result<(), Wrong> {
        let own = outcome.origin.session;
        let is_known = |step: &Step| matches!(step, Step::Route(Route::Known(id, _)) if *id == own);
        if !wanted.is_empty() && outcome.steps.iter().any(is_known) {
            self.keys.insert(own, wanted);
        }
        for step in &outcome.steps {
            match step {
                Step::Answer(Answer::Metadata(is)) => self.answered(own, is, rooms, hub)?,
                Step::Show(sessions, Answer::Metadata(is)) => {
                    for session in sessions {
                        self.answered(*session, is, rooms, hub)?;
                    }
                }
                Step::Tell(audience, Event::Metadata { of, key, .. }) => {
                    let Audience::Sessions(sessions) = audience else {
                        return Err(Wrong(format!("{audience:?} hears of {key}")));
                    };
                    for session in sessions {
                        let may_know = match of {
                            Subject::Person(nick) => self.may_know(*session, nick, rooms, hub),
                            Subject::Channel(channel) => {
                                let members = rooms.members.get(&channel.id);
                                members.is_some_and(|members| members.contains(session))
                            }
                        };
                        self.hears(*session, of.name(), key, may_know)?;
                    }
                }
                Step::Route(Route::Gone(session, ..)) => drop(self.keys.remove(session)),
                _ => {}
            }
        }
        Ok(())
    }

    fn answered(
        &mut self,
        session: SessionId,
        is: &MetadataIs,
        rooms: &Rooms,
        hub: &Hub,
    ) -> Result<(), Wrong> {
        match is {
            MetadataIs::Subscribed(keys) => {
                let known = self.keys.entry(session).or_default();
                known.extend(keys.iter().map(ToString::to_string));
            }
            MetadataIs::Unsubscribed(keys) => {
                let known = self.keys.entry(session).or_default();
                known.retain(|key| !keys.iter().any(|gone| **gone == **key));
            }
            MetadataIs::Told(_, values) => {
                for value in values {
                    // Where a channel's own values are told, its members are asked for by name.
                    let may_know =
                        value.of.starts_with('#') || self.may_know(session, &value.of, rooms, hub);
                    self.hears(session, &value.of, &value.key, may_know)?;
                }
            }
            MetadataIs::Now(..) | MetadataIs::Values(..) | MetadataIs::Subscriptions(_) => {}
        }
        Ok(())
    }

    fn hears(&self, session: SessionId, of: &str, key: &str, may_know: bool) -> Result<(), Wrong> {
        let asked = self.keys.get(&session).is_some_and(|keys| keys.contains(key));
        if asked && may_know {
            return Ok(());
        }
        Err(Wrong(format!("{session:?} hears of {key} of {of}, asked {asked}, seen {may_know}")))
    }
    /// Whether a session is a person's own, shares a channel with them, or watches for them. Who stays with
    /// no connection is in no room that is known here.
    fn may_know(&self, session: SessionId, nick: &str, rooms: &Rooms, hub: &Hub) -> bool {
        let theirs = || rooms.nicks.iter().filter(|(_, known)| *known == nick).map(|(id, _)| *id);
        let is_own = theirs().any(|id| id == session);
        let shares = rooms
            .members
            .values()
            .any(|members| members.contains(&session) && theirs().any(|id| members.contains(&id)));
        let folded = self.casemapping.fold(nick);
        let watches = hub.watched().any(|(id, watched, _)| id == session && **watched == *folded);
        is_own || shares || watches || theirs().next().is_none()
    }
}
