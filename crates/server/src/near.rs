//! The core beside the only shard, on its thread: what is read is applied at once, and where the disk is
//! quick it is stored at once too, in the tail. A message that would cross three threads, and wake each, crosses
//! none.
//!
//! A sync costs as much as telling twenty people. So the tail is not written again before a moment has passed
//! since the last time ([`bounds::SYNCS_APART`]): what comes meanwhile is held, and stored together. Where
//! nobody else spoke a moment ago, nobody waits.
//!
//! What the tail has, the store's thread brings to the database later, many together. What is very much, or
//! meets a disk that is slow, goes to the store's thread as from any core, and the shard goes on reading
//! meanwhile.

use crate::bounds;
use crate::core::{Core, ToCore};
use crate::journal::LocalJournal;
use crate::readers::ReadJob;
use crate::storing::{Batch, Committed};
use parlor_hub::Outcome;
use parlor_hub::change::Change;
use parlor_hub::id::{Millis, Seq};
use parlor_store::Tail;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

/// The core, and its ways to the disk.
pub(crate) struct NearCore {
    core: Core<LocalJournal>,
    tail: Tail,
    /// When it was last written.
    written: Option<Instant>,
    /// Until then it is left alone, because its disk stalled or failed: all goes to the store's thread.
    rests_until: Option<Instant>,
    /// What came since then and has something to store.
    held: Batch,
    kept: Kept,
    committed: Arc<Committed>,
    /// The store's thread; none when the core has ended.
    storing: Option<Sender<Batch>>,
    /// Outcomes that are with the store's thread: nothing may overtake them.
    on_their_way: usize,
}

/// What is in the tail and was not given to the store's thread.
#[derive(Debug, Default)]
struct Kept {
    changes: Vec<Change>,
    /// The last entry that is in the tail, and when that was.
    seq: Seq,
    at: Millis,
    /// When the first of these changes was put there.
    since: Option<Instant>,
}

impl NearCore {
    pub fn new(
        core: Core<LocalJournal>,
        tail: Tail,
        committed: Arc<Committed>,
        storing: Sender<Batch>,
    ) -> Self {
        Self {
            core,
            tail,
            written: None,
            rests_until: None,
            held: Batch::default(),
            kept: Kept::default(),
            committed,
            storing: Some(storing),
            on_their_way: 0,
        }
    }

    /// Takes a message, and gives what may be released at once.
    pub fn take(&mut self, message: ToCore) -> Vec<Outcome> {
        let stop = matches!(message, ToCore::Stop);
        self.core.take_in(message);
        let mut outcomes = self.turn();
        if stop {
            outcomes.extend(self.let_go());
            self.pass_on(Batch::default());
            self.storing = None;
        }
        outcomes
    }

    /// Applies what is due, and gives what may be released at once.
    pub fn turn(&mut self) -> Vec<Outcome> {
        if self.storing.is_none() {
            return Vec::new();
        }
        if let Some(batch) = self.core.turn() {
            self.held.add(batch);
        }
        let outcomes =
            if self.waits() == Some(Duration::ZERO) { self.let_go() } else { Vec::new() };
        if self.kept.waits() == Some(Duration::ZERO) {
            self.pass_on(Batch::default());
        }
        outcomes
    }

    /// For how long what is held has to wait, if anything is.
    pub fn waits(&self) -> Option<Duration> {
        if self.held.outcomes.is_empty() {
            return None;
        }
        let left = self
            .written
            .map_or(Duration::ZERO, |at| bounds::SYNCS_APART.saturating_sub(at.elapsed()));
        // An answer is never held. All that is held is looked through only where it may wait.
        let is_held = !left.is_zero()
            && self.held.size() > 0
            && !self.held.outcomes.iter().any(Outcome::answers)
            && self.is_for_the_tail(&self.held);
        Some(if is_held { left } else { Duration::ZERO })
    }

