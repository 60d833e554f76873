//! Everyone who is connected through one shard.
//!
//! The hall is what a shard does without its sockets: it reads bytes by each seat's door and gives
//! [`Request`]s; it takes [`Outcome`](parlor_hub::Outcome)s, keeps who is in which channel here, renders each event once
//! a dialect, and queues the bytes. The shard's event loop feeds and flushes it; the simulator does
//! the same without a network.
//!
//! - `seat`: one connection. `arriving`: what is known of it before it speaks. `framing`: connections that are a WebSocket.
//!   `reading`: from bytes to requests. `releasing`: from outcomes to queues, each event by `releasing/telling`.
//!   `rooms`: who of this hall is in which channel. `work/`: what lines wait for that is done elsewhere.
//!   `labels`: answers that carry their command's label.
//!   `writing`: from queues to sockets. `timing`: greetings, pings, stalls. `closing`: how seats end.

mod arriving;
mod closing;
mod framing;
mod inspection;
mod labels;
mod reading;
mod refused;
mod releasing;
mod request;
mod rooms;
mod seat;
mod timing;
mod work;
mod writing;

pub use crate::door::{Caller, household};
pub use crate::queue::{Found, NotFound};
pub use crate::sniffing::{Gate, Protocol};
pub use inspection::Seated;
pub use request::{FoundRows, NewKeys, PasswordDone, PasswordWork, ReadWork, Request, Scram};
pub use writing::Flushed;

use crate::bounds;
use crate::door::Dialect;
use crate::facts::Facts;
use crate::names::Lately;
use crate::queue::{Blocks, Item, Queue};
use parlor_hub::id::{Millis, SessionId};
use releasing::Rendered;
use rooms::{BySession, Rooms};
use seat::{Life, Seat};
use slab::Slab;
use std::collections::VecDeque;
use std::sync::Arc;
use work::Scans;

/// The people behind one shard's doors.
#[derive(Debug)]
pub struct Hall {
    facts: Arc<Facts>,
    node: Node,
    seats: Slab<Seat>,
    by_session: BySession,
    rooms: Rooms,
    names: Lately,
    /// What channels are told, as the queues of their members share it.
    blocks: Blocks,
    /// The event being told, rendered in each dialect; kept to reuse its memory.
    rendered: Vec<(Dialect, Rendered)>,
    /// Callers who may be silent, in the order they came, and when they came.
    silent: VecDeque<(usize, SessionId, Millis)>,
    requests: Vec<Request>,
    scans: Scans,
    dirty: Vec<usize>,
    /// The same, for seats that were told something as members of a crowd.
    crowded: Vec<usize>,
    /// Seats that may read on, after something they waited for.
    resumable: Vec<usize>,
    /// Seats that are over; their connections are to be dropped.
    over: Vec<usize>,
    /// Counts fan-outs whose audiences overlap.
    reach: u32,
    /// People and connections in all.
    counts: (usize, usize),
    guests: Guests,
    swept_at: Millis,
    /// Where a sweep goes on that was not done in one go; else 0.
    swept_to: usize,
    failing: bool,
}

/// What the origins of all of this hall's entries have in common.
#[derive(Debug, Clone, Copy, Default)]
pub struct Node {
    /// The node, 0 on a single machine.
    pub number: u16,
    /// Its start.
    pub incarnation: u32,
}

/// The numbers that a hall gives its guests. Two halls never give the same one.
#[derive(Debug, Clone, Copy)]
pub struct Guests {
    next: u32,
    halls: u32,
}

impl Guests {
    /// The numbers of one hall of several, counted from 0.
    pub const fn of(hall: u32, halls: u32) -> Self {
        Self { next: hall + 1, halls }
    }

    fn next(&mut self) -> u32 {
        let number = self.next;
        self.next = number.wrapping_add(self.halls);
        number
    }
}

/// What a seat waits for before it reads on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waits {
    /// For bytes.
    Bytes,
    /// For its earlier commands; the hall says when with [`Hall::resumed`].
    Turn,
    /// For its reader, who has asked for much and has to take some of it; the hall says when likewise.
    Reader,
    /// For this time: its writer is over the rate.
    Until(Millis),
    /// For nothing: it reads no more.
    Nothing,
}

impl Hall {
    /// An empty hall.
    pub fn new(facts: Arc<Facts>, node: Node, guests: Guests) -> Self {
        Self {
            facts,
            node,
            seats: Slab::new(),
            by_session: BySession::new(node.incarnation),
            rooms: Rooms::default(),
            names: Lately::default(),
            blocks: Blocks::default(),
            rendered: Vec::new(),
            silent: VecDeque::new(),
            requests: Vec::new(),
            scans: Scans::default(),
            dirty: Vec::new(),
            crowded: Vec::new(),
            resumable: Vec::new(),
            over: Vec::new(),
            reach: 0,
            counts: (0, 0),
            guests,
            swept_at: 0,
            swept_to: 0,
            failing: false,
        }
    }

