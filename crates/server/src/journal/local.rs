//! The journal of one machine: the order is that in which commands are handed in.

use super::Journal;
use crate::clock::Onward;
use parlor_hub::id::{Millis, Seq};
use parlor_hub::{Command, Entry, Origin};

/// A queue with numbers.
#[derive(Debug)]
pub(crate) struct LocalJournal {
    seq: Seq,
    time: Onward,
    /// Without their time, which they get when they are taken.
    waiting: Vec<Entry>,
}

impl LocalJournal {
    /// Goes on after the last entry that was committed.
    pub fn after(seq: Seq, at: Millis) -> Self {
        Self { seq, time: Onward::after(at), waiting: Vec::new() }
    }
}

impl Journal for LocalJournal {
    fn append(&mut self, origin: Origin, command: Command) {
        self.seq += 1;
        self.waiting.push(Entry { seq: self.seq, at: 0, origin, command });
    }

    fn take(&mut self, into: &mut Vec<Entry>) {
        if self.waiting.is_empty() {
            return;
        }
        // Entries that came together happened together.
        let at = self.time.take();
        for entry in &mut self.waiting {
            entry.at = at;
        }
        if into.is_empty() {
            std::mem::swap(into, &mut self.waiting);
        } else {
            into.append(&mut self.waiting);
        }
    }

    fn now(&self) -> Millis {
        self.time.now()
    }
}
