//! The store's thread: commits batch after batch, and then releases what they caused.
//!
//! While one transaction is syncing, the next batches gather. What stores nothing waits for no sync
//! of its own, only for its place in the order. While commits fail nothing is released: the batch in
//! hand is tried again until it is stored, or the server is stopped.
//!
//! Between batches it removes what is not to be kept any longer.

use crate::serve::{Shards, Status};
use crate::shard::ToShard;
use crate::verifying::Verifiers;
use crate::{bounds, clock};
use parlor_hub::Outcome;
use parlor_hub::id::{Millis, Seq};
use parlor_hub::outcome::Asked;
use parlor_store::Store;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// What the core applied together.
#[derive(Debug)]
pub(crate) struct Batch {
    pub seq: Seq,
    pub at: Millis,
    pub outcomes: Vec<Outcome>,
}

impl Batch {
    /// How much of it is to be stored.
    pub fn changes(&self) -> usize {
        self.outcomes.iter().map(|outcome| outcome.changes.len()).sum()
    }
}

/// The store, for whoever commits next: this thread, or the core where it is near (`near.rs`), which
/// has sockets to serve and never waits for it.
pub(crate) struct Committing {
    store: Mutex<Store>,
    verifiers: Verifiers,
    /// How long the last commit took, in microseconds.
    took_us: AtomicU64,
}

impl Committing {
    /// `sync` is what a commit takes here, as it was measured.
    pub fn new(store: Store, sync: Duration, verifiers: Verifiers) -> Arc<Self> {
        let took_us = AtomicU64::new(us(sync));
        Arc::new(Self { store: Mutex::new(store), verifiers, took_us })
    }

    /// Stores the changes of these outcomes, or none of them.
    fn commit(
        &self,
        entry: (Seq, Millis),
        outcomes: &[Outcome],
    ) -> Result<Duration, parlor_store::Error> {
        self.commit_in(&mut self.store(), entry, outcomes)
    }

    /// The same, unless somebody else has the store. Whether they were stored.
    pub fn commit_at_once(&self, entry: (Seq, Millis), outcomes: &[Outcome]) -> bool {
        let store = self.store.try_lock().ok();
        store.is_some_and(|mut store| self.commit_in(&mut store, entry, outcomes).is_ok())
    }

    fn commit_in(
        &self,
        store: &mut Store,
        (seq, at): (Seq, Millis),
        outcomes: &[Outcome],
    ) -> Result<Duration, parlor_store::Error> {
        let begun = Instant::now();
        store.commit(seq, at, outcomes.iter().flat_map(|outcome| &outcome.changes))?;
        let took = begun.elapsed();
        for asked in outcomes.iter().filter_map(|outcome| outcome.asked.as_ref()) {
            // Stored by now: a code that is sent is one that counts.
            if let Asked::Verify(verification) = asked {
                self.verifiers.send((**verification).clone());
            }
        }
        self.took_us.store(us(took), Ordering::Relaxed);
        Ok(took)
    }

    /// How long the last commit took.
    pub fn took(&self) -> Duration {
        Duration::from_micros(self.took_us.load(Ordering::Relaxed))
    }

    /// A panic ends the process, so that a store which was left in the middle is never met.
    pub fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn us(duration: Duration) -> u64 {
    duration.as_micros().try_into().unwrap_or(u64::MAX)
}

/// The thread's state.
pub(crate) struct Storing {
    pub committing: Arc<Committing>,
    pub shards: Shards,
    pub status: Arc<Status>,
}

impl Storing {
    /// Runs until the core ended and all it sent is stored, or until the server stops and something
    /// could not be: `Status::failed` says so, and nobody was shown it.
    pub fn run(self, batches: &Receiver<Batch>) {
        let mut expire_at = Instant::now();
        loop {
            let until = expire_at.saturating_duration_since(Instant::now());
            if until.is_zero() {
                expire_at = Instant::now() + self.expire();
                continue;
            }
            let first = match batches.recv_timeout(until) {
                Ok(first) => first,
                Err(RecvTimeoutError::Timeout) => continue,
                Err(RecvTimeoutError::Disconnected) => break,
            };
            let mut gathered = Gathered::of(first);
            while gathered.changes < bounds::CHANGES_PER_COMMIT_MAX {
                let Ok(batch) = batches.try_recv() else { break };
                if gathered.changes == 0 && batch.changes() > 0 {
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
        if let Err(error) = self.committing.store().checkpoint() {
            tracing::warn!(%error, "could not fold the write-ahead log into the database");
        }
    }

    /// Removes some of what is not to be kept any longer, and says when to look again.
    fn expire(&self) -> Duration {
        match self.committing.store().expire(clock::now(), self.status.kept()) {
            Ok(true) => bounds::EXPIRE_PAUSE,
            Ok(false) => bounds::EXPIRE_EVERY,
            Err(error) => {
                tracing::warn!(%error, "what is not to be kept any longer could not be removed");
                bounds::EXPIRE_EVERY
            }
        }
    }

    fn release(&self, outcomes: Vec<Outcome>) {
        if !outcomes.is_empty() {
            let outcomes = Arc::new(outcomes);
            self.shards.send_all(|| ToShard::Release(Arc::clone(&outcomes)));
        }
    }

    /// `false`: the server stopped before it could be stored.
    fn commit_until_stored(&self, gathered: &Gathered) -> bool {
        let mut wait = bounds::COMMIT_RETRY_MIN;
        let mut failed = false;
        loop {
            match self.committing.commit((gathered.seq, gathered.at), &gathered.outcomes) {
                Ok(took) => {
                    report_slow(took, gathered.changes);
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
        self.changes += batch.changes();
        if self.outcomes.is_empty() {
            self.outcomes = batch.outcomes;
        } else {
            self.outcomes.extend(batch.outcomes);
        }
    }
}

fn report_slow(took: Duration, changes: usize) {
    if took >= bounds::SLOW_COMMIT {
        tracing::warn!(took_ms = took.as_millis(), changes, "a commit was slow");
    }
}
