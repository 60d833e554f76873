//! One connection: when it is read and closed; `writing` has when it is written.
//!
//! The kernel tells a change once, so that a connection remembers that there is something to read, or no room
//! to write. It is looked at again ([`Shard::attend`]) when either changes, and when what it waits for has come:
//! the hall says so, or the time.

use super::Shard;
use super::accepting::{Admission, Doorkeeper, turn_away};
use super::link::Link;
use super::readiness::{Ready, Whose};
use crate::bounds;
use crate::tls::Heard;
use mio::net::TcpStream;
use parlor_doors::hall::{Caller, Gate, Waits};
use parlor_hub::id::Millis;
use socket2::{SockRef, TcpKeepalive};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::io::{self, Read};
use std::net::{IpAddr, Shutdown};
use std::sync::Arc;

/// The sockets of a shard's seats.
#[derive(Default)]
pub(super) struct Connections {
    by_seat: Vec<Option<Connection>>,
    /// Seats to be looked at in the next turn.
    woken: Vec<usize>,
    /// The same of those who may be in the middle of a TLS handshake: each turn has time for some of these.
    beginning: VecDeque<usize>,
    /// Steps of handshakes that were taken in this turn.
    handshakes: usize,
    /// Seats whose peer has closed the connection; there may be last bytes to read. Some are looked at in each turn.
    ending: VecDeque<usize>,
    /// Seats that wait for a time.
    timed: BinaryHeap<Reverse<(Millis, usize)>>,
}

#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(super) struct Connection {
    pub link: Link,
    /// It is counted until this is dropped.
    admission: Option<Admission>,
    incoming: Incoming,
    /// What there is to read is the last: the kernel tells that once, with the bytes before the end.
    is_last: bool,
    /// Nothing that is written arrives: there is nobody to wait for.
    is_gone: bool,
    /// There was no room to write.
    pub is_full: bool,
    /// It waits for its turn to be written to.
    pub has_turn: bool,
    /// Nothing more will be written.
    is_finished: bool,
    is_woken: bool,
    is_timed: bool,
}

/// What there is to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Incoming {
    Nothing,
    /// Perhaps something.
    Something,
    /// All was read.
    Ended,
}

/// What a connection costs here, apart from its TLS. In debug builds mio's sockets know more of themselves.
const _: () = assert!(size_of::<Option<Connection>>() <= 56 || cfg!(debug_assertions));

const KEEPALIVE: TcpKeepalive = TcpKeepalive::new()
    .with_time(bounds::KEEPALIVE_AFTER)
    .with_interval(bounds::KEEPALIVE_EVERY)
    .with_retries(bounds::KEEPALIVE_PROBES);

/// What a read gave.
enum Taken {
    /// Perhaps there is more.
    Some,
    /// There is no more now.
    All,
    /// There will be no more.
    End,
}

impl Connections {
    fn insert(&mut self, seat: usize, link: Link, admission: Admission) {
        if self.by_seat.len() <= seat {
            self.by_seat.resize_with(seat + 1, || None);
        }
        self.by_seat[seat] = Some(Connection {
            link,
            admission: Some(admission),
            incoming: Incoming::Nothing,
            is_last: false,
            is_gone: false,
            is_full: false,
            has_turn: false,
            is_finished: false,
            is_woken: false,
            is_timed: false,
        });
    }

    /// The connection of a seat, if it has one.
    pub fn at(&mut self, seat: usize) -> Option<&mut Connection> {
        self.by_seat.get_mut(seat)?.as_mut()
    }

    /// Whether what is read next at a seat may be a step of a TLS handshake.
    fn may_handshake(&mut self, seat: usize) -> bool {
        self.at(seat).is_some_and(|connection| connection.link.may_handshake())
    }

    /// Whether this turn has time for another step of a handshake.
    fn has_time_for_handshakes(&self) -> bool {
        self.handshakes < bounds::HANDSHAKES_PER_TURN_MAX
    }

