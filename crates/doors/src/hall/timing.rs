//! What happens because time passes: greetings, pings, stalls.

use super::Hall;
use super::releasing::TOO_SLOW;
use super::seat::{Life, Seat};
use crate::bounds::{self, GREET_AFTER_MS};
use crate::door::Door;
use crate::facts::Facts;
use crate::line::LineDoor;
use crate::queue::Item;
use crate::sniffing::Protocol;
use parlor_hub::id::Millis;
use parlor_wire::first::First;
use std::borrow::Cow;

/// How often all seats are looked at.
const SWEEP_MS: Millis = 1_000;

/// Silence after which an IRC client is gone: it was asked meanwhile.
const SILENT_MS_MAX: Millis = bounds::PING_AFTER_MS + bounds::PONG_WITHIN_MS;

/// What a sweep finds to be due for a seat.
enum Due {
    Nothing,
    Say(Vec<u8>),
    Ping,
    PutOut(Cow<'static, str>),
    Drop,
}

impl Hall {
    /// When [`Hall::tick`] has something to do next: in half a second at most.
    pub fn next_tick(&self, now: Millis) -> Millis {
        if self.swept_to > 0 {
            return now;
        }
        let greeting = self.silent.front();
        let greeting = greeting.map_or(Millis::MAX, |(.., came_at)| came_at + GREET_AFTER_MS);
        greeting.clamp(now, now + GREET_AFTER_MS)
    }

    /// Does what is due.
    pub fn tick(&mut self, now: Millis) {
        self.greet_the_silent(now);
        if self.swept_to > 0 || now >= self.swept_at + SWEEP_MS {
            self.sweep(now);
        }
    }

    fn greet_the_silent(&mut self, now: Millis) {
        while let Some(&(seat, session, came_at)) = self.silent.front() {
            if came_at + GREET_AFTER_MS > now {
                return;
            }
            self.silent.pop_front();
            let Some(place) = self.seats.get_mut(seat) else { continue };
            let Door::Sniffing(sniffing) = &mut place.door else { continue };
            // Whose handshake took its time is silent only since then.
            let is_silent =
                !sniffing.is_handshaking && sniffing.since == came_at && sniffing.greeted.is_none();
            if place.session != session || place.life != Life::Open || !is_silent {
                continue;
            }
            if std::mem::take(&mut sniffing.is_unread) {
                sniffing.since = now;
                self.silent.push_back((seat, session, now));
            } else if sniffing.first.is_empty() {
                self.found_silent(seat, now);
            } else {
                // An Enter may have been the beginning of something that would have come by now.
                sniffing.is_late = true;
                self.sniff(seat, &[], now);
            }
        }
    }

    /// A caller has said nothing for long.
    fn found_silent(&mut self, seat: usize, now: Millis) {
        let Door::Sniffing(sniffing) = &self.seats[seat].door else { return };
        match sniffing.gate.only {
            None => self.greet(seat, now),
            // Where everyone speaks IRC, a client has to sign on in time.
            Some(Protocol::Irc) => {
                self.open(seat, First::Irc, None, now);
            }
            // They were greeted when they came; a browser wants none of it.
            Some(Protocol::Line | Protocol::Web) => {}
        }
    }

    pub(super) fn greet(&mut self, seat: usize, now: Millis) {
        let guest = self.guests.next();
        let greeting = LineDoor::greeting(&self.facts, self.counts.0, guest);
        let place = &mut self.seats[seat];
        if let Door::Sniffing(sniffing) = &mut place.door {
            sniffing.greeted = Some(guest);
        }
        place.queue(Item::Bytes(greeting.into()), now);
        Self::touch(&mut self.seats, &mut self.dirty, seat);
    }

