//! History and search: a small pool of threads with read-only connections. Searches have a thread of
//! their own: one for a common word takes long, and nobody's page waits for it.

use crate::bounds;
use crate::serve::Shards;
use crate::shard::ToShard;
use parlor_doors::hall::{FoundRows, NotFound, ReadWork};
use parlor_hub::change::Kept;
use parlor_hub::id::SessionId;
use parlor_store::{Error, Reader};
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

/// What is to be read for whom: the session, and its ticket.
pub(crate) type ReadJob = (SessionId, u32, ReadWork);

/// The pool. It ends when the last of its handles is dropped. Its queues are bounded by the large
/// answers that each session may have waiting.
#[derive(Debug, Clone)]
pub(crate) struct Readers {
    pages: Sender<ReadJob>,
    searches: Sender<ReadJob>,
}

impl Readers {
    /// Opens the connections and starts the threads.
    pub fn start(
        data: &Path,
        shards: &Shards,
    ) -> Result<(Self, Vec<JoinHandle<()>>), ReadersError> {
        let (readers, [pages, searches]) = Self::with_queues();
        let queues =
            [("reader", pages, bounds::READERS), ("searcher", searches, bounds::SEARCHERS)];
        let mut threads = Vec::new();
        for (name, waiting, count) in queues {
            let waiting = Arc::new(Mutex::new(waiting));
            for number in 0..count {
                let reader = Reader::open(data).map_err(ReadersError::Store)?;
                let (waiting, shards) = (Arc::clone(&waiting), shards.clone());
                let named = thread::Builder::new().name(format!("{name}-{number}"));
                let thread = named.spawn(move || work(&reader, &waiting, &shards));
                threads.push(thread.map_err(ReadersError::Thread)?);
            }
        }
        Ok((readers, threads))
    }

    fn with_queues() -> (Self, [Receiver<ReadJob>; 2]) {
        let (pages, pages_waiting) = channel();
        let (searches, searches_waiting) = channel();
        (Self { pages, searches }, [pages_waiting, searches_waiting])
    }

    /// Takes work in.
    pub fn submit(&self, session: SessionId, ticket: u32, work: ReadWork) {
        let queue = match work {
            ReadWork::Page(_)
            | ReadWork::Playback(_)
            | ReadWork::Targets(_)
            | ReadWork::Look(_) => &self.pages,
            ReadWork::Search(_) => &self.searches,
        };
        // The pool ends after the shards.
        let _ = queue.send((session, ticket, work));
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

fn work(reader: &Reader, waiting: &Mutex<Receiver<ReadJob>>, shards: &Shards) {
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
            FoundRows::Kept { rows: reader.page(page).map_err(not_found), missing: Vec::new() }
        }
        ReadWork::Search(search) => match reader.search(search).map_err(not_found) {
            Ok(hits) => {
                let rows = hits.messages.into_iter().map(Kept::Message).collect();
                FoundRows::Kept { rows: Ok(rows), missing: hits.missing }
            }
            Err(why) => FoundRows::Kept { rows: Err(why), missing: Vec::new() },
        },
        ReadWork::Look(look) => FoundRows::Message(reader.look(look).map_err(not_found)),
        ReadWork::Targets(conversations) => {
            FoundRows::Targets(reader.conversations(conversations).map_err(not_found))
        }
        ReadWork::Playback(playback) => {
            FoundRows::Played(reader.playback(playback).map_err(not_found))
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

#[cfg(test)]
mod tests {
    use super::*;
    use parlor_hub::change::{Beside, Page, Search, Sieve, Span, Target};
    use parlor_hub::id::ChannelId;

    #[test]
    fn a_page_stands_behind_no_search() {
        let (readers, [pages, searches]) = Readers::with_queues();
        let target = Target::Channel(ChannelId(1));
        let search = Search {
            within: vec![(target, 0)],
            upto: 9,
            account: None,
            words: None,
            sieve: Sieve::default(),
            limit: 1,
        };
        let (span, beside) = (Span::Latest(None), Beside::Nothing);
        let page = Page { target, since: 0, upto: 9, span, beside, limit: 1 };
        for (ticket, work) in [(1, ReadWork::Search(search)), (2, ReadWork::Page(page))] {
            readers.submit(SessionId::new(1, 1), ticket, work);
        }
        let tickets =
            |jobs: Receiver<ReadJob>| jobs.try_iter().map(|(_, ticket, _)| ticket).collect();
        let (pages, searches): (Vec<u32>, Vec<u32>) = (tickets(pages), tickets(searches));
        assert_eq!((pages, searches), (vec![2], vec![1]));
    }
}
