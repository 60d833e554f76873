//! Listening sockets.

use crate::bounds;
use socket2::{Domain, Protocol, Socket, Type};
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};

/// Why an address cannot be listened at, with the way out.
#[derive(Debug, thiserror::Error)]
pub enum ListenError {
    /// Somebody else has it.
    #[error(
        "port {} at {} is taken: is another server running? Choose another with --listen {}",
        .0.port(), .0.ip(), beside(*.0)
    )]
    Taken(SocketAddr),
    /// It takes rights that this process lacks.
    #[error("port {} needs rights that this user lacks: choose one above 1023 with --listen", .0.port())]
    Forbidden(SocketAddr),
    /// Anything else.
    #[error("cannot listen at {0}: {1}")]
    Other(SocketAddr, #[source] io::Error),
}

fn beside(address: SocketAddr) -> SocketAddr {
    SocketAddr::new(address.ip(), address.port().wrapping_add(1).max(1024))
}

/// Listens at an address. `[::]` takes IPv4 too; where there is no IPv6 it is `0.0.0.0`.
pub(crate) fn listen(address: SocketAddr) -> Result<TcpListener, ListenError> {
    let bound = match (bind(address), address.ip()) {
        (Err(error), IpAddr::V6(Ipv6Addr::UNSPECIFIED)) if lacks_ipv6(&error) => {
            tracing::info!("there is no IPv6 here; listening on IPv4 alone");
            bind(SocketAddr::new(Ipv4Addr::UNSPECIFIED.into(), address.port()))
        }
        (bound, _) => bound,
    };
    bound.map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => ListenError::Taken(address),
        io::ErrorKind::PermissionDenied => ListenError::Forbidden(address),
        _ => ListenError::Other(address, error),
    })
}

fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    if address.is_ipv6() {
        // One socket for both, where it stands for every address.
        socket.set_only_v6(address.ip() != IpAddr::V6(Ipv6Addr::UNSPECIFIED))?;
    }
    // A restart must not wait for connections of the last run to be forgotten.
    socket.set_reuse_address(true)?;
    socket.set_nonblocking(true)?;
    socket.bind(&address.into())?;
    socket.listen(bounds::BACKLOG)?;
    Ok(socket.into())
}

fn lacks_ipv6(error: &io::Error) -> bool {
    const EAFNOSUPPORT: i32 = 97;
    const EADDRNOTAVAIL: i32 = 99;
    matches!(error.raw_os_error(), Some(EAFNOSUPPORT | EADDRNOTAVAIL))
}
