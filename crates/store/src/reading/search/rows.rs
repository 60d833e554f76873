//! The rows that a search looks at: of each conversation, and of several in one order.

use crate::bounds::SEARCH_ROWS_TOGETHER;
use crate::error::Error;
use crate::reading::page::Window;
use rusqlite::Connection;
use std::collections::BinaryHeap;
use std::vec;

const NEWEST: &str = "SELECT id FROM messages \
    WHERE target = ?1 AND kind < 2 AND id > ?2 AND id <= ?3 ORDER BY id DESC LIMIT ?4";

const OLDEST: &str = "SELECT id FROM messages \
    WHERE target = ?1 AND kind < 2 AND id > ?2 AND id <= ?3 ORDER BY id LIMIT ?4";

/// Which rows come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    Newest,
    Oldest,
}

impl Order {
    /// As it stands after `ORDER BY rowid`.
    pub fn sql(self) -> &'static str {
        match self {
            Self::Newest => "DESC",
            Self::Oldest => "ASC",
        }
    }

    /// The greater, the sooner it comes. Of that the same makes the row again.
    pub fn rank(self, row: i64) -> i64 {
        match self {
            Self::Newest => row,
            Self::Oldest => -row,
        }
    }

    /// What is left of a window from a row on, with it.
    pub fn from(self, row: i64, window: Window) -> Window {
        match self {
            Self::Newest => Window { upto: row, ..window },
            Self::Oldest => Window { above: row - 1, ..window },
        }
    }

    /// What is left of a window after a row.
    fn after(self, row: i64, window: Window) -> Window {
        match self {
            Self::Newest => Window { upto: row - 1, ..window },
            Self::Oldest => Window { above: row, ..window },
        }
    }
}

/// The messages of one conversation, read some at a time, so that very many conversations may be gone through
/// together.
pub struct Said<'r> {
    connection: &'r Connection,
    order: Order,
    target: i64,
    /// What was not read yet.
    window: Window,
    read: vec::IntoIter<i64>,
    is_read: bool,
}

impl<'r> Said<'r> {
    pub fn new(connection: &'r Connection, order: Order, target: i64, window: Window) -> Self {
        Self { connection, order, target, window, read: vec::IntoIter::default(), is_read: false }
    }

    fn read_on(&mut self) -> Result<(), Error> {
        let sql = match self.order {
            Order::Newest => NEWEST,
            Order::Oldest => OLDEST,
        };
        let params = (self.target, self.window.above, self.window.upto, SEARCH_ROWS_TOGETHER);
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(params, |row| row.get(0))?;
        let rows = rows.collect::<Result<Vec<i64>, _>>()?;
        self.is_read = rows.len() < SEARCH_ROWS_TOGETHER as usize;
        if let Some(last) = rows.last() {
            self.window = self.order.after(*last, self.window);
        }
        self.read = rows.into_iter();
        Ok(())
    }
}

impl Iterator for Said<'_> {
    type Item = Result<i64, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.read.len() == 0
            && !self.is_read
            && let Err(error) = self.read_on()
        {
            return Some(Err(error));
        }
        self.read.next().map(Ok)
    }
}

/// The rows of several sources, each of which has them in this order, as one.
pub struct Merged<S> {
    order: Order,
    sources: Vec<S>,
    /// The first row of each source that has any left: its rank, and whose it is.
    firsts: BinaryHeap<(i64, usize)>,
}

impl<S: Iterator<Item = Result<i64, Error>>> Merged<S> {
    pub fn of(sources: Vec<S>, order: Order) -> Result<Self, Error> {
        let firsts = BinaryHeap::with_capacity(sources.len());
        let mut merged = Self { order, sources, firsts };
        for source in 0..merged.sources.len() {
            merged.advance(source)?;
        }
        Ok(merged)
    }

    fn advance(&mut self, source: usize) -> Result<(), Error> {
        if let Some(row) = self.sources[source].next().transpose()? {
            self.firsts.push((self.order.rank(row), source));
        }
        Ok(())
    }
}

impl<S: Iterator<Item = Result<i64, Error>>> Iterator for Merged<S> {
    type Item = Result<i64, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let (rank, source) = self.firsts.pop()?;
        Some(self.advance(source).map(|()| self.order.rank(rank)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Options, Store};

    #[test]
    fn rows_of_a_conversation_are_found_by_the_index_in_their_order() {
        let directory = tempfile::tempdir().unwrap();
        let (store, _) = Store::open(directory.path(), Options::default()).unwrap();
        for sql in [NEWEST, OLDEST] {
            let index = "SEARCH messages USING INDEX messages_by_target \
                         (target=? AND rowid>? AND rowid<?)";
            assert_eq!(store.plan(sql), [index]);
        }
    }

    #[test]
    fn several_are_one_in_either_order() {
        let merged = |sources: [&[i64]; 3], order| -> Vec<i64> {
            let sources = sources.map(|rows| rows.iter().map(|row| Ok(*row)));
            Merged::of(sources.into(), order).unwrap().map(Result::unwrap).collect()
        };
        assert_eq!(merged([&[9, 4], &[], &[8, 7, 1]], Order::Newest), [9, 8, 7, 4, 1]);
        assert_eq!(merged([&[1, 7, 8], &[4, 9], &[]], Order::Oldest), [1, 4, 7, 8, 9]);
    }
}
