//! History and search: a small pool of threads with read-only connections.

use crate::bounds;
use crate::serve::Shards;
use crate::shard::ToShard;
use parlor_doors::hall::{FoundRows, NotFound, ReadWork};
use parlor_hub::id::SessionId;
use parlor_store::{Error, Reader};
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

type Job = (SessionId, u32, ReadWork);

/// The pool. It ends when the last of its handles is dropped. Its queue is bounded by the commands
/// that each session may have on their way.
#[derive(Debug, Clone)]
pub(crate) struct Readers(Sender<Job>);

impl Readers {
    /// Opens the connections and starts the threads.
    pub fn start(
        data: &Path,
        shards: &Shards,
    ) -> Result<(Self, Vec<JoinHandle<()>>), ReadersError> {
        let (jobs, waiting) = channel::<Job>();
        let waiting = Arc::new(Mutex::new(waiting));
        let mut threads = Vec::new();
        for number in 0..bounds::READERS {
            let reader = Reader::open(data).map_err(ReadersError::Store)?;
            let (waiting, shards) = (Arc::clone(&waiting), shards.clone());
            let named = thread::Builder::new().name(format!("reader-{number}"));
            let thread = named.spawn(move || work(&reader, &waiting, &shards));
            threads.push(thread.map_err(ReadersError::Thread)?);
        }
        Ok((Self(jobs), threads))
    }

    /// Takes work in.
    pub fn submit(&self, session: SessionId, ticket: u32, work: ReadWork) {
        // The pool ends after the shards.
        let _ = self.0.send((session, ticket, work));
    }
}

/// Why the readers could not start.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReadersError {
    #[error(transparent)]
    Store(Error),
    #[error(transparent)]
    Thread(std::io::Error),
}

fn work(reader: &Reader, waiting: &Mutex<Receiver<Job>>, shards: &Shards) {
    loop {
        let job = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((session, ticket, work)) = job else { return };
        let found = read(reader, &work);
        shards.send_to(session, ToShard::Found(session, ticket, found));
    }
}

fn read(reader: &Reader, work: &ReadWork) -> FoundRows {
    match work {
        ReadWork::Page(page) => {
            let messages = reader.page(page).map_err(not_found);
            FoundRows::Messages { messages, complete_to: None }
        }
        ReadWork::Search(search) => match reader.search(search).map_err(not_found) {
            Ok(hits) => {
                let (messages, complete_to) = (Ok(hits.messages), hits.complete_to);
                FoundRows::Messages { messages, complete_to }
            }
            Err(why) => FoundRows::Messages { messages: Err(why), complete_to: None },
        },
        ReadWork::Targets(conversations) => {
            FoundRows::Targets(reader.conversations(conversations).map_err(not_found))
        }
    }
}

fn not_found(error: Error) -> NotFound {
    if let Error::UnknownMessage(_) = error {
        return NotFound::UnknownMessage;
    }
    tracing::error!(%error, "could not read history");
    NotFound::Unreadable
}
