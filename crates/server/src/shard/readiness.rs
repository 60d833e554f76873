//! What the kernel says is ready.
//!
//! It tells each change once (edge-triggered): whoever leaves something unread or unwritten has to remember
//! it. In return a connection that waits for its turn costs nothing until then.

use crate::bounds;
use mio::event::Source;
use mio::{Events, Interest, Poll, Token, Waker};
use std::io;
use std::time::Duration;

/// Whose readiness it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    /// A connection's.
    Seat(usize),
    /// The socket of a connection for which a proxy has not spoken yet.
    Awaited(usize),
    Listener(usize),
    /// Another thread has told the shard something.
    Inbox,
}

/// What became ready since the kernel was asked last.
#[derive(Debug, Clone, Copy)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(super) struct Ready {
    pub whose: Whose,
    /// There are bytes to read, or their end, or an error.
    pub is_readable: bool,
    /// Behind what there is to read is the end.
    pub is_last: bool,
    /// It broke, or both sides of it are closed: nothing that is written arrives.
    pub is_gone: bool,
    /// There is room to write.
    pub is_writable: bool,
}

/// All that a shard waits for.
pub(super) struct Readiness {
    poll: Poll,
    events: Events,
}

impl Readiness {
    pub fn new() -> io::Result<Self> {
        let events = Events::with_capacity(bounds::EVENTS_PER_TURN_MAX);
        Ok(Self { poll: Poll::new()?, events })
    }

    /// Wakes the shard from another thread.
    pub fn bell(&self) -> io::Result<Waker> {
        Waker::new(self.poll.registry(), Whose::Inbox.token())
    }

    /// From now on it is told when this is ready. What is ready already is told at once.
    pub fn watch(&self, source: &mut impl Source, whose: Whose) -> io::Result<()> {
        let interest = match whose {
            Whose::Seat(_) => Interest::READABLE | Interest::WRITABLE,
            Whose::Awaited(_) | Whose::Listener(_) | Whose::Inbox => Interest::READABLE,
        };
        self.poll.registry().register(source, whose.token(), interest)
    }

    /// No longer.
    pub fn unwatch(&self, source: &mut impl Source) -> io::Result<()> {
        self.poll.registry().deregister(source)
    }

    /// Waits until something is ready, at most so long.
    pub fn wait(&mut self, timeout: Duration, into: &mut Vec<Ready>) -> io::Result<()> {
        into.clear();
        match self.poll.poll(&mut self.events, Some(timeout)) {
            Err(error) if error.kind() != io::ErrorKind::Interrupted => return Err(error),
            Err(_) => return Ok(()),
            Ok(()) => {}
        }
        into.extend(self.events.iter().map(|event| Ready {
            whose: Whose::of(event.token()),
            is_readable: event.is_readable() || event.is_read_closed() || event.is_error(),
            is_last: event.is_read_closed() || event.is_error(),
            is_gone: event.is_error() || event.is_read_closed() && event.is_write_closed(),
            is_writable: event.is_writable(),
        }));
        Ok(())
    }
}

/// Bits of a token that say whose kind it is of.
const KIND_BITS: u32 = 2;

impl Whose {
    fn token(self) -> Token {
        let (number, kind) = match self {
            Self::Seat(seat) => (seat, 0),
            Self::Awaited(number) => (number, 1),
            Self::Listener(number) => (number, 2),
            Self::Inbox => (0, 3),
        };
        Token(number << KIND_BITS | kind)
    }

    fn of(Token(token): Token) -> Self {
        let number = token >> KIND_BITS;
        match token % (1 << KIND_BITS) {
            0 => Self::Seat(number),
            1 => Self::Awaited(number),
            2 => Self::Listener(number),
            _ => Self::Inbox,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_says_whose_it_is() {
        for whose in
            [Whose::Seat(0), Whose::Seat(9), Whose::Awaited(7), Whose::Listener(1), Whose::Inbox]
        {
            assert_eq!(Whose::of(whose.token()), whose);
        }
    }

    #[test]
    fn the_bell_of_another_thread_ends_a_wait() {
        let mut readiness = Readiness::new().unwrap();
        let bell = readiness.bell().unwrap();
        let mut ready = Vec::new();
        readiness.wait(Duration::ZERO, &mut ready).unwrap();
        assert!(ready.is_empty());
        std::thread::scope(|threads| {
            threads.spawn(|| bell.wake().unwrap());
            readiness.wait(Duration::from_secs(10), &mut ready).unwrap();
        });
        assert_eq!(ready.iter().map(|ready| ready.whose).collect::<Vec<_>>(), [Whose::Inbox]);
    }
}
