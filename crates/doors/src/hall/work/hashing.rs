//! What somebody logs in with: asked of the hub whom it belongs to, worked on away from every loop, and
//! given to the door that asked.

use crate::desk::{Begun, Desk, HashWork, Hashed, Known};
use crate::hall::Hall;
use crate::hall::request::{PasswordDone, PasswordWork, Request};
use crate::hall::seat::{Given, Hashing, Life, Seat, Work};
use parlor_hub::Query;
use parlor_hub::answer::CredentialIs;
use parlor_hub::change::Keys;
use parlor_hub::command::Credential;
use parlor_hub::id::{Millis, SessionId};
use std::net::IpAddr;
use std::sync::Arc;

impl Hall {
    /// Has a password worked on, or what else somebody logs in with.
    pub(in crate::hall) fn hash(&mut self, seat: usize, work: HashWork) {
        let origin = self.next_line(seat);
        let mut hashing = Hashing { line: origin.line, given: None, account: None };
        let request = match work {
            HashWork::Account { name, password } => {
                hashing.given = Some(Given::Password(password));
                Request::Ask(origin, Query::Credential(name))
            }
            HashWork::ScramFirst { name, message } => {
                hashing.given = Some(Given::Scram(message));
                Request::Ask(origin, Query::Credential(name))
            }
            HashWork::Certificate(fingerprint) => {
                hashing.given = Some(Given::Certificate);
                Request::Ask(origin, Query::Certificate(fingerprint))
            }
            HashWork::Verify { phc, password } => {
                Request::Hash(origin.session, PasswordWork::Verify { phc, password })
            }
            HashWork::New { password } => {
                Request::Hash(origin.session, PasswordWork::New { password })
            }
            HashWork::ScramFinal { begun, message } => {
                let Begun { scram, account } = *begun;
                hashing.account = Some(account);
                Request::Hash(origin.session, PasswordWork::ScramFinal { scram, message })
            }
        };
        self.requests.push(request);
        self.seats[seat].work = Some(Box::new(Work::Hashing(hashing)));
    }

    /// The address of a session, where limits count what is done from it.
    pub fn counted(&self, session: SessionId) -> Option<IpAddr> {
        self.seats[self.by_session.get(session)?].counted()
    }

    /// The result of work on a password.
    pub fn hashed(&mut self, session: SessionId, done: PasswordDone, now: Millis) {
        let Some(seat) = self.by_session.get(session) else { return };
        let Some(hashing) = self.seats[seat].take_hashing() else { return };
        let result = result_of(done, hashing.account);
        let is_wrong = matches!(result, Hashed::Wrong);
        // It is on its way no more: what the door says of it comes before what the door asks for next.
        let place = &mut self.seats[seat];
        place.in_flight = place.in_flight.saturating_sub(1);
        // Who has left meanwhile does nothing with it: a sign-on after the end would stay for ever.
        if self.seats[seat].life == Life::Open {
            self.give_to_door(seat, result, now);
        }
        self.work_done(seat, hashing.line, now);
        // The work may have been all that kept the seat.
        if is_wrong && self.seats.get_mut(seat).is_some_and(Seat::guessed_again) {
            self.leave(seat, "Too many wrong passwords", now);
        }
    }

    /// What the account's password is verified against came back: none when there is no account.
    pub(in crate::hall) fn credential(
        &mut self,
        seat: usize,
        credential: Option<&CredentialIs>,
        now: Millis,
    ) {
        let place = &mut self.seats[seat];
        let Some(Work::Hashing(hashing)) = place.work.as_deref_mut() else { return };
        let given = hashing.given.take();
        if place.life != Life::Open {
            place.work = None;
            return;
        }
        let account = credential.map(|it| Known {
            credential: Credential { account: it.account, version: it.version },
            name: it.name.clone(),
            barred: it.barred.clone(),
        });
        let work = match (given, credential.map(|it| &it.keys)) {
            // Nobody can guess it, and there is nothing to work on.
            (Some(Given::Certificate), _) => {
                place.work = None;
                let result = account.map_or(Hashed::Wrong, Known::opened);
                return self.give_to_door(seat, result, now);
            }
            (Some(Given::Password(password)), Some(keys)) => {
                PasswordWork::Verify { phc: keys.password.clone(), password }
            }
            (Some(Given::Scram(message)), Some(Keys { scram: Some(keys), .. })) => {
                PasswordWork::ScramFirst { keys: keys.clone(), message }
            }
            _ => PasswordWork::Unknown,
        };
        hashing.account = account;
        // This work has a line of its own, after that of the question.
        place.line += 1;
        place.in_flight += 1;
        hashing.line = place.line;
        self.requests.push(Request::Hash(place.session, work));
    }

    fn give_to_door(&mut self, seat: usize, result: Hashed, now: Millis) {
        let facts = Arc::clone(&self.facts);
        let place = &mut self.seats[seat];
        let mut desk = Desk::new(&facts, (&place.peer, &place.transport), self.counts, now);
        desk.counted = place.counted();
        place.door.hashed(result, &mut desk);
        let asked = std::mem::take(&mut desk.asked);
        self.do_all(seat, asked, now);
        self.resumable.push(seat);
    }
}

/// What the result of work means for who asked for it.
fn result_of(done: PasswordDone, account: Option<Known>) -> Hashed {
    match (done, account) {
        (PasswordDone::Busy, _) => Hashed::Busy,
        (PasswordDone::TooManyWrong, _) => Hashed::TooManyWrong,
        (PasswordDone::New(keys), _) => Hashed::New(keys),
        (PasswordDone::Verified(true), Some(account)) => account.opened(),
        (PasswordDone::Verified(true), None) => Hashed::Verified,
        (PasswordDone::Begun(Some(scram)), Some(account)) => {
            Hashed::Begun(Box::new(Begun { scram, account }))
        }
        (PasswordDone::Proven(Some(last)), Some(account)) => match account.barred {
            Some(why) => Hashed::Barred(why),
            None => Hashed::Proven(account.credential, account.name, last),
        },
        (PasswordDone::Verified(false) | PasswordDone::Begun(_) | PasswordDone::Proven(_), _) => {
            Hashed::Wrong
        }
    }
}

impl Known {
    /// Its owner was shown to be there.
    fn opened(self) -> Hashed {
        match self.barred {
            Some(why) => Hashed::Barred(why),
            None => Hashed::Account(self.credential, self.name),
        }
    }
}
