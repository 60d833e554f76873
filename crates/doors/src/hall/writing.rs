//! From queues to sockets: one vectored write takes all that waits.

use super::Hall;
use super::releasing::in_batch;
use super::seat::{Life, Seat};
use parlor_hub::id::Millis;
use std::io::{self, IoSlice};

/// How a flush ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flushed {
    /// Nothing is left that could be written now.
    Done,
    /// The socket is full: flush again when it is writable.
    Full,
    /// All is written, and the connection is to be closed.
    Finished,
    /// The socket failed: nothing more can be written.
    Failed,
}

impl Hall {
    /// Writes what waits for a seat, as far as `write` takes it.
    pub fn flush(
        &mut self,
        seat: usize,
        now: Millis,
        mut write: impl FnMut(&[IoSlice<'_>]) -> io::Result<usize>,
    ) -> Flushed {
        loop {
            let Some(place) = self.seats.get_mut(seat) else { return Flushed::Done };
            place.is_dirty = false;
            if place.queue.has_large() {
                self.draw(seat);
            }
            let place = &mut self.seats[seat];
            let written = match place.queue.only_piece(&self.blocks) {
                Some(piece) => write(&[IoSlice::new(piece)]),
                None => match &*place.queue.slices(&self.blocks) {
                    [] => return place.flushed(),
                    slices => write(slices),
                },
            };
            match written {
                Ok(written) => place.queue.advance(written, &mut self.blocks, now),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Flushed::Full,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => return Flushed::Failed,
            }
            if place.queue.is_empty() {
                return place.flushed();
            }
        }
    }

    /// Whether anything waits to be written.
    pub fn has_unwritten(&self) -> bool {
        self.seats.iter().any(|(_, seat)| !seat.is_deaf && !seat.queue.is_empty())
    }

    /// Draws a piece of the large answer that is next, if one is. One that has nothing to show makes
    /// way for what is behind it.
    fn draw(&mut self, seat: usize) {
        let place = &mut self.seats[seat];
        let (had_enough, mut is_drawn) = (place.queue.has_enough(), false);
        while let Some(mut rows) = place.queue.rows_at_front() {
            let mut out = Vec::new();
            let next = place.door.draw(&rows.content, rows.next, rows.at, &self.facts, &mut out);
            let lines = in_batch(out, rows.batch.as_ref());
            let mut out = Vec::new();
            place.framing.before_closed().frame(&lines, &mut out);
            let rest = next.map(|next| {
                rows.next = next;
                rows
            });
            is_drawn |= rest.is_none();
            place.queue.put_back(out, rest);
        }
        if is_drawn {
            self.fetch_next(seat);
        }
        let place = &self.seats[seat];
        if had_enough && !place.queue.has_enough() {
            self.resumable.push(seat);
        }
    }
}

impl Seat {
    /// How a flush ended that has nothing more to write.
    #[inline]
    fn flushed(&self) -> Flushed {
        let is_last = matches!(self.life, Life::Closing(_)) && self.queue.is_empty();
        if is_last { Flushed::Finished } else { Flushed::Done }
    }
}
