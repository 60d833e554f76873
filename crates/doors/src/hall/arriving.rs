//! How callers arrive, and what is known of them before they have said anything.

use super::Hall;
use super::seat::Seat;
use crate::door::{Caller, Door};
use crate::sniffing::Sniffing;
use parlor_hub::id::Millis;

impl Hall {
    /// A connection comes in. Its seat is valid until [`Hall::hung_up`] is called.
    pub fn arrive(&mut self, caller: Caller, now: Millis) -> usize {
        let session = caller.session;
        let seat = self.seats.insert(Seat::new(caller, now));
        self.by_session.insert(session, seat);
        self.silent.push_back((seat, session, now));
        seat
    }

    /// The first bytes of a connection begin a TLS handshake. `false` when it is too late for one: the
    /// caller was greeted, and what they say is the door's affair.
    pub fn begin_handshake(&mut self, seat: usize) -> bool {
        let Some(sniffing) = self.sniffing(seat) else { return false };
        sniffing.is_handshaking = sniffing.greeted.is_none();
        sniffing.is_handshaking
    }

    /// The handshake is done: from now on the caller is listened to, and is silent or not.
    pub fn end_handshake(&mut self, seat: usize, now: Millis) {
        let Some(sniffing) = self.sniffing(seat) else { return };
        sniffing.is_handshaking = false;
        sniffing.since = now;
        self.silent.push_back((seat, self.seats[seat].session, now));
    }

    fn sniffing(&mut self, seat: usize) -> Option<&mut Sniffing> {
        match &mut self.seats.get_mut(seat)?.door {
            Door::Sniffing(sniffing) => Some(sniffing),
            Door::Line(_) | Door::Irc(_) => None,
        }
    }
}
