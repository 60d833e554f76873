//! How seats end.

use super::Hall;
use super::seat::Life;
use crate::queue::Item;
use parlor_hub::Command;
use parlor_hub::id::Millis;

impl Hall {
    /// The connection is gone: nothing can be written to it any more.
    pub fn hung_up(&mut self, seat: usize, reason: &str, now: Millis) {
        let Some(place) = self.seats.get_mut(seat) else { return };
        place.is_deaf = true;
        place.queue.cut();
        self.leave(seat, reason, now);
        if let Some(place) = self.seats.get_mut(seat) {
            place.life = Life::Over;
        }
        self.settle(seat, now);
    }

    /// Everyone is told that the server ends, and is left to read it.
    pub fn say_goodbye(&mut self, reason: &str, now: Millis) {
        let seats: Vec<usize> = self.seats.iter().map(|(seat, _)| seat).collect();
        for seat in seats {
            self.seats[seat].is_person = false;
            self.say_farewell(seat, reason, now);
        }
    }

    /// A session leaves: by its own will, at its end of input, or because it must.
    pub(super) fn leave(&mut self, seat: usize, reason: &str, now: Millis) {
        let place = &mut self.seats[seat];
        if place.life != Life::Open {
            return;
        }
        place.life = Life::Leaving;
        if place.is_person {
            // The farewell comes with the outcome, behind everything that was said before.
            self.submit(seat, Command::Quit(reason.into()), now);
        } else {
            let mut out = Vec::new();
            place.door.farewell(reason, &mut out);
            self.close_with(seat, out);
            if let Some(place) = self.seats.get_mut(seat) {
                place.life = Life::Closing(now);
            }
        }
    }

    /// Puts a seat out that does not read: what waits for it is dropped, and it is told why.
    pub(super) fn put_out(&mut self, seat: usize, reason: &str, now: Millis) {
        self.seats[seat].queue.cut();
        self.leave(seat, reason, now);
        if self.seats[seat].is_person {
            let mut out = Vec::new();
            self.seats[seat].door.farewell(reason, &mut out);
            self.close_with(seat, out);
        }
        self.seats[seat].life = Life::Closing(now);
    }

    /// Queues the last bytes of a connection.
    pub(super) fn close_with(&mut self, seat: usize, bytes: Vec<u8>) {
        let place = &mut self.seats[seat];
        place.life = Life::Closing(place.heard_at);
        place.pending = Vec::new();
        let now = place.heard_at;
        // What was said locally waits for no command any more.
        for (_, said) in std::mem::take(&mut place.deferred) {
            place.queue.push(Item::Bytes(said), now);
        }
        if !bytes.is_empty() {
            place.queue.push(Item::Bytes(bytes.into()), now);
        }
        Self::touch(&mut self.seats, &mut self.dirty, seat);
    }

    pub(super) fn say_farewell(&mut self, seat: usize, reason: &str, now: Millis) {
        let place = &mut self.seats[seat];
        if matches!(place.life, Life::Closing(_) | Life::Over) {
            return;
        }
        let mut out = Vec::new();
        place.door.farewell(reason, &mut out);
        self.close_with(seat, out);
        self.seats[seat].life = Life::Closing(now);
    }

    /// Removes a seat whose connection is dropped and whose commands have all come back.
    pub(super) fn settle(&mut self, seat: usize, _now: Millis) {
        let Some(place) = self.seats.get(seat) else { return };
        if place.life == Life::Over && place.in_flight == 0 {
            let place = self.seats.remove(seat);
            self.by_session.remove(&place.session);
        }
    }
}
