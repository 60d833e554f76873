//! One run: what happens next, and when the invariants are asked.

use crate::chance::Chance;
use crate::client::{Client, Kind, read_in_words};
use crate::core::near::{Near, Ways};
use crate::core::{Batch, Core};
use crate::keeper::Keeper;
use crate::ledger::Ledger;
use crate::wing::{Clients, ToHall, Wing};
use crate::{Tally, Wrong, bounds, checks, grammar};
use parlor_doors::Facts;
use parlor_doors::hall::{PasswordWork, ReadWork, Request, Waits};
use parlor_hub::id::{Millis, SessionId};
use parlor_hub::{Outcome, Settings};
use parlor_store::Sync;
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;

/// Everything there is.
pub(crate) struct World {
    pub chance: Chance,
    pub now: Millis,
    pub core: Core,
    /// Where the core stores by itself.
    pub near: Option<Near>,
    /// On their way to the database.
    pub batches: VecDeque<Batch>,
    /// What halls are told that concerns many, and how many: the core hears of it when all halls have told it.
    pub concerning: VecDeque<(Rc<Vec<Outcome>>, usize)>,
    pub keeper: Keeper,
    pub ledger: Ledger,
    pub wings: Vec<Wing>,
    pub clients: Clients,
    pub facts: Arc<Facts>,
    pub settings: Settings,
    /// Passwords that are being worked on, each with its hall.
    pub hashing: Vec<(usize, SessionId, PasswordWork)>,
    /// What readers are to fetch, each with its hall.
    pub reading: Vec<(usize, SessionId, u32, ReadWork)>,
    /// Commits fail.
    pub disk_is_full: bool,
    /// The halls were told so.
    pub is_failing: bool,
    pub connections: u32,
    pub sessions: u32,
    pub tally: Tally,
    pub verbose: bool,
}

impl World {
    pub fn new(seed: u64, verbose: bool) -> Result<Self, Wrong> {
        let mut chance = Chance::new(seed);
        let facts = Arc::new(crate::faults::facts(&mut chance));
        let settings = crate::faults::settings(&facts, &mut chance);
        let syncs = [Sync::Checkpoint, Sync::Commit];
        let real = chance.one_in(16).then(|| syncs[chance.weighed(&[1, 3])]);
        let mut keeper = Keeper::new(facts.casemapping, real)?;
        let durable = keeper.start(&mut chance)?;
        let tally = Tally { real: keeper.is_real(), ..Tally::default() };
        let core = Core::start(durable, settings.clone(), facts.casemapping, &mut chance);
        let count = chance.between(2, bounds::CLIENTS_MAX);
        let near = chance.one_in(2).then(Near::default);
        let mut world = Self {
            chance,
            now: 1_767_225_600_000,
            core,
            near,
            batches: VecDeque::new(),
            concerning: VecDeque::new(),
            keeper,
            ledger: Ledger::default(),
            wings: Vec::new(),
            clients: (0..count).map(|_| None).collect(),
            facts,
            settings,
            hashing: Vec::new(),
            reading: Vec::new(),
            disk_is_full: false,
            is_failing: false,
            connections: 0,
            sessions: 0,
            tally,
            verbose,
        };
        world.core.verbose = verbose;
        world.open_halls();
        Ok(world)
    }

    pub fn open_halls(&mut self) {
        let wings =
            if self.wings.is_empty() { self.chance.between(1, 3) } else { self.wings.len() };
        let (incarnation, facts) = (self.keeper.durable.epoch, &self.facts);
        let open = |number| Wing::new((number, wings), incarnation, Arc::clone(facts));
        self.wings = (0..wings).map(open).collect();
    }

    /// Says what happens, to whoever reads a transcript.
    pub fn tell(&self, what: impl FnOnce() -> String) {
        if self.verbose {
            println!("{}", what());
        }
    }