    /// Looks at all seats, or at as many as there may be in one go.
    fn sweep(&mut self, now: Millis) {
        let from = self.swept_to;
        if from == 0 {
            self.swept_at = now;
        }
        let upto = self.seats.capacity().min(from + bounds::SWEPT_AT_ONCE);
        self.swept_to = if upto < self.seats.capacity() { upto } else { 0 };
        for seat in from..upto {
            let Some(place) = self.seats.get_mut(seat) else { continue };
            match due(place, &self.facts, now) {
                Due::Nothing => {}
                Due::Say(bytes) => {
                    place.queue(Item::Bytes(bytes.into()), now);
                    Self::touch(&mut self.seats, &mut self.dirty, seat);
                }
                Due::Ping => self.ping(seat, now),
                Due::PutOut(reason) => self.put_out(seat, &reason, now),
                Due::Drop => self.over.push(seat),
            }
        }
    }

    fn ping(&mut self, seat: usize, now: Millis) {
        let place = &mut self.seats[seat];
        let mut out = Vec::new();
        if place.door.ping(&self.facts, &mut out) {
            place.is_pinged = true;
            place.queue(Item::Bytes(out.into()), now);
            Self::touch(&mut self.seats, &mut self.dirty, seat);
        }
    }
}

fn due(place: &mut Seat, facts: &Facts, now: Millis) -> Due {
    let silent_ms = now.saturating_sub(place.heard_at);
    match place.life {
        Life::Over => return Due::Nothing,
        Life::Closing(since) if now >= since + bounds::FAREWELL_WITHIN_MS => return Due::Drop,
        Life::Closing(_) => return Due::Nothing,
        Life::Open | Life::Leaving => {}
    }
    if place.queue.is_over() {
        return Due::PutOut(TOO_SLOW.into());
    }
    if place.queue.is_stalled(now) {
        return Due::PutOut("You stopped reading".into());
    }
    if let Door::Sniffing(sniffing) = &place.door
        && sniffing.is_overdue(now)
    {
        return Due::Drop;
    }
    match &mut place.door {
        Door::Irc(door) => {
            if let Some(said) = door.give_up(now, facts) {
                return Due::Say(said);
            }
            if door.is_late(now) {
                return Due::PutOut("Registration timed out".into());
            }
        }
        Door::Web(door) if door.is_late(now) => return Due::PutOut("Request timed out".into()),
        _ => return Due::Nothing,
    }
    if !place.is_person && silent_ms >= bounds::SIGN_ON_WITHIN_MS {
        return Due::PutOut("Registration timed out".into());
    }
    if silent_ms >= SILENT_MS_MAX {
        return Due::PutOut(format!("Ping timeout: {} seconds", SILENT_MS_MAX / 1000).into());
    }
    if silent_ms >= bounds::PING_AFTER_MS && !place.is_pinged { Due::Ping } else { Due::Nothing }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::door::Caller;
    use crate::hall::{Guests, Node};
    use parlor_hub::id::SessionId;
    use std::sync::Arc;

    #[test]
    fn thousands_of_seats_are_looked_at_in_pieces() {
        let mut hall =
            Hall::new(Arc::default(), Node { number: 0, incarnation: 1 }, Guests::of(0, 1));
        let all = 2 * bounds::SWEPT_AT_ONCE + 1;
        for number in 0..all {
            let session = SessionId::new(1, number as u32 + 1);
            let peer = hall.peer([127, 0, 0, 1].into());
            let seat = hall.arrive(Caller::new(session, peer), 0);
            hall.feed(seat, b"NICK ada\r\n", 0);
        }
        let (mut put_out, mut now) = (Vec::new(), bounds::SIGN_ON_WITHIN_MS);
        loop {
            let before = put_out.len();
            hall.tick(now);
            hall.take_dirty(&mut put_out);
            assert!(put_out.len() - before <= bounds::SWEPT_AT_ONCE);
            if hall.next_tick(now) > now {
                break;
            }
            now += 1;
        }
        put_out.sort_unstable();
        put_out.dedup();
        assert_eq!(put_out.len(), all, "each was looked at");
    }
}
