//! The core applies entries in their order and answers questions in between: on a thread of its own,
//! or on that of the only shard (`near.rs`).

use crate::bounds;
use crate::journal::{Journal, LocalJournal};
use crate::serve::Status;
use crate::shard::{ToShard, WayToShard};
use crate::storing::Batch;
use parlor_doors::crowds::{Crowds, Room};
use parlor_doors::hall::Request;
use parlor_hub::id::SessionId;
use parlor_hub::outcome::Asked;
use parlor_hub::{Command, Durable, Entry, Event, Hub, Origin, Outcome, Query, Settings, Step};
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
    /// All shards have told what concerned so many people.
    Told(usize),
    /// Take what is waiting, and end.
    Stop,
}

/// The way to the core, wherever it runs.
#[derive(Debug, Clone)]
pub(crate) enum WayToCore {
    /// On a thread of its own.
    Thread(Sender<ToCore>),
    /// On that of the only shard.
    Shard(WayToShard),
}

impl WayToCore {
    /// What is sent to a core that has ended is for nobody: the server stops.
    pub fn send(&self, message: ToCore) {
        match self {
            Self::Thread(core) => drop(core.send(message)),
            Self::Shard(shard) => shard.send(ToShard::Core(message)),
        }
    }
}

/// For what concerns crowds.
const ROOM: Room =
    Room { few: bounds::FEW, each: bounds::CONCERNED_MIN, all: bounds::CONCERNED_MAX };

/// The core's state.
pub(crate) struct Core<J> {
    hub: Hub,
    journal: J,
    status: Arc<Status>,
    incarnation: u32,
    own_line: u32,
    waiting: Waiting,
    crowds: Crowds,
    /// What has its place in the order now: empty between turns, and kept for its memory.
    entries: Vec<Entry>,
    /// What came of everything since the last turn ended.
    outcomes: Vec<Outcome>,
}

impl Core<LocalJournal> {
    /// Goes on where the data ends. Before anyone comes in it has the settings, and the time for those
    /// with a place to return.
    pub fn start(durable: Durable, settings: Settings, status: Arc<Status>) -> Self {
        let mut core = Self {
            journal: LocalJournal::after(durable.seq, durable.at),
            status,
            incarnation: durable.epoch,
            own_line: 0,
            waiting: Waiting::default(),
            crowds: Crowds::new(ROOM),
            entries: Vec::new(),
            outcomes: Vec::new(),
            hub: Hub::start(durable, settings.clone()),
        };
        core.append_own(Command::Configured(Box::new(settings)));
        core.append_own(Command::Started);
        core
    }
}

impl<J: Journal> Core<J> {
    /// Runs on a thread of its own until told to stop, or until nobody can send any more.
    pub fn run(mut self, inbox: &Receiver<ToCore>, storing: &Sender<Batch>) {
        loop {
            if let Some(batch) = self.turn() {
                // The store's thread ends only after this one.
                let _ = storing.send(batch);
            }
            let first = match inbox.recv_timeout(self.until_deadline()) {
                Ok(first) => Some(first),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return,
            };
            let mut stop = false;
            let waiting = first.into_iter().chain(inbox.try_iter());
            for message in waiting.take(bounds::MESSAGES_PER_TURN_MAX) {
                stop |= matches!(message, ToCore::Stop);
                self.take_in(message);
            }
            if stop {
                if let Some(batch) = self.turn() {
                    let _ = storing.send(batch);
                }
                return;
            }
        }
    }

    /// How long it is until time itself has something for the hub to do.
    pub fn due_in(&self) -> Option<Duration> {
        let deadline = self.hub.deadline()?;
        Some(Duration::from_millis(deadline.saturating_sub(self.journal.now())))
    }

    fn until_deadline(&self) -> Duration {
        const LONGEST: Duration = Duration::from_secs(3600);
        if self.goes_on() {
            return Duration::ZERO;
        }
        self.due_in().unwrap_or(LONGEST)
    }

    /// Takes a message in. What comes of it is in the next [`Core::turn`].
    pub fn take_in(&mut self, message: ToCore) {
        match message {
            ToCore::Stop => {}
            ToCore::Own(command) => self.append_own(command),
            ToCore::Told(concerned) => self.told(concerned),
            ToCore::Requests(requests) => {
                for request in requests {
                    self.take_request(request);
                }
            }
        }
    }

    /// Takes a request in, or lets it wait where it concerns a crowd and enough of that is under way.
    fn take_request(&mut self, request: Request) {
        let mut reach = self.reach(&request);
        if reach > 0 {
            // Whom it concerns depends on what was taken in before it.
            self.apply_taken();
            reach = self.reach(&request);
        }
        if self.crowds.lets_pass(&request, reach) {
            self.take_at_once(request, reach);
        } else {
            self.crowds.keep(request);
        }
    }

    fn take_at_once(&mut self, request: Request, reach: usize) {
        match request {
            Request::Submit(origin, command) => {
                self.waiting.submitted(origin);
                self.journal.append(origin, command);
            }
            Request::Ask(origin, query) => self.ask(origin, query),
            Request::Hash(..) | Request::Read(..) | Request::Count(..) => {}
        }
        if reach > 0 {
            self.apply_taken();
            self.crowds.took(reach);
        }
    }