    /// One thing happens.
    pub fn step(&mut self, step: u32) -> Result<(), Wrong> {
        self.now += self.chance.below(20) as u64;
        match self.chance.weighed(&[400, 250, 180, 120, 40, 60, 30, 20]) {
            0 => self.a_client_acts()?,
            1 => self.a_hall_turns()?,
            2 => {
                let turn = (self.chance.below(3), self.chance.below(6));
                self.core_turns(turn)?;
            }
            3 => self.store_turns()?,
            4 => self.a_password_is_done(),
            5 => self.a_reader_is_done()?,
            6 => self.time_passes(),
            _ => self.something_goes_wrong(step)?,
        }
        if step % 250 == 249 { self.come_to_rest() } else { Ok(()) }
    }

    /// The end of a run: everything comes to rest, and starts once more from what is stored.
    pub fn finish(mut self) -> Result<Tally, Wrong> {
        self.come_to_rest()?;
        self.crash()?;
        self.come_to_rest()?;
        (self.tally.shown, self.tally.shown_events) = self.ledger.shown();
        self.tally.entries += self.core.entries;
        self.tally.missed += self.core.missed.given;
        Ok(self.tally)
    }

    fn a_client_acts(&mut self) -> Result<(), Wrong> {
        let place = self.chance.below(self.clients.len());
        match self.clients[place].take() {
            None => self.someone_comes(place),
            Some(mut client) => {
                if self.act(&mut client)? {
                    self.clients[place] = Some(client);
                } else {
                    self.tell(|| format!("{:>6} connection {} is gone", self.now, client.number));
                    self.wings[client.hall].hang_up(&client, self.now);
                }
            }
        }
        Ok(())
    }

    fn someone_comes(&mut self, place: usize) {
        if !self.chance.one_in(3) {
            return;
        }
        let chance = &mut self.chance;
        let kind = match chance.weighed(&[60, 38, 2]) {
            0 => {
                let [echo, tags, chathistory, playback] =
                    [2, 2, 4, 4].map(|times| chance.one_in(times));
                Kind::Irc { echo, tags, chathistory, playback }
            }
            1 => Kind::Line,
            _ => Kind::Stranger,
        };
        let hall = self.chance.below(self.wings.len());
        self.connections += 1;
        self.sessions += 1;
        let counter = self.sessions * self.wings.len() as u32 + hall as u32;
        let session = SessionId::new(self.keeper.durable.epoch, counter);
        let seat = self.wings[hall].arrive(place, session, self.now);
        let mut client = Client::new(self.connections, kind, (hall, seat), session);
        client.met_failing = self.wings[hall].is_failing;
        client.sees_cloaks = self.facts.cloaks.is_some();
        match kind {
            Kind::Irc { .. } => grammar::irc::opening(&mut client, &mut self.chance),
            Kind::Line => grammar::line::opening(&mut client, &mut self.chance),
            Kind::Stranger => client.send(&grammar::stranger(&mut self.chance)),
        }
        self.tell(|| {
            format!(
                "{:>6} connection {} comes to hall {hall} as {:?}: {kind:?}",
                self.now, client.number, client.session
            )
        });
        self.clients[place] = Some(client);
    }

    /// A client does something. `false`: it is gone.
    fn act(&mut self, client: &mut Client) -> Result<bool, Wrong> {
        if client.is_finished {
            self.read(client)?;
            return Ok(!self.chance.one_in(2));
        }
        match self.chance.weighed(&[30, 50, 25, 2, 1, 1]) {
            0 => self.write(client),
            1 => self.send(client),
            2 => self.read(client)?,
            3 => client.reads = !client.reads || !self.chance.one_in(4),
            4 => client.ends |= self.chance.one_in(3),
            _ => return Ok(!self.chance.one_in(4)),
        }
        Ok(true)
    }

    fn write(&mut self, client: &mut Client) {
        if client.outgoing.len() >= bounds::OUTGOING_BYTES_MAX || client.ends {
            return;
        }
        for _ in 0..self.chance.between(1, 4) {
            match client.kind {
                Kind::Irc { .. } => grammar::irc::say(client, &mut self.chance),
                Kind::Line => grammar::line::say(client, &mut self.chance),
                Kind::Stranger => {}
            }
        }
    }

