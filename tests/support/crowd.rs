//! Thousands of connections in one thread of the test: each is a task of one event loop.

use super::PATIENCE;
use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpSocket;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};

/// Descriptors of the test itself that are not connections.
const RESERVED: u64 = 200;

/// Runs a test of a crowd.
pub fn run<T>(test: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("an event loop").block_on(test)
}

/// Raises the descriptor limit as far as it goes. Returns how many connections there can be, up to
/// `wanted`: both ends are on this machine, but each process has a limit of its own.
pub fn room_for(wanted: usize) -> usize {
    let limit = rlimit::increase_nofile_limit(u64::MAX).expect("a descriptor limit");
    wanted.min(usize::try_from(limit - RESERVED).expect("a number"))
}

/// What happens within [`PATIENCE`], or the test fails.
pub async fn soon<T>(what: &str, happens: impl Future<Output = T>) -> T {
    let within = tokio::time::timeout(PATIENCE, happens).await;
    within.unwrap_or_else(|_| panic!("waited too long for {what}"))
}

/// One of the crowd.
pub struct Member {
    pub reader: BufReader<OwnedReadHalf>,
    pub writer: OwnedWriteHalf,
}

impl Member {
    pub async fn connect(address: SocketAddr) -> Self {
        Self::connect_by(TcpSocket::new_v4().expect("a socket"), address).await
    }

    /// Connects, with a receive buffer of this size.
    pub async fn connect_with(address: SocketAddr, receive_bytes: u32) -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.set_recv_buffer_size(receive_bytes).expect("a small buffer");
        Self::connect_by(socket, address).await
    }

    /// Connects from this address.
    pub async fn connect_from(from: IpAddr, address: SocketAddr) -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.bind(SocketAddr::new(from, 0)).expect("an address of this machine");
        Self::connect_by(socket, address).await
    }

    async fn connect_by(socket: TcpSocket, address: SocketAddr) -> Self {
        let stream = soon("a connection", socket.connect(address)).await.expect("a connection");
        stream.set_nodelay(true).expect("nodelay");
        let (reader, writer) = stream.into_split();
        // Few bytes a connection: there are many.
        Self { reader: BufReader::with_capacity(512, reader), writer }
    }

    /// Signs on as an IRC client.
    pub async fn sign_on(&mut self, nick: &str) {
        self.say(&format!("NICK {nick}\r\nUSER {nick} 0 * :{nick}")).await;
        self.sees(" 422 ").await;
    }

    pub async fn say(&mut self, line: &str) {
        let line = format!("{line}\r\n");
        soon("a write", self.writer.write_all(line.as_bytes())).await.expect("the server reads");
    }

    /// Signs on as a web client with this number. One who was so slow that they were greeted as a person tries
    /// again.
    pub async fn sign_on_by_websocket(address: SocketAddr, number: usize) -> Self {
        let opening = "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
            Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
        loop {
            let mut member = Self::connect(address).await;
            member.say(opening).await;
            if member.next_line().await.is_some_and(|line| line.contains(" 101 ")) {
                while member.next_line().await.is_some_and(|line| !line.is_empty()) {}
                member.say_by_websocket(&format!("NICK n{number}")).await;
                member.say_by_websocket("USER n 0 * :n").await;
                member.reads(" 422 ").await;
                return member;
            }
        }
    }

    /// Sends a line as a message of a WebSocket: one under a mask that changes nothing.
    pub async fn say_by_websocket(&mut self, line: &str) {
        let length = u8::try_from(line.len()).expect("a short line");
        let frame = [&[0x81, 0x80 | length, 0, 0, 0, 0], line.as_bytes()].concat();
        soon("a write", self.writer.write_all(&frame)).await.expect("the server reads");
    }

    /// Reads on until something holds `text`, lines or not.
    pub async fn reads(&mut self, text: &str) {
        let mut read = Vec::new();
        while !String::from_utf8_lossy(&read).contains(text) {
            let more = soon(text, self.reader.fill_buf()).await.expect("open").to_vec();
            assert!(!more.is_empty(), "closed before {text:?}");
            self.reader.consume(more.len());
            read.extend(more);
        }
    }

    /// The next line; none at the end of the connection.
    pub async fn next_line(&mut self) -> Option<String> {
        let mut line = String::new();
        match soon("a line", self.reader.read_line(&mut line)).await {
            Ok(_) if line.ends_with('\n') => Some(line.trim_end().to_owned()),
            _ => None,
        }
    }

    /// Reads on until a line holds `text`; returns that line.
    pub async fn sees(&mut self, text: &str) -> String {
        loop {
            let line = self.next_line().await;
            let line = line.unwrap_or_else(|| panic!("closed before {text:?}"));
            if line.contains(text) {
                return line;
            }
        }
    }
}
