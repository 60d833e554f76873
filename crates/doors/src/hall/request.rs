//! What a hall asks of the rest of the server.

use crate::queue::NotFound;
use parlor_hub::change::{
    Conversations, Kept, Keys, LastSaid, Look, Looked, Missing, Page, Playback, Search,
};
use parlor_hub::id::SessionId;
use parlor_hub::name::Text;
use parlor_hub::{Command, Origin, Query};
use std::net::IpAddr;

/// One request.
#[derive(Debug)]
pub enum Request {
    /// A command for the journal. Its outcome comes back by [`Hall::release`](super::Hall::release).
    Submit(Origin, Command),
    /// A question for the hub, in its place among the commands. Its outcome comes back likewise.
    Ask(Origin, Query),
    /// Work on a password, away from every loop; done with [`Hall::hashed`](super::Hall::hashed).
    Hash(SessionId, PasswordWork),
    /// The connection of this seat is somebody's at this address, and counts as one of theirs.
    Count(usize, IpAddr),
    /// Something for a reader to fetch; done with [`Hall::found`](super::Hall::found). The number is
    /// the ticket of its place in the seat's queue.
    Read(SessionId, u32, Box<ReadWork>),
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
    /// Of something that does not exist: none is right. It counts as a guess like any other.
    Unknown,
    /// The keys of a new one.
    New {
        /// What was given.
        password: String,
    },
    /// The first half of a SCRAM exchange.
    ScramFirst {
        /// The account's keys.
        keys: Text,
        /// What the client said first.
        message: String,
    },
    /// Its second half.
    ScramFinal {
        /// The first one.
        scram: Scram,
        /// What the client said last.
        message: String,
    },
}

/// A SCRAM exchange between its two halves (RFC 5802, section 3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scram {
    /// The account's keys.
    pub keys: Text,
    /// What the client said first.
    pub first: String,
    /// What it was answered.
    pub challenge: String,
}

/// What is made of a new password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewKeys {
    /// What it will be verified against.
    pub keys: Keys,
    /// A code that nobody can guess, should one be needed.
    pub code: Text,
}

/// The result of work on a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PasswordDone {
    /// Whether it was the password.
    Verified(bool),
    /// What was made of a new one.
    New(NewKeys),
    /// A SCRAM exchange has begun; none when what the client said first is wrong.
    Begun(Option<Scram>),
    /// What the client is sent last; none when what it said is wrong.
    Proven(Option<String>),
    /// The pool is full.
    Busy,
    /// Too many were wrong that came from this address.
    TooManyWrong,
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
    /// A part of many conversations.
    Playback(Playback),
    /// A message, to do something with it; its ticket is the line of this work.
    Look(Look),
}

/// What a reader found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FoundRows {
    /// Of a page or a search.
    Kept {
        /// Oldest first. A search finds messages alone.
        rows: Result<Vec<Kept>, NotFound>,
        /// What a search did not look through.
        missing: Vec<Missing>,
    },
    /// Conversations, those first in which something was said the longest ago.
    Targets(Result<Vec<LastSaid>, NotFound>),
    /// Of many conversations: with whom, and what was said there.
    Played(Result<Vec<(Text, Vec<Kept>)>, NotFound>),
    /// What is known of a message; none when there is no such one.
    Message(Result<Option<Looked>, NotFound>),
}

/// It is moved a few times for each line.
const _: () = assert!(size_of::<Request>() <= 104 && size_of::<Command>() <= 80);
