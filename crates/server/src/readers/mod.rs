//! History and search: a small pool of threads with read-only connections. Searches have a thread of
//! their own: one for a common word takes long, and nobody's page stands behind it. Nor does anybody stand behind all that
//! somebody else has asked for: households have turns.

mod turns;

use crate::bounds;
use crate::serve::Shards;
use crate::shard::ToShard;
use parlor_doors::hall::{FoundRows, NotFound, ReadWork};
use parlor_hub::change::Kept;
use parlor_hub::id::SessionId;
use parlor_store::{Error, Reader};
use std::net::IpAddr;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use turns::{Turns, Whose};

/// What is to be read for whom.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ReadJob {
    pub session: SessionId,
    /// Where limits count the session; nowhere, perhaps.
    pub from: Option<IpAddr>,
    pub ticket: u32,
    pub work: Box<ReadWork>,
}

/// The pool. It ends when the last of its handles is dropped.
#[derive(Debug, Clone)]
pub(crate) struct Readers {
    pages: Queue,
    searches: Queue,
    shards: Shards,
}

impl Readers {
    /// Opens the connections and starts the threads.
    pub fn start(
        data: &Path,
        shards: &Shards,
    ) -> Result<(Self, Vec<JoinHandle<()>>), ReadersError> {
        let (pages, pages_waiting) = Queue::of(bounds::READS_PER_ADDRESS_MAX);
        let (searches, searches_waiting) = Queue::of(bounds::SEARCHES_PER_ADDRESS_MAX);
        let queues = [
            ("reader", pages_waiting, bounds::READERS),
            ("searcher", searches_waiting, bounds::SEARCHERS),
        ];
        let mut threads = Vec::new();
        for (name, waiting, count) in queues {
            let waiting = Arc::new(waiting);
            for number in 0..count {
                let reader = Reader::open(data).map_err(ReadersError::Store)?;
                let (waiting, shards) = (Arc::clone(&waiting), shards.clone());
                let named = thread::Builder::new().name(format!("{name}-{number}"));
                let thread = named.spawn(move || work(&reader, &waiting, &shards));
                threads.push(thread.map_err(ReadersError::Thread)?);
            }
        }
        Ok((Self { pages, searches, shards: shards.clone() }, threads))
    }

    /// Takes work in, or says that enough waits for whoever is at that address.
    pub fn submit(&self, job: ReadJob) {
        let queue = match *job.work {
            ReadWork::Page(_)
            | ReadWork::Playback(_)
            | ReadWork::Targets(_)
            | ReadWork::Look(_) => &self.pages,
            ReadWork::Search(_) => &self.searches,
        };
        if let Err(ReadJob { session, ticket, work, .. }) = queue.put(job) {
            let found = not_read(&work, NotFound::Busy);
            self.shards.send_to(session, ToShard::Found(session, ticket, found));
        }
    }
}

/// Where work is put for the threads of a kind.
#[derive(Debug, Clone)]
struct Queue {
    turns: Arc<Mutex<Turns<ReadJob>>>,
    /// One thing more is there.
    more: Sender<()>,
}

/// Where they find it.
#[derive(Debug)]
struct Waiting {
    turns: Arc<Mutex<Turns<ReadJob>>>,
    more: Mutex<Receiver<()>>,
}

impl Queue {
    fn of(share: usize) -> (Self, Waiting) {
        let turns = Arc::new(Mutex::new(Turns::of(share)));
        let (sender, receiver) = channel();
        let waiting = Waiting { turns: Arc::clone(&turns), more: Mutex::new(receiver) };
        (Self { turns, more: sender }, waiting)
    }

    /// Takes it in, or gives it back where there is no room for more of theirs.
    fn put(&self, job: ReadJob) -> Result<(), ReadJob> {
        let whose = job.from.map_or(Whose::Session(job.session), Whose::Household);
        self.turns.lock().unwrap_or_else(PoisonError::into_inner).put(whose, job)?;
        // The pool ends after the shards.
        let _ = self.more.send(());
        Ok(())
    }
}

