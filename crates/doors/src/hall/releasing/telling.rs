//! One event on its way to an audience: it is rendered once a dialect, and everyone who speaks it shares the
//! bytes.

use super::{TOO_SLOW, collecting};
use crate::bounds;
use crate::door::{Dialect, Hearing, render};
use crate::facts::Facts;
use crate::hall::Hall;
use crate::hall::seat::{Life, Seat};
use crate::queue::{Blocks, Item, Piece};
use crate::web::Framing;
use bytes::Bytes;
use parlor_hub::id::{ChannelId, MessageId, Millis};
use parlor_hub::{Audience, Event, Outcome};

impl Hall {
    pub(super) fn tell(
        &mut self,
        audience: &Audience,
        (event, id): (&Event, Option<MessageId>),
        (outcome, own): (&Outcome, Option<(usize, u32)>),
        now: Millis,
    ) {
        let Self {
            seats, rooms, blocks, by_session, dirty, crowded, facts, reach, rendered, ..
        } = self;
        let is_crowd = rooms.told(audience) > bounds::CROWD;
        rendered.clear();
        let mut telling = Telling {
            hearing: Hearing::of(event, id, matches!(audience, Audience::Watchers(_))),
            id,
            own: own.filter(|_| !matches!(audience, Audience::Recipients(_))),
            channel: match audience {
                Audience::Channel(channel) => Some(*channel),
                _ => None,
            },
            blocks,
            at: outcome.at,
            now,
            facts,
            rendered,
            dirty: if is_crowd { crowded } else { dirty },
            overflowing: Vec::new(),
        };
        match audience {
            Audience::Channel(channel) => {
                for seat in rooms.members(*channel) {
                    telling.one(seat, &mut seats[seat]);
                }
            }
            Audience::Sessions(sessions)
            | Audience::Watchers(sessions)
            | Audience::Recipients(sessions) => {
                for seat in sessions.iter().filter_map(|session| by_session.get(*session)) {
                    telling.one(seat, &mut seats[seat]);
                }
            }
            Audience::Neighbours(channels, sessions) => {
                *reach = reach.wrapping_add(1);
                let there = channels.iter().flat_map(|channel| rooms.members(*channel));
                let beside = sessions.iter().filter_map(|session| by_session.get(*session));
                for seat in there.chain(beside) {
                    let place = &mut seats[seat];
                    if std::mem::replace(&mut place.reached, *reach) != *reach {
                        telling.one(seat, place);
                    }
                }
            }
        }
        for seat in telling.overflowing {
            self.put_out(seat, TOO_SLOW, now);
        }
    }
}

/// One event on its way to an audience.
struct Telling<'t> {
    /// As everyone hears it but who caused it.
    hearing: Hearing<'t>,
    id: Option<MessageId>,
    own: Option<(usize, u32)>,
    /// The channel whose members are told: they share blocks.
    channel: Option<ChannelId>,
    blocks: &'t mut Blocks,
    at: Millis,
    now: Millis,
    facts: &'t Facts,
    /// What it is in the dialects met so far. They are few.
    rendered: &'t mut Vec<(Dialect, Rendered)>,
    dirty: &'t mut Vec<usize>,
    /// Those for whom too much waits now.
    overflowing: Vec<usize>,
}

impl Telling<'_> {
    #[inline]
    fn one(&mut self, seat: usize, place: &mut Seat) {
        if matches!(place.life, Life::Closing(_) | Life::Over) {
            return;
        }
        let rendered = match self.own {
            Some((own, line)) if own == seat => self.for_own(line, place),
            _ => self.for_another(place),
        };
        if let Some(rendered) = rendered {
            self.queue(rendered, seat, place);
        }
    }

    #[inline]
    fn for_another(&mut self, place: &Seat) -> Option<usize> {
        let dialect = place.door.dialect(&self.hearing, place.framing)?;
        Some(self.in_dialect(dialect))
    }

    /// For the seat that caused it by this line. A label may collect it: then nothing is to be queued.
    #[inline(never)]
    fn for_own(&mut self, line: u32, place: &mut Seat) -> Option<usize> {
        // What a label collects is wrapped first, and then put into frames.
        let is_collected = collecting(place, line).is_some();
        let framing = if is_collected { Framing::Lines } else { place.framing };
        let dialect = place.door.dialect(&self.hearing.own(), framing)?;
        let rendered = self.in_dialect(dialect);
        let Some(label) = collecting(place, line) else { return Some(rendered) };
        let bytes = match &self.rendered[rendered].1 {
            Rendered::Bytes(bytes) => bytes.clone(),
            Rendered::Piece(piece) => Bytes::copy_from_slice(self.blocks.bytes(*piece)),
            Rendered::Nothing => return None,
        };
        label.answered(line, Item::Bytes(bytes));
        None
    }

    /// Which of what was rendered is in this dialect.
    #[inline]
    fn in_dialect(&mut self, dialect: Dialect) -> usize {
        let known = self.rendered.iter().position(|(known, _)| *known == dialect);
        known.unwrap_or_else(|| self.render(dialect))
    }

    /// Once for all of a dialect: out of the way of what is done for each of them.
    #[inline(never)]
    fn render(&mut self, dialect: Dialect) -> usize {
        let (event, at, facts) = ((self.hearing.event, self.id), self.at, self.facts);
        let write = |out: &mut Vec<u8>| render(dialect, event, at, facts, out);
        let rendered = if let Some(channel) = self.channel {
            self.blocks.append(channel, dialect, write).map_or(Rendered::Nothing, Rendered::Piece)
        } else {
            let mut out = Vec::new();
            write(&mut out);
            if out.is_empty() { Rendered::Nothing } else { Rendered::Bytes(out.into()) }
        };
        self.rendered.push((dialect, rendered));
        self.rendered.len() - 1
    }

    #[inline]
    fn queue(&mut self, rendered: usize, seat: usize, place: &mut Seat) {
        match &self.rendered[rendered].1 {
            Rendered::Nothing => return,
            Rendered::Bytes(bytes) => place.queue_framed(Item::Bytes(bytes.clone()), self.now),
            Rendered::Piece(piece) => place.queue.push_piece(*piece, self.blocks, self.now),
        }
        if !place.is_dirty {
            place.is_dirty = true;
            self.dirty.push(seat);
        }
        if place.queue.is_over() && place.life != Life::Leaving {
            self.overflowing.push(seat);
        }
    }
}

/// An event in one dialect.
#[derive(Debug)]
pub(in crate::hall) enum Rendered {
    /// Those who speak it are told nothing of it.
    Nothing,
    Bytes(Bytes),
    Piece(Piece),
}
