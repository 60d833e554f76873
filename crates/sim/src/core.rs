//! The core as the server has it: journal, hub, questions in their places, batches for the store. And
//! a twin of the hub, which is saved and loaded now and then and must never differ.

pub(crate) mod journal;
pub(crate) mod near;

use crate::chance::Chance;
use crate::checks::earlier::Earlier;
use crate::checks::missed::Missed;
use crate::checks::noted::{self, Noted};
use crate::checks::rooms::Rooms;
use crate::ledger::Ledger;
use crate::watching::{Watching, each_once};
use crate::{Wrong, bounds, checks};
use journal::FaultyJournal;
use parlor_doors::crowds::{Crowds, Room};
use parlor_doors::hall::Request;
use parlor_doors::names::Casemapping;
use parlor_hub::change::{Change, Durable};
use parlor_hub::id::{Millis, Seq, SessionId};
use parlor_hub::outcome::Asked;
use parlor_hub::{Command, Hub, Origin, Outcome, Query, Settings, Step};
use std::collections::{BTreeMap, VecDeque};

/// What was applied together.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    pub seq: Seq,
    pub at: Millis,
    /// What the tail has and the database does not, of entries before the outcomes'. It was shown.
    pub kept: Vec<Change>,
    pub outcomes: Vec<Outcome>,
    /// How many people the comings, goings and questions among them concern.
    pub concerned: usize,
    /// What the hub would have stored by then. None of what is in the tail alone, which may be further by now.
    pub durable: Option<Durable>,
    /// Somebody waits to read it.
    pub is_for_readers: bool,
}

impl Batch {
    /// What of its outcomes is to be stored.
    pub fn changes(&self) -> Vec<Change> {
        self.outcomes.iter().flat_map(|outcome| outcome.changes.iter().cloned()).collect()
    }

    /// How much of it is to be stored.
    pub fn size(&self) -> usize {
        self.kept.len() + self.outcomes.iter().map(|outcome| outcome.changes.len()).sum::<usize>()
    }

    /// Takes in one that comes later.
    pub fn add(&mut self, later: Self) {
        self.seq = self.seq.max(later.seq);
        self.at = self.at.max(later.at);
        self.kept.extend(later.kept);
        self.outcomes.extend(later.outcomes);
        self.concerned += later.concerned;
        self.durable = later.durable.or(self.durable.take());
        self.is_for_readers |= later.is_for_readers;
    }
}

#[derive(Debug)]
pub(crate) struct Core {
    pub hub: Hub,
    twin: Hub,
    pub journal: FaultyJournal,
    /// What halls handed on and the core has not looked at, in the order in which it came.
    pub inbox: VecDeque<Vec<Request>>,
    waiting: BTreeMap<SessionId, Outstanding>,
    /// What concerns many waits, where the journal is local.
    crowds: Crowds,
    incarnation: u32,
    own_line: u32,
    /// Who is where after everything that was applied.
    pub rooms: Rooms,
    watching: Watching,
    noted: Noted,
    earlier: Earlier,
    pub missed: Missed,
    pub entries: u64,
    pub verbose: bool,
    /// An operator asked for the configuration.
    pub rehash: bool,
}

/// So little that a sign-on fills it, and that a channel of three is a crowd.
fn room(chance: &mut Chance) -> Room {
    Room { few: chance.below(5), each: 10, all: chance.between(20, 400) }
}

/// The commands of a session that are on their way, and the questions that wait for them.
#[derive(Debug, Default)]
struct Outstanding {
    submitted: u32,
    questions: VecDeque<(u32, Origin, Query)>,
}