    /// Stores what is held, and gives it back to be released; or has the store's thread do both.
    fn let_go(&mut self) -> Vec<Outcome> {
        let mut batch = std::mem::take(&mut self.held);
        let is_next_with_nothing = self.on_their_way == 0 && batch.size() == 0;
        if is_next_with_nothing || self.is_for_the_tail(&batch) && self.append(&mut batch) {
            self.core.told(batch.concerned);
            return batch.outcomes;
        }
        self.pass_on(batch);
        Vec::new()
    }

    /// Whether it is stored here: not too much of it, on a disk that is quick.
    fn is_for_the_tail(&self, batch: &Batch) -> bool {
        let is_small = batch.size() <= bounds::CHANGES_AT_ONCE_MAX;
        let is_quick = self.committed.took() <= bounds::STORED_AT_ONCE_WITHIN;
        let asks = batch.outcomes.iter().any(|outcome| outcome.asked.is_some());
        self.on_their_way == 0 && is_small && is_quick && !asks && !self.rests()
    }

    fn rests(&self) -> bool {
        self.rests_until.is_some_and(|until| Instant::now() < until)
    }

    /// Stores a batch in the tail. Whether it has been.
    fn append(&mut self, batch: &mut Batch) -> bool {
        let begun = Instant::now();
        let entry = (batch.seq, batch.at);
        let stored = self.tail.append(entry, batch.changes(), self.committed.synced());
        let ended = Instant::now();
        let took = ended - begun;
        if stored.is_err() || took >= bounds::STALL {
            self.rests_until = Some(ended + bounds::REST_AFTER_STALL);
        }
        match stored {
            Ok(is_stored) => {
                if took >= bounds::STALL {
                    let took_ms = took.as_millis();
                    tracing::warn!(
                        took_ms,
                        "parlor.tail was slow; the database is written instead for a while"
                    );
                }
                self.committed.note_took(took);
                self.written = Some(ended);
                if is_stored {
                    self.kept.take(batch);
                }
                is_stored
            }
            Err(error) => {
                tracing::error!(%error, "parlor.tail failed; the database is written instead for a while");
                false
            }
        }
    }

    /// Gives the store's thread a batch, behind all that was kept before it.
    fn pass_on(&mut self, mut batch: Batch) {
        let Some(storing) = &self.storing else { return };
        batch.kept = std::mem::take(&mut self.kept.changes);
        batch.seq = batch.seq.max(self.kept.seq);
        batch.at = batch.at.max(self.kept.at);
        if batch.size() > 0 {
            self.tail.note_stored(batch.seq);
        }
        self.on_their_way += batch.outcomes.len();
        // It ends only when nothing can be sent to it any more.
        let _ = storing.send(batch);
    }

    /// Gives back what can be read at once. What must wait for what the tail alone has is read when the database
    /// has that; while commits fail nobody knows when, and what the database has is read.
    pub fn read(&mut self, job: ReadJob) -> Option<ReadJob> {
        if self.committed.upto() >= self.kept.seq || self.committed.is_failing() {
            return Some(job);
        }
        self.pass_on(Batch { reading: vec![job], ..Batch::default() });
        None
    }

    /// So many outcomes have come back from the store's thread.
    pub fn released(&mut self, count: usize) {
        self.on_their_way -= count;
    }

    /// Whether the next turn has something to do, and need not wait.
    pub fn goes_on(&self) -> bool {
        self.storing.is_some() && self.core.goes_on()
    }

    /// How long it is until time itself has something for the hub to do, or for the store.
    pub fn due_in(&self) -> Option<Duration> {
        [self.core.due_in(), self.kept.waits()].into_iter().flatten().min()
    }
}

impl Kept {
    fn take(&mut self, batch: &mut Batch) {
        if self.changes.is_empty() {
            self.since = Some(Instant::now());
        }
        (self.seq, self.at) = (batch.seq, batch.at);
        for outcome in &mut batch.outcomes {
            self.changes.extend(outcome.changes.drain(..));
        }
    }

