//! Pages of history.

use crate::bounds::PAGE_BYTES_MAX;
use crate::error::Error;
use crate::expiry::forgetting::unforgotten;
use crate::reading::Reader;
use crate::target::{last_row_of, pack, pack_message};
use crate::{event, message};
use parlor_hub::Event;
use parlor_hub::change::{Beside, Kept, Page, Point, Span};
use parlor_hub::id::{MessageId, Millis};
use rusqlite::{Connection, OptionalExtension, Row};

const NEWEST: &str = concat!(
    "SELECT ",
    message::columns!(),
    " FROM ",
    message::rows!(),
    " WHERE target = ?1 AND kind < 2 AND id > ?2 AND id <= ?3 AND ",
    unforgotten!("messages"),
    " ORDER BY id DESC LIMIT ?4"
);

const OLDEST: &str = concat!(
    "SELECT ",
    message::columns!(),
    " FROM ",
    message::rows!(),
    " WHERE target = ?1 AND kind < 2 AND id > ?2 AND id <= ?3 AND ",
    unforgotten!("messages"),
    " ORDER BY id LIMIT ?4"
);

const NEWEST_EVENTS: &str = concat!(
    "SELECT ",
    event::columns!(),
    " FROM events WHERE target = ?1 AND id > ?2 AND id <= ?3 AND kind < ?5 AND ",
    unforgotten!("events"),
    " ORDER BY id DESC LIMIT ?4"
);

const OLDEST_EVENTS: &str = concat!(
    "SELECT ",
    event::columns!(),
    " FROM events WHERE target = ?1 AND id > ?2 AND id <= ?3 AND kind < ?5 AND ",
    unforgotten!("events"),
    " ORDER BY id LIMIT ?4"
);

impl Reader {
    /// What the page asks for, at most `page.limit` of it and no more than fits a page, oldest first. Nothing that
    /// is not yet committed is among them: who needs all up to `page.upto` waits for its commit.
    ///
    /// A point that names something which is not in this history is [`Error::UnknownMessage`].
    pub fn page(&self, page: &Page) -> Result<Vec<Kept>, Error> {
        let _moment = self.moment()?;
        self.page_of_moment(page)
    }

