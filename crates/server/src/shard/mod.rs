//! A shard: one thread, one event loop, its own connections, and the hall behind them.
//!
//! Every turn of the loop is a tick: all connections that are readable are read, then what they
//! asked for is handed on as one batch, and what is to be written is written, one vectored write a
//! socket. What is released together is queued first and flushed together.

mod accepting;
mod connection;
mod inbox;
mod link;
mod proxied;

pub(crate) use accepting::{Doorkeeper, Limits};
pub(crate) use inbox::ToShard;

use crate::clock;
use crate::config::Listen;
use crate::core::{ToCore, WayToCore};
use crate::hashing::Hashers;
use crate::near::NearCore;
use crate::readers::Readers;
use crate::serve::Status;
use crate::tls::Identity;
use connection::Connections;
use inbox::Inbox;
use link::Link;
use parlor_doors::Hall;
use parlor_doors::hall::{Flushed, Request};
use parlor_hub::Outcome;
use parlor_hub::id::Millis;
use std::cell::{Cell, RefCell};
use std::net::{IpAddr, Shutdown, TcpListener};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tokio::sync::Notify;
use tokio::task::LocalSet;

/// What a shard is started with.
pub(crate) struct ShardParts {
    pub number: u32,
    pub hall: Hall,
    pub listeners: Vec<(TcpListener, Listen)>,
    pub inbox: tokio::sync::mpsc::UnboundedReceiver<ToShard>,
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
    /// Beside this shard, which is the only one.
    This(Box<RefCell<NearCore>>),
}

/// What the tasks of a shard share. None of them holds a borrow across an await.
pub(crate) struct Shard {
    number: u32,
    hall: RefCell<Hall>,
    connections: RefCell<Connections>,
    scratch: RefCell<Vec<u8>>,
    /// Where small pieces are put together to be one write.
    gathered: RefCell<Vec<u8>>,
    /// Empty between flushes: kept for its memory.
    dirty: Cell<Vec<usize>>,
    core: CoreOf,
    hashers: Hashers,
    readers: Readers,
    status: Arc<Status>,
    doorkeeper: Arc<Doorkeeper>,
    identity: RefCell<Arc<Identity>>,
    /// A connection was read in this tick: the hand-over is due at its end.
    tick: Notify,
    is_due: Cell<bool>,
    /// The server stops: nobody else comes in.
    is_ending: Cell<bool>,
}

/// Runs a shard until it is told that the server ends.
pub(crate) fn run(parts: ShardParts) -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let ShardParts { listeners, inbox, .. } = parts;
    let shard = Rc::new(Shard {
        number: parts.number,
        hall: RefCell::new(parts.hall),
        connections: RefCell::default(),
        scratch: RefCell::new(vec![0; crate::bounds::SCRATCH_BYTES]),
        gathered: RefCell::default(),
        dirty: Cell::default(),
        core: parts.core,
        hashers: parts.hashers,
        readers: parts.readers,
        status: parts.status,
        doorkeeper: parts.doorkeeper,
        identity: RefCell::new(parts.identity),
        tick: Notify::new(),
        is_due: Cell::new(false),
        is_ending: Cell::new(false),
    });
    // What the hub begins with comes before anyone.
    shard.turn_core();
    let local = LocalSet::new();
    local.block_on(&runtime, async {
        for (listener, at) in listeners {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            tokio::task::spawn_local(accepting::run(Rc::clone(&shard), listener, at));
        }
        tokio::task::spawn_local(hand_over(Rc::clone(&shard)));
        tokio::task::spawn_local(tick(Rc::clone(&shard)));
        Inbox::new(Rc::clone(&shard), inbox).run().await;
        Ok(())
    })
}

/// Hands on what was read, once a tick. It is woken by the first connection that is read and runs
/// when all others that were ready have been.
async fn hand_over(shard: Rc<Shard>) {
    loop {
        shard.tick.notified().await;
        shard.is_due.set(false);
        shard.settle();
    }
}

/// What is due because time passes.
async fn tick(shard: Rc<Shard>) {
    loop {
        let now = clock::steady();
        let next = {
            let mut hall = shard.hall.borrow_mut();
            hall.set_people(shard.status.people.load(Ordering::Relaxed));
            hall.tick(now);
            hall.next_tick(now)
        };
        let until_core = shard.turn_core();
        shard.settle();
        let wait = next.saturating_sub(clock::steady()).min(until_core).max(10);
        tokio::time::sleep(std::time::Duration::from_millis(wait)).await;
    }
}

impl Shard {
    /// Something was read, or may be: the hand-over is due at the end of this tick.
    fn note_read(&self) {
        if !self.is_due.replace(true) {
            self.tick.notify_one();
        }
    }

    /// Hands on all requests, and writes all that waits.
    fn settle(self: &Rc<Self>) {
        self.resume();
        self.hand_on_requests();
        self.flush_dirty();
        self.drop_over();
    }

