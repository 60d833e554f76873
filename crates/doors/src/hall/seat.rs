//! One connection.

use super::Waits;
use super::labels::Labels;
use crate::bounds;
use crate::desk::{Amend, AskedAt, Known};
use crate::door::{Caller, Door, household};
use crate::facts::Facts;
use crate::queue::{Item, Queue};
use crate::sniffing::{Gate, Sniffing};
use crate::web::{Frames, Framing};
use bytes::Bytes;
use parlor_hub::id::{Millis, SessionId};
use parlor_hub::person::{Peer, Transport};
use parlor_hub::{Nothing, Rare};
use std::collections::VecDeque;
use std::net::IpAddr;
use std::sync::Arc;

/// What the hall knows of a connection. An idle one holds no buffer.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(super) struct Seat {
    pub session: SessionId,
    pub peer: Arc<Peer>,
    pub transport: Transport,
    /// Their word is taken for whom they speak for.
    is_trusted: bool,
    /// How the lines of its door are told from each other.
    pub framing: Framing,
    pub door: Door,
    pub queue: Queue,
    pub unfinished: Rare<Unfinished>,
    pub labels: Option<Box<Labels>>,
    /// Work that the seat's later lines wait for.
    pub work: Option<Box<Work>>,
    /// Failed password attempts.
    wrong_passwords: u8,
    /// The line of a sign-on in flight. Later lines wait for it, because they mean something else once it is done.
    pub signing_on: Option<u32>,
    /// The last line that was submitted.
    pub line: u32,
    pub tickets: u32,
    pub in_flight: u16,
    pub life: Life,
    /// Limits do not count what is done from its address.
    pub is_exempt: bool,
    /// The hub may know this session: a sign-on was submitted.
    pub is_person: bool,
    pub is_dirty: bool,
    /// Its end of input was read; what was sent before still counts.
    pub at_end: bool,
    /// What was read last did not end a line.
    pub is_mid_line: bool,
    /// Its connection is gone: nothing can be written.
    pub is_deaf: bool,
    /// Asked whether it is there, and not heard since.
    pub is_pinged: bool,
    /// The last fan-out that reached it, for audiences that overlap.
    pub reached: u32,
    /// When the rate would be used up to the last command (the generic cell rate algorithm), in
    /// microseconds.
    pub rate_until_us: u64,
    pub heard_at: Millis,
}

/// What is kept for a connection until something else has come.
#[derive(Debug, Default)]
pub(super) struct Unfinished {
    /// What is not whole of a WebSocket's messages.
    pub frames: Frames,
    /// Bytes that were read and wait for their turn.
    pub pending: Vec<u8>,
    /// What the seat is told after commands that are still on their way: the line after which, and what.
    pub deferred: VecDeque<(u32, Bytes)>,
    /// Lines on their way that were not asked for in the protocol itself, and where they were: as many
    /// as may be on their way.
    asked_at: Vec<(u32, AskedAt)>,
}

impl Nothing for Unfinished {
    const NOTHING: &'static Self = &Self {
        frames: Frames::NONE,
        pending: Vec::new(),
        deferred: VecDeque::new(),
        asked_at: Vec::new(),
    };

    fn is_nothing(&self) -> bool {
        let Self { frames, pending, deferred, asked_at } = self;
        frames.is_empty() && pending.is_empty() && deferred.is_empty() && asked_at.is_empty()
    }
}

/// How far a seat's life is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Life {
    /// It reads and writes.
    Open,
    /// It asked to leave, or its end was read: it reads no more.
    Leaving,
    /// It was told goodbye at this time, and closes when that is written.
    Closing(Millis),
    /// Its connection is dropped; it is here until its commands have come back.
    Over,
}

/// Work that is done elsewhere. The seat's later lines wait.
#[derive(Debug)]
pub(super) enum Work {
    /// On a password.
    Hashing(Hashing),
    /// A message is looked up.
    Looking(Looking),
}

/// A message that is being looked up.
#[derive(Debug)]
pub(super) struct Looking {
    /// The line of this work.
    pub line: u32,
    /// A reader has it; before that, the hub has the question.
    pub is_readers: bool,
    /// What is to be done with it.
    pub amend: Amend,
}

/// A password that is being worked on.
#[derive(Debug)]
pub(super) struct Hashing {
    /// The line of this work.
    pub line: u32,
    /// What was given, until the account is known.
    pub given: Option<Given>,
    /// The account that it is verified against.
    pub account: Option<Known>,
}

/// What was given to log in with.
#[derive(Debug)]
pub(super) enum Given {
    Password(String),
    /// The beginning of a SCRAM exchange.
    Scram(String),
    /// A certificate, whose key the caller was shown to have.
    Certificate,
}

impl Seat {
    pub fn new(gate: Gate, caller: Caller, now: Millis) -> Self {
        Self {
            session: caller.session,
            peer: caller.peer,
            transport: caller.transport,
            is_trusted: caller.is_trusted,
            framing: Framing::Lines,
            door: Door::Sniffing(Box::new(Sniffing::new(gate, now))),
            queue: Queue::default(),
            unfinished: Rare::default(),
            labels: None,
            work: None,
            wrong_passwords: 0,
            signing_on: None,
            line: 0,
            tickets: 0,
            in_flight: 0,
            life: Life::Open,
            is_exempt: caller.is_exempt,
            is_person: false,
            is_dirty: false,
            at_end: false,
            is_mid_line: false,
            is_deaf: false,
            is_pinged: false,
            reached: 0,
            rate_until_us: 0,
            heard_at: now,
        }
    }

