//! The store's thread: commits batch after batch, and then releases what they caused.
//!
//! While one transaction is syncing, the next batches gather. What stores nothing waits for no sync
//! of its own, only for its place in the order. While commits fail nothing is released: the batch in
//! hand is tried again until it is stored, or the server is stopped.

use crate::bounds;
use crate::serve::{Shards, Status};
use crate::shard::ToShard;
use parlor_hub::Outcome;
use parlor_hub::id::{Millis, Seq};
use parlor_store::Store;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

/// What the core applied together.
#[derive(Debug)]
pub(crate) struct Batch {
    pub seq: Seq,
    pub at: Millis,
    pub outcomes: Vec<Outcome>,
}

/// The thread's state.
pub(crate) struct Storing {
    pub store: Store,
    pub shards: Shards,
    pub status: Arc<Status>,
}

impl Storing {
    /// Runs until the core ended and all it sent is stored, or until the server stops and something
    /// could not be: `Status::failed` says so, and nobody was shown it.
    pub fn run(mut self, batches: &Receiver<Batch>) {
        while let Ok(first) = batches.recv() {
            let mut gathered = Gathered::of(first);
            while gathered.changes < bounds::CHANGES_PER_COMMIT_MAX {
                let Ok(batch) = batches.try_recv() else { break };
                if gathered.changes == 0 && stores(&batch) {
                    // What is in hand has nothing to wait for.
                    self.release(std::mem::take(&mut gathered.outcomes));
                }
                gathered.add(batch);
            }
            if gathered.changes > 0 && !self.commit_until_stored(&gathered) {
                return;
            }
            self.release(gathered.outcomes);
        }
        if let Err(error) = self.store.checkpoint() {
            tracing::warn!(%error, "could not fold the write-ahead log into the database");
        }
    }

    fn release(&self, outcomes: Vec<Outcome>) {
        if !outcomes.is_empty() {
            let outcomes = Arc::new(outcomes);
            self.shards.send_all(|| ToShard::Release(Arc::clone(&outcomes)));
        }
    }

    /// `false`: the server stopped before it could be stored.
    fn commit_until_stored(&mut self, gathered: &Gathered) -> bool {
        let mut wait = bounds::COMMIT_RETRY_MIN;
        let mut failed = false;
        loop {
            let begun = Instant::now();
            match self.commit(gathered) {
                Ok(()) => {
                    report_slow(begun.elapsed(), gathered.changes);
                    if failed {
                        tracing::info!("the store commits again");
                        self.set_failing(false);
                    }
                    return true;
                }
                Err(error) if !error.may_pass() => {
                    // The store and the hub disagree: going on would lose or mix up messages.
                    tracing::error!(%error, "the store refuses what the hub did; stopping");
                    self.status.failed.store(true, Ordering::Relaxed);
                    self.status.stop.notify_one();
                    return false;
                }
                Err(error) => {
                    if !std::mem::replace(&mut failed, true) {
                        self.set_failing(true);
                    }
                    tracing::error!(%error, "cannot save; nothing unsaved is shown; trying again");
                }
            }
            if self.status.stopping.load(Ordering::Relaxed) {
                self.status.failed.store(true, Ordering::Relaxed);
                return false;
            }
            std::thread::sleep(wait);
            wait = (wait * 2).min(bounds::COMMIT_RETRY_MAX);
        }
    }

    fn commit(&mut self, gathered: &Gathered) -> Result<(), parlor_store::Error> {
        let changes = gathered.outcomes.iter().flat_map(|outcome| &outcome.changes);
        self.store.commit(gathered.seq, gathered.at, changes)
    }

    fn set_failing(&self, failing: bool) {
        self.shards.send_all(|| ToShard::Failing(failing));
    }
}

/// Batches that are committed together.
struct Gathered {
    seq: Seq,
    at: Millis,
    changes: usize,
    outcomes: Vec<Outcome>,
}

impl Gathered {
    fn of(batch: Batch) -> Self {
        let mut gathered = Self { seq: 0, at: 0, changes: 0, outcomes: Vec::new() };
        gathered.add(batch);
        gathered
    }

    fn add(&mut self, batch: Batch) {
        self.seq = batch.seq;
        self.at = batch.at;
        self.changes += batch.outcomes.iter().map(|o| o.changes.len()).sum::<usize>();
        if self.outcomes.is_empty() {
            self.outcomes = batch.outcomes;
        } else {
            self.outcomes.extend(batch.outcomes);
        }
    }
}

fn stores(batch: &Batch) -> bool {
    batch.outcomes.iter().any(|outcome| !outcome.changes.is_empty())
}

fn report_slow(took: Duration, changes: usize) {
    if took >= bounds::SLOW_COMMIT {
        tracing::warn!(took_ms = took.as_millis(), changes, "a commit was slow");
    }
}
