//! A journal with the faults that a distributed one may have.

use crate::bounds;
use crate::chance::Chance;
use parlor_hub::id::{Millis, Seq, SessionId};
use parlor_hub::{Command, Entry, Origin};
use std::collections::VecDeque;

/// It gives the order: of each session's commands the one in which they were sent, between sessions
/// any. It delays, leaves numbers out, and gives an entry a second time.
#[derive(Debug)]
pub(crate) struct FaultyJournal {
    seq: Seq,
    at: Millis,
    /// Commands on their way, in the order in which they were handed in.
    waiting: VecDeque<(Origin, Command)>,
    repeats: VecDeque<(Origin, Command)>,
    repeat_one_in: usize,
    /// Hands everything over at once, as the journal of one machine does.
    local: bool,
}

impl FaultyJournal {
    pub fn after(seq: Seq, at: Millis, chance: &mut Chance) -> Self {
        Self {
            seq,
            at,
            waiting: VecDeque::new(),
            repeats: VecDeque::new(),
            repeat_one_in: chance.between(5, 60),
            local: chance.one_in(3),
        }
    }

    pub fn append(&mut self, origin: Origin, command: Command, chance: &mut Chance) {
        if !self.local
            && chance.one_in(self.repeat_one_in)
            && self.repeats.len() < bounds::REPEATS_MAX
        {
            self.repeats.push_back((origin, command.clone()));
        }
        self.waiting.push_back((origin, command));
    }

    /// Whether it is that of one machine.
    pub fn is_local(&self) -> bool {
        self.local
    }

    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty() && self.repeats.is_empty()
    }

    /// The next entry that has its place, and whether it is one that came before.
    pub fn take(&mut self, now: Millis, chance: &mut Chance) -> Option<(Entry, bool)> {
        let (origin, command, repeated) = self.next(chance)?;
        self.at = self.at.max(now);
        self.seq += 1;
        if !self.local && chance.one_in(20) {
            self.seq += chance.below(4) as u64;
        }
        Some((Entry { seq: self.seq, at: self.at, origin, command }, repeated))
    }

    fn next(&mut self, chance: &mut Chance) -> Option<(Origin, Command, bool)> {
        if self.local {
            return self.waiting.pop_front().map(|(origin, command)| (origin, command, false));
        }
        if !self.repeats.is_empty() && (self.waiting.is_empty() || chance.one_in(6)) {
            let (origin, command) = self.repeats.front()?.clone();
            if !self.waiting.iter().any(|(waiting, _)| *waiting == origin) {
                self.repeats.pop_front();
                return Some((origin, command, true));
            }
        }
        if self.waiting.is_empty() {
            return None;
        }
        // Any session's first; the server's own commands keep their place before all behind them.
        let session = self.waiting[chance.below(self.waiting.len())].0.session;
        let own = self.waiting.iter().position(|(o, _)| o.session == SessionId::SERVER);
        let first = self.waiting.iter().position(|(o, _)| o.session == session)?;
        let place = own.map_or(first, |own| own.min(first));
        let (origin, command) = self.waiting.remove(place)?;
        Some((origin, command, false))
    }
}