    /// Counts a connection as one of another address: its caller turned out to be somebody there.
    pub fn count(
        &mut self,
        seat: usize,
        doorkeeper: &Arc<Doorkeeper>,
        address: IpAddr,
    ) -> Result<(), &'static str> {
        let Some(connection) = self.at(seat) else { return Ok(()) };
        connection.admission = None;
        connection.admission = Some(doorkeeper.admit(address)?);
        Ok(())
    }

    /// Has a seat looked at in the next turn.
    pub fn wake(&mut self, seat: usize) {
        if let Some(connection) = self.at(seat)
            && !std::mem::replace(&mut connection.is_woken, true)
        {
            if connection.link.may_handshake() {
                self.beginning.push_back(seat);
            } else {
                self.woken.push(seat);
            }
        }
    }

    /// Seats that wait for their turn before it is known whether they begin a TLS handshake, and others.
    pub fn waiting_to_begin(&self) -> impl Iterator<Item = usize> {
        self.beginning.iter().copied()
    }

    /// Has a seat looked at when this time has come.
    fn wake_at(&mut self, seat: usize, at: Millis) {
        if let Some(connection) = self.at(seat)
            && !std::mem::replace(&mut connection.is_timed, true)
        {
            self.timed.push(Reverse((at, seat)));
        }
    }

    /// Ends the writing side, or both sides.
    pub fn finish(&mut self, seat: usize, how: Shutdown) {
        let Some(connection) = self.at(seat) else { return };
        connection.is_finished = true;
        // A socket that is closed already needs no closing.
        let _ = connection.link.stream.shutdown(how);
        self.wake(seat);
    }

    /// When a seat is to be looked at again, if one is; 0 for at once.
    pub fn due(&self) -> Option<Millis> {
        let timed = self.timed.peek().map(|Reverse((at, _))| *at);
        let nobody = self.woken.is_empty() && self.beginning.is_empty() && self.ending.is_empty();
        if nobody { timed } else { Some(0) }
    }
}

impl Shard {
    /// Takes a connection in. `first` is what was read of it already.
    pub(super) fn begin(
        &mut self,
        mut stream: TcpStream,
        from: IpAddr,
        gate: Gate,
        first: &[u8],
        now: Millis,
    ) {
        // A tick's output is one write already; and a line client cannot answer a PING.
        let set = stream.set_nodelay(true);
        if let Err(error) = set.and_then(|()| SockRef::from(&stream).set_tcp_keepalive(&KEEPALIVE))
        {
            tracing::debug!(%error, "could not set up a socket");
        }
        let address = from.to_canonical();
        let may_come = self.status.banned.why(address, crate::clock::now()).map_or(Ok(()), Err);
        let admitted = may_come.and_then(|()| {
            let admission = self.doorkeeper.admit(address).map_err(str::to_owned)?;
            let session = self.doorkeeper.next_session(self.number);
            Ok((admission, session.ok_or("This server has to be started again")?))
        });
        let (admission, session) = match admitted {
            Ok(admitted) => admitted,
            Err(why) => return turn_away(stream, &why),
        };
        let is_trusted = self.doorkeeper.trusts(address);
        let is_exempt = self.doorkeeper.exempts(address);
        let peer = self.hall.peer(address);
        let caller = Caller { is_trusted, is_exempt, ..Caller::new(session, peer) };
        let seat = self.hall.arrive_at(gate, caller, now);
        if let Err(error) = self.inbox.readiness.watch(&mut stream, Whose::Seat(seat)) {
            tracing::warn!(%error, "cannot watch a socket");
            return self.hall.hung_up(seat, "Connection failed", now);
        }
        self.connections.insert(seat, Link::new(stream), admission);
        if !first.is_empty() && self.take_in(seat, first, now).is_err() {
            self.connections.finish(seat, Shutdown::Both);
        }
    }

    /// The kernel says that a connection is ready.
    pub(super) fn note_ready(&mut self, seat: usize, ready: Ready, now: Millis) {
        // Whoever came to this seat lately may be told of another's readiness, and finds nothing or reads on.
        let Some(connection) = self.connections.at(seat) else { return };
        if ready.is_readable && connection.incoming == Incoming::Nothing {
            connection.incoming = Incoming::Something;
        }
        connection.is_last |= ready.is_last;
        connection.is_gone |= ready.is_gone;
        if ready.is_writable && std::mem::take(&mut connection.is_full) {
            self.flush(seat, now);
        }
        if ready.is_last {
            self.connections.ending.push_back(seat);
        } else if ready.is_readable && self.connections.may_handshake(seat) {
            self.connections.wake(seat);
        } else if ready.is_readable {
            self.attend(seat, now);
        }
    }

    /// Looks at the seats that were woken since the last turn, or whose time has come, and at some of those that are
    /// at a handshake, or at their end.
    pub(super) fn attend_woken(&mut self, now: Millis) {
        self.connections.handshakes = 0;
        while self.connections.has_time_for_handshakes()
            && let Some(seat) = self.connections.beginning.pop_front()
        {
            self.attend_again(seat, now);
        }
        for _ in 0..bounds::ENDS_PER_TURN_MAX {
            let Some(seat) = self.connections.ending.pop_front() else { break };
            self.attend(seat, now);
        }
        for seat in std::mem::take(&mut self.connections.woken) {
            self.attend_again(seat, now);
        }
        while let Some(Reverse((at, seat))) = self.connections.timed.peek().copied()
            && at <= now
        {
            self.connections.timed.pop();
            if let Some(connection) = self.connections.at(seat) {
                connection.is_timed = false;
                self.hall.resume(seat, now);
                self.attend(seat, now);
            }
        }
    }

