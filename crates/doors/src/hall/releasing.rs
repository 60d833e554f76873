//! From outcomes to queues.

mod telling;

pub(super) use telling::Rendered;

use super::Hall;
use super::labels::Labelled;
use super::request::{FoundRows, ReadWork, Request};
use super::seat::{Life, Seat};
use crate::bounds;
use crate::desk::AskedAt;
use crate::irc::label;
use crate::queue::{Content, Found, Item, Pending, Rows};
use bytes::Bytes;
use parlor_hub::answer::WhyHistory;
use parlor_hub::id::{Millis, SessionId};
use parlor_hub::name::Text;
use parlor_hub::{Answer, Outcome, Refusal, Route, Step};

impl Hall {
    /// Everything that one command caused, now that it is stored.
    pub fn release(&mut self, outcome: &Outcome, now: Millis) {
        if outcome.repeated {
            return;
        }
        let origin = self.by_session.get(outcome.origin.session);
        let own = origin.map(|seat| (seat, outcome.origin.line));
        if let Some((seat, line)) = own {
            let place = &mut self.seats[seat];
            let asked_at = place.take_asked_at(line);
            place.door.answering(asked_at);
        }
        for step in &outcome.steps {
            match (step, own) {
                (Step::Route(route), own) => self.route(route, own, now),
                (Step::Tell(audience, event), _) => {
                    self.tell(audience, (event, None), (outcome, own), now);
                }
                (Step::TellKept(id, audience, event), _) => {
                    self.tell(audience, (event, Some(*id)), (outcome, own), now);
                }
                (Step::Answer(answer), Some(own)) => self.answer(own, answer, outcome.at, now),
                (Step::Refuse(refusal), Some(own)) => self.refuse(own, refusal, now),
                (Step::Answer(_) | Step::Refuse(_), None) => {}
                (Step::Show(sessions, answer), _) => {
                    for seat in self.seats_of(sessions) {
                        self.seats[seat].door.answering(AskedAt::Elsewhere);
                        self.answer((seat, NO_LINE), answer, outcome.at, now);
                    }
                }
            }
        }
        if let Some((seat, line)) = own {
            self.complete(seat, line, now);
        }
        if self.scans.has_any() {
            let piece = outcome.steps.iter().find_map(|step| match step {
                Step::Answer(Answer::Piece(piece)) => Some(&**piece),
                _ => None,
            });
            self.scanned(outcome.origin, piece, now);
        }
    }

    fn seats_of(&self, sessions: &[SessionId]) -> Vec<usize> {
        sessions.iter().filter_map(|session| self.by_session.get(*session)).collect()
    }

    /// What a reader found for a place in a seat's queue.
    pub fn found(&mut self, session: SessionId, ticket: u32, found: FoundRows, now: Millis) {
        let Some(seat) = self.by_session.get(session) else { return };
        if let FoundRows::Message(found) = found {
            return self.looked(seat, ticket, found, now);
        }
        let rows = |kept: Pending| -> Vec<Rows> {
            let batch = kept.batch.clone();
            let row = |content| Rows { content, next: 0, at: now, batch: batch.clone() };
            contents(found, kept).into_iter().map(row).collect()
        };
        self.fill(seat, ticket, rows, now);
    }

    /// Fills a place that was kept, in the seat's queue or under a label that is still open.
    pub(super) fn fill(
        &mut self,
        seat: usize,
        ticket: u32,
        rows: impl FnOnce(Pending) -> Vec<Rows>,
        now: Millis,
    ) {
        let Seat { labels, queue, .. } = &mut self.seats[seat];
        match labels.as_mut().and_then(|labels| labels.with_place(ticket)) {
            Some(labelled) => labelled.fill(ticket, rows),
            None => queue.fill(ticket, now, rows),
        }
        // There may have been nothing for it.
        self.fetch_next(seat);
        Self::touch(&mut self.seats, &mut self.dirty, seat);
    }

    /// A command has come back: its seat has credit again, and hears what waited behind it.
    pub(super) fn complete(&mut self, seat: usize, line: u32, now: Millis) {
        let Some(place) = self.seats.get_mut(seat) else { return };
        place.in_flight = place.in_flight.saturating_sub(1);
        if place.signing_on == Some(line) {
            place.signing_on = None;
            self.resumable.push(seat);
        }
        if place.is_not_looked_up(line) {
            place.work = None;
            self.resumable.push(seat);
        }
        if place.labels.is_some() {
            if place.work.is_none() {
                let last = place.line;
                Self::close_label(place, last);
            }
            self.finish_labels(seat, line, now);
        }
        self.say_deferred(seat, line, now);
        self.go_on(seat, now);
    }

