//! Looks through all that there is (LIST, WHO by a mask), a piece at a time: each is a question of its own, and few of
//! them are with the hub at once, so that a thousand who ask keep nobody from talking. What is found is gathered
//! here, and its place in the seat's queue is kept meanwhile.

use crate::bounds;
use crate::desk::AskedAt;
use crate::hall::Hall;
use crate::queue::{Content, Item, Pending, Rows};
use parlor_hub::answer::{Piece, WhyHistory};
use parlor_hub::id::{Millis, SessionId};
use parlor_hub::query::{self, Scan, Wanted};
use parlor_hub::{Origin, Query};
use std::collections::VecDeque;

/// The scans of all seats, which take turns.
#[derive(Debug, Default)]
pub(in crate::hall) struct Scans {
    waiting: VecDeque<(Scanning, Scan)>,
    /// The scans of which a piece is with the hub, by the line that asked for it.
    asked: Vec<(u32, Scanning)>,
}

/// One of them, and what it found so far.
#[derive(Debug)]
struct Scanning {
    session: SessionId,
    ticket: u32,
    wanted: Wanted,
    found: query::Rows,
}

impl Scans {
    pub fn has_any(&self) -> bool {
        !self.waiting.is_empty() || !self.asked.is_empty()
    }
}

impl Hall {
    /// Keeps a place in the seat's queue for what is to be found.
    pub(in crate::hall) fn scan(&mut self, seat: usize, scan: &Scan) -> Item {
        let place = &mut self.seats[seat];
        place.tickets += 1;
        let (session, ticket) = (place.session, place.tickets);
        let (wanted, found) = (scan.wanted.clone(), scan.wanted.nothing());
        self.scans.waiting.push_back((Scanning { session, ticket, wanted, found }, scan.clone()));
        Item::Pending(Box::new(Pending { ticket, ..Pending::of(None, WhyHistory::Asked, None) }))
    }

    /// A question has come back: if it was for a piece, the look goes on behind those of the others, or is at its
    /// end. Without a piece whoever asked is gone.
    pub(in crate::hall) fn scanned(&mut self, origin: Origin, piece: Option<&Piece>, now: Millis) {
        let is_it = |(line, scanning): &(u32, Scanning)| {
            (*line, scanning.session) == (origin.line, origin.session)
        };
        if let Some(place) = self.scans.asked.iter().position(is_it) {
            let (_, mut scanning) = self.scans.asked.swap_remove(place);
            let rest = piece.and_then(|piece| {
                scanning.found.extend(piece.rows.clone());
                piece.rest.clone()
            });
            match rest {
                Some(rest) => self.scans.waiting.push_back((scanning, rest)),
                None => self.end_scan(scanning, now),
            }
        }
        self.go_on_scanning(now);
    }

    fn end_scan(&mut self, scanning: Scanning, now: Millis) {
        let Scanning { session, ticket, wanted, found } = scanning;
        let Some(seat) = self.by_session.get(session) else { return };
        let content = Content::Answer(wanted.answer(found));
        let rows = |kept: Pending| vec![Rows { content, next: 0, at: now, batch: kept.batch }];
        self.fill(seat, ticket, rows, now);
    }

    /// Asks for the next pieces. Each counts against the rate of who wants it.
    fn go_on_scanning(&mut self, now: Millis) {
        while self.scans.asked.len() < bounds::SCANS_AT_ONCE {
            let Some((scanning, scan)) = self.scans.waiting.pop_front() else { return };
            let Some(seat) = self.by_session.get(scanning.session) else { continue };
            self.seats[seat].charge(&self.facts, now);
            let line = self.ask(seat, Query::Scan(Box::new(scan)), AskedAt::Command);
            self.scans.asked.push((line, scanning));
        }
    }
}