    /// For how long the database need not have it, if there is anything.
    fn waits(&self) -> Option<Duration> {
        let since = self.since.filter(|_| !self.changes.is_empty())?;
        let is_full = self.changes.len() >= bounds::KEPT_MAX;
        Some(if is_full {
            Duration::ZERO
        } else {
            bounds::KEPT_FOR.saturating_sub(since.elapsed())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use parlor_doors::hall::ReadWork;
    use parlor_doors::hall::Request;
    use parlor_hub::change::{Look, Target};
    use parlor_hub::id::{ChannelId, MessageId, SessionId};
    use parlor_hub::name::{ChannelName, Forms, Text};
    use parlor_hub::{Command, Origin, Query};
    use parlor_store::{Options, Store};
    use std::sync::mpsc::{Receiver, channel};
    use tempfile::TempDir;

    struct Here {
        near: NearCore,
        store: Store,
        with_the_thread: Receiver<Batch>,
        data: TempDir,
    }

    fn here(took: Duration) -> Here {
        let data = tempfile::tempdir().unwrap();
        let (store, durable) = Store::open(data.path(), Options::default()).unwrap();
        let tail = Tail::open(data.path(), Options::default(), &durable).unwrap();
        let committed = Committed::new(durable.seq, took);
        let core = Core::start(durable, Config::default().hub_settings(), Arc::default());
        let (storing, with_the_thread) = channel();
        let near = NearCore::new(core, tail, committed, storing);
        Here { near, store, with_the_thread, data }
    }

    /// However long the last write took on the machine that tests this.
    fn on_a_quick_disk(near: &mut NearCore) -> &mut NearCore {
        near.committed.note_took(Duration::ZERO);
        near.rests_until = None;
        near
    }

    fn something() -> ToCore {
        ToCore::Own(Command::Elapsed)
    }

    /// Something that is stored.
    fn another_lobby(name: &str) -> ToCore {
        let mut settings = Config::default().hub_settings();
        let name: Text = name.into();
        settings.lobby =
            ChannelName::kept(Forms { shown: name.clone(), folded: name, skeleton: None });
        ToCore::Own(Command::Configured(Box::new(settings)))
    }

    fn look() -> ReadJob {
        let (id, target) = (MessageId { epoch: 1, seq: 1, n: 0 }, Target::Channel(ChannelId(1)));
        let look = Look { target, since: 0, upto: Seq::MAX, last: None, id };
        let work = Box::new(ReadWork::Look(look));
        ReadJob { session: SessionId::SERVER, from: None, ticket: 1, work }
    }

    #[test]
    fn what_is_small_is_stored_before_it_is_given_back() {
        let Here { mut near, store, with_the_thread, data } = here(Duration::ZERO);
        assert_eq!(near.turn().len(), 2, "what the hub begins with");
        assert!(!near.kept.changes.is_empty(), "some of which is stored");
        assert_eq!(
            on_a_quick_disk(&mut near).take(something()).len(),
            1,
            "and what came next was given back too"
        );
        assert!(with_the_thread.try_recv().is_err());
        drop(store);
        let (_store, durable) = Store::open(data.path(), Options::default()).unwrap();
        assert_eq!(durable.seq, near.kept.seq, "it would be there if the process ended now");
    }

    #[test]
    fn what_comes_a_moment_later_is_stored_together() {
        let Here { mut near, .. } = here(Duration::ZERO);
        near.turn();
        near.written = Some(Instant::now() + Duration::from_secs(60));
        for name in ["#one", "#two"] {
            assert!(on_a_quick_disk(&mut near).take(another_lobby(name)).is_empty(), "{name}");
        }
        assert!(
            on_a_quick_disk(&mut near).take(something()).is_empty(),
            "it has nothing to store, and must wait"
        );
        assert!(on_a_quick_disk(&mut near).waits().is_some_and(|wait| !wait.is_zero()));
        let before = near.kept.changes.len();
        near.written = None;
        assert_eq!(on_a_quick_disk(&mut near).turn().len(), 3);
        assert!(near.kept.changes.len() > before);
        assert_eq!(near.waits(), None);
    }

    #[test]
    fn who_asks_does_not_wait_for_others() {
        let Here { mut near, .. } = here(Duration::ZERO);
        near.turn();
        near.written = Some(Instant::now() + Duration::from_secs(60));
        assert!(on_a_quick_disk(&mut near).take(another_lobby("#one")).is_empty(), "it is held");
        let origin = Origin { node: 0, incarnation: 1, session: SessionId::SERVER, line: 9 };
        let question = Request::Ask(origin, Query::Counts(0));
        assert_eq!(on_a_quick_disk(&mut near).take(ToCore::Requests(vec![question])).len(), 2);
    }

    #[test]
    fn what_was_kept_reaches_the_database_in_time() {
        let Here { mut near, with_the_thread, .. } = here(Duration::ZERO);
        near.turn();
        assert!(near.due_in().unwrap() <= bounds::KEPT_FOR);
        near.kept.since = near.kept.since.and_then(|since| since.checked_sub(bounds::KEPT_FOR));
        near.turn();
        let batch = with_the_thread.try_recv().unwrap();
        assert_eq!((batch.seq, batch.outcomes.len()), (near.kept.seq, 0));
        assert!(!batch.kept.is_empty());
        assert_eq!(near.kept.waits(), None);
    }

    #[test]
    fn what_is_read_waits_until_the_database_has_all_that_was_shown() {
        let Here { mut near, with_the_thread, .. } = here(Duration::ZERO);
        assert_eq!(near.read(look()), Some(look()), "nothing was shown");
        near.turn();
        assert_eq!(near.read(look()), None);
        let batch = with_the_thread.try_recv().unwrap();
        assert_eq!((batch.kept.is_empty(), batch.reading.len()), (false, 1));
        assert_eq!(near.read(look()), None, "it is on its way there");
        assert_eq!(with_the_thread.try_recv().unwrap().reading.len(), 1);
    }

    #[test]
    fn while_commits_fail_what_the_database_has_is_read() {
        let Here { mut near, with_the_thread, .. } = here(Duration::ZERO);
        near.turn();
        near.committed.note_failing(true);
        assert_eq!(near.read(look()), Some(look()));
        assert!(with_the_thread.try_recv().is_err());
        near.committed.note_failing(false);
        assert_eq!(near.read(look()), None);
    }

    #[test]
    fn nothing_overtakes_what_the_stores_thread_has() {
        let slow = bounds::STORED_AT_ONCE_WITHIN + Duration::from_millis(1);
        let Here { mut near, with_the_thread, .. } = here(slow);
        assert!(near.turn().is_empty(), "this disk is slow");
        assert!(near.take(something()).is_empty(), "it has nothing to store, and must wait");
        let batches: Vec<usize> = with_the_thread.try_iter().map(|b| b.outcomes.len()).collect();
        assert_eq!(batches, [2, 1]);
        near.released(3);
        assert_eq!(near.take(something()).len(), 1);
    }

    #[test]
    fn a_tail_that_stalled_is_left_alone_for_a_while() {
        let Here { mut near, with_the_thread, .. } = here(Duration::ZERO);
        near.turn();
        near.rests_until = Some(Instant::now() + Duration::from_secs(60));
        assert!(near.take(another_lobby("#one")).is_empty(), "the store's thread has it");
        assert_eq!(with_the_thread.try_recv().unwrap().outcomes.len(), 1);
        near.released(1);
        near.written = None;
        assert_eq!(on_a_quick_disk(&mut near).take(another_lobby("#two")).len(), 1);
        assert!(with_the_thread.try_recv().is_err(), "the tail has it");
    }

    #[test]
    fn a_core_that_was_stopped_takes_nothing_more() {
        let Here { mut near, with_the_thread, .. } = here(Duration::ZERO);
        near.turn();
        near.take(ToCore::Stop);
        assert!(near.take(something()).is_empty());
        assert!(
            !with_the_thread.recv().unwrap().kept.is_empty(),
            "the database gets what was kept"
        );
        assert!(with_the_thread.recv().is_err(), "the store's thread ends");
    }
}
