//! The journal of one machine: the order is that in which commands are handed in.

use super::Journal;
use crate::clock;
use parlor_hub::id::{Millis, Seq};
use parlor_hub::{Command, Entry, Origin};

/// A queue with numbers.
#[derive(Debug)]
pub(crate) struct LocalJournal {
    seq: Seq,
    at: Millis,
    waiting: Vec<(Origin, Command)>,
}

impl LocalJournal {
    /// Goes on after the last entry that was committed.
    pub fn after(seq: Seq, at: Millis) -> Self {
        Self { seq, at, waiting: Vec::new() }
    }
}

impl Journal for LocalJournal {
    fn append(&mut self, origin: Origin, command: Command) {
        self.waiting.push((origin, command));
    }

    fn take(&mut self, into: &mut Vec<Entry>) {
        // Entries that came together happened together; the clock may be set back, `at` may not.
        self.at = self.at.max(clock::now());
        into.extend(self.waiting.drain(..).map(|(origin, command)| {
            self.seq += 1;
            Entry { seq: self.seq, at: self.at, origin, command }
        }));
    }
}
