//! Sockets with the settings that a comparison needs.

use crate::bounds;
use rustix::net::{AddressFamily, SocketType, sockopt};
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

/// Connects, from one of several loopback addresses if `to` is one. The stream does not block, and
/// leaves nothing behind when it is closed: no port waits for stray packets.
pub(crate) fn connect(to: SocketAddr, number: usize) -> io::Result<TcpStream> {
    let family = if to.is_ipv4() { AddressFamily::INET } else { AddressFamily::INET6 };
    let socket = rustix::net::socket(family, SocketType::STREAM, None)?;
    if let IpAddr::V4(address) = to.ip()
        && address.is_loopback()
    {
        let last = 1 + (number % usize::from(bounds::SOURCES)) as u8;
        let from = SocketAddr::from((Ipv4Addr::new(127, 0, 0, last), 0));
        rustix::net::bind(&socket, &from)?;
    }
    rustix::net::connect(&socket, &to)?;
    sockopt::set_socket_linger(&socket, Some(Duration::ZERO))?;
    let stream = TcpStream::from(socket);
    stream.set_nodelay(true)?;
    stream.set_nonblocking(true)?;
    Ok(stream)
}

/// Listens with a deep backlog.
pub(crate) fn listen(at: SocketAddr) -> io::Result<TcpListener> {
    let family = if at.is_ipv4() { AddressFamily::INET } else { AddressFamily::INET6 };
    let socket = rustix::net::socket(family, SocketType::STREAM, None)?;
    sockopt::set_socket_reuseaddr(&socket, true)?;
    rustix::net::bind(&socket, &at)?;
    rustix::net::listen(&socket, bounds::BACKLOG)?;
    let listener = TcpListener::from(socket);
    listener.set_nonblocking(true)?;
    Ok(listener)
}

/// A loopback address that nothing listens at now.
pub(crate) fn unused_address() -> io::Result<SocketAddr> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()
}
