//! What the journal orders.

use crate::command::Command;
use crate::id::{Millis, Seq, SessionId};
use serde::{Deserialize, Serialize};

/// One command, at its place in the order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Its place.
    pub seq: Seq,
    /// The time, for everything that this entry causes.
    pub at: Millis,
    /// Who sent it, so that a repeated one is void.
    pub origin: Origin,
    /// What to do.
    pub command: Command,
}

/// Where a command came from. Lines of a session count up; one that was applied is void.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Origin {
    /// The node, 0 on a single machine.
    pub node: u16,
    /// The start of that node.
    pub incarnation: u32,
    /// The connection, or [`SessionId::SERVER`].
    pub session: SessionId,
    /// The line of the session, from 1.
    pub line: u32,
}
