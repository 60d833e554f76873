//! Sessions that are nobody: they have not signed on, or are over.

use crate::bounds;
use crate::id::SessionId;
use crate::state::ById;
use serde::{Deserialize, Serialize};

/// The last line that was applied of each, so that a sign-on that the journal gives a second time
/// makes nobody of a connection that is gone. In two halves: when one is full, the other is forgotten.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Strangers {
    late: ById<SessionId, u32>,
    early: ById<SessionId, u32>,
}

impl Strangers {
    /// The last line of a session, 0 when none is known; for the caller to note the present one.
    pub fn last_line(&mut self, session: SessionId) -> &mut u32 {
        let known = self.early.swap_remove(&session).unwrap_or(0);
        if self.late.len() >= bounds::STRANGERS_MAX / 2 && !self.late.contains_key(&session) {
            self.early = std::mem::take(&mut self.late);
        }
        self.late.entry(session).or_insert(known)
    }

    /// A session is over, after this line.
    pub fn note(&mut self, session: SessionId, line: u32) {
        let last = self.last_line(session);
        *last = line.max(*last);
    }

    /// A session signed on: its line is its own from here on.
    pub fn forget(&mut self, session: SessionId) {
        self.late.swap_remove(&session);
        self.early.swap_remove(&session);
    }
}
