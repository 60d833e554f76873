//! Pages of history.

use crate::error::Error;
use crate::message::{self, columns};
use crate::reader::Reader;
use crate::target::{last_row_of, pack, pack_message};
use parlor_hub::change::{Page, Point, StoredMessage};
use parlor_hub::id::{MessageId, Millis};
use rusqlite::{Connection, OptionalExtension};

const PAGE: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM messages WHERE target = ?1 AND id > ?2 AND id <= ?3 ORDER BY id DESC LIMIT ?4"
);

impl Reader {
    /// The newest messages that qualify, at most `page.limit`, oldest first. Nothing that is not
    /// yet committed is among them: who needs all up to `page.upto` waits for its commit.
    ///
    /// A point that names a message which is not in this history is [`Error::UnknownMessage`].
    pub fn page(&self, page: &Page) -> Result<Vec<StoredMessage>, Error> {
        let target = pack(page.target)?;
        let mut window = Window { above: last_row_of(page.since), upto: last_row_of(page.upto) };
        if let Some(before) = page.before {
            let end = match before {
                Point::Message(id) => self.row_of(target, id)? - 1,
                Point::At(ms) => last_row_before(&self.connection, window, ms)?,
            };
            window.upto = window.upto.min(end);
        }
        if let Some(after) = page.after {
            let end = match after {
                Point::Message(id) => self.row_of(target, id)?,
                Point::At(ms) => last_row_before(&self.connection, window, ms.saturating_add(1))?,
            };
            window.above = window.above.max(end);
        }
        let mut statement = self.connection.prepare_cached(PAGE)?;
        let mut messages = statement
            .query_and_then((target, window.above, window.upto, page.limit), message::read)?
            .collect::<Result<Vec<_>, _>>()?;
        messages.reverse();
        Ok(messages)
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
struct Window {
    above: i64,
    upto: i64,
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
        let plan: String = store
            .connection
            .query_row(&format!("EXPLAIN QUERY PLAN {PAGE}"), (1, 2, 3, 4), |row| row.get(3))
            .unwrap();
        assert_eq!(
            plan,
            "SEARCH messages USING INDEX messages_by_target (target=? AND rowid>? AND rowid<?)"
        );
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
