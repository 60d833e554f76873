//! What a hall asks of the rest of the server.

use crate::queue::NotFound;
use parlor_hub::change::{Conversations, LastSaid, Page, Search, StoredMessage};
use parlor_hub::id::{Millis, SessionId};
use parlor_hub::name::Text;
use parlor_hub::{Command, Origin, Query};

/// One request.
#[derive(Debug)]
pub enum Request {
    /// A command for the journal. Its outcome comes back by [`Hall::release`](super::Hall::release).
    Submit(Origin, Command),
    /// A question for the hub, in its place among the commands. Its outcome comes back likewise.
    Ask(Origin, Query),
    /// Work on a password, away from every loop; done with [`Hall::hashed`](super::Hall::hashed).
    Hash(SessionId, PasswordWork),
    /// Something for a reader to fetch; done with [`Hall::found`](super::Hall::found). The number is
    /// the ticket of its place in the seat's queue.
    Read(SessionId, u32, ReadWork),
}

/// Work on a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PasswordWork {
    /// Whether it is the password of a PHC string.
    Verify {
        /// `$argon2id$…`.
        phc: Text,
        /// What was given.
        password: String,
    },
    /// The PHC string of a new one.
    New {
        /// What was given.
        password: String,
    },
}

/// The result of work on a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PasswordDone {
    /// Whether it was the password.
    Verified(bool),
    /// The PHC string.
    New(Text),
    /// The pool is full.
    Busy,
}

/// Something for a reader to fetch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadWork {
    /// A page of history.
    Page(Page),
    /// The hits of a search.
    Search(Search),
    /// A list of conversations.
    Targets(Conversations),
}

/// What a reader found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FoundRows {
    /// Of a page or a search.
    Messages {
        /// The messages, oldest first.
        messages: Result<Vec<StoredMessage>, NotFound>,
        /// A search that is complete only up to this time.
        complete_to: Option<Millis>,
    },
    /// Conversations, those first in which something was said the longest ago.
    Targets(Result<Vec<LastSaid>, NotFound>),
}