    fn reach(&self, request: &Request) -> usize {
        match request {
            Request::Submit(origin, command) => self.hub.reach(origin.session, command),
            Request::Ask(_, query) => self.hub.reach_of_question(query),
            Request::Hash(..) | Request::Read(..) | Request::Count(..) => 0,
        }
    }

    /// Takes in what waited, as much as there is room for now.
    fn take_crowds(&mut self) {
        while let Some(request) = self.crowds.take_next() {
            let reach = self.reach(&request);
            self.take_at_once(request, reach);
        }
        self.apply_taken();
    }

    /// Whether the next turn has something to do, and need not wait.
    pub fn goes_on(&self) -> bool {
        self.crowds.has_next()
    }

    /// What concerned so many people is told.
    pub fn told(&mut self, concerned: usize) {
        self.crowds.told(concerned);
    }

    /// Applies what has its place in the order now. Gives everything that came of it, for the store: it
    /// commits what is to be stored, and then all is released.
    pub fn turn(&mut self) -> Option<Batch> {
        if self.due_in() == Some(Duration::ZERO) {
            self.append_own(Command::Elapsed);
        }
        self.apply_taken();
        self.take_crowds();
        if self.outcomes.is_empty() {
            return None;
        }
        self.status.people.store(self.hub.people(), Ordering::Relaxed);
        let outcomes = std::mem::take(&mut self.outcomes);
        let concerned = self.crowds.hand_on();
        let (seq, at) = (self.hub.seq(), self.hub.at());
        Some(Batch { seq, at, outcomes, concerned, ..Batch::default() })
    }

    fn apply_taken(&mut self) {
        let mut entries = std::mem::take(&mut self.entries);
        self.journal.take(&mut entries);
        self.outcomes.reserve(entries.len());
        for entry in entries.drain(..) {
            self.apply(entry);
        }
        self.entries = entries;
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
    fn ask(&mut self, origin: Origin, query: Query) {
        // So that of its session's commands only those wait that the journal has not given back.
        self.apply_taken();
        if let Some(query) = self.waiting.behind_commands(origin, query) {
            self.outcomes.push(self.hub.ask(origin, self.journal.now(), query));
        }
    }

    fn apply(&mut self, entry: Entry) {
        let origin = entry.origin;
        let warns = matches!(entry.command, Command::NotConfigured(_));
        let outcome = self.hub.apply(entry);
        if outcome.asked == Some(Asked::Rehash) {
            self.status.rehash.notify_one();
        }
        outcome.changes.iter().for_each(|change| self.status.banned.note(change));
        for step in &outcome.steps {
            if let Step::Tell(_, Event::Notice { text }) = step {
                if warns {
                    tracing::warn!("{text}");
                } else {
                    tracing::info!("{text}");
                }
            }
        }
        self.outcomes.push(outcome);
        for (origin, query) in self.waiting.applied(origin) {
            self.outcomes.push(self.hub.ask(origin, self.journal.now(), query));
        }
    }
}

/// Commands that are on their way through the journal, and the questions of their sessions behind them.
#[derive(Debug, Default)]
pub(crate) struct Waiting {
    /// In the order in which they were handed in, in which they mostly come back.
    commands: VecDeque<Origin>,
    /// Each with the line of the command that it waits for.
    questions: Vec<(u32, Origin, Query)>,
}

impl Waiting {
    fn submitted(&mut self, origin: Origin) {
        self.commands.push_back(origin);
    }

    /// Keeps a question that must wait; gives it back when it need not.
    fn behind_commands(&mut self, origin: Origin, query: Query) -> Option<Query> {
        let is_before = |command: &&Origin| command.session == origin.session;
        let Some(last) = self.commands.iter().rfind(is_before) else { return Some(query) };
        self.questions.push((last.line, origin, query));
        None
    }

