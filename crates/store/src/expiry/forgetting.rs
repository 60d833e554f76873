//! What an account wrote and did, and is to be forgotten. Readers leave it out from the commit of the request on;
//! here it is removed, some rows after some. How far that is stands in the request's own row, so a restart goes
//! on where the last start was.

use super::removal;
use crate::error::Error;
use crate::{bounds, message, target};
use parlor_hub::id::{AccountId, Seq};
use rusqlite::{Connection, OptionalExtension};

/// Whether a row of a table, `messages` or `events`, is not forgotten. While nothing is being forgotten, which
/// is known once for a whole statement, no row is looked at for it.
macro_rules! unforgotten {
    ("messages") => {
        unforgotten!(
            "messages",
            "(SELECT author FROM envelopes WHERE envelopes.envelope = messages.envelope)"
        )
    };
    ("events") => {
        unforgotten!("events", "events.author")
    };
    ($table:literal, $author:literal) => {
        concat!(
            "NOT (EXISTS (SELECT 1 FROM forgotten) AND EXISTS (SELECT 1 FROM forgotten \
             WHERE forgotten.account = ",
            $author,
            " AND forgotten.upto >= ",
            $table,
            ".id))"
        )
    };
}
pub(crate) use unforgotten;

/// All that an account did up to an entry is to be forgotten.
pub fn request(connection: &Connection, account: AccountId, upto: Seq) -> Result<(), Error> {
    // What was removed for an earlier request stays so: `done_to` does not begin again.
    let sql = "INSERT INTO forgotten (account, upto, done_to) VALUES (?1, ?2, 0) \
               ON CONFLICT (account) DO UPDATE SET upto = excluded.upto";
    connection.prepare_cached(sql)?.execute((account.0, target::last_row_of(upto)))?;
    Ok(())
}

/// Goes on with what is to be forgotten: looks at [`bounds::FORGOTTEN_LOOKED_AT_MAX`] rows of each table, and
/// removes at most [`bounds::EXPIRED_TOGETHER_MAX`]. Whether there was anything to be done.
pub fn step(connection: &mut Connection) -> Result<bool, Error> {
    let Some(request) = Request::first(connection)? else { return Ok(false) };
    let end =
        request.window(connection, MESSAGES_NEXT)?.min(request.window(connection, EVENTS_NEXT)?);
    let (events, end) = request.rows(connection, OWN_EVENTS, end)?;
    let (messages, end) = request.rows(connection, OWN_MESSAGES, end)?;
    let Some(transaction) = removal::begin(connection)? else { return Ok(true) };
    removal::remove(&transaction, &messages)?;
    for (row, _) in events.iter().filter(|(row, _)| *row <= end) {
        // What several channels saw goes from all of them.
        transaction.prepare_cached("DELETE FROM events WHERE id = ?1")?.execute([row])?;
    }
    let (sql, place) = if end < request.upto {
        ("UPDATE forgotten SET done_to = ?2 WHERE account = ?1", end)
    } else {
        ("DELETE FROM forgotten WHERE account = ?1 AND upto = ?2", request.upto)
    };
    transaction.prepare_cached(sql)?.execute((request.account, place))?;
    transaction.commit()?;
    Ok(true)
}

/// A row so many places on.
const MESSAGES_NEXT: &str =
    "SELECT id FROM messages WHERE id > ?1 AND id <= ?2 ORDER BY id LIMIT 1 OFFSET ?3";
const EVENTS_NEXT: &str =
    "SELECT id FROM events WHERE id > ?1 AND id <= ?2 ORDER BY id LIMIT 1 OFFSET ?3";

const OWN_MESSAGES: &str = concat!(
    "SELECT id, target FROM ",
    message::rows!(),
    " WHERE id > ?1 AND id <= ?2 AND author = ?3 ORDER BY id LIMIT ?4"
);
const OWN_EVENTS: &str = "SELECT id, target FROM events \
     WHERE id > ?1 AND id <= ?2 AND author = ?3 ORDER BY id LIMIT ?4";

struct Request {
    account: u32,
    upto: i64,
    done_to: i64,
}

impl Request {
    fn first(connection: &Connection) -> Result<Option<Self>, Error> {
        let sql = "SELECT account, upto, done_to FROM forgotten ORDER BY account LIMIT 1";
        let read = |row: &rusqlite::Row<'_>| {
            Ok(Self { account: row.get(0)?, upto: row.get(1)?, done_to: row.get(2)? })
        };
        Ok(connection.prepare_cached(sql)?.query_row((), read).optional()?)
    }

    /// The last row that a step looks at.
    fn window(&self, connection: &Connection, sql: &str) -> Result<i64, Error> {
        let params = (self.done_to, self.upto, bounds::FORGOTTEN_LOOKED_AT_MAX);
        let row = connection.prepare_cached(sql)?.query_row(params, |row| row.get(0)).optional()?;
        Ok(row.unwrap_or(self.upto))
    }

    /// The account's rows up to one, each with its target, and up to which row they are all of them.
    fn rows(
        &self,
        connection: &Connection,
        sql: &str,
        end: i64,
    ) -> Result<(Vec<(i64, i64)>, i64), Error> {
        let most = bounds::EXPIRED_TOGETHER_MAX;
        let params = (self.done_to, end, self.account, most as u32);
        let mut statement = connection.prepare_cached(sql)?;
        let rows = statement.query_map(params, |row| Ok((row.get(0)?, row.get(1)?)))?;
        let rows: Vec<(i64, i64)> = rows.collect::<Result<_, _>>()?;
        let last = rows.last().filter(|_| rows.len() == most).map_or(end, |(row, _)| *row);
        Ok((rows, last))
    }
}
