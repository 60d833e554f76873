//! From bytes to requests.

use super::request::Request;
use super::seat::Life;
use super::{Hall, refused};
use crate::bounds;
use crate::desk::{Asked, AskedAt, Desk};
use crate::door::Door;
use crate::irc::IrcDoor;
use crate::line::LineDoor;
use crate::queue::Item;
use crate::web::{Framing, WebDoor};
use bytes::Bytes;
use parlor_hub::id::Millis;
use parlor_hub::{Command, Few, Origin, Query, Refusal};
use parlor_wire::first::First;

/// Why nobody is let in while the store fails to commit.
const CANNOT_SAVE: &str = "The server cannot save anything right now; try again in a while";

impl Hall {
    /// A connection said something. All bytes are taken; those that must wait are kept.
    pub fn feed(&mut self, seat: usize, bytes: &[u8], now: Millis) {
        let Some(place) = self.seats.get_mut(seat) else { return };
        if place.life != Life::Open {
            return;
        }
        place.heard_at = now;
        place.is_pinged = false;
        match place.framing {
            Framing::Lines => self.take_in(seat, bytes, now),
            Framing::Text | Framing::Binary => self.unframe(seat, bytes, now),
            Framing::TextClosed | Framing::BinaryClosed => {}
        }
    }

    /// Takes lines, or pieces of them.
    pub(super) fn take_in(&mut self, seat: usize, bytes: &[u8], now: Millis) {
        let place = &mut self.seats[seat];
        place.is_mid_line = bytes.last() != Some(&b'\n');
        if let Door::Sniffing(_) = place.door {
            self.sniff(seat, bytes, now);
        } else if place.unfinished.pending.is_empty() {
            self.read(seat, bytes, now);
        } else {
            place.unfinished.change(|it| it.pending.extend_from_slice(bytes));
            self.resume(seat, now);
        }
    }

    /// Reads on until it is known who calls, and opens their door.
    pub(super) fn sniff(&mut self, seat: usize, bytes: &[u8], now: Millis) {
        let Door::Sniffing(sniffing) = &mut self.seats[seat].door else { return };
        if sniffing.is_handshaking {
            // These are no bytes of a handshake, where one is asked for.
            return self.close_with(seat, Vec::new(), now);
        }
        let first = sniffing.read(bytes);
        if first == First::More {
            return;
        }
        let all = std::mem::take(&mut sniffing.first);
        let greeted = sniffing.greeted;
        if self.open(seat, first, greeted, now) {
            self.read(seat, &all, now);
        }
    }

    /// The connection will say no more. What it said before still counts.
    pub fn end_of_input(&mut self, seat: usize, now: Millis) {
        let Some(place) = self.seats.get_mut(seat) else { return };
        place.at_end = true;
        // A person's last line needs no end: `printf hello | nc` says hello.
        if place.is_mid_line && !matches!(place.door, Door::Irc(_) | Door::Web(_)) {
            self.feed(seat, b"\n", now);
        } else if place.unfinished.pending.is_empty() {
            self.read(seat, &[], now);
        }
        // Of whom it is not known by now who they are, it never will be.
        if let Some(Door::Sniffing(_)) = self.seats.get(seat).map(|place| &place.door) {
            self.leave(seat, "Connection closed", now);
        }
    }

    /// Seats that may read on, since the last call: reads their kept bytes first.
    pub fn resumed(&mut self, now: Millis, into: &mut Vec<usize>) {
        let seats = std::mem::take(&mut self.resumable);
        for seat in seats {
            self.resume(seat, now);
            into.push(seat);
        }
    }

    /// Reads bytes that were kept, as far as the seat may now.
    pub fn resume(&mut self, seat: usize, now: Millis) {
        if let Some(place) = self.seats.get_mut(seat) {
            let pending = place.unfinished.take(|it| &mut it.pending);
            self.read(seat, &pending, now);
        }
    }

    /// Opens the door that the first bytes ask for. `false` when there is none for them.
    pub(super) fn open(
        &mut self,
        seat: usize,
        first: First,
        greeted: Option<u32>,
        now: Millis,
    ) -> bool {
        let place = &mut self.seats[seat];
        let caller = place.caller();
        match first {
            First::Irc => place.door = Door::Irc(Box::new(IrcDoor::new(&caller, now))),
            First::Lines => {
                let guest = greeted.unwrap_or_else(|| self.guests.next());
                place.door = Door::Line(Box::new(LineDoor::new(guest)));
            }
            First::Http if greeted.is_none() => {
                place.door = Door::Web(Box::new(WebDoor::new(&caller, now)));
            }
            other => {
                let refusal = match greeted {
                    Some(_) => Vec::new(),
                    None => refused::in_its_own_terms(other),
                };
                self.close_with(seat, refusal, now);
                return false;
            }
        }
        true
    }