    /// Work on a password is done. It waits for nobody, so that commands before it may still be on
    /// their way: what waits behind those goes on waiting.
    pub(super) fn work_done(&mut self, seat: usize, line: u32, now: Millis) {
        let place = &mut self.seats[seat];
        if place.labels.is_some() && place.work.is_none() {
            let last = place.line;
            Self::close_label(place, last);
            self.finish_last_label(seat, line, now);
        }
        self.say_deferred(seat, 0, now);
        self.go_on(seat, now);
    }

    /// Says what waited for commands up to `line`; everything when none is on its way.
    fn say_deferred(&mut self, seat: usize, line: u32, now: Millis) {
        let place = &mut self.seats[seat];
        let all = place.in_flight == 0;
        let is_due = |(after, _): &(u32, Bytes)| all || *after <= line;
        if !place.unfinished.deferred.front().is_some_and(is_due) {
            return;
        }
        let had_enough = place.has_deferred_enough();
        let mut deferred = place.unfinished.take(|it| &mut it.deferred);
        let count = deferred.iter().take_while(|said| is_due(said)).count();
        for (_, bytes) in deferred.drain(..count) {
            place.queue(Item::Bytes(bytes), now);
        }
        if !deferred.is_empty() {
            place.unfinished.change(|it| it.deferred = deferred);
        }
        if had_enough && !place.has_deferred_enough() {
            self.resumable.push(seat);
        }
        Self::touch(&mut self.seats, &mut self.dirty, seat);
    }

    /// Reads on, or ends, now that something has come back.
    fn go_on(&mut self, seat: usize, now: Millis) {
        let place = &self.seats[seat];
        if !place.unfinished.pending.is_empty() || place.in_flight + 1 == bounds::IN_FLIGHT_MAX {
            self.resumable.push(seat);
        }
        self.settle(seat, now);
    }

    fn route(&mut self, route: &Route, own: Option<(usize, u32)>, now: Millis) {
        match route {
            Route::Known(session, nick) | Route::Named(session, nick) => {
                if let Some(seat) = self.by_session.get(*session) {
                    self.seats[seat].door.named(nick);
                }
            }
            Route::Enter(session, channel, name) => {
                if let Some(seat) = self.by_session.get(*session) {
                    self.rooms.enter(*channel, seat);
                    self.seats[seat].door.moved(*channel, Some(name));
                }
            }
            Route::Leave(session, channel) => {
                if let Some(seat) = self.by_session.get(*session) {
                    self.rooms.leave(*channel, seat);
                    self.seats[seat].door.moved(*channel, None);
                }
            }
            Route::Gone(session, channels, reason) => {
                if let Some(seat) = self.by_session.get(*session) {
                    for channel in channels {
                        self.rooms.leave(*channel, seat);
                    }
                    self.seats[seat].is_person = false;
                    // Nothing stands behind the farewell: what ends them is answered before it.
                    if let Some((_, line)) = own.filter(|(own, _)| *own == seat) {
                        self.finish_labels(seat, line, now);
                    }
                    self.say_farewell(seat, reason, now);
                }
            }
        }
    }

    fn answer(&mut self, own: (usize, u32), answer: &Answer, at: Millis, now: Millis) {
        let (seat, line) = own;
        match answer {
            Answer::Credential(credential) => {
                return self.credential(seat, credential.as_deref(), now);
            }
            Answer::Look(look) => return self.look(seat, look),
            // It belongs to a place that was kept before.
            Answer::Piece(_) => return,
            _ => {}
        }
        let place = &mut self.seats[seat];
        if !place.door.note(answer) {
            return;
        }
        let item = match answer {
            Answer::History(history) => {
                let (with, why, page) = (&history.with, history.why, &history.page);
                let kept = Pending::of(Some(with), why, Some(page.span));
                self.read_for(seat, kept, ReadWork::Page(page.clone()))
            }
            Answer::Search(search) => {
                let kept = Pending::of(None, WhyHistory::Asked, None);
                self.read_for(seat, kept, ReadWork::Search((**search).clone()))
            }
            Answer::Targets(conversations, why) => {
                let kept = Pending::of(None, *why, None);
                self.read_for(seat, kept, ReadWork::Targets((**conversations).clone()))
            }
            Answer::Playback(playback) => {
                let kept = Pending::of(None, WhyHistory::Played, Some(playback.span));
                self.read_for(seat, kept, ReadWork::Playback((**playback).clone()))
            }
            Answer::Scan(scan) => self.scan(seat, scan),
            answer => {
                let content = Content::Answer(answer.clone());
                let mut out = Vec::new();
                let is_long = content.has_many_rows()
                    || place.door.draw(&content, 0, at, &self.facts, &mut out).is_some();
                // What is long is drawn as its reader reads.
                let rows = |content| Rows { content, next: 0, at, batch: None };
                if is_long { Item::Rows(Box::new(rows(content))) } else { Item::Bytes(out.into()) }
            }
        };
        self.queue_own(seat, line, item, now);
    }