    /// Looks at a seat that was woken.
    fn attend_again(&mut self, seat: usize, now: Millis) {
        if let Some(connection) = self.connections.at(seat) {
            connection.is_woken = false;
            self.attend(seat, now);
        }
    }

    /// Reads what is there, once, unless the seat has to wait; closes what is over.
    fn attend(&mut self, seat: usize, now: Millis) {
        if !self.may_go_on(seat, now) {
            return;
        }
        let Some(connection) = self.connections.at(seat) else { return };
        if connection.incoming != Incoming::Something {
            return;
        }
        if !self.connections.has_time_for_handshakes() && self.connections.may_handshake(seat) {
            return self.connections.wake(seat);
        }
        let read = self.read(seat, now);
        let Some(connection) = self.connections.at(seat) else { return };
        match read {
            Err(error) => return self.close(seat, &error.to_string(), now),
            Ok(Taken::All) => connection.incoming = Incoming::Nothing,
            Ok(Taken::End) => connection.incoming = Incoming::Ended,
            // Nobody has more than a turn.
            Ok(Taken::Some) => return self.connections.wake(seat),
        }
        self.may_go_on(seat, now);
    }

    /// Whether the seat may read on. If it has to wait for a time it is looked at then; what is over is closed, and so
    /// is what would wait for somebody who is gone.
    fn may_go_on(&mut self, seat: usize, now: Millis) -> bool {
        let Some(connection) = self.connections.at(seat) else { return false };
        let is_over = connection.incoming == Incoming::Ended && connection.is_finished;
        match self.hall.waits(seat, now) {
            Waits::Turn => return false,
            Waits::Reader if !connection.is_gone => return false,
            Waits::Until(at) if !connection.is_gone || at <= now => {
                self.connections.wake_at(seat, at);
                return false;
            }
            Waits::Bytes | Waits::Nothing if !is_over => return true,
            Waits::Bytes | Waits::Nothing | Waits::Reader | Waits::Until(_) => {}
        }
        self.close(seat, "Connection closed", now);
        false
    }

    fn close(&mut self, seat: usize, reason: &str, now: Millis) {
        self.connections.by_seat[seat] = None;
        self.hall.hung_up(seat, reason, now);
    }

    /// Reads once.
    fn read(&mut self, seat: usize, now: Millis) -> io::Result<Taken> {
        let Some(connection) = self.connections.at(seat) else { return Ok(Taken::All) };
        let mut scratch = std::mem::take(&mut self.scratch);
        let taken = match connection.link.stream.read(&mut scratch) {
            Ok(0) => {
                if connection.link.is_tls() {
                    // A proper end was read before: here somebody on the way may have cut a sentence.
                    self.hall.forget_unfinished_line(seat);
                }
                self.hall.end_of_input(seat, now);
                Ok(Taken::End)
            }
            Ok(count) => {
                // A read that did not fill the buffer took all the bytes there were.
                let has_more = count == scratch.len() || connection.is_last;
                let taken = if has_more { Taken::Some } else { Taken::All };
                let is_open = self.take_in(seat, &scratch[..count], now);
                is_open.map(|is_open| if is_open { taken } else { Taken::End })
            }
            Err(error) => match error.kind() {
                io::ErrorKind::WouldBlock => Ok(Taken::All),
                io::ErrorKind::Interrupted => Ok(Taken::Some),
                _ => Err(error),
            },
        };
        self.scratch = scratch;
        taken
    }

    /// Feeds the hall what was said in these bytes. `false` at the end of input.
    fn take_in(&mut self, seat: usize, bytes: &[u8], now: Millis) -> io::Result<bool> {
        let Self { connections, hall, identity, .. } = self;
        let Some(Connection { link, .. }) = connections.at(seat) else { return Ok(false) };
        let mut is_open = true;
        link.begin(bytes, || hall.begin_handshake(seat));
        let is_handshake = link.is_handshaking();
        let read = link.read(bytes, identity, |heard| match heard {
            Heard::Bytes(bytes) => hall.feed(seat, bytes, now),
            Heard::Secured(certificate) => hall.end_handshake(seat, certificate, now),
            Heard::End => {
                hall.end_of_input(seat, now);
                is_open = false;
            }
        });
        let wants_write = link.wants_write();
        connections.handshakes += usize::from(is_handshake);
        if wants_write {
            // The handshake's own messages, an alert: they wait for no tick.
            self.flush(seat, now);
        }
        read.map(|()| is_open)
    }
}
