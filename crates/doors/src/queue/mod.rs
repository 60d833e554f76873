//! What waits to be written to one socket.

mod blocks;

pub(crate) use blocks::{Blocks, Piece};

use crate::bounds;
use crate::hall::ReadWork;
use bytes::Bytes;
use parlor_hub::Answer;
use parlor_hub::answer::WhyHistory;
use parlor_hub::change::{Kept, LastSaid, Missing, Span};
use parlor_hub::id::Millis;
use parlor_hub::name::Text;
use smallvec::SmallVec;
use std::collections::VecDeque;
use std::io::IoSlice;

/// Pieces in their order. Holds no memory while it is empty, nor while all that is in it is one piece of what a
/// channel was told, as it mostly is.
#[derive(Debug, Default)]
pub(crate) struct Queue {
    items: VecDeque<Queued>,
    /// What stands behind them, if that is a piece of a block.
    last: Option<Piece>,
    /// Bytes of the pieces that are bytes.
    bytes: u32,
    /// Bytes of the first piece that are written already.
    written: u32,
    /// Pieces that are large answers, drawn or still fetched.
    large: u32,
    /// The last time that something left, or that something came into an empty queue.
    progress_at: Millis,
}

/// What a write takes. Most have a few pieces: what was said before and behind something of one's own.
pub(crate) type Slices<'q> = SmallVec<[IoSlice<'q>; 4]>;

/// One piece of a queue.
#[derive(Debug)]
pub(crate) enum Queued {
    /// It is this queue's own.
    Own(Item),
    /// What a channel was told.
    Shared(Piece),
}

/// What is queued for one connection.
#[derive(Debug)]
pub(crate) enum Item {
    /// Bytes, shared with whoever else is told the same.
    Bytes(Bytes),
    /// A large answer, drawn as the socket drains.
    Rows(Box<Rows>),
    /// Something that is fetched in its turn; what comes behind waits for it.
    Pending(Box<Pending>),
}

/// A large answer, and how far it is drawn.
#[derive(Debug)]
pub(crate) struct Rows {
    pub content: Content,
    pub next: usize,
    pub at: Millis,
    /// The batch of the label under which it was asked for.
    pub batch: Option<Text>,
}

/// What is drawn.
#[derive(Debug)]
pub enum Content {
    /// An answer of the hub.
    Answer(Answer),
    /// What a reader found.
    Found(Found),
    /// Conversations that a reader found, why they are shown, and the number that names their batch.
    Targets(Result<Vec<LastSaid>, NotFound>, WhyHistory, u32),
}

impl Content {
    /// Whether it takes more than one write, whoever draws it.
    pub(crate) fn has_many_rows(&self) -> bool {
        let rows = match self {
            Self::Answer(Answer::Names(names)) => names.members.len(),
            Self::Answer(Answer::Who(who)) => who.rows.len(),
            _ => 0,
        };
        rows > bounds::ROWS_MANY
    }
}

/// What a reader found, oldest first.
#[derive(Debug)]
pub struct Found {
    /// Of which conversation, as shown; none for a search, and where nothing could be played.
    pub with: Option<Text>,
    /// Why they are shown.
    pub why: WhyHistory,
    /// Which part of the conversation it is; none for a search.
    pub span: Option<Span>,
    /// Messages, and on a page that was asked for so what else happened; or why there is nothing.
    pub rows: Result<Vec<Kept>, NotFound>,
    /// What a search did not look through.
    pub missing: Vec<Missing>,
    /// Names the batch that they are shown in; unique in the session, with the part.
    pub number: u32,
    /// Of several that came together, which; 0 of one alone.
    pub part: usize,
}

/// Why a reader found nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotFound {
    /// The point that was named is not in this history.
    UnknownMessage,
    /// The store could not be read.
    Unreadable,
    /// Too much waits already for whoever asks from that address.
    Busy,
}

/// A place kept for what is fetched.
#[derive(Debug)]
pub(crate) struct Pending {
    pub ticket: u32,
    /// What a reader is to fetch, until one is asked for it.
    pub work: Option<Box<ReadWork>>,
    pub with: Option<Text>,
    pub why: WhyHistory,
    pub span: Option<Span>,
    pub batch: Option<Text>,
}

impl Pending {
    /// A place that has no ticket yet, and is under no label.
    pub fn of(with: Option<&Text>, why: WhyHistory, span: Option<Span>) -> Self {
        Self { ticket: 0, work: None, with: with.cloned(), why, span, batch: None }
    }
}