    /// The same, as of a moment that the caller holds.
    pub fn page_of_moment(&self, page: &Page) -> Result<Vec<Kept>, Error> {
        let target = pack(page.target)?;
        let all = Window { above: last_row_of(page.since), upto: last_row_of(page.upto) };
        let rows_of = |point| self.rows_of(target, all, (point, page.beside));
        let newest = |window| self.newest(target, window, page);
        let oldest = |window| self.oldest(target, window, page);
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

    fn newest(&self, target: i64, window: Window, page: &Page) -> Result<Vec<Kept>, Error> {
        let mut found = self.rows((NEWEST, NEWEST_EVENTS), target, window, page)?;
        let count = fitting(found.iter().rev()).min(page.limit.into());
        found.drain(..found.len() - count);
        Ok(found)
    }

    fn oldest(&self, target: i64, window: Window, page: &Page) -> Result<Vec<Kept>, Error> {
        let mut found = self.rows((OLDEST, OLDEST_EVENTS), target, window, page)?;
        let count = fitting(found.iter()).min(page.limit.into());
        found.truncate(count);
        Ok(found)
    }

    /// A page of messages, and one of what else happened, in one order.
    fn rows(
        &self,
        (messages, events): (&str, &str),
        target: i64,
        window: Window,
        page: &Page,
    ) -> Result<Vec<Kept>, Error> {
        let mut found = Vec::new();
        let read = |row: &Row<'_>| message::read(row).map(Kept::Message);
        let params = (target, window.above, window.upto, page.limit);
        let mut statement = self.connection.prepare_cached(messages)?;
        take_fitting(statement.query_and_then(params, read)?, &mut found)?;
        let kinds_below = match page.beside {
            Beside::Nothing => None,
            Beside::Events => Some(event::TAGS),
            Beside::EventsAndTags => Some(event::TAKEN_BACK),
        };
        if let Some(kinds_below) = kinds_below {
            let read = |row: &Row<'_>| event::read(row).map(|event| Kept::Event(Box::new(event)));
            let params = (target, window.above, window.upto, page.limit, kinds_below);
            let mut statement = self.connection.prepare_cached(events)?;
            take_fitting(statement.query_and_then(params, read)?, &mut found)?;
        }
        found.sort_unstable_by_key(|kept| (kept.id().seq, kept.id().n));
        Ok(found)
    }

    /// The rows at a point: that of its message or event, or those of any target at its moment.
    fn rows_of(
        &self,
        target: i64,
        within: Window,
        (point, beside): (Point, Beside),
    ) -> Result<Window, Error> {
        match point {
            Point::Message(id) => {
                // Of one that is not theirs to read, nobody learns that there is one.
                let row = self.row_of(target, id)?;
                if !within.holds(row) {
                    return Err(Error::UnknownMessage(id));
                }
                Ok(Window { above: row - 1, upto: row })
            }
            Point::At(ms) => {
                let tables: &[Ordered] = match beside {
                    Beside::Nothing => &[MESSAGES],
                    Beside::Events | Beside::EventsAndTags => &[MESSAGES, EVENTS],
                };
                rows_at(&self.connection, tables, within, ms)
            }
        }
    }

    /// An id of another epoch named a message that was never stored; its number went to another.
    fn row_of(&self, target: i64, id: MessageId) -> Result<i64, Error> {
        let unknown = || Error::UnknownMessage(id);
        let row = pack_message(id).map_err(|_| unknown())?;
        self.connection
            .prepare_cached(concat!(
                "SELECT id FROM messages WHERE id = ?1 AND epoch = ?2 AND target = ?3 AND ",
                unforgotten!("messages"),
                " UNION ALL SELECT id FROM events WHERE id = ?1 AND epoch = ?2 AND target = ?3 AND ",
                unforgotten!("events"),
            ))?
            .query_row((row, id.epoch, target), |row| row.get(0))
            .optional()?
            .ok_or_else(unknown)
    }
}

/// Takes rows until they fill a page: one more, by which it is seen that they do.
fn take_fitting(
    rows: impl Iterator<Item = Result<Kept, Error>>,
    into: &mut Vec<Kept>,
) -> Result<(), Error> {
    let mut bytes = 0;
    for row in rows {
        let row = row?;
        bytes += said(&row);
        into.push(row);
        if bytes > PAGE_BYTES_MAX {
            break;
        }
    }
    Ok(())
}

/// How many of these, the first first, fit a page: one at least.
fn fitting<'k>(rows: impl Iterator<Item = &'k Kept>) -> usize {
    let mut bytes = 0;
    let fits = |kept: &&Kept| {
        let is_first = bytes == 0;
        bytes += said(kept);
        is_first || bytes <= PAGE_BYTES_MAX
    };
    rows.take_while(fits).count()
}

