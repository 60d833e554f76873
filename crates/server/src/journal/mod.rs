//! What gives commands their order.
//!
//! On one machine it is a queue in this process. In a cluster it will be a stream that every node
//! reads, and [`Journal::take`] gives what came back of it; nothing else in the program can tell.

mod local;

pub(crate) use local::LocalJournal;

use parlor_hub::id::Millis;
use parlor_hub::{Command, Entry, Origin};

/// The order of commands.
pub(crate) trait Journal {
    /// Hands in a command of this node. It comes back by [`Journal::take`], now or later, once.
    fn append(&mut self, origin: Origin, command: Command);

    /// The entries that have their place in the order now, in that order.
    fn take(&mut self, into: &mut Vec<Entry>);

    /// The time by which entries are told when they were: it never goes back.
    fn now(&self) -> Millis;
}
