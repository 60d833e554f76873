//! What the queues of a hall share: bytes, and memory.
//!
//! A block is what one channel is told in one tick, in one dialect, or in several while a crowd waits for its turn.
//! Each queue holds pieces of a block, and what is told behind a piece makes it longer, so that many messages to a
//! channel are one piece, and one slice of a write, for each of its members. A block is kept until the last of its
//! pieces is written.

use super::Queued;
use crate::bounds;
use crate::door::Dialect;
use parlor_hub::id::ChannelId;
use rustc_hash::FxHashMap;
use slab::Slab;
use std::collections::VecDeque;
use std::num::NonZeroU32;

/// The blocks of a hall.
#[derive(Debug, Default)]
pub(crate) struct Blocks {
    all: Slab<Block>,
    /// Those that still grow.
    growing: FxHashMap<(ChannelId, Dialect), u32>,
    /// Memory of queues and blocks that are empty now. Most are empty again within a tick.
    spare_queues: Vec<VecDeque<Queued>>,
    spare_bytes: Vec<Vec<u8>>,
}

#[derive(Debug, Default)]
struct Block {
    bytes: Vec<u8>,
    /// Pieces of it that wait somewhere, and one while it grows.
    pieces: u32,
}

/// A part of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece {
    block: u32,
    from: u32,
    /// No piece is without a byte, so that none ends where its block begins.
    to: NonZeroU32,
}

impl Piece {
    pub fn len(self) -> usize {
        (self.to.get() - self.from) as usize
    }

    /// Goes on with a piece that stands behind this one. `false` when it does not.
    pub fn extend(&mut self, next: Self) -> bool {
        let is_next = self.block == next.block && self.to.get() == next.from;
        if is_next {
            self.to = next.to;
        }
        is_next
    }
}

impl Blocks {
    /// Puts what `write` writes behind what the channel was told before in this tick. None when that is nothing.
    pub fn append(
        &mut self,
        channel: ChannelId,
        dialect: Dialect,
        write: impl FnOnce(&mut Vec<u8>),
    ) -> Option<Piece> {
        let key = self.growing.get(&(channel, dialect)).copied();
        let has_room =
            |block: &u32| self.all[*block as usize].bytes.len() < bounds::BLOCK_BYTES_MAX;
        let block = key.filter(has_room).unwrap_or_else(|| self.begin(channel, dialect));
        let bytes = &mut self.all[block as usize].bytes;
        let from = bytes.len() as u32;
        write(bytes);
        let to = NonZeroU32::new(bytes.len() as u32)?;
        (from < to.get()).then_some(Piece { block, from, to })
    }

    fn begin(&mut self, channel: ChannelId, dialect: Dialect) -> u32 {
        let bytes = self.spare_bytes.pop().unwrap_or_default();
        let block = self.all.insert(Block { bytes, pieces: 1 }) as u32;
        if let Some(full) = self.growing.insert((channel, dialect), block) {
            self.let_go(full);
        }
        block
    }

    /// The tick is over: what is told next is in other blocks.
    pub fn seal(&mut self) {
        let mut growing = std::mem::take(&mut self.growing);
        for (_, block) in growing.drain() {
            self.let_go(block);
        }
        self.growing = growing;
    }

    #[inline]
    pub fn bytes(&self, piece: Piece) -> &[u8] {
        &self.all[piece.block as usize].bytes[piece.from as usize..piece.to.get() as usize]
    }

    /// A queue keeps this piece.
    pub fn keep(&mut self, piece: Piece) {
        self.all[piece.block as usize].pieces += 1;
    }

    /// A queue keeps this piece no more.
    #[inline]
    pub fn release(&mut self, piece: Piece) {
        self.let_go(piece.block);
    }

    #[inline]
    fn let_go(&mut self, block: u32) {
        let pieces = &mut self.all[block as usize].pieces;
        *pieces -= 1;
        if *pieces == 0 {
            self.remove(block);
        }
    }

    fn remove(&mut self, block: u32) {
        let mut bytes = self.all.remove(block as usize).bytes;
        bytes.clear();
        let is_small = bytes.capacity() <= bounds::SPARE_BLOCK_BYTES_MAX;
        if is_small && self.spare_bytes.len() < bounds::SPARE_BLOCKS_MAX {
            self.spare_bytes.push(bytes);
        }
    }

    /// Memory for a queue that holds something again.
    pub fn spare_queue(&mut self) -> VecDeque<Queued> {
        self.spare_queues.pop().unwrap_or_default()
    }

    /// Takes the memory of a queue that is empty.
    pub fn take_spare(&mut self, queue: VecDeque<Queued>) {
        let is_small = queue.capacity() <= bounds::SPARE_QUEUE_ITEMS_MAX;
        if is_small && self.spare_queues.len() < bounds::SPARE_QUEUES_MAX {
            self.spare_queues.push(queue);
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::irc;
    use crate::web::Framing;

    const ROOM: ChannelId = ChannelId(1);

    fn told(blocks: &mut Blocks, text: &str) -> Piece {
        blocks
            .append(ROOM, Dialect::Irc(irc::Caps::default(), Framing::Lines), |out| {
                out.extend_from_slice(text.as_bytes());
            })
            .expect("something was told")
    }

    #[test]
    fn what_a_channel_is_told_in_one_tick_is_one_piece() {
        let mut blocks = Blocks::default();
        let mut all = told(&mut blocks, "one ");
        blocks.keep(all);
        let two = told(&mut blocks, "two ");
        assert!(all.extend(two));
        assert_eq!(blocks.bytes(all), b"one two ");
        let three = told(&mut blocks, "three");
        let mut without_two = Piece { to: NonZeroU32::new(two.from).unwrap(), ..all };
        assert!(!without_two.extend(three), "they do not stand together");
        blocks.seal();
        let next = told(&mut blocks, "next");
        assert!(!all.extend(next), "another tick is another block");
        assert_eq!(blocks.len(), 2);
        blocks.release(all);
        blocks.seal();
        assert_eq!(blocks.len(), 0, "nobody keeps any of it");
    }

    #[test]
    fn a_block_is_bounded() {
        let mut blocks = Blocks::default();
        let long = "x".repeat(bounds::BLOCK_BYTES_MAX);
        let first = told(&mut blocks, &long);
        blocks.keep(first);
        let second = told(&mut blocks, "more");
        assert_ne!(first.block, second.block);
        assert_eq!(blocks.bytes(second), b"more");
        blocks.seal();
        assert_eq!(blocks.len(), 1);
    }
}
