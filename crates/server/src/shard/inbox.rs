//! What the rest of the server tells a shard.

use super::Shard;
use super::readiness::Readiness;
use crate::bounds;
use crate::core::ToCore;
use crate::storing::Released;
use crate::tls::Identity;
use mio::Waker;
use parlor_doors::Facts;
use parlor_doors::hall::{FoundRows, PasswordDone};
use parlor_hub::id::{Millis, SessionId};
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};

/// A message to a shard.
#[derive(Debug)]
pub(crate) enum ToShard {
    /// What was stored, to be told.
    Release(Arc<Released>),
    /// For the core, where it is beside this shard.
    Core(ToCore),
    /// The result of work on a password.
    Hashed(SessionId, PasswordDone),
    /// What a reader found, for the place with this ticket.
    Found(SessionId, u32, FoundRows),
    /// The server's facts are now these.
    Facts(Arc<Facts>),
    /// New handshakes are answered with this.
    Identity(Arc<Identity>),
    /// Whether the store fails to commit.
    Failing(bool),
    /// The server ends, for this reason.
    Goodbye(String),
}

/// The way to a shard, from any thread.
#[derive(Debug, Clone)]
pub(crate) struct WayToShard {
    messages: Sender<ToShard>,
    bell: Arc<Waker>,
}

impl WayToShard {
    /// A shard ends before the others only when the server stops: what it is told then is for nobody.
    pub fn send(&self, message: ToShard) {
        if self.messages.send(message).is_ok() {
            // The counter behind it cannot overflow: the shard takes it back at each turn.
            let _ = self.bell.wake();
        }
    }
}

/// Where a shard finds what it was told, and what wakes it.
pub(crate) struct Inbox {
    messages: Receiver<ToShard>,
    pub(super) readiness: Readiness,
}

/// What an inbox holds at the end of a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Left {
    /// Nothing.
    Nothing,
    /// More: the next turn must not wait.
    More,
    /// Nothing, and nobody is left who could tell the shard anything.
    Nobody,
}

impl Inbox {
    /// An inbox, and the way to it.
    pub fn new() -> io::Result<(WayToShard, Self)> {
        let readiness = Readiness::new()?;
        let bell = Arc::new(readiness.bell()?);
        let (sender, messages) = channel();
        Ok((WayToShard { messages: sender, bell }, Self { messages, readiness }))
    }
}

impl Shard {
    /// Takes in what there is for one turn.
    pub(super) fn take_messages(&mut self, now: Millis) -> Left {
        for _ in 0..bounds::MESSAGES_PER_TURN_MAX {
            match self.inbox.messages.try_recv() {
                Ok(message) => self.take_message(message, now),
                Err(TryRecvError::Empty) => return Left::Nothing,
                Err(TryRecvError::Disconnected) => return Left::Nobody,
            }
        }
        Left::More
    }

    fn take_message(&mut self, message: ToShard, now: Millis) {
        match message {
            ToShard::Release(released) => self.release_stored(&released),
            ToShard::Core(message) => self.tell_core(message),
            ToShard::Hashed(session, done) => self.hall.hashed(session, done, now),
            ToShard::Found(session, ticket, found) => self.hall.found(session, ticket, found, now),
            ToShard::Facts(facts) => self.hall.set_facts(facts, now),
            ToShard::Identity(identity) => self.identity = identity,
            ToShard::Failing(failing) => self.hall.set_failing(failing, now),
            ToShard::Goodbye(reason) => self.say_goodbye(&reason, now),
        }
    }

    /// Tells everyone, and gives them a moment to read it.
    fn say_goodbye(&mut self, reason: &str, now: Millis) {
        self.ends_at = Some(now + bounds::FAREWELL.as_millis() as Millis);
        self.hall.say_goodbye(reason, now);
    }
}