    /// Some of what a client has to say reaches its hall, if it reads.
    pub fn send(&mut self, client: &mut Client) {
        let (hall, now) = (&mut self.wings[client.hall].hall, self.now);
        match hall.waits(client.seat, now) {
            Waits::Until(at) if at <= now => hall.resume(client.seat, now),
            Waits::Bytes | Waits::Nothing if client.ended => {}
            Waits::Bytes | Waits::Nothing if client.outgoing.is_empty() => {
                if client.ends {
                    client.ended = true;
                    hall.end_of_input(client.seat, now);
                }
            }
            Waits::Bytes | Waits::Nothing => {
                let most = client.outgoing.len();
                let count = match self.chance.below(4) {
                    0 => self.chance.between(1, most.min(12)),
                    1 => self.chance.between(1, most),
                    _ => most,
                };
                let sent: Vec<u8> = client.outgoing.drain(..count).collect();
                self.wings[client.hall].hall.feed(client.seat, &sent, now);
                let sent = String::from_utf8_lossy(&sent);
                self.tell(|| format!("{now:>6} connection {} → {sent:?}", client.number));
            }
            Waits::Turn | Waits::Reader | Waits::Until(_) => {}
        }
    }

    pub fn read(&mut self, client: &mut Client) -> Result<(), Wrong> {
        if !client.reads {
            return Ok(());
        }
        if client.is_full {
            self.wings[client.hall].flush(client, self.now, &mut self.chance);
        }
        let seen = String::from_utf8_lossy(&client.socket);
        if !seen.is_empty() {
            self.tell(|| format!("{:>6} connection {} ← {seen}", self.now, client.number));
        }
        let mut shown = Vec::new();
        client.read(&self.ledger, &mut shown)?;
        shown.into_iter().try_for_each(|id| self.ledger.note_shown(id, &self.keeper))
    }

    fn a_hall_turns(&mut self) -> Result<(), Wrong> {
        let number = self.chance.below(self.wings.len());
        let count = self.chance.below(4);
        self.hall_turns(number, count)
    }

    pub fn hall_turns(&mut self, number: usize, count: usize) -> Result<(), Wrong> {
        let wing = &mut self.wings[number];
        wing.hall.set_counts(self.core.hub.people(), self.clients.iter().flatten().count());
        for _ in 0..count {
            wing.take_in(&mut self.clients, self.now)?;
        }
        let requests = wing.settle(&mut self.clients, self.now, &mut self.chance);
        while let Some((outcomes, concerned)) = self.concerning.front()
            && Rc::strong_count(outcomes) == 1
        {
            self.core.told(*concerned);
            self.concerning.pop_front();
        }
        let mut ordered = Vec::new();
        for request in requests {
            match request {
                Request::Hash(session, work) => self.hashing.push((number, session, work)),
                Request::Read(session, ticket, work) => {
                    self.reading.push((number, session, ticket, *work));
                }
                request => ordered.push(request),
            }
        }
        if !ordered.is_empty() {
            self.core.inbox.push_back(ordered);
        }
        Ok(())
    }

    pub fn core_turns(&mut self, turn: (usize, usize)) -> Result<(), Wrong> {
        let made = self.core.turn(turn, self.now, &mut self.ledger, &mut self.chance)?;
        let Self { near, keeper, batches, chance, .. } = self;
        if let Some(near) = near {
            let stored = near.turn(made, self.now, &mut Ways { keeper, batches, chance })?;
            self.release(stored);
        } else {
            batches.extend(made);
        }
        Ok(())
    }

    /// The store takes what is waiting, commits what is to be stored, and releases all of it.
    pub fn store_turns(&mut self) -> Result<(), Wrong> {
        let mut gathered = Batch::default();
        for _ in 0..self.chance.between(1, 4) {
            let Some(batch) = self.batches.pop_front() else { break };
            if self.disk_is_full && batch.size() > 0 {
                self.batches.push_front(batch);
                self.tell_failing(true);
                break;
            }
            gathered.add(batch);
        }
        if gathered.size() > 0 {
            self.keeper.commit(&gathered)?;
            self.tell_failing(false);
        }
        if let Some(near) = &mut self.near {
            near.released(gathered.outcomes.len(), self.chance.one_in(4));
        }
        self.release(gathered);
        Ok(())
    }