/// Bytes of what was said: what is long of a row.
pub fn said(kept: &Kept) -> usize {
    match kept {
        Kept::Message(message) => message.text.len() + message.tags.as_deref().map_or(0, str::len),
        Kept::Event(event) => match &event.event {
            Event::Tags { tags, .. } => tags.len(),
            _ => 0,
        },
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
fn around(mut older: Vec<Kept>, newer: Vec<Kept>, limit: usize) -> Vec<Kept> {
    let from_newer = (limit - limit / 2).max(limit.saturating_sub(older.len())).min(newer.len());
    let mut page = older.split_off(older.len().saturating_sub(limit - from_newer));
    page.extend(newer.into_iter().take(from_newer));
    page
}

/// One of the tables that have one order of ids and times.
pub struct Ordered {
    newest: &'static str,
    first_from: &'static str,
}

pub const MESSAGES: Ordered = Ordered {
    newest: "SELECT max(id) FROM messages",
    first_from: "SELECT id, at FROM messages WHERE id >= ?1 ORDER BY id LIMIT 1",
};

pub const EVENTS: Ordered = Ordered {
    newest: "SELECT max(id) FROM events",
    first_from: "SELECT id, at FROM events WHERE id >= ?1 ORDER BY id LIMIT 1",
};

/// The rows within a window, of any target in these tables, of exactly one moment.
pub fn rows_at(
    connection: &Connection,
    tables: &[Ordered],
    within: Window,
    ms: Millis,
) -> Result<Window, Error> {
    let above = last_row_before(connection, tables, within, ms)?;
    let upto = last_row_before(connection, tables, within, ms.saturating_add(1))?;
    Ok(Window { above, upto })
}

/// The greatest row id in the window up to which everything, of any target, was before a moment. As
/// times never go back with ids, it is found by halving: about forty looks into ten million rows, and no
/// index on the time.
fn last_row_before(
    connection: &Connection,
    tables: &[Ordered],
    window: Window,
    ms: Millis,
) -> Result<i64, Error> {
    let (mut newest, mut firsts) = (window.above, Vec::new());
    for Ordered { newest: newest_of, first_from } in tables {
        let last: Option<i64> =
            connection.prepare_cached(newest_of)?.query_row((), |row| row.get(0))?;
        newest = newest.max(last.unwrap_or(window.above));
        firsts.push(connection.prepare_cached(first_from)?);
    }
    halve(window.above, window.upto.min(newest), |row| {
        let mut next: Option<(i64, i64)> = None;
        for first in &mut firsts {
            let first = first.query_row([row], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
            next = next.into_iter().chain(first).min();
        }
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

    /// Of each row it is asked by the account's key, and only while there is something.
    const WHETHER_FORGOTTEN: [&str; 4] = [
        "SCALAR SUBQUERY 1",
        "SCAN forgotten",
        "CORRELATED SCALAR SUBQUERY 2",
        "SEARCH forgotten USING INTEGER PRIMARY KEY (rowid=?)",
    ];

    /// The same, of a message, whose author stands on its envelope.
    const WHETHER_MESSAGE_FORGOTTEN: [&str; 6] = [
        "SCALAR SUBQUERY 1",
        "SCAN forgotten",
        "CORRELATED SCALAR SUBQUERY 3",
        "SEARCH forgotten USING INTEGER PRIMARY KEY (rowid=?)",
        "CORRELATED SCALAR SUBQUERY 2",
        ENVELOPE,
    ];

    const ENVELOPE: &str = "SEARCH envelopes USING INTEGER PRIMARY KEY (rowid=?)";

    #[test]
    fn a_page_is_read_from_the_index() {
        let directory = tempfile::tempdir().unwrap();
        let (store, _) = Store::open(directory.path(), Options::default()).unwrap();
        for page in [NEWEST, OLDEST] {
            let plan = store.plan(page);
            assert_eq!(
                plan[0],
                "SEARCH messages USING INDEX messages_by_target (target=? AND rowid>? AND rowid<?)"
            );
            let (envelope, forgotten) = plan[1..].split_last().unwrap();
            assert_eq!(envelope, ENVELOPE, "nothing is sorted behind it");
            assert_eq!(forgotten, WHETHER_MESSAGE_FORGOTTEN);
        }
        for page in [NEWEST_EVENTS, OLDEST_EVENTS] {
            let plan = store.plan(page);
            assert_eq!(plan[0], "SEARCH events USING PRIMARY KEY (target=? AND id>? AND id<?)");
            assert_eq!(plan[1..], WHETHER_FORGOTTEN);
        }
        for Ordered { newest, first_from } in [MESSAGES, EVENTS] {
            let plans = [store.plan(newest), store.plan(first_from)];
            assert!(plans.iter().all(|plan| plan[0].starts_with("SEARCH")), "{plans:?}");
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
