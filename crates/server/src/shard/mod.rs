//! A shard: one thread, one event loop, its own connections, and the hall behind them.
//!
//! Every turn of the loop is a tick: all connections that are readable are read, then what they
//! asked for is handed on as one batch, and what is to be written is written, one vectored write a
//! socket. What is released together is queued first and flushed together.
//!
//! The loop stands on the kernel's readiness itself (`readiness`), and a connection is a row of a table
//! (`connection`), no task: a task of an async runtime with what it registers takes more memory than all that
//! Parlor knows of an idle connection.

mod accepting;
mod connection;
mod inbox;
mod link;
mod proxied;
mod readiness;
#[cfg(test)]
mod tests;
mod writing;

pub(crate) use accepting::{Doorkeeper, Limits};
pub(crate) use inbox::{Inbox, ToShard, WayToShard};

use crate::bounds;
use crate::clock;
use crate::config::Listen;
use crate::core::{ToCore, WayToCore};
use crate::hashing::Hashers;
use crate::near::NearCore;
use crate::readers::{ReadJob, Readers};
use crate::serve::Status;
use crate::storing::Released;
use crate::tls::Identity;
use accepting::Listening;
use connection::Connections;
use inbox::Left;
use parlor_doors::Hall;
use parlor_doors::hall::Request;
use parlor_hub::Outcome;
use parlor_hub::id::Millis;
use proxied::Proxied;
use readiness::{Ready, Whose};
use std::borrow::Borrow;
use std::io;
use std::net::{IpAddr, Shutdown, TcpListener};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use writing::Writing;

/// What a shard is started with.
pub(crate) struct ShardParts {
    pub number: u32,
    pub hall: Hall,
    pub listeners: Vec<(TcpListener, Listen)>,
    pub inbox: Inbox,
    pub core: CoreOf,
    pub hashers: Hashers,
    pub readers: Readers,
    pub status: Arc<Status>,
    pub doorkeeper: Arc<Doorkeeper>,
    pub identity: Arc<Identity>,
}

/// Where a shard finds the core.
pub(crate) enum CoreOf {
    /// On another thread, with those of other shards.
    All(WayToCore),
    /// On this thread: this shard is the only one.
    This(Box<NearCore>),
}

/// A shard's state.
struct Shard {
    number: u32,
    hall: Hall,
    connections: Connections,
    listeners: Vec<Listening>,
    proxied: Proxied,
    inbox: Inbox,
    scratch: Vec<u8>,
    writing: Writing,
    core: CoreOf,
    hashers: Hashers,
    readers: Readers,
    status: Arc<Status>,
    doorkeeper: Arc<Doorkeeper>,
    identity: Arc<Identity>,
    /// When time itself has something to do.
    ticks_at: Millis,
    /// The server stops: nobody else comes in, and those who are here have until then to read the farewell.
    ends_at: Option<Millis>,
}

/// Runs a shard until it is told that the server ends.
pub(crate) fn run(parts: ShardParts) -> io::Result<()> {
    let mut shard = Shard::new(parts)?;
    // What the hub begins with comes before anyone.
    shard.turn_core();
    let (mut left, mut ready) = (Left::Nothing, Vec::new());
    while left != Left::Nobody && !shard.has_ended() {
        let wait = if left == Left::More { Duration::ZERO } else { shard.until_due() };
        shard.inbox.readiness.wait(wait, &mut ready)?;
        left = shard.turn(&ready);
    }
    Ok(())
}

impl Shard {
    fn new(parts: ShardParts) -> io::Result<Self> {
        let listeners = parts.listeners.into_iter();
        let mut listeners: Vec<_> =
            listeners.map(|(listener, at)| Listening::new(listener, at)).collect();
        for (number, listening) in listeners.iter_mut().enumerate() {
            listening.watched_by(&parts.inbox.readiness, number)?;
        }
        Ok(Self {
            number: parts.number,
            hall: parts.hall,
            connections: Connections::default(),
            listeners,
            proxied: Proxied::default(),
            inbox: parts.inbox,
            scratch: vec![0; bounds::SCRATCH_BYTES],
            writing: Writing::default(),
            core: parts.core,
            hashers: parts.hashers,
            readers: parts.readers,
            status: parts.status,
            doorkeeper: parts.doorkeeper,
            identity: parts.identity,
            ticks_at: 0,
            ends_at: None,
        })
    }

    /// One tick.
    fn turn(&mut self, ready: &[Ready]) -> Left {
        let now = clock::steady();
        for ready in ready {
            match ready.whose {
                Whose::Seat(seat) => self.note_ready(seat, *ready, now),
                Whose::Awaited(number) => self.read_header(number, now),
                Whose::Listener(number) => self.listeners[number].note_ready(),
                Whose::Inbox => {}
            }
        }
        self.attend_woken(now);
        let mut left = Left::Nothing;
        if self.ends_at.is_none() {
            self.accept(now);
            left = self.take_messages(now);
        }
        if now >= self.ticks_at {
            self.tick(now);
        }
        self.drop_late_headers(now);
        self.settle();
        if self.held_for() == Some(Duration::ZERO) {
            self.turn_core();
            self.settle();
        }
        left
    }

    /// How long the loop may wait for what is ready.
    fn until_due(&self) -> Duration {
        let accepting = self.listeners.iter().filter_map(Listening::due).min();
        let accepting = accepting.filter(|_| self.ends_at.is_none());
        let goes_on = self.writing.has_more()
            || self.hall.has_requests()
            || self.hall.has_resumable()
            || self.core_goes_on();
        let goes_on = goes_on.then_some(0);
        let crowd = self.crowd_due();
        let seats = self.connections.due();
        let due = [seats, self.proxied.deadline(), accepting, crowd, goes_on, self.ends_at];
        let due = due.into_iter().flatten().fold(self.ticks_at, Millis::min);
        let wait = Duration::from_millis(due.saturating_sub(clock::steady()));
        self.held_for().map_or(wait, |held| wait.min(held))
    }

