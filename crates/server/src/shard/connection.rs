//! One connection: a task that reads. Writing is the flush's, and a task's only while a socket is
//! full.

use super::Shard;
use super::accepting::{Admission, Doorkeeper};
use super::link::Link;
use crate::clock;
use crate::tls::Heard;
use parlor_doors::hall::{Caller, Gate, Waits, host_of};
use socket2::SockRef;
use std::future::poll_fn;
use std::io;
use std::net::{IpAddr, Shutdown};
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Poll, Waker};
use std::time::Duration;
use tokio::io::Interest;
use tokio::net::TcpStream;

/// The sockets of a shard's seats.
#[derive(Default)]
pub(super) struct Connections(Vec<Option<Connection>>);

struct Connection {
    link: Rc<Link>,
    /// It is counted until this is dropped.
    admission: Option<Admission>,
    /// The reading task, while it waits for something else than bytes.
    waker: Option<Waker>,
    is_draining: bool,
    /// Nothing more will be written.
    is_finished: bool,
}

impl Connections {
    fn insert(&mut self, seat: usize, link: Rc<Link>, admission: Admission) {
        if self.0.len() <= seat {
            self.0.resize_with(seat + 1, || None);
        }
        self.0[seat] = Some(Connection {
            link,
            admission: Some(admission),
            waker: None,
            is_draining: false,
            is_finished: false,
        });
    }

    fn remove(&mut self, seat: usize) {
        self.0[seat] = None;
    }

