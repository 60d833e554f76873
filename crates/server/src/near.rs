//! The core beside the only shard, on its thread: what is read is applied at once, and where little is
//! to be stored and the disk is quick it is committed at once too. A message that would cross three
//! threads, and wake each, crosses none.
//!
//! What is larger, or meets a store that is busy or a disk that is slow, goes to the store's thread as
//! from any core, and the shard goes on reading meanwhile.

use crate::bounds;
use crate::core::{Core, ToCore};
use crate::journal::LocalJournal;
use crate::storing::{Batch, Committing};
use parlor_hub::Outcome;
use parlor_hub::id::Millis;
use std::sync::Arc;
use std::sync::mpsc::Sender;

/// The core, and its ways to the store.
pub(crate) struct NearCore {
    core: Core<LocalJournal>,
    committing: Arc<Committing>,
    /// The store's thread; none when the core has ended.
    storing: Option<Sender<Batch>>,
    /// Outcomes that are with the store's thread: nothing may overtake them.
    on_their_way: usize,
}

impl NearCore {
    pub fn new(
        core: Core<LocalJournal>,
        committing: Arc<Committing>,
        storing: Sender<Batch>,
    ) -> Self {
        Self { core, committing, storing: Some(storing), on_their_way: 0 }
    }

    /// Takes a message, and gives what may be released at once.
    pub fn take(&mut self, message: ToCore) -> Vec<Outcome> {
        let stop = matches!(message, ToCore::Stop);
        self.core.take_in(message);
        let outcomes = self.turn();
        if stop {
            self.storing = None;
        }
        outcomes
    }

    /// Applies what is due, and gives what may be released at once.
    pub fn turn(&mut self) -> Vec<Outcome> {
        let Some(storing) = &self.storing else { return Vec::new() };
        let Some(batch) = self.core.turn() else { return Vec::new() };
        if self.on_their_way == 0 && stored_at_once(&self.committing, &batch) {
            return batch.outcomes;
        }
        self.on_their_way += batch.outcomes.len();
        // It ends only when nothing can be sent to it any more.
        let _ = storing.send(batch);
        Vec::new()
    }

    /// So many outcomes have come back from the store's thread.
    pub fn released(&mut self, count: usize) {
        self.on_their_way -= count;
    }

    /// When time itself has something for the hub to do.
    pub fn deadline(&self) -> Option<Millis> {
        self.core.deadline()
    }
}

/// Whether everything of a batch that is to be stored has been. Where it fails the store's thread
/// tries again, and says so.
fn stored_at_once(committing: &Committing, batch: &Batch) -> bool {
    let changes = batch.changes();
    let is_small = changes <= bounds::CHANGES_AT_ONCE_MAX;
    let is_quick = committing.took() <= bounds::COMMIT_AT_ONCE_WITHIN;
    let at_once = || committing.commit_at_once((batch.seq, batch.at), &batch.outcomes);
    changes == 0 || is_small && is_quick && at_once()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::verifying::{Sending, Verifiers};
    use parlor_store::{Options, Store};
    use std::sync::mpsc::{Receiver, channel};
    use std::time::Duration;
    use tempfile::TempDir;

    struct Here {
        near: NearCore,
        committing: Arc<Committing>,
        with_the_thread: Receiver<Batch>,
        _data: TempDir,
    }

    fn here(sync: Duration) -> Here {
        let data = tempfile::tempdir().unwrap();
        let (store, durable) = Store::open(data.path(), Options::default()).unwrap();
        let core = Core::start(durable, Config::default().hub_settings(), Arc::default());
        let (verifiers, _) = Verifiers::start(Sending::default()).unwrap();
        let committing = Committing::new(store, sync, verifiers);
        let (storing, with_the_thread) = channel();
        let near = NearCore::new(core, Arc::clone(&committing), storing);
        Here { near, committing, with_the_thread, _data: data }
    }

    fn something() -> ToCore {
        ToCore::Own(parlor_hub::Command::Elapsed)
    }

    #[test]
    fn what_is_small_is_stored_before_it_is_given_back() {
        let Here { mut near, committing, with_the_thread, _data } = here(Duration::ZERO);
        let began_with = near.turn();
        assert!(began_with.iter().any(|outcome| !outcome.changes.is_empty()));
        assert!(committing.took() > Duration::ZERO, "it was committed");
        assert_eq!(near.take(something()).len(), 1, "and what came next was given back too");
        assert!(with_the_thread.try_recv().is_err());
    }

    #[test]
    fn a_store_that_is_busy_is_not_waited_for() {
        let Here { mut near, committing, with_the_thread, _data } = here(Duration::ZERO);
        let held = committing.store();
        assert!(near.turn().is_empty());
        drop(held);
        assert_eq!(with_the_thread.try_iter().count(), 1, "the store's thread has it");
    }

    #[test]
    fn nothing_overtakes_what_the_stores_thread_has() {
        let slow = bounds::COMMIT_AT_ONCE_WITHIN + Duration::from_millis(1);
        let Here { mut near, with_the_thread, _data, .. } = here(slow);
        assert!(near.turn().is_empty(), "this disk is slow");
        assert!(near.take(something()).is_empty(), "it has nothing to store, and must wait");
        let batches: Vec<usize> = with_the_thread.try_iter().map(|b| b.outcomes.len()).collect();
        assert_eq!(batches, [2, 1]);
        near.released(3);
        assert_eq!(near.take(something()).len(), 1);
    }

    #[test]
    fn a_core_that_was_stopped_takes_nothing_more() {
        let Here { mut near, with_the_thread, _data, .. } = here(Duration::ZERO);
        near.take(ToCore::Stop);
        assert!(near.take(something()).is_empty());
        assert!(with_the_thread.recv().is_err(), "the store's thread ends");
    }
}