    /// For how long a core on this thread holds what it has to store, if there is any.
    fn held_for(&self) -> Option<Duration> {
        match &self.core {
            CoreOf::All(_) => None,
            CoreOf::This(core) => core.waits(),
        }
    }

    /// What is due because time passes.
    fn tick(&mut self, now: Millis) {
        let people = self.status.people.load(Ordering::Relaxed);
        self.hall.set_counts(people, self.doorkeeper.connections());
        for seat in self.connections.waiting_to_begin() {
            self.hall.note_unread(seat);
        }
        self.hall.tick(now);
        let until_core = self.turn_core();
        let wait = self.hall.next_tick(now).saturating_sub(now).min(until_core);
        self.ticks_at = now + wait.max(bounds::TICK_MS_MIN);
    }

    /// Whether the server stops, and everyone has read the farewell or has had the time to.
    fn has_ended(&self) -> bool {
        self.ends_at.is_some_and(|at| clock::steady() >= at || !self.hall.has_unwritten())
    }

    /// Hands on all requests, and writes all that waits.
    fn settle(&mut self) {
        self.resume();
        if self.core_goes_on() {
            self.turn_core();
        }
        self.hand_on_requests();
        self.flush_dirty();
        self.drop_over();
    }

    /// Seats that waited for their earlier commands read on.
    fn resume(&mut self) {
        if self.hall.has_resumable() {
            let mut resumed = Vec::new();
            self.hall.resumed(clock::steady(), &mut resumed);
            for seat in resumed {
                self.connections.wake(seat);
            }
        }
    }

    /// Hands on what was asked for, and then what the answers to that ask for: a page of history is
    /// asked of the hub first, and then of a reader. What asks for more and more has its turns.
    fn hand_on_requests(&mut self) {
        for _ in 0..bounds::HANDED_ON_PER_TURN_MAX {
            if !self.hall.has_requests() {
                return;
            }
            let requests = self.hall.take_requests();
            self.hand_on(requests);
        }
    }

    /// Mostly all of them are the core's, and stay where they are.
    fn hand_on(&mut self, mut requests: Vec<Request>) {
        let is_elsewhere =
            |request: &mut Request| !matches!(request, Request::Submit(..) | Request::Ask(..));
        for request in requests.extract_if(.., is_elsewhere) {
            match request {
                Request::Hash(session, work) => {
                    let from = self.hall.counted(session);
                    self.hashers.submit(session, from, work);
                }
                Request::Read(session, ticket, work) => {
                    let from = self.hall.counted(session);
                    self.look_up(ReadJob { session, from, ticket, work });
                }
                Request::Count(seat, address) => self.count(seat, address),
                Request::Submit(..) | Request::Ask(..) => {}
            }
        }
        if !requests.is_empty() {
            self.tell_core(ToCore::Requests(requests));
        }
    }

    /// Has something read, when the database has all that was shown.
    fn look_up(&mut self, job: ReadJob) {
        let job = match &mut self.core {
            CoreOf::All(_) => Some(job),
            CoreOf::This(core) => core.read(job),
        };
        if let Some(job) = job {
            self.readers.submit(job);
        }
    }

    /// Tells the core something. What it can release at once is queued.
    fn tell_core(&mut self, message: ToCore) {
        match &mut self.core {
            CoreOf::All(core) => core.send(message),
            CoreOf::This(core) => {
                let outcomes = core.take(message);
                self.release(outcomes);
            }
        }
    }

    /// Lets a core on this thread do what is due. Returns how many milliseconds from now it
    /// will have something to do again.
    fn turn_core(&mut self) -> Millis {
        let CoreOf::This(core) = &mut self.core else { return Millis::MAX };
        let outcomes = core.turn();
        let due_in = core.due_in();
        self.release(outcomes);
        due_in.map_or(Millis::MAX, |wait| wait.as_millis() as Millis)
    }

    /// Whether a core on this thread has more to do.
    fn core_goes_on(&self) -> bool {
        matches!(&self.core, CoreOf::This(core) if core.goes_on())
    }

    /// What the store's thread has stored.
    fn release_stored(&mut self, released: &Released) {
        if let CoreOf::This(core) = &mut self.core {
            core.released(released.outcomes.len());
        }
        if released.is_of_a_storm() {
            self.writing.expect_more_for_crowds();
        }
        self.release(&released.outcomes);
    }

    /// Queues what was stored for whoever is to see it, and writes it before it is so much that they would seem slow.
    /// What is this shard's alone is dropped one by one, while the processor's caches have it.
    fn release(&mut self, outcomes: impl IntoIterator<Item: Borrow<Outcome>>) {
        let now = clock::steady();
        for outcome in outcomes {
            self.hall.release(outcome.borrow(), now);
            if self.writing.note_released() {
                self.flush_dirty();
            }
        }
    }

    /// A connection is somebody's at this address, who may have too many.
    fn count(&mut self, seat: usize, address: IpAddr) {
        if let Err(why) = self.connections.count(seat, &self.doorkeeper, address) {
            self.hall.turn_away(seat, why, clock::steady());
        }
    }

    fn drop_over(&mut self) {
        let mut over = Vec::new();
        self.hall.take_finished(&mut over);
        for seat in over {
            self.connections.finish(seat, Shutdown::Both);
        }
    }
}