    /// The server's facts are now these. Those are told whose clients have to know.
    pub fn set_facts(&mut self, facts: Arc<Facts>, now: Millis) {
        let before = std::mem::replace(&mut self.facts, facts);
        for (seat, place) in &mut self.seats {
            let mut out = Vec::new();
            place.door.facts_changed(&before, &self.facts, &place.transport, &mut out);
            if !out.is_empty() {
                place.queue(Item::Bytes(out.into()), now);
                if !std::mem::replace(&mut place.is_dirty, true) {
                    self.dirty.push(seat);
                }
            }
        }
    }

    /// How many people and connections there are in all.
    pub fn set_counts(&mut self, people: usize, connections: usize) {
        self.counts = (people, connections);
    }

    /// Whether the store fails to commit. While it does, whatever would be stored is refused here, and
    /// what needs no store (a PING's answer, a farewell) waits no longer for what cannot come back.
    pub fn set_failing(&mut self, failing: bool, now: Millis) {
        self.failing = failing;
        if !failing {
            return;
        }
        let seats: Vec<usize> = self.seats.iter().map(|(seat, _)| seat).collect();
        for seat in seats {
            let place = &mut self.seats[seat];
            let is_leaving = place.life == Life::Leaving;
            if place.has_deferred_enough() {
                self.resumable.push(seat);
            }
            for (_, said) in place.unfinished.take(|it| &mut it.deferred) {
                place.queue(Item::Bytes(said), now);
            }
            Self::touch(&mut self.seats, &mut self.dirty, seat);
            if is_leaving {
                self.say_farewell(seat, "Connection closed", now);
            }
        }
    }

    /// What is asked of the rest of the server since the last call, in order.
    pub fn take_requests(&mut self) -> Vec<Request> {
        let next = Vec::with_capacity(self.requests.len().min(bounds::REQUESTS_EXPECTED_MAX));
        std::mem::replace(&mut self.requests, next)
    }

    /// Seats that have something to write since the last call: the end of a tick. Each is to be flushed, and is
    /// named again only when it was.
    pub fn take_dirty(&mut self, into: &mut Vec<usize>) {
        into.append(&mut self.dirty);
    }

    /// Ends the blocks that grow: what channels are told from now on begins new ones. Not called while members of a
    /// crowd wait to be flushed, so that for them it stays one piece.
    pub fn seal(&mut self) {
        self.blocks.seal();
    }

    /// As [`Hall::take_dirty`], the seats that were told something as members of a crowd: they may wait for others.
    pub fn take_crowded(&mut self, into: &mut impl Extend<usize>) {
        into.extend(self.crowded.drain(..));
    }

    /// Whether there are any of those.
    pub fn has_crowded(&self) -> bool {
        !self.crowded.is_empty()
    }

    /// Whether a large answer waits for a seat, which takes more than one write.
    #[inline]
    pub fn has_large(&self, seat: usize) -> bool {
        self.seats.get(seat).is_some_and(|seat| seat.queue.has_large())
    }

    /// Whether anything is asked of the rest of the server.
    pub fn has_requests(&self) -> bool {
        !self.requests.is_empty()
    }

    /// Seats whose connections are to be dropped now, since the last call.
    pub fn take_finished(&mut self, into: &mut Vec<usize>) {
        into.append(&mut self.over);
    }

    /// Whether [`Hall::resumed`] has something to do: seats may read on because of what was written.
    pub fn has_resumable(&self) -> bool {
        !self.resumable.is_empty()
    }

    /// What the seat waits for before it reads on.
    pub fn waits(&self, seat: usize, now: Millis) -> Waits {
        self.seats.get(seat).map_or(Waits::Nothing, |seat| seat.waits(&self.facts, now))
    }

    /// How many connections there are.
    pub fn len(&self) -> usize {
        self.seats.len()
    }

    /// Whether nobody is connected.
    pub fn is_empty(&self) -> bool {
        self.seats.is_empty()
    }

    /// Marks a seat as having something to write.
    fn touch(seats: &mut Slab<Seat>, dirty: &mut Vec<usize>, seat: usize) {
        if let Some(place) = seats.get_mut(seat)
            && !place.is_dirty
        {
            place.is_dirty = true;
            dirty.push(seat);
        }
    }
}

/// What an idle connection costs here, apart from its door. A queue with nothing in it costs nothing but
/// itself.
const _: () = assert!(size_of::<Seat>() <= 200 && size_of::<Queue>() <= 64);
