//! The core: one thread that applies entries in their order and answers questions in between.

use crate::journal::Journal;
use crate::serve::Status;
use crate::storing::Batch;
use crate::{bounds, clock};
use parlor_doors::hall::Request;
use parlor_hub::id::{Seq, SessionId};
use parlor_hub::outcome::Asked;
use parlor_hub::{Command, Entry, Hub, Origin, Outcome, Query};
use rustc_hash::FxHashMap;
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

/// What the core is sent.
#[derive(Debug)]
pub(crate) enum ToCore {
    /// What a shard read in one tick. Only commands and questions come here.
    Requests(Vec<Request>),
    /// A command of the server itself.
    Own(Command),
    /// Take what is waiting, and end.
    Stop,
}

/// The core's state.
pub(crate) struct Core<J> {
    pub hub: Hub,
    pub journal: J,
    pub storing: Sender<Batch>,
    pub status: Arc<Status>,
    pub incarnation: u32,
    pub own_line: u32,
    pub waiting: Waiting,
}

impl<J: Journal> Core<J> {
    /// Runs until told to stop, or until nobody can send any more.
    pub fn run(mut self, inbox: &Receiver<ToCore>) {
        let mut outcomes = Vec::new();
        loop {
            let first = match inbox.recv_timeout(self.until_deadline()) {
                Ok(first) => Some(first),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return,
            };
            if self.hub.deadline().is_some_and(|deadline| clock::now() >= deadline) {
                self.append_own(Command::Elapsed);
            }
            let mut stop = false;
            let waiting = first.into_iter().chain(inbox.try_iter());
            for message in waiting.take(bounds::MESSAGES_PER_TURN_MAX) {
                stop |= matches!(message, ToCore::Stop);
                self.take_in(message, &mut outcomes);
            }
            self.apply_all(&mut outcomes);
            self.hand_on(&mut outcomes);
            if stop {
                return;
            }
        }
    }

    fn until_deadline(&self) -> Duration {
        const LONGEST: Duration = Duration::from_secs(3600);
        let deadline = self.hub.deadline();
        deadline.map_or(LONGEST, |d| Duration::from_millis(d.saturating_sub(clock::now())))
    }

    fn take_in(&mut self, message: ToCore, outcomes: &mut Vec<Outcome>) {
        match message {
            ToCore::Stop => {}
            ToCore::Own(command) => self.append_own(command),
            ToCore::Requests(requests) => {
                for request in requests {
                    match request {
                        Request::Submit(origin, command) => {
                            self.waiting.submitted(origin);
                            self.journal.append(origin, command);
                        }
                        Request::Ask(origin, query) => self.ask(origin, query, outcomes),
                        Request::Hash(..) | Request::Read(..) | Request::Count(..) => {}
                    }
                }
            }
        }
    }

    fn append_own(&mut self, command: Command) {
        self.own_line += 1;
        let origin = Origin {
            node: 0,
            incarnation: self.incarnation,
            session: SessionId::SERVER,
            line: self.own_line,
        };
        self.journal.append(origin, command);
    }

    /// Answers a question, unless its session has commands on their way: then it waits for them.
    fn ask(&mut self, origin: Origin, query: Query, outcomes: &mut Vec<Outcome>) {
        if let Some(query) = self.waiting.behind_commands(origin, query) {
            outcomes.push(self.hub.ask(origin, clock::now(), query));
        }
    }

    fn apply_all(&mut self, outcomes: &mut Vec<Outcome>) {
        let mut entries = Vec::new();
        self.journal.take(&mut entries);
        for entry in entries {
            self.apply(entry, outcomes);
        }
    }

    fn apply(&mut self, entry: Entry, outcomes: &mut Vec<Outcome>) {
        let origin = entry.origin;
        let outcome = self.hub.apply(entry);
        if outcome.asked == Some(Asked::Rehash) {
            self.status.rehash.notify_one();
        }
        outcomes.push(outcome);
        for (origin, query) in self.waiting.applied(origin) {
            outcomes.push(self.hub.ask(origin, clock::now(), query));
        }
    }

    /// Hands everything on to the store, in order: it commits what is to be stored, and then
    /// releases all.
    fn hand_on(&mut self, outcomes: &mut Vec<Outcome>) {
        if outcomes.is_empty() {
            return;
        }
        self.status.people.store(self.hub.people(), Ordering::Relaxed);
        let seq: Seq = self.hub.seq();
        let batch = Batch { seq, at: self.hub.at(), outcomes: std::mem::take(outcomes) };
        // The store's thread ends only after this one.
        let _ = self.storing.send(batch);
    }
}

/// Questions of sessions whose earlier commands are on their way through the journal.
#[derive(Debug, Default)]
pub(crate) struct Waiting(FxHashMap<SessionId, Outstanding>);

#[derive(Debug, Default)]
struct Outstanding {
    /// The last line that was submitted and has not come back.
    submitted: u32,
    questions: VecDeque<(u32, Origin, Query)>,
}

impl Waiting {
    fn submitted(&mut self, origin: Origin) {
        self.0.entry(origin.session).or_default().submitted = origin.line;
    }

    /// Keeps a question that must wait; gives it back when it need not.
    fn behind_commands(&mut self, origin: Origin, query: Query) -> Option<Query> {
        let Some(outstanding) = self.0.get_mut(&origin.session) else { return Some(query) };
        outstanding.questions.push_back((outstanding.submitted, origin, query));
        None
    }

    /// The questions that waited for this command.
    fn applied(&mut self, origin: Origin) -> Vec<(Origin, Query)> {
        let Some(outstanding) = self.0.get_mut(&origin.session) else { return Vec::new() };
        let mut ready = Vec::new();
        while outstanding.questions.front().is_some_and(|(after, ..)| *after <= origin.line) {
            let question = outstanding.questions.pop_front();
            ready.extend(question.map(|(_, origin, query)| (origin, query)));
        }
        if outstanding.submitted == origin.line {
            self.0.remove(&origin.session);
        }
        ready
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::journal::LocalJournal;
    use parlor_hub::Durable;
    use std::sync::mpsc::channel;

    #[test]
    fn what_goes_on_coming_keeps_nothing_from_being_handed_on() {
        let (to_core, inbox) = channel();
        let (storing, batches) = channel();
        let core = Core {
            hub: Hub::start(Durable::default(), Config::default().hub_settings()),
            journal: LocalJournal::after(0, 0),
            storing,
            status: Arc::default(),
            incarnation: 1,
            own_line: 0,
            waiting: Waiting::default(),
        };
        for _ in 0..3 * bounds::MESSAGES_PER_TURN_MAX {
            to_core.send(ToCore::Own(Command::Elapsed)).unwrap();
        }
        to_core.send(ToCore::Stop).unwrap();
        core.run(&inbox);
        let handed_on: Vec<usize> = batches.iter().map(|batch| batch.outcomes.len()).collect();
        assert_eq!(handed_on, [bounds::MESSAGES_PER_TURN_MAX; 3]);
    }
}
