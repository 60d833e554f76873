//! Callers for whom a proxy speaks: its header says who they are, and comes before everything.

use super::{Shard, connection};
use crate::bounds;
use parlor_doors::hall::Gate;
use parlor_wire::proxy::{Proxy, read};
use std::io;
use std::net::IpAddr;
use std::rc::Rc;
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Reads the header, and takes the caller in. Until then nobody is there.
pub(super) async fn receive(shard: Rc<Shard>, stream: TcpStream, from: IpAddr, gate: Gate) {
    let header = timeout(bounds::PROXY_HEADER_WITHIN, read_header(&shard, &stream)).await;
    match header.map_err(io::Error::from).flatten() {
        Ok((source, behind)) => {
            connection::begin(&shard, stream, source.unwrap_or(from), gate, &behind);
        }
        Err(error) => tracing::debug!(%from, %error, "a proxy without a header"),
    }
}

/// The header, and what came behind it.
async fn read_header(shard: &Shard, stream: &TcpStream) -> io::Result<(Option<IpAddr>, Vec<u8>)> {
    let mut all = Vec::new();
    loop {
        stream.readable().await?;
        let mut scratch = shard.scratch.borrow_mut();
        match stream.try_read(&mut scratch) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(count) => all.extend_from_slice(&scratch[..count]),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => continue,
            Err(error) => return Err(error),
        }
        match read(&all) {
            Proxy::More => {}
            Proxy::Header { length, source } => {
                all.drain(..length);
                return Ok((source, all));
            }
            Proxy::Wrong => return Err(io::ErrorKind::InvalidData.into()),
        }
    }
}
