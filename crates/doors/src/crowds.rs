//! What concerns a crowd waits for its turn.
//!
//! When thousands come, go or ask who is there, all at once, each of them concerns all others. As much of that is taken
//! in at a time as is done in some milliseconds; the rest waits here, and has no place in the order yet. So whoever
//! talks meanwhile has theirs before it. What a session asks for stays in its order: behind something that
//! waits, all else of the same session waits too.

use crate::hall::Request;
use parlor_hub::id::SessionId;
use rustc_hash::FxHashMap;
use std::collections::VecDeque;

/// Requests that wait, and how much is under way.
#[derive(Debug)]
pub struct Crowds {
    room: Room,
    waiting: VecDeque<Request>,
    /// How many of each session wait.
    sessions: FxHashMap<SessionId, u32>,
    /// How many people are concerned by what was taken in and is not told.
    concerned: usize,
    /// How many of them by what was not handed on yet.
    taken: usize,
}

/// How many people may be concerned by what is taken in at a time.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// What concerns so few never waits.
    pub few: usize,
    /// What anything counts at least that concerns somebody.
    pub each: usize,
    /// From so many on the next ones wait.
    pub all: usize,
}

impl Crowds {
    /// Nothing waits, and nothing is under way.
    pub fn new(room: Room) -> Self {
        Self {
            room,
            waiting: VecDeque::new(),
            sessions: FxHashMap::default(),
            concerned: 0,
            taken: 0,
        }
    }

    /// Whether a request need not wait.
    #[inline]
    pub fn lets_pass(&self, request: &Request, reach: usize) -> bool {
        let may_pass = reach <= self.room.few || self.has_room() && self.waiting.is_empty();
        let waits_already = |session| self.sessions.contains_key(&session);
        may_pass && !session_of(request).is_some_and(waits_already)
    }

    /// Keeps one that must.
    pub fn keep(&mut self, request: Request) {
        if let Some(session) = session_of(&request) {
            *self.sessions.entry(session).or_default() += 1;
            self.waiting.push_back(request);
        }
    }

    /// A request was taken in that concerns so many people.
    pub fn took(&mut self, reach: usize) {
        let concerned = reach.max(self.room.each);
        self.concerned += concerned;
        self.taken += concerned;
    }

    /// All that was taken in is handed on. Returns how many people it concerns.
    pub fn hand_on(&mut self) -> usize {
        std::mem::take(&mut self.taken)
    }

    /// What came of something that was handed on is told, wherever somebody is whom it concerns.
    pub fn told(&mut self, concerned: usize) {
        self.concerned -= concerned;
    }

    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Whether something waits, and no longer has to.
    pub fn has_next(&self) -> bool {
        self.has_room() && !self.waiting.is_empty()
    }

    /// The next request that need not wait any longer.
    pub fn take_next(&mut self) -> Option<Request> {
        if !self.has_room() {
            return None;
        }
        let request = self.waiting.pop_front()?;
        let session = session_of(&request)?;
        if let Some(count) = self.sessions.get_mut(&session) {
            *count -= 1;
            if *count == 0 {
                self.sessions.remove(&session);
            }
        }
        Some(request)
    }

    fn has_room(&self) -> bool {
        self.concerned < self.room.all
    }
}

/// Whose request it is; that of work elsewhere is nobody's here.
fn session_of(request: &Request) -> Option<SessionId> {
    match request {
        Request::Submit(origin, _) | Request::Ask(origin, _) => Some(origin.session),
        Request::Hash(..) | Request::Read(..) | Request::Count(..) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use parlor_hub::{Command, Origin};

    const ROOM: Room = Room { few: 64, each: 50, all: 1000 };

    fn asked(session: u32, line: u32) -> Request {
        let session = SessionId::new(1, session);
        let origin = Origin { node: 0, incarnation: 1, session, line };
        Request::Submit(origin, Command::LogOut)
    }

    fn line_of(request: Option<Request>) -> Option<u32> {
        match request? {
            Request::Submit(origin, _) => Some(origin.line),
            _ => None,
        }
    }

    /// Whether it passes; it is kept if not.
    fn passes(crowds: &mut Crowds, request: Request, reach: usize) -> bool {
        let passes = crowds.lets_pass(&request, reach);
        if !passes {
            crowds.keep(request);
        }
        passes
    }

    #[test]
    fn what_concerns_a_crowd_waits_and_who_talks_passes() {
        let mut crowds = Crowds::new(ROOM);
        assert!(passes(&mut crowds, asked(1, 1), ROOM.all), "nothing is under way");
        crowds.took(ROOM.all);
        assert!(!passes(&mut crowds, asked(2, 1), ROOM.few + 1), "it has to wait");
        assert!(passes(&mut crowds, asked(3, 1), 0), "who talks does not");
        assert!(passes(&mut crowds, asked(3, 2), ROOM.few), "nor does who leaves a few");
        assert!(
            !passes(&mut crowds, asked(2, 2), 0),
            "but nothing overtakes what waits of one session"
        );
        assert!(!crowds.has_next() && crowds.take_next().is_none());

        let concerned = crowds.hand_on();
        assert!(!crowds.has_next(), "it is not told yet");
        crowds.told(concerned);
        assert!(crowds.has_next());
        assert_eq!([(); 3].map(|()| line_of(crowds.take_next())), [Some(1), Some(2), None]);
        assert!(passes(&mut crowds, asked(2, 3), 0), "nothing of theirs waits any more");
    }

    #[test]
    fn there_is_room_again_when_enough_of_what_was_handed_on_is_told() {
        let mut crowds = Crowds::new(ROOM);
        let half = ROOM.all / 2;
        crowds.took(half);
        assert_eq!(crowds.hand_on(), half);
        crowds.took(half);
        crowds.took(1);
        assert_eq!(crowds.hand_on(), half + ROOM.each);
        assert!(!passes(&mut crowds, asked(1, 1), ROOM.all));
        crowds.told(ROOM.each);
        assert!(!crowds.has_next(), "as much is under way as there may be");
        crowds.told(half);
        assert!(crowds.has_next());
        assert_eq!(crowds.hand_on(), 0, "nothing is handed on twice");
    }
}
