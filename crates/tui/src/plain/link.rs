//! A session on its socket.

use std::io;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use parlor_wire::lines::{Fed, LineBuffer};
use tokio::net::TcpStream;
use tokio::time::{sleep_until, timeout};

use super::address::Address;
use super::bounds;
use super::session::{Now, Session, Settings};

/// A connection and what is said on it.
#[derive(Debug)]
pub struct Link {
    stream: TcpStream,
    lines: LineBuffer,
    unwritten: Vec<u8>,
    scratch: Vec<u8>,
    /// The protocol.
    pub session: Session,
}

/// What the clocks say.
pub fn now() -> Now {
    Now { instant: Instant::now(), wall: Timestamp::now() }
}

impl Link {
    /// Connects to the first of the address's addresses that answers.
    pub async fn connect(address: &Address, settings: Settings) -> io::Result<Self> {
        let connecting = TcpStream::connect((address.host(), address.port()));
        let stream = timeout(bounds::CONNECT, connecting)
            .await
            .unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))?;
        // Every write is already a batch, so Nagle's algorithm would only delay it.
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            lines: LineBuffer::new(),
            unwritten: Vec::new(),
            scratch: vec![0; bounds::READ_BYTES],
            session: Session::new(settings, now()),
        })
    }

    /// Waits until the socket or a deadline has something, and does it. May be dropped at any
    /// moment without losing a byte. An error means that the connection is gone.
    pub async fn step(&mut self) -> io::Result<()> {
        self.collect();
        let deadline =
            self.session.poll_timeout().unwrap_or_else(|| Instant::now() + bounds::SILENCE);
        tokio::select! {
            ready = self.stream.writable(), if !self.unwritten.is_empty() => {
                ready?;
                self.write()
            }
            ready = self.stream.readable() => {
                ready?;
                self.read()
            }
            () = sleep_until(deadline.into()) => {
                self.session.handle_timeout(now());
                Ok(())
            }
        }
    }

    /// Says QUIT and waits, no longer than `patience`, until the server has closed: closing
    /// first, with its bytes unread, would reset the connection and destroy the QUIT.
    pub async fn goodbye(mut self, reason: Option<&str>, patience: Duration) {
        self.session.quit(reason);
        let closed = async {
            // The error is the end that we wait for.
            while self.step().await.is_ok() {}
        };
        let _ = timeout(patience, closed).await;
    }

    fn collect(&mut self) {
        // What the server does not read must not grow: the session goes on making lines only as these leave.
        if self.unwritten.len() < bounds::OUTGOING_BYTES_MAX {
            self.unwritten.append(&mut self.session.take_outgoing());
        }
    }

    fn write(&mut self) -> io::Result<()> {
        match self.stream.try_write(&self.unwritten) {
            Ok(0) => Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => {
                self.unwritten.drain(..written);
                Ok(())
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn read(&mut self) -> io::Result<()> {
        let read = match self.stream.try_read(&mut self.scratch) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
            Err(error) => return Err(error),
        };
        let now = now();
        let mut input = &self.scratch[..read];
        while !input.is_empty() {
            let (used, fed) = self.lines.feed(input, bounds::SERVER_LINE_BYTES_MAX);
            input = &input[used..];
            if let Fed::Line(line) = fed {
                self.session.feed(&line, now);
            }
        }
        Ok(())
    }
}
