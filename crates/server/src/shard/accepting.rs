//! Connections coming in.

use super::Shard;
use super::readiness::{Readiness, Whose};
use crate::bounds;
use crate::config::{Listen, Network};
use mio::net::{TcpListener, TcpStream};
use parlor_doors::hall::household;
use parlor_hub::id::{Millis, SessionId};
use std::collections::HashMap;
use std::io::{self, Write};
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// Who may come in, over all shards.
#[derive(Debug)]
pub(crate) struct Doorkeeper {
    incarnation: u32,
    shards: u32,
    sessions: AtomicU64,
    connections: AtomicUsize,
    room: usize,
    limits: RwLock<Limits>,
    by_address: Mutex<HashMap<IpAddr, u32>>,
}

/// The limits on connections, which a reload may change.
#[derive(Debug, Clone)]
pub(crate) struct Limits {
    pub connections_max: usize,
    /// 0 for no limit.
    pub connections_per_address: u32,
    pub exempt: Vec<Network>,
    /// Whose PROXY header is believed.
    pub proxies: Vec<Network>,
}

/// A connection that was let in. It is counted until this is dropped.
pub(super) struct Admission {
    doorkeeper: Arc<Doorkeeper>,
    address: Option<IpAddr>,
}

impl Doorkeeper {
    pub fn new(incarnation: u32, shards: u32, room: usize, limits: Limits) -> Self {
        Self {
            incarnation,
            shards,
            sessions: AtomicU64::new(0),
            connections: AtomicUsize::new(0),
            room,
            limits: RwLock::new(limits),
            by_address: Mutex::default(),
        }
    }

    /// The start that its sessions belong to.
    pub fn incarnation(&self) -> u32 {
        self.incarnation
    }

    pub fn set_limits(&self, limits: Limits) {
        *self.limits.write().unwrap_or_else(PoisonError::into_inner) = limits;
    }

    /// How many connections there are.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }

    /// Whether this is a proxy whose word is taken.
    pub(super) fn trusts(&self, address: IpAddr) -> bool {
        let limits = self.limits.read().unwrap_or_else(PoisonError::into_inner);
        limits.proxies.iter().any(|network| network.contains(address))
    }

    /// An id for a connection of this shard: the shard is found by it again. None when all of this
    /// start are used: one that is given twice would make a connection somebody else's.
    pub(super) fn next_session(&self, shard: u32) -> Option<SessionId> {
        let count = self.sessions.fetch_add(1, Ordering::Relaxed) + 1;
        let counter = count * u64::from(self.shards) + u64::from(shard);
        Some(SessionId::new(self.incarnation, counter.try_into().ok()?))
    }

    /// Whether limits do not count what is done from an address.
    pub(super) fn exempts(&self, address: IpAddr) -> bool {
        let limits = self.limits.read().unwrap_or_else(PoisonError::into_inner);
        limits.exempt.iter().any(|network| network.contains(address))
    }

    /// Lets a connection in while it is not known where its caller is, or says why not.
    pub(super) fn admit_unknown(self: &Arc<Self>) -> Result<Admission, &'static str> {
        let limits = self.limits.read().unwrap_or_else(PoisonError::into_inner);
        self.admit_one(&limits)
    }

    /// Lets a connection in, or says why not.
    pub(super) fn admit(self: &Arc<Self>, address: IpAddr) -> Result<Admission, &'static str> {
        let limits = self.limits.read().unwrap_or_else(PoisonError::into_inner);
        let mut admission = self.admit_one(&limits)?;
        let limit = limits.connections_per_address;
        let counted = limit > 0 && !limits.exempt.iter().any(|network| network.contains(address));
        let address = household(address);
        if counted {
            let mut by_address = self.by_address.lock().unwrap_or_else(PoisonError::into_inner);
            let count = by_address.entry(address).or_insert(0);
            if *count >= limit {
                return Err("Too many connections from your address");
            }
            *count += 1;
            admission.address = Some(address);
        }
        Ok(admission)
    }

    fn admit_one(self: &Arc<Self>, limits: &Limits) -> Result<Admission, &'static str> {
        if self.connections.load(Ordering::Relaxed) >= limits.connections_max.min(self.room) {
            return Err("This server is full; try again later");
        }
        self.connections.fetch_add(1, Ordering::Relaxed);
        Ok(Admission { doorkeeper: Arc::clone(self), address: None })
    }
}

impl Drop for Admission {
    fn drop(&mut self) {
        self.doorkeeper.connections.fetch_sub(1, Ordering::Relaxed);
        let Some(address) = self.address else { return };
        let by_address = &self.doorkeeper.by_address;
        let mut by_address = by_address.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = by_address.get_mut(&address) {
            *count -= 1;
            if *count == 0 {
                by_address.remove(&address);
            }
        }
    }
}

/// A listener of a shard.
pub(super) struct Listening {
    listener: TcpListener,
    at: Listen,
    /// There may be more to accept.
    is_ready: bool,
    /// There were no descriptors left; it is tried again at this time.
    pauses_until: Millis,
    /// That was said, and nobody was accepted since.
    is_warned: bool,
    strangers: Strangers,
}

/// Callers who are turned away because a trusted proxy has to speak for them, and none does. The log has a line for
/// many of them, or they could fill it.
#[derive(Default)]
struct Strangers {
    unsaid: u64,
    /// When the log was told last.
    said_at: Option<Millis>,
}

impl Listening {
    pub fn new(listener: std::net::TcpListener, at: Listen) -> Self {
        let listener = TcpListener::from_std(listener);
        let strangers = Strangers::default();
        Self { listener, at, is_ready: true, pauses_until: 0, is_warned: false, strangers }
    }

