//! The store's thread: commits batch after batch, and then releases what they caused.
//!
//! While one transaction is syncing, the next batches gather. What stores nothing waits for no sync
//! of its own, only for its place in the order. While commits fail nothing is released: the batch in
//! hand is tried again until it is stored, or the server is stopped.
//!
//! Between batches it removes what is not to be kept any longer, unless the clock is doubted by which it would be too
//! old.

use crate::clock::Aging;
use crate::core::{ToCore, WayToCore};
use crate::readers::{ReadJob, Readers};
use crate::serve::{Shards, Status};
use crate::shard::ToShard;
use crate::verifying::Verifiers;
use crate::{bounds, clock};

use parlor_hub::Outcome;
use parlor_hub::change::Change;
use parlor_hub::id::{Millis, Seq};
use parlor_hub::outcome::Asked;
use parlor_store::{Error, Store};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

/// What the core applied together.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    pub seq: Seq,
    pub at: Millis,
    /// What the tail has and the database does not, of entries before the outcomes'. It was shown.
    pub kept: Vec<Change>,
    pub outcomes: Vec<Outcome>,
    /// How many people the comings, goings and questions among them concern.
    pub concerned: usize,
    /// What is to be read when the database has all that.
    pub reading: Vec<ReadJob>,
}

impl Batch {
    /// What of it is to be stored, in order.
    pub fn changes(&self) -> impl Iterator<Item = &Change> {
        self.kept.iter().chain(self.outcomes.iter().flat_map(|outcome| &outcome.changes))
    }

    /// How much of it is to be stored.
    pub fn size(&self) -> usize {
        self.kept.len() + self.outcomes.iter().map(|outcome| outcome.changes.len()).sum::<usize>()
    }

    /// Whether the tail has all of it, and somebody waits to read it.
    fn is_for_readers(&self) -> bool {
        let is_kept = self.outcomes.iter().all(|outcome| outcome.changes.is_empty());
        is_kept && !self.reading.is_empty()
    }

    /// Appends a later batch. One that is there to be read has the tail's `seq`, which outcomes on their way may have
    /// passed.
    pub fn add(&mut self, later: Self) {
        self.seq = self.seq.max(later.seq);
        self.at = self.at.max(later.at);
        append(&mut self.kept, later.kept);
        append(&mut self.outcomes, later.outcomes);
        self.concerned += later.concerned;
        append(&mut self.reading, later.reading);
    }
}

fn append<T>(all: &mut Vec<T>, more: Vec<T>) {
    if all.is_empty() {
        *all = more;
    } else {
        all.extend(more);
    }
}

/// What was stored together, for all shards to tell.
#[derive(Debug)]
pub(crate) struct Released {
    pub outcomes: Vec<Outcome>,
    /// Has its effect when all shards have told it; none where nobody came, went or asked who is there.
    concerned: Option<Concerned>,
}

impl Released {
    /// These outcomes concern so many people. The core hears of it when the last shard has told them, or has ended.
    pub fn new(outcomes: Vec<Outcome>, people: usize, core: &WayToCore) -> Arc<Self> {
        let concerned = || Concerned { people, core: core.clone() };
        Arc::new(Self { outcomes, concerned: (people > 0).then(concerned) })
    }

    /// Whether it concerns so many that more of the same is likely to follow.
    pub fn is_of_a_storm(&self) -> bool {
        self.concerned.as_ref().is_some_and(|concerned| concerned.people >= bounds::STORM)
    }
}

/// Tells the core that what concerned so many people is told, when it is dropped.
#[derive(Debug)]
struct Concerned {
    people: usize,
    core: WayToCore,
}

impl Drop for Concerned {
    fn drop(&mut self) {
        self.core.send(ToCore::Told(self.people));
    }
}

/// How far the store's thread is, for a core that stores by itself (`near.rs`).
#[derive(Debug)]
pub(crate) struct Committed {
    upto: AtomicU64,
    synced: AtomicU64,
    /// How long it took to store something, the last time, in microseconds.
    took_us: AtomicU64,
    /// Commits fail.
    is_failing: AtomicBool,
}

impl Committed {
    /// `took` is what a commit takes here, as it was measured.
    pub fn new(upto: Seq, took: Duration) -> Arc<Self> {
        let [upto, synced] = [(); 2].map(|()| AtomicU64::new(upto));
        let committed =
            Self { upto, synced, took_us: AtomicU64::new(0), is_failing: AtomicBool::new(false) };
        committed.note_took(took);
        Arc::new(committed)
    }

    /// Up to this entry the database has everything, for readers.
    pub fn upto(&self) -> Seq {
        self.upto.load(Ordering::Acquire)
    }

    /// Up to this entry the database has everything on the disk, and the tail need not.
    pub fn synced(&self) -> Seq {
        self.synced.load(Ordering::Acquire)
    }

    /// Whether commits fail: nobody knows when the database has more.
    pub fn is_failing(&self) -> bool {
        self.is_failing.load(Ordering::Acquire)
    }

