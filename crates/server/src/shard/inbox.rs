//! What the rest of the server tells a shard.

use super::Shard;
use crate::core::ToCore;
use crate::tls::Identity;
use crate::{bounds, clock};
use parlor_doors::Facts;
use parlor_doors::hall::{FoundRows, PasswordDone};
use parlor_hub::Outcome;
use parlor_hub::id::SessionId;
use std::rc::Rc;
use std::sync::Arc;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::{Duration, Instant, sleep};

/// A message to a shard.
#[derive(Debug)]
pub(crate) enum ToShard {
    /// What was stored, to be told.
    Release(Arc<Vec<Outcome>>),
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

/// The task that reads them.
pub(super) struct Inbox {
    shard: Rc<Shard>,
    messages: UnboundedReceiver<ToShard>,
}

impl Inbox {
    pub fn new(shard: Rc<Shard>, messages: UnboundedReceiver<ToShard>) -> Self {
        Self { shard, messages }
    }

    /// Runs until the server ends.
    pub async fn run(mut self) {
        while let Some(first) = self.messages.recv().await {
            let mut next = Some(first);
            let mut left = bounds::MESSAGES_PER_TURN_MAX;
            while let Some(message) = next {
                if let ToShard::Goodbye(reason) = message {
                    return self.say_goodbye(&reason).await;
                }
                self.take_in(message);
                left -= 1;
                next = if left > 0 { self.messages.try_recv().ok() } else { None };
            }
            self.shard.settle();
            if left == 0 {
                tokio::task::yield_now().await;
            }
        }
    }

    fn take_in(&self, message: ToShard) {
        let now = clock::steady();
        let hall = || self.shard.hall.borrow_mut();
        match message {
            ToShard::Release(outcomes) => self.shard.release_stored(&outcomes),
            ToShard::Core(message) => self.shard.tell_core(message),
            ToShard::Hashed(session, done) => hall().hashed(session, done, now),
            ToShard::Found(session, ticket, found) => hall().found(session, ticket, found, now),
            ToShard::Facts(facts) => hall().set_facts(facts, now),
            ToShard::Identity(identity) => *self.shard.identity.borrow_mut() = identity,
            ToShard::Failing(failing) => hall().set_failing(failing, now),
            ToShard::Goodbye(_) => {}
        }
    }

    /// Tells everyone, and gives them a moment to read it.
    async fn say_goodbye(&self, reason: &str) {
        self.shard.is_ending.set(true);
        self.shard.hall.borrow_mut().say_goodbye(reason, clock::steady());
        self.shard.settle();
        let until = Instant::now() + bounds::FAREWELL;
        while Instant::now() < until && self.shard.hall.borrow().has_unwritten() {
            sleep(Duration::from_millis(10)).await;
        }
    }
}