    fn at(&mut self, seat: usize) -> Option<&mut Connection> {
        self.0.get_mut(seat)?.as_mut()
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

    pub fn link(&self, seat: usize) -> Option<Rc<Link>> {
        self.0.get(seat)?.as_ref().map(|connection| Rc::clone(&connection.link))
    }

    pub fn wake(&mut self, seat: usize) {
        if let Some(waker) = self.at(seat).and_then(|connection| connection.waker.take()) {
            waker.wake();
        }
    }

    /// Ends the writing side, or both sides, and has the reading task look again.
    pub fn finish(&mut self, seat: usize, how: Shutdown) {
        let Some(connection) = self.at(seat) else { return };
        connection.is_finished = true;
        // A socket that is closed already needs no closing.
        let _ = SockRef::from(&connection.link.stream).shutdown(how);
        self.wake(seat);
    }

    fn is_finished(&mut self, seat: usize) -> bool {
        self.at(seat).is_none_or(|connection| connection.is_finished)
    }

    /// `true` when no task waits for the socket to drain yet.
    pub fn begin_draining(&mut self, seat: usize) -> bool {
        self.at(seat).is_some_and(|c| !std::mem::replace(&mut c.is_draining, true))
    }
}

/// Takes a connection in. `first` is what was read of it already.
pub(super) fn begin(shard: &Rc<Shard>, stream: TcpStream, from: IpAddr, gate: Gate, first: &[u8]) {
    let socket = SockRef::from(&stream);
    // A tick's output is one write already; and a line client cannot answer a PING.
    let set = socket.set_tcp_nodelay(true).and_then(|()| socket.set_keepalive(true));
    if let Err(error) = set {
        tracing::debug!(%error, "could not set up a socket");
    }
    let address = from.to_canonical();
    let may_come = shard.status.banned.why(address, clock::now()).map_or(Ok(()), Err);
    let admitted = may_come.and_then(|()| {
        let admission = shard.doorkeeper.admit(address).map_err(str::to_owned)?;
        let session = shard.doorkeeper.next_session(shard.number);
        Ok((admission, session.ok_or("This server has to be started again")?))
    });
    let (admission, session) = match admitted {
        Ok(admitted) => admitted,
        Err(why) => {
            // One short line, if the socket takes it: to most clients it is readable.
            let _ = stream.try_write(format!("ERROR :{why}\r\n").as_bytes());
            return;
        }
    };
    let is_trusted = shard.doorkeeper.trusts(address);
    let is_exempt = shard.doorkeeper.exempts(address);
    let caller = Caller { is_trusted, is_exempt, ..Caller::new(session, host_of(address)) };
    let seat = shard.hall.borrow_mut().arrive_at(gate, caller, clock::steady());
    if gate.only.is_some() {
        // Some are greeted at once.
        shard.note_read();
    }
    let link = Rc::new(Link::new(stream));
    shard.connections.borrow_mut().insert(seat, Rc::clone(&link), admission);
    if !first.is_empty() && take_in(shard, seat, &link, first).is_err() {
        shard.connections.borrow_mut().finish(seat, Shutdown::Both);
    }
    tokio::task::spawn_local(read_all(Rc::clone(shard), seat, link));
}

/// Reads until the connection ends. Between reads it holds no buffer.
async fn read_all(shard: Rc<Shard>, seat: usize, link: Rc<Link>) {
    let reason = loop {
        if wait_for_turn(&shard, seat).await {
            continue;
        }
        if let Err(error) = link.stream.readable().await {
            break error.to_string();
        }
        match read_once(&shard, seat, &link) {
            Ok(true) => {}
            Ok(false) => {
                wait_for_end(&shard, seat).await;
                break "Connection closed".to_owned();
            }
            Err(error) => break error.to_string(),
        }
    };
    shard.connections.borrow_mut().remove(seat);
    shard.hall.borrow_mut().hung_up(seat, &reason, clock::steady());
    shard.note_read();
}

/// Waits for earlier commands, or for the rate, if the seat has to. `false` when it had not.
async fn wait_for_turn(shard: &Shard, seat: usize) -> bool {
    let now = clock::steady();
    let waits = shard.hall.borrow().waits(seat, now);
    match waits {
        Waits::Bytes | Waits::Nothing => return false,
        Waits::Turn => wait_for_wake(shard, seat).await,
        Waits::Until(at) => {
            // Boxed: it is rare, and would make the task of every connection larger.
            let wait = Duration::from_millis(at.saturating_sub(now));
            Box::pin(tokio::time::sleep(wait)).await;
            shard.hall.borrow_mut().resume(seat, clock::steady());
            shard.note_read();
        }
    }
    true
}

/// Waits until all that was said has taken its effect, and the farewell is written.
async fn wait_for_end(shard: &Shard, seat: usize) {
    while !shard.connections.borrow_mut().is_finished(seat) {
        if !wait_for_turn(shard, seat).await {
            wait_for_wake(shard, seat).await;
        }
    }
}

/// Waits until the shard has something to say about the seat.
async fn wait_for_wake(shard: &Shard, seat: usize) {
    let mut is_waiting = false;
    poll_fn(|context| {
        if std::mem::replace(&mut is_waiting, true) {
            return Poll::Ready(());
        }
        if let Some(connection) = shard.connections.borrow_mut().at(seat) {
            connection.waker = Some(context.waker().clone());
        }
        Poll::Pending
    })
    .await;
}

/// Reads what is there, once. `false` at the end of input.
fn read_once(shard: &Rc<Shard>, seat: usize, link: &Link) -> io::Result<bool> {
    let mut scratch = shard.scratch.borrow_mut();
    match link.stream.try_read(&mut scratch) {
        Ok(0) => {
            let mut hall = shard.hall.borrow_mut();
            if link.is_tls() {
                // A proper end was read before: here somebody on the way may have cut a sentence.
                hall.forget_unfinished_line(seat);
            }
            hall.end_of_input(seat, clock::steady());
            drop(hall);
            shard.note_read();
            Ok(false)
        }
        Ok(count) => {
            if count < scratch.len() {
                note_drained(&link.stream);
            }
            take_in(shard, seat, link, &scratch[..count])
        }
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(true),
        Err(error) => Err(error),
    }
}

/// Feeds the hall what was said in these bytes. `false` at the end of input.
fn take_in(shard: &Rc<Shard>, seat: usize, link: &Link, bytes: &[u8]) -> io::Result<bool> {
    let now = clock::steady();
    let mut is_open = true;
    let mut hall = shard.hall.borrow_mut();
    link.begin(bytes, || hall.begin_handshake(seat));
    let read = link.read(bytes, &shard.identity.borrow(), |heard| match heard {
        Heard::Bytes(bytes) => hall.feed(seat, bytes, now),
        Heard::Secured(certificate) => hall.end_handshake(seat, certificate, now),
        Heard::End => {
            hall.end_of_input(seat, now);
            is_open = false;
        }
    });
    drop(hall);
    shard.note_read();
    if link.wants_write() {
        // The handshake's own messages, an alert: they wait for no tick.
        shard.flush(seat, now);
    }
    read.map(|()| is_open)
}

/// A read that did not fill the buffer took all there was: the runtime need not find that out by a
/// second read. What comes later makes the socket ready again.
fn note_drained(stream: &TcpStream) {
    let drained = || Err::<(), _>(io::ErrorKind::WouldBlock.into());
    // This is the error that it was given.
    let _ = stream.try_io(Interest::READABLE, drained);
}

/// Writes to a socket that was full, until all is written or it fails.
pub(super) async fn drain(shard: Rc<Shard>, seat: usize, link: Rc<Link>) {
    loop {
        if link.stream.writable().await.is_err() {
            break;
        }
        // The seat may have been given to another connection meanwhile.
        let is_same =
            shard.connections.borrow().link(seat).is_some_and(|other| Rc::ptr_eq(&other, &link));
        if !is_same {
            return;
        }
        if !shard.write(seat, &link, clock::steady()) {
            break;
        }
    }
    if let Some(connection) = shard.connections.borrow_mut().at(seat) {
        connection.is_draining = false;
    }
}
