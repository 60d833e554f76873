//! Pages of history.

use crate::error::Error;
use crate::message::{self, columns};
use crate::reading::Reader;
use crate::target::{last_row_of, pack, pack_message};
use parlor_hub::change::{Page, Point, Span, StoredMessage};
use parlor_hub::id::{MessageId, Millis};
use rusqlite::{Connection, OptionalExtension};

const NEWEST: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM messages WHERE target = ?1 AND kind < 2 AND id > ?2 AND id <= ?3 ORDER BY id DESC LIMIT ?4"
);

const OLDEST: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM messages WHERE target = ?1 AND kind < 2 AND id > ?2 AND id <= ?3 ORDER BY id LIMIT ?4"
);

impl Reader {
    /// The messages that the page asks for, at most `page.limit`, oldest first. Nothing that is not
    /// yet committed is among them: who needs all up to `page.upto` waits for its commit.
    ///
    /// A point that names a message which is not in this history is [`Error::UnknownMessage`].
    pub fn page(&self, page: &Page) -> Result<Vec<StoredMessage>, Error> {
        let target = pack(page.target)?;
        let all = Window { above: last_row_of(page.since), upto: last_row_of(page.upto) };
        let rows_of = |point| self.rows_of(target, all, point);
        let newest = |window| self.rows(NEWEST, target, window, page.limit);
        let oldest = |window| self.rows(OLDEST, target, window, page.limit);
        match page.span {
            Span::Latest(None) => newest(all),
            Span::Latest(Some(point)) => newest(all.behind(rows_of(point)?)),
            Span::Before(point) => newest(all.ahead_of(rows_of(point)?)),
            Span::After(point) => oldest(all.behind(rows_of(point)?)),
            Span::Around(point) => {
                let rows = rows_of(point)?;
                let (older, newer) = (newest(all.ahead_of(rows))?, oldest(all.from(rows))?);
                Ok(around(older, newer, page.limit.into()))
            }
            Span::Between(one, other) => {
                let (one, other) = (rows_of(one)?, rows_of(other)?);
                if one.above <= other.above {
                    oldest(all.behind(one).ahead_of(other))
                } else {
                    newest(all.behind(other).ahead_of(one))
                }
            }
        }
    }

    fn rows(
        &self,
        sql: &str,
        target: i64,
        window: Window,
        limit: u16,
    ) -> Result<Vec<StoredMessage>, Error> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut messages = statement
            .query_and_then((target, window.above, window.upto, limit), message::read)?
            .collect::<Result<Vec<_>, _>>()?;
        if sql == NEWEST {
            messages.reverse();
        }
        Ok(messages)
    }

    /// The rows at a point: that of its message, or those of any target at its moment.
    fn rows_of(&self, target: i64, within: Window, point: Point) -> Result<Window, Error> {
        match point {
            Point::Message(id) => {
                // Of one that is not theirs to read, nobody learns that there is one.
                let row = self.row_of(target, id)?;
                if !within.holds(row) {
                    return Err(Error::UnknownMessage(id));
                }
                Ok(Window { above: row - 1, upto: row })
            }
            Point::At(ms) => rows_at(&self.connection, within, ms),
        }
    }

    /// An id of another epoch named a message that was never stored; its number went to another.
    fn row_of(&self, target: i64, id: MessageId) -> Result<i64, Error> {
        let unknown = || Error::UnknownMessage(id);
        let row = pack_message(id).map_err(|_| unknown())?;
        self.connection
            .prepare_cached("SELECT id FROM messages WHERE id = ?1 AND epoch = ?2 AND target = ?3")?
            .query_row((row, id.epoch, target), |row| row.get(0))
            .optional()?
            .ok_or_else(unknown)
    }
}

/// Rows from which a page is taken: above one id, up to and with another.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    pub above: i64,
    pub upto: i64,
}

impl Window {
    pub fn holds(self, row: i64) -> bool {
        self.above < row && row <= self.upto
    }

    pub fn ahead_of(self, rows: Self) -> Self {
        Self { upto: self.upto.min(rows.above), ..self }
    }

    fn from(self, rows: Self) -> Self {
        Self { above: self.above.max(rows.above), ..self }
    }