    /// Keeps a place in the seat's queue for what a reader is to fetch.
    fn read_for(&mut self, seat: usize, kept: Pending, work: ReadWork) -> Item {
        let place = &mut self.seats[seat];
        place.tickets += 1;
        let (ticket, work) = (place.tickets, Some(Box::new(work)));
        Item::Pending(Box::new(Pending { ticket, work, ..kept }))
    }

    /// Has a reader asked for the large answer that is first in the seat's queue, unless it was.
    pub(super) fn fetch_next(&mut self, seat: usize) {
        let place = &mut self.seats[seat];
        if let Some((ticket, work)) = place.queue.next_to_fetch() {
            self.requests.push(Request::Read(place.session, ticket, work));
        }
    }

    fn refuse(&mut self, (seat, line): (usize, u32), refusal: &Refusal, now: Millis) {
        let mut out = Vec::new();
        self.seats[seat].door.refuse(refusal, &self.facts, &mut out);
        self.queue_own(seat, line, Item::Bytes(out.into()), now);
    }

    /// Queues an answer to a seat's own line, under the line's label if it has one.
    fn queue_own(&mut self, seat: usize, line: u32, item: Item, now: Millis) {
        if matches!(&item, Item::Bytes(bytes) if bytes.is_empty()) {
            return;
        }
        let place = &mut self.seats[seat];
        let is_large = !matches!(item, Item::Bytes(_));
        match collecting(place, line) {
            Some(label) => label.answered(line, item),
            None => place.queue(item, now),
        }
        if is_large {
            self.fetch_next(seat);
        }
        self.answered(seat, now);
    }

    /// Something was queued for a seat that it asked for: it is written, or its reader is put out because too much
    /// waits.
    pub(super) fn answered(&mut self, seat: usize, now: Millis) {
        let place = &self.seats[seat];
        if place.queue.is_over() && place.life == Life::Open {
            return self.put_out(seat, TOO_SLOW, now);
        }
        Self::touch(&mut self.seats, &mut self.dirty, seat);
    }
}

/// What a reader found, as it is drawn in the place that was kept for it.
fn contents(found: FoundRows, kept: Pending) -> Vec<Content> {
    let Pending { ticket: number, with, why, span, .. } = kept;
    let (rows, missing, part) = (Ok(Vec::new()), Vec::new(), 0);
    let nothing = Found { with, why, span, rows, missing, number, part };
    match found {
        FoundRows::Targets(targets) => vec![Content::Targets(targets, why, number)],
        FoundRows::Kept { rows, missing } => {
            vec![Content::Found(Found { rows, missing, ..nothing })]
        }
        FoundRows::Played(Ok(parts)) => {
            let of_one = |(part, (with, rows))| {
                let (with, rows, missing) = (Some(with), Ok(rows), Vec::new());
                Content::Found(Found { with, why, span, rows, missing, number, part })
            };
            (1..).zip(parts).map(of_one).collect()
        }
        FoundRows::Played(Err(why)) => {
            vec![Content::Found(Found { rows: Err(why), ..nothing })]
        }
        FoundRows::Message(_) => Vec::new(),
    }
}

/// Why a reader is put out for whom more waits than is bearable.
pub(super) const TOO_SLOW: &str = "You read too slowly: too much is waiting for you";

/// No line of any session: they count from 1.
const NO_LINE: u32 = 0;

/// The label that collects what this line of the seat's own causes.
fn collecting(place: &mut Seat, line: u32) -> Option<&mut Labelled> {
    place.labels.as_mut()?.at(line)
}

/// Drawn rows of a labelled answer belong to its batch.
pub(super) fn in_batch(drawn: Vec<u8>, batch: Option<&Text>) -> Vec<u8> {
    match batch {
        None => drawn,
        Some(batch) => label::tag(&drawn, &format!("batch={batch}")),
    }
}
