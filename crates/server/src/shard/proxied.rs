//! Callers for whom a proxy speaks: its header says who they are, and comes before everything. Until it is read
//! the hall has no seat for them.

use super::Shard;
use super::accepting::Admission;
use super::readiness::Whose;
use crate::bounds;
use mio::net::TcpStream;
use parlor_doors::hall::Gate;
use parlor_hub::id::Millis;
use parlor_wire::proxy::{Proxy, read};
use std::collections::BTreeMap;
use std::io::{self, Read};
use std::net::IpAddr;

/// Connections whose header is not whole yet, in the order they came: all may take as long.
#[derive(Default)]
pub(super) struct Proxied {
    awaited: BTreeMap<usize, Awaited>,
    next: usize,
}

struct Awaited {
    stream: TcpStream,
    /// It is counted until this is dropped.
    admission: Admission,
    from: IpAddr,
    gate: Gate,
    said: Vec<u8>,
    until: Millis,
}

impl Proxied {
    /// When the first of them has taken too long.
    pub fn deadline(&self) -> Option<Millis> {
        self.awaited.first_key_value().map(|(_, awaited)| awaited.until)
    }
}

impl Shard {
    /// Takes in a connection of a trusted proxy.
    pub(super) fn await_header(
        &mut self,
        (mut stream, admission): (TcpStream, Admission),
        (from, gate): (IpAddr, Gate),
        now: Millis,
    ) {
        let proxied = &mut self.proxied;
        let number = proxied.next;
        proxied.next += 1;
        if let Err(error) = self.inbox.readiness.watch(&mut stream, Whose::Awaited(number)) {
            return tracing::warn!(%error, "cannot watch a socket");
        }
        let until = now + bounds::PROXY_HEADER_WITHIN.as_millis() as Millis;
        let awaited = Awaited { stream, admission, from, gate, said: Vec::new(), until };
        proxied.awaited.insert(number, awaited);
    }

    /// There is something to read of a header, perhaps all of it: then the caller comes in.
    pub(super) fn read_header(&mut self, number: usize, now: Millis) {
        let Some(awaited) = self.proxied.awaited.get_mut(&number) else { return };
        let header = match awaited.read(&mut self.scratch) {
            Ok(None) => return,
            header => header,
        };
        let Some(awaited) = self.proxied.awaited.remove(&number) else { return };
        let Awaited { mut stream, admission, from, gate, said, .. } = awaited;
        // From here on it is counted where its caller is.
        drop(admission);
        let watched = self.inbox.readiness.unwatch(&mut stream);
        match watched.and(header) {
            Ok(Some((length, source))) => {
                self.begin(stream, source.unwrap_or(from), gate, &said[length..], now);
            }
            Ok(None) => {}
            Err(error) => tracing::debug!(%from, %error, "a proxy without a header"),
        }
    }

    /// Drops those that have taken too long.
    pub(super) fn drop_late_headers(&mut self, now: Millis) {
        while self.proxied.deadline().is_some_and(|until| until <= now) {
            self.proxied.awaited.pop_first();
        }
    }
}

impl Awaited {
    /// The length of the header and who it speaks for, when it is whole.
    fn read(&mut self, scratch: &mut [u8]) -> io::Result<Option<(usize, Option<IpAddr>)>> {
        loop {
            match self.stream.read(scratch) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(count) => self.said.extend_from_slice(&scratch[..count]),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(None),
                Err(error) => return Err(error),
            }
            match read(&self.said) {
                Proxy::More => {}
                Proxy::Header { length, source } => return Ok(Some((length, source))),
                Proxy::Wrong => return Err(io::ErrorKind::InvalidData.into()),
            }
        }
    }
}