    pub fn behind(self, rows: Self) -> Self {
        Self { above: self.above.max(rows.upto), ..self }
    }
}

/// The nearest of both sides: half of them each, and more of one where the other has less.
fn around(
    mut older: Vec<StoredMessage>,
    newer: Vec<StoredMessage>,
    limit: usize,
) -> Vec<StoredMessage> {
    let from_newer = (limit - limit / 2).max(limit.saturating_sub(older.len())).min(newer.len());
    let mut page = older.split_off(older.len().saturating_sub(limit - from_newer));
    page.extend(newer.into_iter().take(from_newer));
    page
}

/// The rows within a window, of any target, of exactly one moment.
pub fn rows_at(connection: &Connection, within: Window, ms: Millis) -> Result<Window, Error> {
    let above = last_row_before(connection, within, ms)?;
    let upto = last_row_before(connection, within, ms.saturating_add(1))?;
    Ok(Window { above, upto })
}

/// The greatest row id in the window up to which every message, of any target, was before a
/// moment. As times never go back with ids, it is found by halving: about forty looks into ten
/// million rows, and no index on the time.
fn last_row_before(connection: &Connection, window: Window, ms: Millis) -> Result<i64, Error> {
    let newest: Option<i64> = connection
        .prepare_cached("SELECT max(id) FROM messages")?
        .query_row((), |row| row.get(0))?;
    let Some(newest) = newest else { return Ok(window.above) };
    let mut statement = connection
        .prepare_cached("SELECT id, at FROM messages WHERE id >= ?1 ORDER BY id LIMIT 1")?;
    halve(window.above, window.upto.min(newest), |row| {
        let next: Option<(i64, i64)> =
            statement.query_row([row], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        Ok(next.filter(|(_, at)| at.cast_unsigned() < ms).map(|(id, _)| id))
    })
}

/// The greatest row up to which all are early. `early(row)` looks at the first row at or after
/// `row`, and says its id if it is early.
fn halve(
    above: i64,
    upto: i64,
    mut early: impl FnMut(i64) -> Result<Option<i64>, Error>,
) -> Result<i64, Error> {
    // All rows up to `low` are early, none above `high` is of interest, or early.
    let (mut low, mut high) = (above, upto);
    while low < high {
        let middle = low + (high - low + 1) / 2;
        match early(middle)? {
            Some(id) => low = id.min(high),
            None => high = middle - 1,
        }
    }
    Ok(low)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Options, Store};

    #[test]
    fn a_page_is_read_from_the_index() {
        let directory = tempfile::tempdir().unwrap();
        let (store, _) = Store::open(directory.path(), Options::default()).unwrap();
        for page in [NEWEST, OLDEST] {
            let mut statement =
                store.connection.prepare(&format!("EXPLAIN QUERY PLAN {page}")).unwrap();
            let plan = statement.query_map((1, 2, 3, 4), |row| row.get(3)).unwrap();
            let plan: Vec<String> = plan.map(Result::unwrap).collect();
            // One step: nothing is sorted behind it.
            assert_eq!(
                plan,
                [
                    "SEARCH messages USING INDEX messages_by_target (target=? AND rowid>? AND rowid<?)"
                ]
            );
        }
    }

    #[test]
    fn a_moment_is_found_in_few_looks() {
        // Ten million entries, each with a message at every third place; times are ids.
        let newest = last_row_of(10_000_000);
        for moment in [0, 1, 2, 3, 65_535, 65_536, 77_777_777_777, newest - 1, newest, newest + 9] {
            let mut looks = 0;
            let found = halve(-1, newest, |row| {
                looks += 1;
                let next = (row + 2) / 3 * 3;
                Ok((next < moment).then_some(next))
            })
            .unwrap();
            assert!(looks <= 41, "{looks} looks for {moment}");
            let early = |row: i64| row < moment;
            let last = (moment - 1).div_euclid(3) * 3;
            assert!(found < 0 || found >= last.min(newest), "{found} leaves out {last}");
            assert!(found < 0 || (found + 2) / 3 * 3 - 3 < moment || early(found), "{found}");
        }
    }
}