    /// Who calls, as far as it is known by now.
    pub fn caller(&self) -> Caller {
        Caller {
            session: self.session,
            peer: Arc::clone(&self.peer),
            transport: self.transport.clone(),
            is_trusted: self.is_trusted,
            is_exempt: self.is_exempt,
        }
    }

    /// Where its caller is, where limits count what is done from there.
    pub fn counted(&self) -> Option<IpAddr> {
        (!self.is_exempt).then(|| household(self.peer.address))
    }

    /// Queues an item, in frames where there are any.
    pub fn queue(&mut self, item: Item, now: Millis) {
        let item = match item {
            Item::Bytes(lines) if self.framing != Framing::Lines => {
                let mut framed = Vec::new();
                self.framing.frame(&lines, &mut framed);
                Item::Bytes(framed.into())
            }
            item => item,
        };
        self.queue_framed(item, now);
    }

    /// Queues an item as it is, unless the farewell was said, or a WebSocket is closed: nothing stands
    /// behind that.
    pub fn queue_framed(&mut self, item: Item, now: Millis) {
        let is_over = matches!(self.life, Life::Closing(_) | Life::Over);
        let is_closed = matches!(self.framing, Framing::TextClosed | Framing::BinaryClosed);
        if !is_over && !is_closed {
            self.queue.push(item, now);
        }
    }

    pub fn waits(&self, facts: &Facts, now: Millis) -> Waits {
        if self.life != Life::Open {
            return Waits::Nothing;
        }
        if self.queue.has_enough() {
            return Waits::Reader;
        }
        if self.must_wait() {
            return Waits::Turn;
        }
        let burst_us = u64::from(facts.command_burst) * command_us(facts);
        let over_until_us = self.rate_until_us.saturating_sub(burst_us);
        if over_until_us > now * US_PER_MS {
            return Waits::Until(over_until_us.div_ceil(US_PER_MS));
        }
        // What is kept can be read at once, and nobody else will come to say so.
        if self.unfinished.pending.is_empty() { Waits::Bytes } else { Waits::Until(now) }
    }

    /// Keeps what the seat is to be told after the answers to this line.
    pub fn defer(&mut self, line: u32, bytes: Bytes) {
        self.unfinished.change(|it| it.deferred.push_back((line, bytes)));
    }

    /// Remembers where the last line was asked for, until it has come back.
    pub fn note_asked_at(&mut self, asked_at: AskedAt) {
        if asked_at != AskedAt::Command {
            self.unfinished.change(|it| it.asked_at.push((self.line, asked_at)));
        }
    }

    /// Where a line that has come back was asked for.
    pub fn take_asked_at(&mut self, line: u32) -> AskedAt {
        let place = self.unfinished.asked_at.iter().position(|(noted, _)| *noted == line);
        let taken = place.map(|place| self.unfinished.change(|it| it.asked_at.remove(place)));
        taken.map_or(AskedAt::Command, |(_, asked_at)| asked_at)
    }

    /// Counts a password that was wrong. `true` when there were too many.
    pub fn guessed_again(&mut self) -> bool {
        self.wrong_passwords = self.wrong_passwords.saturating_add(1);
        self.wrong_passwords >= bounds::WRONG_PASSWORDS_MAX
    }

    /// The password that is worked on, taken: nothing waits for it any more.
    pub fn take_hashing(&mut self) -> Option<Hashing> {
        match *self.work.take_if(|work| matches!(**work, Work::Hashing(_)))? {
            Work::Hashing(hashing) => Some(hashing),
            Work::Looking(_) => None,
        }
    }

    /// The message that is looked up, taken, if it is with the reader or with the hub.
    pub fn take_looking(&mut self, is_readers: bool) -> Option<Looking> {
        let is_it = |work: &mut Box<Work>| matches!(&**work, Work::Looking(looking) if looking.is_readers == is_readers);
        match *self.work.take_if(is_it)? {
            Work::Looking(looking) => Some(looking),
            Work::Hashing(_) => None,
        }
    }

    /// Whether this was the question for a message that may not be looked up.
    pub fn is_not_looked_up(&self, line: u32) -> bool {
        let Some(Work::Looking(looking)) = self.work.as_deref() else { return false };
        !looking.is_readers && looking.line == line
    }

    /// Whether something that was asked for has to come back before the next line is read.
    fn must_wait(&self) -> bool {
        self.work.is_some()
            || self.signing_on.is_some()
            || self.in_flight >= bounds::IN_FLIGHT_MAX
            || self.has_deferred_enough()
    }

    /// Whether so much is to be told behind commands that are on their way that no more is to be said.
    pub fn has_deferred_enough(&self) -> bool {
        self.unfinished.deferred.len() >= bounds::DEFERRED_MAX
    }

    /// Counts one command against the rate.
    pub fn charge(&mut self, facts: &Facts, now: Millis) {
        self.rate_until_us = self.rate_until_us.max(now * US_PER_MS) + command_us(facts);
    }

    /// Whether lines may be read now: nothing but bytes is waited for.
    pub fn may_read(&self, facts: &Facts, now: Millis) -> bool {
        match self.waits(facts, now) {
            Waits::Bytes => true,
            Waits::Until(at) => at <= now,
            Waits::Turn | Waits::Reader | Waits::Nothing => false,
        }
    }
}

const US_PER_MS: u64 = 1000;

/// How long one command uses up the rate.
fn command_us(facts: &Facts) -> u64 {
    1_000_000_u64.checked_div(facts.commands_per_second.into()).unwrap_or(0)
}
