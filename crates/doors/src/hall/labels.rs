//! Answers that carry their command's label (`IRCv3` labeled-response).
//!
//! Everything that a labelled line causes for its sender is collected until the last of its requests
//! has come back, and then wrapped: nothing as an ACK, one line with the label, more in a batch.

use super::Hall;
use super::seat::Seat;
use crate::bounds;
use crate::desk::Asked;
use crate::irc::label;
use crate::queue::{Item, Pending, Rows};
use bytes::Bytes;
use parlor_hub::Few;
use parlor_hub::id::Millis;
use parlor_hub::name::Text;
use std::collections::VecDeque;

/// The labels of a seat that are open, in the order of their lines.
#[derive(Debug, Default)]
pub(super) struct Labels {
    open: VecDeque<Labelled>,
    made: u32,
}

/// One labelled line, and what it caused so far.
#[derive(Debug)]
pub(super) struct Labelled {
    label: Text,
    /// The first request of the line.
    first: u32,
    /// Its last one, once it is known.
    last: Option<u32>,
    /// What it caused so far, each with the request that it answers or follows.
    items: Vec<(Behind, Item)>,
}

/// A request, and whether something is said after its answers.
type Behind = (u32, bool);

impl Labelled {
    /// Takes an answer to the request `line`.
    pub fn answered(&mut self, line: u32, item: Item) {
        self.put((line, false), item);
    }

    /// Takes what is said after the answers to the request `line`, which may still be on their way.
    pub fn said(&mut self, line: u32, item: Item) {
        self.put((line, true), item);
    }

    /// Fills the place that was kept with this ticket.
    pub fn fill(&mut self, ticket: u32, rows: impl FnOnce(Pending) -> Vec<Rows>) {
        let place = self.items.iter().position(|(_, item)| item.is_kept_for(ticket));
        let kept = place.map(|place| (place, self.items.remove(place)));
        if let Some((place, (behind, Item::Pending(kept)))) = kept {
            let rows = rows(*kept).into_iter().map(|rows| (behind, Item::Rows(Box::new(rows))));
            self.items.splice(place..place, rows);
        }
    }

    fn put(&mut self, behind: Behind, item: Item) {
        let place = self.items.partition_point(|(other, _)| *other <= behind);
        self.items.insert(place, (behind, item));
    }
}

impl Labels {
    /// The label that a request belongs to.
    pub fn at(&mut self, line: u32) -> Option<&mut Labelled> {
        self.open.iter_mut().find(|l| l.first <= line && l.last.is_none_or(|last| line <= last))
    }

    /// The label that collects a place with this ticket: it waits for more than what a reader is fetching.
    pub fn with_place(&mut self, ticket: u32) -> Option<&mut Labelled> {
        let collects = |l: &&mut Labelled| l.items.iter().any(|(_, item)| item.is_kept_for(ticket));
        self.open.iter_mut().find(collects)
    }

    /// Takes the first label that is complete now that `line` has come back: what it collected, wrapped.
    fn take_complete(&mut self, line: u32, server: &str) -> Option<Vec<Item>> {
        let place = self.open.iter().position(|l| l.last.is_some_and(|last| last <= line))?;
        self.take(place, server)
    }

    /// What the last label collected, wrapped, if `line` was its last.
    fn take_last(&mut self, line: u32, server: &str) -> Option<Vec<Item>> {
        let is_complete = self.open.back().is_some_and(|labelled| labelled.last == Some(line));
        is_complete.then(|| self.take(self.open.len() - 1, server)).flatten()
    }

    fn take(&mut self, place: usize, server: &str) -> Option<Vec<Item>> {
        let labelled = self.open.remove(place)?;
        self.made += 1;
        Some(wrap(labelled, self.made, server))
    }
}