    pub fn note_failing(&self, failing: bool) {
        self.is_failing.store(failing, Ordering::Release);
    }

    /// How long it took to store something, the last time.
    pub fn took(&self) -> Duration {
        Duration::from_micros(self.took_us.load(Ordering::Relaxed))
    }

    /// It took so long this time.
    pub fn note_took(&self, took: Duration) {
        let took_us = took.as_micros().try_into().unwrap_or(u64::MAX);
        self.took_us.store(took_us, Ordering::Relaxed);
    }
}

/// The thread's state.
pub(crate) struct Storing {
    pub store: Store,
    pub aging: Aging,
    pub committed: Arc<Committed>,
    pub core: WayToCore,
    pub shards: Shards,
    pub readers: Readers,
    pub verifiers: Verifiers,
    pub status: Arc<Status>,
}

impl Storing {
    /// Runs until the core ended and all it sent is stored, or until the server stops and something
    /// could not be: `Status::failed` says so, and nobody was shown it.
    pub fn run(mut self, batches: &Receiver<Batch>) {
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
            if !self.store_and_release(first, batches) {
                return;
            }
        }
        if let Err(error) = self.store.finish() {
            tracing::warn!(%error, "could not fold parlor.tail and the write-ahead log into the database");
        }
    }

    /// Takes what is waiting together. `false`: the server stopped before it could be stored.
    fn store_and_release(&mut self, first: Batch, batches: &Receiver<Batch>) -> bool {
        let (mut size, mut gathered) = (first.size(), first);
        while size < bounds::CHANGES_PER_COMMIT_MAX {
            let Ok(batch) = batches.try_recv() else { break };
            let more = batch.size();
            if size == 0 && more > 0 {
                // What is in hand has nothing to wait for.
                self.release(std::mem::take(&mut gathered));
            }
            gathered.add(batch);
            size += more;
        }
        let is_stored = size == 0 || self.commit_until_stored(&mut gathered, batches);
        if is_stored {
            self.release(gathered);
        }
        is_stored
    }

    /// The time by which what is kept grows old. Whether the clock is doubted is noted in the store: at the next start
    /// something is stored with its time.
    pub fn age(&mut self) -> Millis {
        let (system, before) = (clock::now(), self.aging.doubted_from());
        let now = self.aging.by(system, Instant::now());
        let doubted = self.aging.doubted_from();
        if doubted != before {
            report_clock(system, doubted);
        }
        if doubted != self.aging.noted {
            match self.store.note_doubted_from(doubted) {
                Ok(()) => self.aging.noted = doubted,
                Err(error) => tracing::warn!(%error, "could not note what is thought of the clock"),
            }
        }
        now
    }

    /// Removes some of what is not to be kept any longer, and says when to look again.
    fn expire(&mut self) -> Duration {
        let now = self.age();
        match self.store.expire(now, self.status.kept()) {
            Ok(true) => bounds::EXPIRE_PAUSE,
            Ok(false) => bounds::EXPIRE_EVERY,
            Err(error) => {
                tracing::warn!(%error, "what is not to be kept any longer could not be removed");
                bounds::EXPIRE_EVERY
            }
        }
    }

    fn release(&self, stored: Batch) {
        if !stored.outcomes.is_empty() {
            let released = Released::new(stored.outcomes, stored.concerned, &self.core);
            self.shards.send_all(|| ToShard::Release(Arc::clone(&released)));
        }
        self.read(stored.reading);
    }

    fn read(&self, reading: Vec<ReadJob>) {
        for job in reading {
            self.readers.submit(job);
        }
    }

    fn commit(&mut self, batch: &Batch) -> Result<Duration, Error> {
        let begun = Instant::now();
        if batch.is_for_readers() {
            self.store.commit_unsynced(batch.seq, batch.at, batch.changes())?;
        } else {
            self.store.commit(batch.seq, batch.at, batch.changes())?;
            self.committed.synced.store(batch.seq, Ordering::Release);
        }
        let took = begun.elapsed();
        self.committed.upto.store(batch.seq, Ordering::Release);
        if batch.size() <= bounds::CHANGES_THAT_TELL_MAX {
            self.committed.note_took(took);
        }
        for asked in batch.outcomes.iter().filter_map(|outcome| outcome.asked.as_ref()) {
            // Stored by now: a code that is sent is one that counts.
            if let Asked::Verify(verification) = asked {
                self.verifiers.send((**verification).clone());
            }
        }
        Ok(took)
    }

    /// `false`: the server stopped before it could be stored.
    fn commit_until_stored(&mut self, batch: &mut Batch, batches: &Receiver<Batch>) -> bool {
        let mut wait = bounds::COMMIT_RETRY_MIN;
        let mut failed = false;
        loop {
            match self.commit(batch) {
                Ok(took) => {
                    report_slow(took, batch.size());
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
                    // Who waits to read is shown what the database has.
                    self.read(std::mem::take(&mut batch.reading));
                }
            }
            if self.status.stopping.load(Ordering::Relaxed) {
                // What was kept is in the tail, where the next start finds it.
                let unsaved = batch.outcomes.iter().any(|outcome| !outcome.changes.is_empty());
                self.status.failed.fetch_or(unsaved, Ordering::Relaxed);
                return false;
            }
            std::thread::sleep(wait);
            while batch.size() < bounds::CHANGES_PER_COMMIT_MAX
                && let Ok(later) = batches.try_recv()
            {
                batch.add(later);
            }
            wait = (wait * 2).min(bounds::COMMIT_RETRY_MAX);
        }
    }

    fn set_failing(&self, failing: bool) {
        self.committed.note_failing(failing);
        self.shards.send_all(|| ToShard::Failing(failing));
    }
}