    fn release(&mut self, stored: Batch) {
        if stored.outcomes.is_empty() {
            return;
        }
        let outcomes = Rc::new(stored.outcomes);
        for wing in &mut self.wings {
            wing.inbox.push_back(ToHall::Release(Rc::clone(&outcomes)));
        }
        self.concerning.push_back((outcomes, stored.concerned));
    }

    /// Has the database get what was shown, as it does before anybody reads. Whether it has.
    pub fn settle(&mut self) -> Result<bool, Wrong> {
        let Self { near, keeper, batches, chance, .. } = self;
        let Some(near) = near else { return Ok(true) };
        near.pass_on_for_readers(&mut Ways { keeper, batches, chance });
        while !self.batches.is_empty() && !self.disk_is_full {
            self.store_turns()?;
        }
        Ok(self.batches.is_empty())
    }

    fn tell_failing(&mut self, failing: bool) {
        if std::mem::replace(&mut self.is_failing, failing) != failing {
            self.tell(|| format!("{:>6} commits fail: {failing}", self.now));
            for wing in &mut self.wings {
                wing.inbox.push_back(ToHall::Failing(failing));
            }
        }
    }

    pub fn a_reader_is_done(&mut self) -> Result<(), Wrong> {
        if self.reading.is_empty() {
            return Ok(());
        }
        // While commits fail, what the database has is read; on real files that is not all that the model has.
        let is_read_anyway = self.is_failing && !self.keeper.is_real();
        if !self.settle()? && !is_read_anyway {
            return Ok(());
        }
        let place = self.chance.below(self.reading.len());
        let (hall, session, ticket, work) = self.reading.remove(place);
        let found = self.keeper.read(&work)?;
        self.tell(|| format!("{:>6} {} is found for {session:?}", self.now, read_in_words(&work)));
        self.wings[hall].inbox.push_back(ToHall::Found(session, ticket, found));
        Ok(())
    }
}

/// The invariants that need everything to be done.
impl World {
    /// Lets everything that is on its way arrive, and everyone read, and then asks what must hold.
    pub fn come_to_rest(&mut self) -> Result<(), Wrong> {
        self.disk_is_full = false;
        for _ in 0..bounds::REST_ROUNDS_MAX {
            while !self.hashing.is_empty() {
                self.a_password_is_done();
            }
            while !self.reading.is_empty() {
                self.a_reader_is_done()?;
            }
            for hall in 0..self.wings.len() {
                self.hall_turns(hall, self.wings[hall].inbox.len())?;
            }
            self.now = self.now.max(self.held_until().unwrap_or_default());
            self.core_turns((usize::MAX, usize::MAX))?;
            self.store_turns()?;
            let gone = self.everyone_reads()?;
            if !gone && self.is_at_rest() {
                checks::rest::all(&self.core, &self.wings, &self.clients)?;
                self.settle()?;
                return self.ledger.check_stored(&self.keeper);
            }
        }
        Err(Wrong("it does not come to rest".into()))
    }

    /// Whether someone's connection ended, which has consequences.
    fn everyone_reads(&mut self) -> Result<bool, Wrong> {
        let mut gone = false;
        for place in 0..self.clients.len() {
            let Some(mut client) = self.clients[place].take() else { continue };
            client.reads = true;
            self.wings[client.hall].flush(&mut client, self.now, &mut self.chance);
            self.read(&mut client)?;
            if client.is_finished {
                gone = true;
                self.wings[client.hall].hang_up(&client, self.now);
            } else {
                self.clients[place] = Some(client);
            }
        }
        Ok(gone)
    }

    /// When what is held is stored at last, if anything is.
    pub fn held_until(&self) -> Option<Millis> {
        self.near.as_ref().and_then(Near::holds_until)
    }

    fn is_at_rest(&self) -> bool {
        self.core.is_quiet()
            && self.held_until().is_none()
            && self.batches.is_empty()
            && self.hashing.is_empty()
            && self.reading.is_empty()
            && self.wings.iter().all(|wing| wing.inbox.is_empty())
            && !self.wings.iter().any(|wing| wing.hall.has_unwritten())
            && self.clients.iter().flatten().all(|c| c.socket.is_empty() && !c.is_finished)
    }
}