impl Hall {
    /// Does what a labelled line asks for.
    pub(super) fn do_labelled(&mut self, seat: usize, label: Text, asked: Few<Asked>, now: Millis) {
        let place = &mut self.seats[seat];
        let labels = place.labels.get_or_insert_default();
        if labels.open.len() >= bounds::LABELS_MAX {
            return self.do_all(seat, asked, now);
        }
        let first = place.line + 1;
        labels.open.push_back(Labelled { label, first, last: None, items: Vec::new() });
        self.do_all(seat, asked, now);
        let place = &mut self.seats[seat];
        if place.work.is_some() {
            // The result of the work belongs to the label too: it stays open until then.
            return;
        }
        let line = place.line;
        Self::close_label(place, line);
        if line < first {
            // Nothing was requested: what was said is all there is.
            self.finish_last_label(seat, line, now);
        }
    }

    /// The last line of the open label is known.
    pub(super) fn close_label(place: &mut Seat, line: u32) {
        let Some(labels) = &mut place.labels else { return };
        if let Some(labelled) = labels.open.back_mut()
            && labelled.last.is_none()
        {
            labelled.last = Some(line);
        }
    }

    /// Queues what labels collected whose last line has come back.
    pub(super) fn finish_labels(&mut self, seat: usize, line: u32, now: Millis) {
        let server = self.facts.server.clone();
        let place = &mut self.seats[seat];
        let Some(labels) = &mut place.labels else { return };
        let mut wrapped = Vec::new();
        while let Some(items) = labels.take_complete(line, &server) {
            wrapped.extend(items);
        }
        if labels.open.is_empty() {
            place.labels = None;
        }
        for item in wrapped {
            place.queue(item, now);
        }
        self.fetch_next(seat);
        Self::touch(&mut self.seats, &mut self.dirty, seat);
    }

    /// Queues what the last label collected, if `line` was its last: in its turn, behind the answers
    /// to commands that are still on their way. Their own labels stay open for them.
    pub(super) fn finish_last_label(&mut self, seat: usize, line: u32, now: Millis) {
        let server = self.facts.server.clone();
        let waits_for_none = self.failing;
        let place = &mut self.seats[seat];
        let Some(labels) = &mut place.labels else { return };
        let Some(wrapped) = labels.take_last(line, &server) else { return };
        if labels.open.is_empty() {
            place.labels = None;
        }
        for item in wrapped {
            match item {
                Item::Bytes(bytes) if place.in_flight > 0 && !waits_for_none => {
                    place.defer(line, bytes);
                }
                item => place.queue(item, now),
            }
        }
        self.fetch_next(seat);
        Self::touch(&mut self.seats, &mut self.dirty, seat);
    }
}

/// Wraps what a label collected.
fn wrap(labelled: Labelled, number: u32, server: &str) -> Vec<Item> {
    let Labelled { label, items, .. } = labelled;
    let mut items: Vec<Item> = items.into_iter().map(|(_, item)| item).collect();
    if items.is_empty() {
        return vec![Item::Bytes(label::ack(&label, server).into())];
    }
    if let [Item::Bytes(bytes)] = &items[..]
        && let Some(labelled) = label::tag_one(bytes, &label)
    {
        return vec![Item::Bytes(labelled.into())];
    }
    let batch: Text = format!("l{number}").into();
    let tag = format!("batch={batch}");
    for item in &mut items {
        match item {
            Item::Bytes(bytes) => *bytes = label::tag(bytes, &tag).into(),
            Item::Rows(rows) => rows.batch = Some(batch.clone()),
            Item::Pending(pending) => pending.batch = Some(batch.clone()),
        }
    }
    let mut opening = Vec::new();
    label::open(&mut opening, &batch, &label, server);
    let mut closing = Vec::new();
    label::close(&mut closing, &batch, server);
    let mut wrapped = vec![Item::Bytes(Bytes::from(opening))];
    wrapped.append(&mut items);
    wrapped.push(Item::Bytes(closing.into()));
    wrapped
}
