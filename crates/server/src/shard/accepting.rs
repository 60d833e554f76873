//! Connections coming in.

use super::{Shard, connection, proxied};
use crate::bounds;
use crate::config::{Listen, Network};
use parlor_hub::id::SessionId;
use std::collections::HashMap;
use std::net::IpAddr;
use std::rc::Rc;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use tokio::net::TcpListener;

/// Who may come in, over all shards.
#[derive(Debug)]
pub(crate) struct Doorkeeper {
    incarnation: u32,
    shards: u32,
    sessions: AtomicU32,
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
            sessions: AtomicU32::new(0),
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

    /// Whether this is a proxy whose word is taken.
    fn trusts(&self, address: IpAddr) -> bool {
        let limits = self.limits.read().unwrap_or_else(PoisonError::into_inner);
        limits.proxies.iter().any(|network| network.contains(address))
    }

    /// An id for a connection of this shard: the shard is found by it again.
    pub(super) fn next_session(&self, shard: u32) -> SessionId {
        let count = self.sessions.fetch_add(1, Ordering::Relaxed) + 1;
        SessionId::new(self.incarnation, count * self.shards + shard)
    }

    /// Lets a connection in, or says why not.
    pub(super) fn admit(self: &Arc<Self>, address: IpAddr) -> Result<Admission, &'static str> {
        let limits = self.limits.read().unwrap_or_else(PoisonError::into_inner);
        if self.connections.load(Ordering::Relaxed) >= limits.connections_max.min(self.room) {
            return Err("This server is full; try again later");
        }
        let limit = limits.connections_per_address;
        let counted = limit > 0 && !limits.exempt.iter().any(|network| network.contains(address));
        if counted {
            let mut by_address = self.by_address.lock().unwrap_or_else(PoisonError::into_inner);
            let count = by_address.entry(address).or_insert(0);
            if *count >= limit {
                return Err("Too many connections from your address");
            }
            *count += 1;
        }
        self.connections.fetch_add(1, Ordering::Relaxed);
        Ok(Admission { doorkeeper: Arc::clone(self), address: counted.then_some(address) })
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

/// Accepts connections until the shard ends.
pub(super) async fn run(shard: Rc<Shard>, listener: TcpListener, at: Listen) {
    while !shard.is_ending.get() {
        match listener.accept().await {
            Ok((stream, from)) => {
                let from = from.ip();
                if !at.is_proxied {
                    connection::begin(&shard, stream, from, at.gate, &[]);
                } else if shard.doorkeeper.trusts(from) {
                    let receive = proxied::receive(Rc::clone(&shard), stream, from, at.gate);
                    tokio::task::spawn_local(receive);
                } else {
                    tracing::warn!(%from, "not a trusted proxy; closed");
                }
            }
            Err(error) if error.kind() == std::io::ErrorKind::ConnectionAborted => {}
            Err(error) => {
                tracing::warn!(%error, "cannot accept; pausing");
                tokio::time::sleep(bounds::ACCEPT_PAUSE).await;
            }
        }
    }
}
