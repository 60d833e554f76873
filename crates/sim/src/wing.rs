//! A hall with its connections, as a shard has them.

use crate::Wrong;
use crate::bounds;
use crate::chance::Chance;
use crate::checks::rooms::Rooms;
use crate::client::Client;
use parlor_doors::hall::{Caller, Flushed, FoundRows, Guests, Node, PasswordDone, Request};
use parlor_doors::{Facts, Hall};
use parlor_hub::id::{ChannelId, Millis, SessionId};
use parlor_hub::person::Transport;
use parlor_hub::{Answer, Audience, Outcome, Step};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io;
use std::rc::Rc;
use std::sync::Arc;

/// What the rest of the server tells a hall.
#[derive(Debug, Clone)]
pub(crate) enum ToHall {
    Release(Rc<Vec<Outcome>>),
    Hashed(SessionId, PasswordDone),
    Found(SessionId, u32, FoundRows),
    Facts(Arc<Facts>),
    Failing(bool),
}

#[derive(Debug)]
pub(crate) struct Wing {
    number: usize,
    wings: usize,
    pub hall: Hall,
    pub inbox: VecDeque<ToHall>,
    pub is_failing: bool,
    /// Whose connection each seat is, by their place among all clients.
    pub clients: BTreeMap<usize, usize>,
    /// Who should be in which of this hall's rooms by what was released to it.
    pub rooms: Rooms,
}

/// All clients, by their places; none where one is to come.
pub(crate) type Clients = Vec<Option<Client>>;

impl Wing {
    pub fn new((number, wings): (usize, usize), incarnation: u32, facts: Arc<Facts>) -> Self {
        let guests = Guests::of(number as u32, wings as u32);
        Self {
            number,
            wings,
            hall: Hall::new(facts, Node { number: 0, incarnation }, guests),
            inbox: VecDeque::new(),
            is_failing: false,
            clients: BTreeMap::new(),
            rooms: Rooms::default(),
        }
    }

    pub fn arrive(&mut self, place: usize, session: SessionId, now: Millis) -> usize {
        let peer = self.hall.peer([10, 0, 0, place as u8].into());
        let secure = session.counter().is_multiple_of(2);
        let transport = Transport { secure, certificate: None };
        let is_exempt = place.is_multiple_of(3);
        let caller = Caller { transport, is_exempt, ..Caller::new(session, peer) };
        let seat = self.hall.arrive(caller, now);
        self.clients.insert(seat, place);
        seat
    }

    pub fn owns(&self, session: SessionId) -> bool {
        session.counter() as usize % self.wings == self.number
    }

    /// Takes in one thing that the hall is told.
    pub fn take_in(&mut self, clients: &mut Clients, now: Millis) -> Result<(), Wrong> {
        let Some(message) = self.inbox.pop_front() else { return Ok(()) };
        match message {
            ToHall::Release(outcomes) => {
                for outcome in outcomes.iter() {
                    self.expect(outcome, clients)?;
                    self.hall.release(outcome, now);
                    self.check_rooms()?;
                }
            }
            ToHall::Hashed(session, done) => self.hall.hashed(session, done, now),
            ToHall::Found(session, ticket, found) => {
                if let Some(client) = client_of(session, clients) {
                    client.expect_found(ticket, &found);
                }
                self.hall.found(session, ticket, found, now);
            }
            ToHall::Facts(facts) => self.hall.set_facts(facts, now),
            ToHall::Failing(failing) => {
                self.is_failing = failing;
                self.hall.set_failing(failing, now);
                for place in self.clients.values() {
                    if let Some(client) = &mut clients[*place] {
                        client.met_failing = true;
                    }
                }
            }
        }
        Ok(())
    }