    /// Seats that waited for their earlier commands read on.
    fn resume(self: &Rc<Self>) {
        let mut resumed = Vec::new();
        self.hall.borrow_mut().resumed(clock::steady(), &mut resumed);
        let mut connections = self.connections.borrow_mut();
        for seat in resumed {
            connections.wake(seat);
        }
    }

    /// Hands on what was asked for, and then what the answers to that ask for: a page of history is
    /// asked of the hub first, and then of a reader.
    fn hand_on_requests(&self) {
        loop {
            let mut requests = Vec::new();
            self.hall.borrow_mut().take_requests(&mut requests);
            if requests.is_empty() {
                return;
            }
            self.hand_on(requests);
        }
    }

    fn hand_on(&self, requests: Vec<Request>) {
        let mut ordered = Vec::with_capacity(requests.len());
        for request in requests {
            match request {
                Request::Hash(session, work) => {
                    let from = self.hall.borrow().counted(session);
                    self.hashers.submit(session, from, work);
                }
                Request::Read(session, ticket, work) => self.readers.submit(session, ticket, work),
                Request::Count(seat, address) => self.count(seat, address),
                request => ordered.push(request),
            }
        }
        if !ordered.is_empty() {
            self.tell_core(ToCore::Requests(ordered));
        }
    }

    /// Tells the core something. What it can release at once is queued.
    fn tell_core(&self, message: ToCore) {
        match &self.core {
            CoreOf::All(core) => core.send(message),
            CoreOf::This(core) => {
                let outcomes = core.borrow_mut().take(message);
                self.release(&outcomes);
            }
        }
    }

    /// Lets a core that is beside this shard do what is due. Returns how many milliseconds from now it
    /// will have something to do again.
    fn turn_core(&self) -> Millis {
        let CoreOf::This(core) = &self.core else { return Millis::MAX };
        let outcomes = core.borrow_mut().turn();
        self.release(&outcomes);
        let deadline = core.borrow().deadline();
        deadline.map_or(Millis::MAX, |deadline| deadline.saturating_sub(clock::now()))
    }

    /// What the store's thread has stored.
    fn release_stored(&self, outcomes: &[Outcome]) {
        if let CoreOf::This(core) = &self.core {
            core.borrow_mut().released(outcomes.len());
        }
        self.release(outcomes);
    }

    /// Queues what was stored for whoever is to see it.
    fn release(&self, outcomes: &[Outcome]) {
        let now = clock::steady();
        let mut hall = self.hall.borrow_mut();
        for outcome in outcomes {
            hall.release(outcome, now);
        }
        if hall.has_resumable() {
            self.note_read();
        }
    }

    /// A connection is somebody's at this address, who may have too many.
    fn count(&self, seat: usize, address: IpAddr) {
        let counted = self.connections.borrow_mut().count(seat, &self.doorkeeper, address);
        if let Err(why) = counted {
            self.hall.borrow_mut().turn_away(seat, why, clock::steady());
        }
    }

    fn flush_dirty(self: &Rc<Self>) {
        let mut dirty = self.dirty.take();
        self.hall.borrow_mut().take_dirty(&mut dirty);
        // One look at the clock for all of them: most are written in a few microseconds.
        let now = clock::steady();
        for seat in dirty.drain(..) {
            self.flush(seat, now);
        }
        self.dirty.set(dirty);
    }

    /// Writes what waits for a seat. A full socket gets a task that waits for it.
    fn flush(self: &Rc<Self>, seat: usize, now: Millis) {
        let Some(link) = self.connections.borrow().link(seat) else { return };
        if self.write(seat, &link, now) && self.connections.borrow_mut().begin_draining(seat) {
            tokio::task::spawn_local(connection::drain(Rc::clone(self), seat, link));
        }
    }

    /// Writes what the socket takes. `true` when it is full and more waits.
    fn write(&self, seat: usize, link: &Link, now: Millis) -> bool {
        let (mut hall, mut gathered) = (self.hall.borrow_mut(), self.gathered.borrow_mut());
        let flushed = hall.flush(seat, now, |slices| link.write(slices, &mut gathered));
        if hall.has_resumable() {
            self.note_read();
        }
        drop((hall, gathered));
        let flushed = link.conclude(flushed);
        let finished = match flushed {
            Flushed::Done => return false,
            Flushed::Full => return true,
            Flushed::Finished => Shutdown::Write,
            Flushed::Failed => Shutdown::Both,
        };
        self.connections.borrow_mut().finish(seat, finished);
        false
    }

    fn drop_over(&self) {
        let mut over = Vec::new();
        self.hall.borrow_mut().take_over(&mut over);
        let mut connections = self.connections.borrow_mut();
        for seat in over {
            connections.finish(seat, Shutdown::Both);
        }
    }
}