impl Core {
    pub fn start(
        durable: Durable,
        settings: Settings,
        casemapping: Casemapping,
        chance: &mut Chance,
    ) -> Self {
        let incarnation = durable.epoch;
        let journal = FaultyJournal::after(durable.seq, durable.at, chance);
        let watching = Watching::new(casemapping);
        let missed = Missed::new(&durable, settings.replay);
        let hub = Hub::start(durable, settings.clone());
        let mut core = Self {
            twin: hub.clone(),
            hub,
            journal,
            inbox: VecDeque::new(),
            waiting: BTreeMap::new(),
            crowds: Crowds::new(room(chance)),
            incarnation,
            own_line: 0,
            rooms: Rooms::default(),
            watching,
            noted: Noted::new(casemapping),
            earlier: Earlier::default(),
            missed,
            entries: 0,
            verbose: false,
            rehash: false,
        };
        core.append_own(Command::Configured(Box::new(settings)), chance);
        core.append_own(Command::Started, chance);
        core
    }

    pub fn append_own(&mut self, command: Command, chance: &mut Chance) {
        self.own_line += 1;
        let (incarnation, line) = (self.incarnation, self.own_line);
        let origin = Origin { node: 0, incarnation, session: SessionId::SERVER, line };
        self.journal.append(origin, command, chance);
    }

    pub fn is_quiet(&self) -> bool {
        self.inbox.is_empty()
            && self.journal.is_empty()
            && self.waiting.is_empty()
            && self.crowds.is_empty()
    }

    /// One turn of the loop: takes in so many hand-overs and applies so many entries. Gives what came of it, for the
    /// store.
    pub fn turn(
        &mut self,
        (handed, applied): (usize, usize),
        now: Millis,
        ledger: &mut Ledger,
        chance: &mut Chance,
    ) -> Result<Option<Batch>, Wrong> {
        let mut outcomes = Vec::new();
        for _ in 0..handed {
            let Some(requests) = self.inbox.pop_front() else { break };
            for request in requests {
                self.take_in(request, now, &mut outcomes, ledger, chance)?;
            }
        }
        for _ in 0..applied {
            if !self.apply_next(now, &mut outcomes, ledger, chance)? {
                break;
            }
        }
        while let Some(request) = self.crowds.take_next() {
            let reach = self.reach(&request);
            self.take_at_once((request, reach), now, &mut outcomes, ledger, chance)?;
        }
        if outcomes.is_empty() {
            return Ok(None);
        }
        let concerned = self.crowds.hand_on();
        let (seq, at, durable) = (self.hub.seq(), self.hub.at(), Some(self.hub.durable()));
        Ok(Some(Batch { seq, at, outcomes, concerned, durable, ..Batch::default() }))
    }

    /// What concerned so many people is told.
    pub fn told(&mut self, concerned: usize) {
        self.crowds.told(concerned);
    }

    /// Takes a request in, or lets it wait where it concerns many and enough of that is under way.
    fn take_in(
        &mut self,
        request: Request,
        now: Millis,
        outcomes: &mut Vec<Outcome>,
        ledger: &mut Ledger,
        chance: &mut Chance,
    ) -> Result<(), Wrong> {
        let mut reach = self.reach(&request);
        if reach > 0 {
            while self.apply_next(now, outcomes, ledger, chance)? {}
            reach = self.reach(&request);
        }
        if !self.crowds.lets_pass(&request, reach) {
            self.crowds.keep(request);
            return Ok(());
        }
        self.take_at_once((request, reach), now, outcomes, ledger, chance)
    }

    /// How many people it concerns. Where the order comes from elsewhere nothing is known of that.
    fn reach(&self, request: &Request) -> usize {
        match request {
            _ if !self.journal.is_local() => 0,
            Request::Submit(origin, command) => self.hub.reach(origin.session, command),
            Request::Ask(_, query) => self.hub.reach_of_question(query),
            Request::Hash(..) | Request::Read(..) | Request::Count(..) => 0,
        }
    }

    fn take_at_once(
        &mut self,
        (request, reach): (Request, usize),
        now: Millis,
        outcomes: &mut Vec<Outcome>,
        ledger: &mut Ledger,
        chance: &mut Chance,
    ) -> Result<(), Wrong> {
        match request {
            Request::Submit(origin, command) => {
                self.waiting.entry(origin.session).or_default().submitted = origin.line;
                self.journal.append(origin, command, chance);
            }
            Request::Ask(origin, query) => match self.waiting.get_mut(&origin.session) {
                Some(outstanding) => {
                    outstanding.questions.push_back((outstanding.submitted, origin, query));
                }
                None => outcomes.push(self.ask(origin, now, query)?),
            },
            Request::Hash(..) | Request::Read(..) | Request::Count(..) => {}
        }
        if reach > 0 {
            while self.apply_next(now, outcomes, ledger, chance)? {}
            self.crowds.took(reach);
        }
        Ok(())
    }