impl Waiting {
    /// Waits for what is next; none when there will be nothing more.
    fn take(&self) -> Option<ReadJob> {
        self.more.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()?;
        self.turns.lock().unwrap_or_else(PoisonError::into_inner).take()
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

fn work(reader: &Reader, waiting: &Waiting, shards: &Shards) {
    while let Some(ReadJob { session, ticket, work, .. }) = waiting.take() {
        let found = read(reader, &work);
        shards.send_to(session, ToShard::Found(session, ticket, found));
    }
}

fn read(reader: &Reader, work: &ReadWork) -> FoundRows {
    let found = match work {
        ReadWork::Page(page) => {
            reader.page(page).map(|rows| FoundRows::Kept { rows: Ok(rows), missing: Vec::new() })
        }
        ReadWork::Search(search) => reader.search(search).map(|hits| {
            let rows = hits.messages.into_iter().map(Kept::Message).collect();
            FoundRows::Kept { rows: Ok(rows), missing: hits.missing }
        }),
        ReadWork::Look(look) => reader.look(look).map(|found| FoundRows::Message(Ok(found))),
        ReadWork::Targets(conversations) => {
            reader.conversations(conversations).map(|found| FoundRows::Targets(Ok(found)))
        }
        ReadWork::Playback(playback) => {
            reader.playback(playback).map(|found| FoundRows::Played(Ok(found)))
        }
    };
    found.unwrap_or_else(|error| not_read(work, not_found(error)))
}

fn not_read(work: &ReadWork, why: NotFound) -> FoundRows {
    match work {
        ReadWork::Page(_) | ReadWork::Search(_) => {
            FoundRows::Kept { rows: Err(why), missing: Vec::new() }
        }
        ReadWork::Look(_) => FoundRows::Message(Err(why)),
        ReadWork::Targets(_) => FoundRows::Targets(Err(why)),
        ReadWork::Playback(_) => FoundRows::Played(Err(why)),
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
    use crate::serve;
    use parlor_hub::change::{Beside, Page, Search, Sieve, Span, Target};
    use parlor_hub::id::ChannelId;

    const TARGET: Target = Target::Channel(ChannelId(1));

    fn page() -> ReadWork {
        let (span, beside) = (Span::Latest(None), Beside::Nothing);
        ReadWork::Page(Page { target: TARGET, since: 0, upto: 9, span, beside, limit: 1 })
    }

    fn search() -> ReadWork {
        ReadWork::Search(Search {
            within: vec![(TARGET, 0)],
            upto: 9,
            account: None,
            words: None,
            sieve: Sieve::default(),
            limit: 1,
        })
    }

    /// Somebody's at an address that ends so.
    fn job(last: u8, ticket: u32, work: ReadWork) -> ReadJob {
        let from = Some([10, 0, 0, last].into());
        ReadJob { session: SessionId::new(1, last.into()), from, ticket, work: Box::new(work) }
    }

    #[test]
    fn a_page_stands_behind_no_search() {
        let (shards, _inboxes) = serve::ways_to_shards(1).unwrap();
        let ((pages, pages_waiting), (searches, searches_waiting)) = (Queue::of(9), Queue::of(9));
        let readers = Readers { pages, searches, shards };
        readers.submit(job(1, 1, search()));
        readers.submit(job(1, 2, page()));
        drop(readers);
        assert_eq!(pages_waiting.take(), Some(job(1, 2, page())));
        assert_eq!(searches_waiting.take(), Some(job(1, 1, search())));
        assert_eq!((pages_waiting.take(), searches_waiting.take()), (None, None), "it ended");
    }

    #[test]
    fn an_address_has_its_share_of_searches_and_others_have_their_turn() {
        let share = bounds::SEARCHES_PER_ADDRESS_MAX as u32;
        let (queue, waiting) = Queue::of(bounds::SEARCHES_PER_ADDRESS_MAX);
        for ticket in 1..=share {
            queue.put(job(1, ticket, search())).unwrap();
        }
        let refused = queue.put(job(1, share + 1, search()));
        assert_eq!(refused, Err(job(1, share + 1, search())), "that is too much");
        queue.put(job(2, 1, search())).unwrap();
        let taken = (waiting.take().unwrap(), waiting.take().unwrap());
        assert_eq!(taken, (job(1, 1, search()), job(2, 1, search())));
    }
}
