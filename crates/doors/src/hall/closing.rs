//! How seats end.

use super::Hall;
use super::seat::Life;
use crate::desk::AskedAt;
use crate::queue::Item;
use parlor_hub::Command;
use parlor_hub::id::Millis;
use tungstenite::protocol::frame::coding::CloseCode;

impl Hall {
    /// The connection is gone: nothing can be written to it any more.
    pub fn hung_up(&mut self, seat: usize, reason: &str, now: Millis) {
        let Some(place) = self.seats.get_mut(seat) else { return };
        place.is_deaf = true;
        place.queue.cut(&mut self.blocks);
        self.leave(seat, reason, now);
        if let Some(place) = self.seats.get_mut(seat) {
            place.life = Life::Over;
        }
        self.settle(seat, now);
    }

    /// The connection was cut: what it said last is not whole, and counts for nothing.
    pub fn forget_unfinished_line(&mut self, seat: usize) {
        if let Some(place) = self.seats.get_mut(seat) {
            place.is_mid_line = false;
        }
    }

    /// The connection may not stay, and is told why.
    pub fn turn_away(&mut self, seat: usize, reason: &str, now: Millis) {
        if self.seats.contains(seat) {
            self.leave(seat, reason, now);
        }
    }

    /// Everyone is told that the server ends, and is left to read it.
    pub fn say_goodbye(&mut self, reason: &str, now: Millis) {
        let seats: Vec<usize> = self.seats.iter().map(|(seat, _)| seat).collect();
        for seat in seats {
            let place = &mut self.seats[seat];
            place.is_person = false;
            place.queue.forget_places();
            self.say_farewell(seat, reason, now);
        }
    }

    /// A session leaves: by its own will, at its end of input, or because it must.
    pub(super) fn leave(&mut self, seat: usize, reason: &str, now: Millis) {
        let place = &mut self.seats[seat];
        if place.life != Life::Open {
            return;
        }
        if place.is_person {
            // The farewell comes with the outcome, after everything that was said before.
            place.life = Life::Leaving;
            self.submit(seat, Command::Quit(reason.into()), AskedAt::Command, now);
        }
        // While nothing comes back from the store, a connection is not kept open for it.
        let place = &self.seats[seat];
        if !place.is_person || self.failing {
            self.say_farewell(seat, reason, now);
        }
    }

    /// Puts a seat out that does not read: what waits for it is dropped, and it is told why.
    pub(super) fn put_out(&mut self, seat: usize, reason: &str, now: Millis) {
        self.seats[seat].queue.cut(&mut self.blocks);
        self.seats[seat].unfinished.take(|it| &mut it.deferred);
        self.leave(seat, reason, now);
        self.say_farewell(seat, reason, now);
    }

    /// Says goodbye, unless that was done.
    pub(super) fn say_farewell(&mut self, seat: usize, reason: &str, now: Millis) {
        let place = &mut self.seats[seat];
        if matches!(place.life, Life::Open | Life::Leaving) {
            let mut out = Vec::new();
            place.door.farewell(reason, &mut out);
            self.close_with(seat, out, now);
        }
    }

    /// Queues the last bytes of a connection.
    pub(super) fn close_with(&mut self, seat: usize, bytes: Vec<u8>, now: Millis) {
        let place = &mut self.seats[seat];
        place.life = Life::Closing(now);
        place.unfinished.take(|it| &mut it.pending);
        // What was said locally waits for no command any more.
        let deferred = place.unfinished.take(|it| &mut it.deferred);
        let deferred = deferred.into_iter().map(|(_, said)| said);
        for said in deferred.chain([bytes.into()]).filter(|said| !said.is_empty()) {
            let mut framed = Vec::new();
            place.framing.frame(&said, &mut framed);
            // Behind the end of a WebSocket nothing is said.
            if !framed.is_empty() {
                place.queue.push(Item::Bytes(framed.into()), now);
            }
        }
        self.close_frames(seat, CloseCode::Normal, now);
        Self::touch(&mut self.seats, &mut self.dirty, seat);
    }

    /// Ends what has nothing left to wait for, now that a command has come back.
    pub(super) fn settle(&mut self, seat: usize, now: Millis) {
        let Some(place) = self.seats.get(seat) else { return };
        if place.in_flight > 0 {
            return;
        }
        match place.life {
            // It asked to leave, and the hub did not know it: its sign-on was refused.
            Life::Leaving => self.say_farewell(seat, "Connection closed", now),
            Life::Over => {
                let mut place = self.seats.remove(seat);
                place.queue.clear(&mut self.blocks);
                self.by_session.remove(place.session);
            }
            Life::Open | Life::Closing(_) => {}
        }
    }
}
