//! Messages that something is to be done with: the hub says which may be looked up, a reader finds whose
//! it is, and what is done with it is a command that says so. Later lines wait.

use crate::desk::{Amend, AskedAt};
use crate::hall::Hall;
use crate::hall::request::{ReadWork, Request};
use crate::hall::seat::{Life, Looking, Work};
use crate::queue::NotFound;
use parlor_hub::Refusal;
use parlor_hub::change::{Look, Looked};
use parlor_hub::id::Millis;

impl Hall {
    /// Asks which message it is.
    pub(in crate::hall) fn amend(&mut self, seat: usize, amend: Amend, now: Millis) {
        if self.failing {
            return self.say_refusal(seat, (&Refusal::StoreUnavailable, AskedAt::Command), now);
        }
        let look = amend.look();
        let line = self.ask(seat, look, AskedAt::Command);
        let looking = Looking { line, is_readers: false, amend };
        self.seats[seat].work = Some(Box::new(Work::Looking(looking)));
    }

    /// It may be looked up: a reader does, under a line of its own.
    pub(in crate::hall) fn look(&mut self, seat: usize, look: &Look) {
        let place = &mut self.seats[seat];
        let Some(looking) = place.take_looking(false).filter(|_| place.life == Life::Open) else {
            return;
        };
        place.line += 1;
        place.in_flight += 1;
        let line = place.line;
        let looking = Looking { line, is_readers: true, ..looking };
        place.work = Some(Box::new(Work::Looking(looking)));
        self.requests.push(Request::Read(
            place.session,
            line,
            Box::new(ReadWork::Look(look.clone())),
        ));
    }

    /// What a reader found: none when there is no such message.
    pub(in crate::hall) fn looked(
        &mut self,
        seat: usize,
        line: u32,
        found: Result<Option<Looked>, NotFound>,
        now: Millis,
    ) {
        let place = &mut self.seats[seat];
        let Some(looking) = place.take_looking(true) else { return };
        place.in_flight = place.in_flight.saturating_sub(1);
        if place.life == Life::Open {
            let command = match found {
                Ok(found) => looking.amend.command(found),
                Err(_) => Err(Refusal::StoreUnavailable),
            };
            match command {
                Ok(command) => self.submit(seat, command, AskedAt::Command, now),
                Err(refusal) => self.say_refusal(seat, (&refusal, AskedAt::Command), now),
            }
            self.resumable.push(seat);
        }
        self.work_done(seat, line, now);
    }
}