impl Queue {
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.last.is_none() && self.items.is_empty()
    }

    /// Whether its reader has let too much wait.
    pub fn is_over(&self) -> bool {
        self.bytes > bounds::QUEUE_BYTES_MAX || self.items.len() > bounds::QUEUE_ITEMS_MAX
    }

    /// Whether a large answer is in it.
    #[inline]
    pub fn has_large(&self) -> bool {
        self.large > 0
    }

    /// Whether so many large answers wait for its reader that no more are to be asked for.
    pub fn has_enough(&self) -> bool {
        self.large >= bounds::LARGE_ANSWERS_MAX
    }

    pub fn push(&mut self, item: Item, now: Millis) {
        if self.is_empty() {
            self.progress_at = now;
        }
        match &item {
            Item::Bytes(bytes) => self.bytes += bytes.len() as u32,
            Item::Rows(_) | Item::Pending(_) => self.large += 1,
        }
        self.items.extend(self.last.take().map(Queued::Shared));
        self.items.push_back(Queued::Own(item));
    }

    /// Takes a piece of a block: one that stands behind the last one makes that longer.
    #[inline]
    pub fn push_piece(&mut self, piece: Piece, blocks: &mut Blocks, now: Millis) {
        self.bytes += piece.len() as u32;
        if let Some(last) = &mut self.last {
            if last.extend(piece) {
                return;
            }
            if self.items.capacity() == 0 {
                self.items = blocks.spare_queue();
            }
            self.items.push_back(Queued::Shared(*last));
        } else if self.items.is_empty() {
            self.progress_at = now;
        }
        blocks.keep(piece);
        self.last = Some(piece);
    }

    /// Drops everything that was not begun to be written, to say goodbye in its place.
    pub fn cut(&mut self, blocks: &mut Blocks) {
        let begun = (self.written > 0).then(|| self.pop_front()).flatten();
        self.clear(blocks);
        if let Some(begun) = begun {
            self.bytes = begun.bytes(blocks).map_or(0, <[u8]>::len) as u32;
            self.items.push_back(begun);
        }
    }

    /// Nothing comes any more for which a place was kept.
    pub fn forget_places(&mut self) {
        let before = self.items.len();
        self.items.retain(|item| !matches!(item, Queued::Own(Item::Pending(_))));
        self.large -= (before - self.items.len()) as u32;
    }

    /// Drops everything.
    pub fn clear(&mut self, blocks: &mut Blocks) {
        while let Some(item) = self.pop_front() {
            if let Queued::Shared(piece) = item {
                blocks.release(piece);
            }
        }
        (self.large, self.bytes) = (0, 0);
    }

    fn pop_front(&mut self) -> Option<Queued> {
        self.items.pop_front().or_else(|| self.last.take().map(Queued::Shared))
    }

    /// The rows at the front, if rows are at the front.
    pub fn rows_at_front(&mut self) -> Option<Box<Rows>> {
        match self.items.front() {
            Some(Queued::Own(Item::Rows(_))) => match self.items.pop_front() {
                Some(Queued::Own(Item::Rows(rows))) => {
                    self.large -= 1;
                    Some(rows)
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// Puts drawn bytes, and what is left of the rows they were drawn from, at the front.
    pub fn put_back(&mut self, drawn: Vec<u8>, rest: Option<Box<Rows>>) {
        if let Some(rows) = rest {
            self.items.push_front(Queued::Own(Item::Rows(rows)));
            self.large += 1;
        }
        if !drawn.is_empty() {
            self.bytes += drawn.len() as u32;
            self.items.push_front(Queued::Own(Item::Bytes(drawn.into())));
        }
    }

    /// Whether its reader has taken nothing for long. Whoever waits for what is being fetched could
    /// take nothing.
    pub fn is_stalled(&self, now: Millis) -> bool {
        let is_offered = !matches!(self.items.front(), Some(Queued::Own(Item::Pending(_))));
        is_offered && !self.is_empty() && now >= self.progress_at + bounds::STALL_MS_MAX
    }

    /// Fills the place that was kept with this ticket: with nothing, one large answer or several.
    pub fn fill(&mut self, ticket: u32, now: Millis, rows: impl FnOnce(Pending) -> Vec<Rows>) {
        if matches!(self.items.front(), Some(Queued::Own(Item::Pending(_)))) {
            self.progress_at = now;
        }
        let is_it = |item: &Queued| matches!(item, Queued::Own(item) if item.is_kept_for(ticket));
        let Some(at) = self.items.iter().position(is_it) else { return };
        let behind = self.items.split_off(at + 1);
        if let Some(Queued::Own(Item::Pending(kept))) = self.items.pop_back() {
            let rows = rows(*kept);
            self.large = self.large - 1 + rows.len() as u32;
            self.items.extend(rows.into_iter().map(|rows| Queued::Own(Item::Rows(Box::new(rows)))));
        }
        self.items.extend(behind);
    }

    /// What a reader is to be asked for now: that of the first large answer, if it was not asked for. What waits
    /// behind is fetched when this is drawn, so that however many pages somebody asks for, one is held for them.
    pub fn next_to_fetch(&mut self) -> Option<(u32, Box<ReadWork>)> {
        if self.large == 0 {
            return None;
        }
        let first = self.items.iter_mut().find_map(|item| match item {
            Queued::Shared(_) | Queued::Own(Item::Bytes(_)) => None,
            Queued::Own(large) => Some(large),
        });
        match first? {
            Item::Pending(pending) => Some((pending.ticket, pending.work.take()?)),
            Item::Bytes(_) | Item::Rows(_) => None,
        }
    }

    /// What is to be written, if that is one piece of a block and nothing else, as it mostly is.
    #[inline]
    pub fn only_piece<'q>(&self, blocks: &'q Blocks) -> Option<&'q [u8]> {
        let last = self.last.filter(|_| self.items.is_empty())?;
        Some(&blocks.bytes(last)[self.written as usize..])
    }

    /// The bytes that can be written now, as one vectored write takes them.
    pub fn slices<'q>(&'q self, blocks: &'q Blocks) -> Slices<'q> {
        let mut slices = Slices::new();
        let mut written = self.written as usize;
        for item in self.items.iter().take(bounds::WRITE_SLICES_MAX) {
            let Some(bytes) = item.bytes(blocks) else { return slices };
            slices.push(IoSlice::new(&bytes[written..]));
            written = 0;
        }
        if let Some(last) = self.last.filter(|_| self.items.len() < bounds::WRITE_SLICES_MAX) {
            slices.push(IoSlice::new(&blocks.bytes(last)[written..]));
        }
        slices
    }

    /// Notes that so many bytes were written.
    #[inline]
    pub fn advance(&mut self, count: usize, blocks: &mut Blocks, now: Millis) {
        self.progress_at = now;
        self.written += count as u32;
        if !self.items.is_empty() {
            self.drop_written(blocks);
        }
        if self.items.is_empty()
            && let Some(last) = self.last
            && self.written as usize == last.len()
        {
            blocks.release(last);
            (self.last, self.bytes, self.written) = (None, 0, 0);
        }
    }

    /// Drops the items of which all was written.
    fn drop_written(&mut self, blocks: &mut Blocks) {
        while let Some(bytes) = self.items.front().and_then(|item| item.bytes(blocks)) {
            let length = bytes.len() as u32;
            if self.written < length {
                return;
            }
            self.written -= length;
            self.bytes -= length;
            if let Some(Queued::Shared(piece)) = self.items.pop_front() {
                blocks.release(piece);
            }
        }
        if self.items.is_empty() {
            blocks.take_spare(std::mem::take(&mut self.items));
        }
    }
}

impl Item {
    /// Whether it is the place that was kept with this ticket.
    pub fn is_kept_for(&self, ticket: u32) -> bool {
        matches!(self, Self::Pending(pending) if pending.ticket == ticket)
    }
}

impl Queued {
    /// Its bytes, if it is bytes.
    fn bytes<'q>(&'q self, blocks: &'q Blocks) -> Option<&'q [u8]> {
        match self {
            Self::Own(Item::Bytes(bytes)) => Some(bytes),
            Self::Own(Item::Rows(_) | Item::Pending(_)) => None,
            Self::Shared(piece) => Some(blocks.bytes(*piece)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_waits_for_what_is_being_fetched_has_not_stopped_reading() {
        let kept = Pending { ticket: 1, ..Pending::of(None, WhyHistory::Asked, None) };
        let mut queue = Queue::default();
        queue.push(Item::Pending(Box::new(kept)), 0);
        assert!(!queue.is_stalled(bounds::STALL_MS_MAX));
        let at = 2 * bounds::STALL_MS_MAX;
        queue.fill(1, at, |_| {
            let content = Content::Answer(Answer::NamesEnd("*".into()));
            vec![Rows { content, next: 0, at, batch: None }]
        });
        assert!(!queue.is_stalled(at));
        assert!(queue.is_stalled(at + bounds::STALL_MS_MAX));
    }
}
