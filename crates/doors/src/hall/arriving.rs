//! How callers arrive, and what is known of them before they have said anything.

use super::Hall;
use super::request::Request;
use super::seat::Seat;
use crate::desk::Voucher;
use crate::door::{Caller, Door};
use crate::sniffing::{Gate, Protocol, Sniffing};
use parlor_hub::id::Millis;
use parlor_hub::person::{Fingerprint, Peer, Transport};
use std::net::IpAddr;
use std::sync::Arc;

impl Hall {
    /// The other end of a connection from this address, as this hall shows it.
    pub fn peer(&self, address: IpAddr) -> Peer {
        self.facts.peer(address, None)
    }

    /// A connection comes in. Its seat is valid until [`Hall::hung_up`] is called.
    pub fn arrive(&mut self, caller: Caller, now: Millis) -> usize {
        self.arrive_at(Gate::default(), caller, now)
    }

    /// As [`Hall::arrive`], at a listener that does not let everyone in.
    pub fn arrive_at(&mut self, gate: Gate, caller: Caller, now: Millis) -> usize {
        let session = caller.session;
        let seat = self.seats.insert(Seat::new(gate, caller, now));
        self.by_session.insert(session, seat);
        self.listen(seat, now);
        seat
    }

    /// From now on the caller may say something. Where everyone is a person at a terminal, they need
    /// not be silent first to be greeted.
    fn listen(&mut self, seat: usize, now: Millis) {
        let session = self.seats[seat].session;
        let Some(sniffing) = self.sniffing(seat) else { return };
        if sniffing.is_handshaking {
            return;
        }
        if sniffing.gate.only == Some(Protocol::Line) {
            return self.greet(seat, now);
        }
        self.silent.push_back((seat, session, now));
    }

    /// Something that a caller said waits for its turn to be read: they are not silent.
    pub fn note_unread(&mut self, seat: usize) {
        if let Some(sniffing) = self.sniffing(seat) {
            sniffing.is_unread = true;
        }
    }

    /// The first bytes of a connection begin a TLS handshake. `false` when none is wanted here, or not any
    /// more: the caller was greeted, and what they say is the door's affair.
    pub fn begin_handshake(&mut self, seat: usize) -> bool {
        let Some(sniffing) = self.sniffing(seat) else { return false };
        sniffing.is_handshaking = sniffing.greeted.is_none() && sniffing.gate.tls != Some(false);
        sniffing.is_handshaking
    }

    /// The handshake is done: the connection is secure. From now on the caller is listened to, and is
    /// silent or not.
    pub fn end_handshake(&mut self, seat: usize, certificate: Option<Fingerprint>, now: Millis) {
        let Some(place) = self.seats.get_mut(seat) else { return };
        place.transport = Transport { secure: true, certificate: certificate.map(Arc::new) };
        let Some(sniffing) = self.sniffing(seat) else { return };
        sniffing.is_handshaking = false;
        sniffing.since = now;
        self.listen(seat, now);
    }

    /// A trusted proxy or gateway says who is at the other end of a connection. It is counted as theirs from now on.
    pub(super) fn vouch(&mut self, seat: usize, voucher: Voucher) {
        let Voucher { peer, secure, certificate } = voucher;
        let place = &mut self.seats[seat];
        // The way from the gateway to here is secure, too: it is TLS (`IRCv3` webirc), or the same machine.
        let is_local = place.peer.address.is_loopback();
        let secure = match secure {
            Some(secure) => secure && (place.transport.secure || is_local),
            None => place.transport.secure,
        };
        // The gateway's own certificate is not theirs.
        let certificate = certificate.filter(|_| secure).map(Arc::new);
        place.transport = Transport { secure, certificate };
        self.requests.push(Request::Count(seat, peer.address));
        place.peer = Arc::new(peer);
        // Limits do not count the gateway, perhaps; they count the strangers it speaks for.
        place.is_exempt = false;
    }

    fn sniffing(&mut self, seat: usize) -> Option<&mut Sniffing> {
        match &mut self.seats.get_mut(seat)?.door {
            Door::Sniffing(sniffing) => Some(sniffing),
            Door::Line(_) | Door::Irc(_) | Door::Web(_) => None,
        }
    }
}