    pub fn watched_by(&mut self, readiness: &Readiness, number: usize) -> io::Result<()> {
        readiness.watch(&mut self.listener, Whose::Listener(number))
    }

    pub fn note_ready(&mut self) {
        self.is_ready = true;
    }

    /// When there is something to accept, if that is known.
    pub fn due(&self) -> Option<Millis> {
        self.is_ready.then_some(self.pauses_until)
    }

    /// The next connection; none when there is none now.
    fn accept(&mut self, now: Millis) -> Option<(TcpStream, IpAddr)> {
        while self.due().is_some_and(|due| due <= now) {
            match self.listener.accept() {
                Ok((stream, from)) => {
                    self.is_warned = false;
                    return Some((stream, from.ip()));
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => self.is_ready = false,
                Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
                Err(error) => {
                    if !std::mem::replace(&mut self.is_warned, true) {
                        tracing::warn!(%error, "cannot accept; trying again and again");
                    }
                    self.pauses_until = now + bounds::ACCEPT_PAUSE.as_millis() as Millis;
                }
            }
        }
        None
    }
}

impl Strangers {
    /// Notes another. If the log is to be told now: how many came since it was.
    fn note(&mut self, now: Millis) -> Option<u64> {
        self.unsaid += 1;
        let pause = bounds::STRANGERS_SAID_EVERY.as_millis() as Millis;
        if self.said_at.is_some_and(|at| now < at + pause) {
            return None;
        }
        self.said_at = Some(now);
        Some(std::mem::take(&mut self.unsaid))
    }
}

impl Shard {
    /// Takes in whoever has come, as many as one turn takes.
    pub(super) fn accept(&mut self, now: Millis) {
        for number in 0..self.listeners.len() {
            for _ in 0..bounds::ACCEPTS_PER_TURN_MAX {
                let Some((stream, from)) = self.listeners[number].accept(now) else { break };
                self.welcome(stream, from, number, now);
            }
        }
    }

    fn welcome(&mut self, stream: TcpStream, from: IpAddr, listener: usize, now: Millis) {
        let Listening { at, strangers, .. } = &mut self.listeners[listener];
        let at = *at;
        if !at.is_proxied {
            self.begin(stream, from, at.gate, &[], now);
        } else if self.doorkeeper.trusts(from) {
            match self.doorkeeper.admit_unknown() {
                Ok(admission) => self.await_header((stream, admission), (from, at.gate), now),
                Err(why) => turn_away(stream, why),
            }
        } else if let Some(count) = strangers.note(now) {
            tracing::warn!(last = %from, count, "closed who came without a trusted proxy");
        }
    }
}

/// Tells a caller why they may not come in: one short line, if the socket takes it. To most clients it is readable.
pub(super) fn turn_away(mut stream: TcpStream, why: &str) {
    let _ = stream.write(format!("ERROR :{why}\r\n").as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doorkeeper() -> Arc<Doorkeeper> {
        let limits = Limits {
            connections_max: 100,
            connections_per_address: 2,
            exempt: Vec::new(),
            proxies: Vec::new(),
        };
        Arc::new(Doorkeeper::new(1, 3, 100, limits))
    }

    #[test]
    fn who_has_a_whole_network_of_addresses_is_counted_once() {
        let doorkeeper = doorkeeper();
        let admit = |address: &str| doorkeeper.admit(address.parse().unwrap());
        let inside = [admit("2001:db8:0:1::1"), admit("2001:db8:0:1:ffff::2")];
        assert!(inside.iter().all(Result::is_ok));
        assert!(admit("2001:db8:0:1::3").is_err(), "a third of one network");
        assert!(admit("2001:db8:0:2::1").is_ok() && admit("192.0.2.1").is_ok());
        drop(inside);
        assert!(admit("2001:db8:0:1::3").is_ok(), "they have left");
        assert!(doorkeeper.by_address.lock().unwrap().is_empty(), "nobody is counted for ever");
    }

    #[test]
    fn who_is_not_known_yet_is_counted_too() {
        let doorkeeper = doorkeeper();
        let unknown: Vec<_> = (0..100).map_while(|_| doorkeeper.admit_unknown().ok()).collect();
        assert_eq!(unknown.len(), 100);
        assert!(doorkeeper.admit_unknown().is_err());
        assert!(doorkeeper.admit("192.0.2.1".parse().unwrap()).is_err(), "the server is full");
        drop(unknown);
        let here = doorkeeper.admit("192.0.2.1".parse().unwrap());
        assert_eq!((here.is_ok(), doorkeeper.connections()), (true, 1));
    }

    #[test]
    fn the_log_has_a_line_for_many_strangers() {
        let mut strangers = Strangers::default();
        let minute = bounds::STRANGERS_SAID_EVERY.as_millis() as Millis;
        let mut note = |times: u64, now| (0..times).filter_map(|_| strangers.note(now)).collect();
        let said: [Vec<u64>; 4] =
            [note(1000, 5), note(10, 4 + minute), note(2, 5 + minute), note(1, 5 + 3 * minute)];
        assert_eq!(said, [vec![1], vec![], vec![1010], vec![2]]);
    }

    #[test]
    fn no_session_gets_an_id_that_another_had() {
        let doorkeeper = doorkeeper();
        assert_eq!(doorkeeper.next_session(2), Some(SessionId::new(1, 5)));
        doorkeeper.sessions.store(u64::from(u32::MAX / 3), Ordering::Relaxed);
        assert_eq!(doorkeeper.next_session(2), None);
    }
}
