//! Who is written to, and when.
//!
//! What few were told is written at the end of the tick in which they were. A crowd that was told something together,
//! and those who read large answers, have as many writes of a tick as leave time for all others; they go on in
//! the next one, in turns.

use super::Shard;
use crate::{bounds, clock};
use parlor_doors::hall::Flushed;
use parlor_hub::id::Millis;
use std::collections::VecDeque;
use std::io::{self, IoSlice};
use std::net::Shutdown;

/// Who waits to be written to.
#[derive(Default)]
pub(super) struct Writing {
    /// Outcomes that were released since anyone was written to.
    released: usize,
    /// Empty between ticks: kept for its memory.
    few: Vec<usize>,
    /// Those who were told something together with a crowd, and have their turn.
    crowded: VecDeque<usize>,
    /// When the first of them had theirs.
    crowded_since: Millis,
    /// Before that the next ones have none.
    crowded_from: Millis,
    /// Those who read a large answer.
    readers: VecDeque<usize>,
    /// Where small pieces are put together to be one write.
    gathered: Vec<u8>,
}

impl Writing {
    /// Whether somebody waits for the next tick.
    pub fn has_more(&self) -> bool {
        !self.crowded.is_empty() || !self.readers.is_empty()
    }

    /// Notes that another outcome was released. Returns whether they are enough to be written before more are.
    pub fn note_released(&mut self) -> bool {
        self.released += 1;
        self.released >= bounds::RELEASED_AT_ONCE
    }

    /// More will soon be told to crowds: those who had their turn a moment ago wait for it, so that all of it is one
    /// write for each.
    pub fn expect_more_for_crowds(&mut self) {
        self.crowded_from = self.crowded_since + bounds::CROWDED_APART_MS;
    }

    /// Whether those who were told something with a crowd since the last ones have their turn now.
    fn is_for_next_crowd(&self, now: Millis) -> bool {
        self.crowded.is_empty() && now >= self.crowded_from
    }
}

impl Shard {
    /// When a crowd that waits for more is to be written to, if one does.
    pub(super) fn crowd_due(&self) -> Option<Millis> {
        self.hall.has_crowded().then_some(self.writing.crowded_from)
    }

    /// Writes all that a tick has room for.
    pub(super) fn flush_dirty(&mut self) {
        // One look at the clock for all of them: most are written in a few microseconds.
        let now = clock::steady();
        self.writing.released = 0;
        let is_for_next_crowd = self.writing.is_for_next_crowd(now);
        if is_for_next_crowd {
            self.hall.seal();
        }
        let mut few = std::mem::take(&mut self.writing.few);
        self.hall.take_dirty(&mut few);
        for seat in few.drain(..) {
            self.flush(seat, now);
        }
        self.writing.few = few;
        if is_for_next_crowd && self.hall.has_crowded() {
            self.writing.crowded_since = now;
            self.hall.take_crowded(&mut self.writing.crowded);
        }
        for _ in 0..bounds::CROWDED_PER_TURN_MAX {
            let Some(seat) = self.writing.crowded.pop_front() else { break };
            self.flush(seat, now);
        }
        for _ in 0..bounds::READERS_PER_TURN_MAX.min(self.writing.readers.len()) {
            let Some(seat) = self.writing.readers.pop_front() else { break };
            if let Some(connection) = self.connections.at(seat) {
                connection.has_turn = false;
                self.write(seat, now);
            }
        }
    }

    /// Writes what waits for a seat, or lets it wait for its turn.
    pub(super) fn flush(&mut self, seat: usize, now: Millis) {
        if self.hall.has_large(seat) {
            self.line_up(seat);
        } else {
            self.write(seat, now);
        }
    }

    fn line_up(&mut self, seat: usize) {
        if let Some(connection) = self.connections.at(seat)
            && !connection.is_full
            && !std::mem::replace(&mut connection.has_turn, true)
        {
            self.writing.readers.push_back(seat);
        }
    }

    /// Writes what waits for a seat, of a large answer no more than a turn, unless its socket is full: the kernel says
    /// when it no longer is.
    fn write(&mut self, seat: usize, now: Millis) {
        let Self { connections, hall, writing, .. } = self;
        let Some(connection) = connections.at(seat) else { return };
        if connection.is_full {
            return;
        }
        let (link, gathered) = (&mut connection.link, &mut writing.gathered);
        let mut left = if hall.has_large(seat) { bounds::WRITTEN_AT_ONCE } else { usize::MAX };
        let flushed = hall.flush(seat, now, |slices| {
            if left == 0 {
                return Err(io::ErrorKind::WouldBlock.into());
            }
            let written = link.write(within(slices, left), gathered)?;
            left = left.saturating_sub(written);
            Ok(written)
        });
        let finished = match link.conclude(flushed) {
            Flushed::Done => return,
            Flushed::Full if left == 0 => return self.line_up(seat),
            Flushed::Full => return connection.is_full = true,
            Flushed::Finished => Shutdown::Write,
            Flushed::Failed => Shutdown::Both,
        };
        connections.finish(seat, finished);
    }
}

/// The first of these, until they are so many bytes or more.
fn within<'s, 'b>(slices: &'s [IoSlice<'b>], bytes: usize) -> &'s [IoSlice<'b>] {
    if let [_] = slices {
        return slices;
    }
    let mut all = 0;
    let count = slices.iter().take_while(|slice| {
        let is_within = all < bytes;
        all += slice.len();
        is_within
    });
    &slices[..count.count()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crowd_waits_only_where_more_is_expected_and_not_for_long() {
        let mut writing = Writing { crowded_since: 1000, ..Writing::default() };
        assert!(writing.is_for_next_crowd(1000), "nothing is expected");
        writing.expect_more_for_crowds();
        let waits = [1, bounds::CROWDED_APART_MS - 1, bounds::CROWDED_APART_MS];
        let waits = waits.map(|ms| !writing.is_for_next_crowd(1000 + ms));
        assert_eq!(waits, [true, true, false]);
        writing.crowded.push_back(7);
        assert!(!writing.is_for_next_crowd(9000), "some of the last ones wait for their turn");
    }

    #[test]
    fn a_turn_is_as_many_pieces_as_reach_its_bytes() {
        let pieces = [[0; 10]; 4];
        let slices = pieces.each_ref().map(|piece| IoSlice::new(piece));
        assert_eq!([1, 10, 11, 100].map(|bytes| within(&slices, bytes).len()), [1, 1, 2, 4]);
    }
}