    /// The questions that waited for this command.
    fn applied(&mut self, command: Origin) -> Vec<(Origin, Query)> {
        if self.commands.front() == Some(&command) {
            self.commands.pop_front();
        } else {
            self.commands.retain(|other| *other != command);
        }
        let waited = |(after, origin, _): &mut (u32, Origin, Query)| {
            origin.session == command.session && *after <= command.line
        };
        let ready = self.questions.extract_if(.., waited);
        ready.map(|(_, origin, query)| (origin, query)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock;
    use crate::config::Config;
    use crate::storing::Released;
    use parlor_doors::Facts;
    use parlor_doors::names::Casemapping;
    use parlor_hub::change::{BanKind, Change, ServerBan};
    use parlor_hub::command::{Presence, SignOn};
    use parlor_hub::name::Nick;
    use parlor_hub::person::Transport;
    use std::sync::mpsc::channel;
    use std::thread;

    fn start() -> Core<LocalJournal> {
        Core::start(Durable::default(), Config::default().hub_settings(), Arc::default())
    }

    /// So many sign on at once.
    fn sign_ons(count: u32) -> ToCore {
        let peer = Arc::new(Facts::default().peer([10, 0, 0, 1].into(), None));
        let sign_on = |number| {
            let origin =
                Origin { node: 0, incarnation: 1, session: SessionId::new(1, number), line: 1 };
            let sign_on = SignOn {
                nick: Nick::parse(&format!("n{number}"), Casemapping::Ascii).unwrap(),
                or_next: false,
                username: "n".into(),
                realname: "n".into(),
                peer: Arc::clone(&peer),
                transport: Transport::default(),
                account: None,
                presence: Presence::Unsaid,
                metadata: None,
            };
            Request::Submit(origin, Command::SignOn(Box::new(sign_on)))
        };
        ToCore::Requests((1..=count).map(sign_on).collect())
    }

    #[test]
    fn what_is_to_end_ends_where_the_clock_is_behind_what_is_stored() {
        let at = clock::now() + 10 * 365 * 24 * 3600 * 1000;
        let ban = ServerBan {
            kind: BanKind::Network,
            mask: "192.0.2.0/24".into(),
            reason: "spam".into(),
            note: None,
            by: "root".into(),
            at,
            until: Some(at + 20),
        };
        let durable = Durable { at, bans: vec![ban], ..Durable::default() };
        let mut core = Core::start(durable, Config::default().hub_settings(), Arc::default());
        let ends =
            |batch: Batch| batch.changes().any(|it| matches!(it, Change::ServerBanEnded(..)));
        while !core.turn().is_some_and(ends) {
            let due_in = core.due_in().expect("a ban is to end");
            assert!(due_in <= Duration::from_millis(20), "not in ten years");
            thread::sleep(due_in);
        }
    }

    #[test]
    fn what_concerns_a_crowd_waits_until_the_last_shard_has_told_what_was_before_it() {
        const PEOPLE: u32 = 1000;
        let (to_core, inbox) = channel();
        let mut core = start();
        let way = WayToCore::Thread(to_core);
        core.turn();
        core.take_in(sign_ons(PEOPLE));
        let (mut signed_on, mut pieces) = (0, 0);
        while signed_on < PEOPLE as usize {
            let batch = core.turn().expect("there is room");
            assert!(!core.goes_on() && core.turn().is_none(), "the next ones wait");
            (signed_on, pieces) = (signed_on + batch.outcomes.len(), pieces + 1);

            let released = Released::new(batch.outcomes, batch.concerned, &way);
            let shards = [(); 3].map(|()| Arc::clone(&released));
            drop(released);
            for shard in shards {
                assert!(inbox.try_recv().is_err(), "this one has not told it yet");
                drop(shard);
            }
            core.take_in(inbox.try_recv().expect("all have"));
        }
        assert!(pieces > 1);
        drop(Released::new(Vec::new(), 0, &way));
        assert!(inbox.try_recv().is_err(), "what concerns no crowd is nothing to the core");
    }

    #[test]
    fn what_goes_on_coming_keeps_nothing_from_being_handed_on() {
        let (to_core, inbox) = channel();
        let (storing, batches) = channel();
        let core = start();
        for _ in 0..3 * bounds::MESSAGES_PER_TURN_MAX {
            to_core.send(ToCore::Own(Command::Elapsed)).unwrap();
        }
        to_core.send(ToCore::Stop).unwrap();
        core.run(&inbox, &storing);
        drop(storing);
        let handed_on: Vec<usize> = batches.iter().map(|batch| batch.outcomes.len()).collect();
        let most = bounds::MESSAGES_PER_TURN_MAX;
        assert_eq!(handed_on, [2, most, most, most], "what it starts with, then what came");
    }

    #[test]
    fn a_question_waits_for_the_commands_of_its_session_before_it() {
        let of = |session, line| Origin { node: 0, incarnation: 1, session, line };
        let (one, other) = (SessionId::new(1, 1), SessionId::new(1, 2));
        let mut waiting = Waiting::default();
        for command in [of(one, 1), of(other, 1), of(one, 3)] {
            waiting.submitted(command);
        }
        let third = SessionId::new(1, 3);
        assert!(waiting.behind_commands(of(third, 1), Query::Counts(0)).is_some());
        for question in [of(one, 2), of(one, 4)] {
            assert_eq!(waiting.behind_commands(question, Query::Counts(0)), None);
        }
        // Between sessions they come back in any order, and again.
        let is_due = |waiting: &mut Waiting, command| -> Vec<Origin> {
            waiting.applied(command).into_iter().map(|(origin, _)| origin).collect()
        };
        assert_eq!(is_due(&mut waiting, of(other, 1)), []);
        assert_eq!(is_due(&mut waiting, of(one, 1)), []);
        assert_eq!(is_due(&mut waiting, of(one, 1)), []);
        assert_eq!(is_due(&mut waiting, of(one, 3)), [of(one, 2), of(one, 4)]);
        assert!(waiting.behind_commands(of(one, 5), Query::Counts(0)).is_some());
    }
}