    fn ask(&self, origin: Origin, now: Millis, query: Query) -> Result<Outcome, Wrong> {
        let outcome = self.hub.ask(origin, now, query);
        self.earlier.check(&outcome, &self.hub)?;
        checks::pairs::are_read_by_their_own(&outcome, &self.hub)?;
        Ok(outcome)
    }

    fn apply_next(
        &mut self,
        now: Millis,
        outcomes: &mut Vec<Outcome>,
        ledger: &mut Ledger,
        chance: &mut Chance,
    ) -> Result<bool, Wrong> {
        let Some((entry, repeated)) = self.journal.take(now, chance) else { return Ok(false) };
        self.entries += 1;
        let origin = entry.origin;
        let described = format!("{:?} of {origin:?}", entry.command);
        if self.verbose {
            println!("{:>6} entry {}, repeated {repeated}: {described}", entry.at, entry.seq);
        }
        let wanted = noted::wanted_before(&entry.command);
        self.missed.before(&entry.command);
        let twins = self.twin.apply(entry.clone());
        let outcome = self.hub.apply(entry);
        let context = |Wrong(wrong)| Wrong(format!("{wrong}\n  behind {described}"));
        Wrong::unless_equal("the twin's outcome", &twins, "the hub's", &outcome)
            .map_err(context)?;
        self.compare_twin(chance).map_err(context)?;
        if repeated {
            checks::applied::void(&outcome).map_err(context)?;
        }
        ledger.note(&outcome, &self.hub).map_err(context)?;
        for step in &outcome.steps {
            if let Step::Route(route) = step {
                self.rooms.note(route, |_| true);
            }
        }
        checks::applied::hub(&self.hub, &self.rooms).map_err(context)?;
        self.watching.note(&outcome, &self.hub).map_err(context)?;
        self.noted.note(&outcome, wanted, &self.rooms, &self.hub).map_err(context)?;
        self.earlier.note(&outcome, &self.hub).map_err(context)?;
        self.missed.note(&outcome, &self.rooms, &self.hub).map_err(context)?;
        checks::pairs::are_read_by_their_own(&outcome, &self.hub).map_err(context)?;
        each_once(&outcome, &self.rooms).map_err(context)?;
        self.rehash |= outcome.asked == Some(Asked::Rehash);
        outcomes.push(outcome);
        for (origin, query) in self.applied(origin) {
            outcomes.push(self.ask(origin, now, query)?);
        }
        Ok(true)
    }

    /// The questions that waited for this command.
    fn applied(&mut self, origin: Origin) -> Vec<(Origin, Query)> {
        let Some(outstanding) = self.waiting.get_mut(&origin.session) else { return Vec::new() };
        let mut ready = Vec::new();
        while outstanding.questions.front().is_some_and(|(after, ..)| *after <= origin.line) {
            let question = outstanding.questions.pop_front();
            ready.extend(question.map(|(_, origin, query)| (origin, query)));
        }
        if outstanding.submitted == origin.line {
            self.waiting.remove(&origin.session);
        }
        ready
    }

    fn compare_twin(&mut self, chance: &mut Chance) -> Result<(), Wrong> {
        let loads = chance.one_in(25);
        if !loads && !self.entries.is_multiple_of(bounds::SAVE_EVERY) {
            return Ok(());
        }
        let saved = self.hub.save();
        if saved != self.twin.save() {
            return Err(Wrong("the twin that was saved and loaded saves other bytes".into()));
        }
        if loads {
            self.twin = Hub::load(&saved).map_err(|error| Wrong(error.to_string()))?;
        }
        Ok(())
    }
}
