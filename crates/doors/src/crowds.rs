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
    /// How many people are concerned by what was taken in and is not released.
    concerned: usize,
    /// The outcomes with which that ends, and how many people each concerns.
    under_way: VecDeque<(u64, usize)>,
    /// Outcomes that were handed on, and those that were released.
    handed_on: u64,
    released: u64,
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
            under_way: VecDeque::new(),
            handed_on: 0,
            released: 0,
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

    /// A request was taken in, and the outcomes that came of it are up to this one of those that are handed on next.
    pub fn took(&mut self, reach: usize, outcomes: usize) {
        let concerned = reach.max(self.room.each);
        self.concerned += concerned;
        self.under_way.push_back((self.handed_on + outcomes as u64, concerned));
    }

    /// So many outcomes were handed on.
    pub fn handed_on(&mut self, outcomes: usize) {
        self.handed_on += outcomes as u64;
    }

    /// So many of them were released.
    pub fn released(&mut self, outcomes: usize) {
        self.released += outcomes as u64;
        while let Some((last, concerned)) = self.under_way.front()
            && *last <= self.released
        {
            self.concerned -= concerned;
            self.under_way.pop_front();
        }
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
        crowds.took(ROOM.all, 1);
        assert!(!passes(&mut crowds, asked(2, 1), ROOM.few + 1), "it has to wait");
        assert!(passes(&mut crowds, asked(3, 1), 0), "who talks does not");
        assert!(passes(&mut crowds, asked(3, 2), ROOM.few), "nor does who leaves a few");
        assert!(
            !passes(&mut crowds, asked(2, 2), 0),
            "but nothing overtakes what waits of one session"
        );
        assert!(!crowds.has_next() && crowds.take_next().is_none());

        crowds.handed_on(3);
        crowds.released(1);
        assert!(crowds.has_next());
        assert_eq!([(); 3].map(|()| line_of(crowds.take_next())), [Some(1), Some(2), None]);
        assert!(passes(&mut crowds, asked(2, 3), 0), "nothing of theirs waits any more");
    }

    #[test]
    fn there_is_room_again_when_all_that_came_of_it_is_released() {
        let mut crowds = Crowds::new(ROOM);
        crowds.handed_on(7);
        crowds.took(ROOM.all, 3);
        assert!(!passes(&mut crowds, asked(1, 1), ROOM.all));
        crowds.handed_on(5);
        crowds.released(9);
        assert!(!crowds.has_next(), "of its three outcomes two are");
        crowds.released(1);
        assert!(crowds.has_next());
    }
}
