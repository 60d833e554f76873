//! What can go wrong in a measurement.

use std::io;
use std::path::PathBuf;

/// Why there is no measurement.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("cannot {what}: {error}")]
    Io { what: &'static str, error: io::Error },
    #[error("there is no server at {0:?}: build it (cargo build --release) or name it (--server)")]
    NoServer(PathBuf),
    #[error("{name} did not listen in time; it said:\n{said}")]
    NotListening { name: String, said: String },
    #[error("the server closed a connection; the last it said: {0:?}")]
    Closed(String),
    #[error("the server refused while {doing}: {said:?}")]
    Refused { doing: &'static str, said: String },
    #[error("nothing came from the server while {doing}: {what}")]
    Stalled { doing: &'static str, what: String },
    #[error("a message came that was not under way: number {0}")]
    Unexpected(u32),
    #[error("{0:?} has no marks between which the figures belong")]
    NoMarks(PathBuf),
    #[error("it takes too long")]
    TooLong,
    #[error("too many messages are under way")]
    TooMany,
    #[error("{needed} connections are needed, and {limit} descriptors may be open: {hint}")]
    Descriptors { needed: usize, limit: usize, hint: &'static str },
}

impl Error {
    /// For `map_err`: says what was attempted.
    pub fn io(what: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |error| Self::Io { what, error }
    }
}