    /// What an outcome means for the clients of this hall, worked out without it.
    fn expect(&mut self, outcome: &Outcome, clients: &mut Clients) -> Result<(), Wrong> {
        let asker = outcome.origin.session;
        for step in &outcome.steps {
            match step {
                Step::Route(route) => {
                    let (number, wings) = (self.number, self.wings);
                    self.rooms.note(route, |s| s.counter() as usize % wings == number);
                }
                Step::Tell(audience, event) => {
                    let as_recipient = matches!(audience, Audience::Recipients(_));
                    for place in self.clients.values() {
                        let Some(client) = &mut clients[*place] else { continue };
                        if self.rooms.hears(audience, client.session) {
                            client.expect(event, client.session == asker && !as_recipient);
                        }
                    }
                }
                Step::TellKept(id, audience, event) => {
                    let as_recipient = matches!(audience, Audience::Recipients(_));
                    for place in self.clients.values() {
                        let Some(client) = &mut clients[*place] else { continue };
                        if self.rooms.hears(audience, client.session) {
                            let own = client.session == asker && !as_recipient;
                            client.expect_kept(*id, event, own);
                        }
                    }
                }
                Step::Answer(answer) => {
                    if self.owns(asker) {
                        self.expect_answer(answer, asker, clients)?;
                    }
                }
                Step::Show(sessions, answer) => {
                    for session in sessions.iter().filter(|session| self.owns(**session)) {
                        self.expect_answer(answer, *session, clients)?;
                    }
                }
                Step::Refuse(_) => {}
            }
        }
        Ok(())
    }

    fn expect_answer(
        &self,
        answer: &Answer,
        session: SessionId,
        clients: &mut Clients,
    ) -> Result<(), Wrong> {
        if !self.rooms.may_read(answer, session) {
            return Err(Wrong(format!("{session:?} may not read what it is to read: {answer:?}")));
        }
        if let Some(client) = client_of(session, clients) {
            client.expect_answer(answer);
        }
        Ok(())
    }

    /// The hall's rooms are what was released to it.
    fn check_rooms(&self) -> Result<(), Wrong> {
        let mut held: BTreeMap<ChannelId, BTreeSet<SessionId>> = BTreeMap::new();
        for channel in self.hall.channels() {
            held.insert(channel, self.hall.members_of(channel).collect());
        }
        Wrong::unless_equal("the hall's rooms", &held, "what it was told", &self.rooms.members)
    }

    /// The end of a tick: seats that waited read on, requests are handed on, what waits is written,
    /// what is over is dropped.
    pub fn settle(
        &mut self,
        clients: &mut Clients,
        now: Millis,
        chance: &mut Chance,
    ) -> Vec<Request> {
        let mut resumed = Vec::new();
        self.hall.resumed(now, &mut resumed);
        let requests = self.hall.take_requests();
        let mut dirty = Vec::new();
        self.hall.seal();
        self.hall.take_dirty(&mut dirty);
        self.hall.take_crowded(&mut dirty);
        for seat in dirty {
            if let Some(client) = self.clients.get(&seat).and_then(|place| clients[*place].as_mut())
            {
                self.flush(client, now, chance);
            }
        }
        let mut over = Vec::new();
        self.hall.take_finished(&mut over);
        for seat in over {
            if let Some(client) = self.clients.get(&seat).and_then(|place| clients[*place].as_mut())
            {
                client.is_finished = true;
            }
        }
        requests
    }

    /// Writes what waits for a client, as far as its socket takes it.
    pub fn flush(&mut self, client: &mut Client, now: Millis, chance: &mut Chance) {
        if client.is_finished {
            return;
        }
        let socket = &mut client.socket;
        let fails = chance.one_in(2000);
        let flushed = self.hall.flush(client.seat, now, |slices| {
            if fails {
                return Err(io::ErrorKind::BrokenPipe.into());
            }
            if chance.one_in(50) {
                return Err(io::ErrorKind::Interrupted.into());
            }
            let room = bounds::SOCKET_BYTES.saturating_sub(socket.len());
            let all: usize = slices.iter().map(|slice| slice.len()).sum();
            let taken = if chance.one_in(4) { chance.between(1, all) } else { all }.min(room);
            if taken == 0 {
                return Err(io::ErrorKind::WouldBlock.into());
            }
            socket.extend(slices.iter().flat_map(|slice| slice.iter()).take(taken));
            Ok(taken)
        });
        client.is_full = flushed == Flushed::Full;
        client.is_finished = matches!(flushed, Flushed::Finished | Flushed::Failed);
    }

    /// A client's connection is gone.
    pub fn hang_up(&mut self, client: &Client, now: Millis) {
        self.clients.remove(&client.seat);
        self.hall.hung_up(client.seat, "Connection reset by peer", now);
    }
}

fn client_of(session: SessionId, clients: &mut Clients) -> Option<&mut Client> {
    clients.iter_mut().flatten().find(|client| client.session == session)
}