fn report_clock(system: Millis, doubted: Option<Millis>) {
    let Some(from) = doubted else {
        return tracing::info!("the clock is believed again: what is too old is removed");
    };
    let hours = bounds::CLOCK_DOUBTED_FOR.as_secs() / 3600;
    tracing::warn!(
        hours_ahead = (system - from) / MS_PER_HOUR,
        "the clock is far ahead of the last time that was known; for {hours} hours nothing is removed for its age; \
         if the clock is wrong, stop the server, put it right, and read docs/running.md on clocks"
    );
}

const MS_PER_HOUR: Millis = 3600 * 1000;

fn report_slow(took: Duration, changes: usize) {
    if took >= bounds::SLOW_COMMIT {
        tracing::warn!(took_ms = took.as_millis(), changes, "a commit was slow");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::serve;
    use parlor_hub::change::{Beside, Keep, MessageKind, Page, Span, StoredMessage, Target};
    use parlor_hub::id::{ChannelId, MessageId};
    use parlor_hub::person::Person;
    use parlor_store::{Keeps, Options, Reader};
    use std::path::Path;
    use std::sync::mpsc::channel;

    const LOBBY: Target = Target::Channel(ChannelId(1));
    const DAY: Millis = 24 * MS_PER_HOUR;
    const MONTH: Keeps =
        Keeps { all: Keep { for_ms: Some(30 * DAY), last: None }, channels: Keep::FOREVER };

    /// The store's thread of a start with this data, which has not run yet.
    fn start(data: &Path) -> Storing {
        let (store, durable) = Store::open(data, Options::default()).unwrap();
        let (shards, _) = serve::ways_to_shards(1).unwrap();
        let status = Arc::<Status>::default();
        status.set_kept(MONTH);
        Storing {
            aging: Aging::after(durable.at, store.doubted_from().unwrap()),
            store,
            committed: Committed::new(durable.seq, Duration::ZERO),
            core: WayToCore::Thread(channel().0),
            readers: Readers::start(data, &shards).unwrap().0,
            shards,
            verifiers: Verifiers::start(Config::default().sending()).unwrap().0,
            status,
        }
    }

    /// Somebody says something.
    fn say(storing: &mut Storing, seq: Seq, at: Millis) {
        let person = Person {
            nick: "ada".into(),
            username: "~ada".into(),
            host: "localhost".into(),
            account: None,
            bot: false,
            operator: false,
        };
        let message = StoredMessage {
            id: MessageId { epoch: 1, seq, n: 0 },
            target: LOBBY,
            at,
            from: Arc::new(person),
            author: None,
            to: "#lobby".into(),
            kind: MessageKind::Privmsg,
            text: "hello".into(),
            tags: None,
            edit: None,
        };
        storing.store.commit(seq, at, &[Change::Message(Arc::new(message))]).unwrap();
    }

    fn kept(data: &Path) -> usize {
        let (span, beside) = (Span::Latest(None), Beside::Nothing);
        let page = Page { target: LOBBY, since: 0, upto: Seq::MAX, span, beside, limit: 100 };
        Reader::open(data).unwrap().page(&page).unwrap().len()
    }

    #[test]
    fn by_a_clock_that_jumped_nothing_is_too_old_for_some_hours() {
        let data = tempfile::tempdir().unwrap();
        let month_ago = clock::now() - 31 * DAY;
        say(&mut start(data.path()), 1, month_ago);
        let mut storing = start(data.path());
        storing.expire();
        say(&mut storing, 2, clock::now());
        drop(storing);
        // Another start, at which something is stored with the time that the clock has.
        let mut storing = start(data.path());
        storing.expire();
        assert_eq!((kept(data.path()), storing.aging.noted), (2, Some(month_ago)));
        storing.aging.has_run(bounds::CLOCK_DOUBTED_FOR);
        storing.expire();
        assert_eq!((kept(data.path()), storing.aging.noted), (1, None));
    }

    #[test]
    fn who_is_off_for_a_night_forgets_at_once() {
        let data = tempfile::tempdir().unwrap();
        let mut storing = start(data.path());
        say(&mut storing, 1, clock::now() - 31 * DAY);
        say(&mut storing, 2, clock::now() - DAY / 2);
        drop(storing);
        start(data.path()).expire();
        assert_eq!(kept(data.path()), 1);
    }
}