    /// Reads lines as long as the seat may, and keeps the rest.
    fn read(&mut self, seat: usize, mut bytes: &[u8], now: Millis) {
        while !bytes.is_empty() {
            let Self { facts, seats, names, counts, .. } = self;
            let place = &mut seats[seat];
            if !place.may_read(facts, now) {
                break;
            }
            if place.line >= bounds::LINES_MAX {
                return self.leave(
                    seat,
                    "You have said all that one connection can; come again",
                    now,
                );
            }
            let mut desk = Desk::new(facts, (&place.peer, &place.transport), *counts, now);
            desk.counted = place.counted();
            desk.lately = Some(names);
            let consumed = place.door.read(bytes, &mut desk).clamp(1, bytes.len());
            let (asked, label) = (std::mem::take(&mut desk.asked), desk.label.take());
            if bytes[consumed - 1] == b'\n' {
                place.charge(facts, now);
            }
            bytes = &bytes[consumed..];
            match label {
                None => self.do_all(seat, asked, now),
                Some(label) => self.do_labelled(seat, label, asked, now),
            }
        }
        let place = &mut self.seats[seat];
        if !bytes.is_empty() && place.life == Life::Open {
            place.unfinished.change(|it| it.pending = bytes.to_vec());
        } else if place.at_end && place.work.is_none() {
            self.leave(seat, "Connection closed", now);
        }
    }

    pub(super) fn do_all(&mut self, seat: usize, asked: Few<Asked>, now: Millis) {
        for asked in asked {
            // What is behind a goodbye is for nobody.
            if !matches!(self.seats[seat].life, Life::Closing(_)) {
                self.do_one(seat, asked, now);
            }
        }
    }

    fn do_one(&mut self, seat: usize, asked: Asked, now: Millis) {
        match asked {
            Asked::Say(bytes) => self.say(seat, bytes.into(), now),
            Asked::Command(command, asked_at) => self.submit(seat, command, asked_at, now),
            Asked::Query(query, asked_at) => drop(self.ask(seat, query, asked_at)),
            Asked::Hash(work) => self.hash(seat, work),
            Asked::Amend(amend) => self.amend(seat, amend, now),
            Asked::Vouch(voucher) => self.vouch(seat, *voucher),
            Asked::Upgrade(framing) => self.upgrade(seat, framing, now),
            Asked::Close(reason) => self.leave(seat, &reason, now),
        }
    }

    /// Tells a seat something in its turn: behind the answers to its earlier commands.
    fn say(&mut self, seat: usize, bytes: Bytes, now: Millis) {
        let place = &mut self.seats[seat];
        let line = place.line;
        if let Some(label) = place.labels.as_mut().and_then(|labels| labels.at(line + 1)) {
            label.said(line, Item::Bytes(bytes));
            return;
        }
        // While nothing comes back from the store, nothing waits for it.
        if place.in_flight == 0 || self.failing {
            place.queue(Item::Bytes(bytes), now);
            self.answered(seat, now);
        } else {
            place.defer(place.line, bytes);
        }
    }

    /// Tells a seat in its turn why not.
    pub(super) fn say_refusal(
        &mut self,
        seat: usize,
        (refusal, asked_at): (&Refusal, AskedAt),
        now: Millis,
    ) {
        let mut out = Vec::new();
        let door = &mut self.seats[seat].door;
        door.answering(asked_at);
        door.refuse(refusal, &self.facts, &mut out);
        self.say(seat, out.into(), now);
    }

    pub(super) fn submit(&mut self, seat: usize, command: Command, asked_at: AskedAt, now: Millis) {
        if self.failing && matches!(command, Command::SignOn(_)) {
            // It would wait, told nothing, for as long as nothing can be saved.
            return self.say_farewell(seat, CANNOT_SAVE, now);
        }
        if self.failing && command.may_store() {
            return self.say_refusal(seat, (&Refusal::StoreUnavailable, asked_at), now);
        }
        let origin = self.next_line(seat);
        self.seats[seat].note_asked_at(asked_at);
        if matches!(command, Command::SignOn(_)) {
            let place = &mut self.seats[seat];
            place.is_person = true;
            place.signing_on = Some(origin.line);
        } else if !self.seats[seat].is_person {
            // An account that is registered before the sign-on is the sign-on's to wear.
            self.seats[seat].signing_on = Some(origin.line);
        }
        self.requests.push(Request::Submit(origin, command));
    }

    pub(super) fn ask(&mut self, seat: usize, query: Query, asked_at: AskedAt) -> u32 {
        let origin = self.next_line(seat);
        self.seats[seat].note_asked_at(asked_at);
        self.requests.push(Request::Ask(origin, query));
        origin.line
    }

    pub(super) fn next_line(&mut self, seat: usize) -> Origin {
        let place = &mut self.seats[seat];
        place.line += 1;
        place.in_flight += 1;
        Origin {
            node: self.node.number,
            incarnation: self.node.incarnation,
            session: place.session,
            line: place.line,
        }
    }
}
