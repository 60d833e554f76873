//! Messages that are removed from the middle of what there is: row by row, each noted for the search index, and
//! the conversation it was in is as old as what is left of it.

use crate::commit::envelopes;
use crate::error::Error;
use crate::{bounds, target};
use parlor_hub::change::Target;
use parlor_hub::id::AccountId;
use rusqlite::{Connection, Transaction, TransactionBehavior};

/// A transaction in which messages may be removed: all are counted in their envelopes. None: there were so many to
/// count that some were, and the rest will be when this is called again.
pub fn begin(connection: &mut Connection) -> Result<Option<Transaction<'_>>, Error> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if envelopes::count(&transaction)? {
        return Ok(Some(transaction));
    }
    transaction.commit()?;
    Ok(None)
}

/// Removes what a conversation holds up to these rows, of messages and of what else happened, with what was
/// taken back: at most [`bounds::EXPIRED_TOGETHER_MAX`] of each. Whether there may be more of it.
pub fn of_target(
    connection: &mut Connection,
    target: i64,
    (messages, events): (Option<i64>, Option<i64>),
) -> Result<bool, Error> {
    let most = bounds::EXPIRED_TOGETHER_MAX;
    let mut rows = first_rows(connection, FIRST_MESSAGES, (target, messages, most))?;
    let room = most - rows.len();
    rows.extend(first_rows(connection, FIRST_REDACTED, (target, messages, room))?);
    let events = first_rows(connection, FIRST_EVENTS, (target, events, most))?;
    if rows.is_empty() && events.is_empty() {
        return Ok(false);
    }
    let Some(transaction) = begin(connection)? else { return Ok(true) };
    remove(&transaction, &rows)?;
    for (row, target) in &events {
        let sql = "DELETE FROM events WHERE target = ?1 AND id = ?2";
        transaction.prepare_cached(sql)?.execute([target, row])?;
    }
    transaction.commit()?;
    Ok(rows.len() == most || events.len() == most)
}

const FIRST_MESSAGES: &str =
    "SELECT id FROM messages WHERE target = ?1 AND kind < 2 AND id <= ?2 ORDER BY id LIMIT ?3";
const FIRST_REDACTED: &str =
    "SELECT id FROM messages WHERE target = ?1 AND kind = 2 AND id <= ?2 ORDER BY id LIMIT ?3";
const FIRST_EVENTS: &str =
    "SELECT id FROM events WHERE target = ?1 AND id <= ?2 ORDER BY id LIMIT ?3";

/// With their target.
fn first_rows(
    connection: &Connection,
    sql: &str,
    (target, upto, most): (i64, Option<i64>, usize),
) -> Result<Vec<(i64, i64)>, Error> {
    let Some(upto) = upto else { return Ok(Vec::new()) };
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map((target, upto, most as u32), |row| Ok((row.get(0)?, target)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Removes these rows, each with its target.
pub fn remove(connection: &Connection, rows: &[(i64, i64)]) -> Result<(), Error> {
    let mut touched = Vec::new();
    for (row, target) in rows {
        connection.prepare_cached("DELETE FROM messages WHERE id = ?1")?.execute([row])?;
        note_amended(connection, *row)?;
        if touched.last() != Some(target) {
            touched.push(*target);
        }
    }
    touched.sort_unstable();
    touched.dedup();
    for target in touched {
        if let Some(Target::Pair(one, other)) = target::unpack(target) {
            settle_conversation(connection, one, other)?;
        }
    }
    Ok(())
}

/// Notes for the search index that a message is not what it was.
pub fn note_amended(connection: &Connection, row: i64) -> Result<(), Error> {
    connection.prepare_cached("INSERT INTO amended (message) VALUES (?1)")?.execute([row])?;
    let oldest = connection.last_insert_rowid() - bounds::AMENDED_MAX;
    connection.prepare_cached("DELETE FROM amended WHERE place <= ?1")?.execute([oldest])?;
    Ok(())
}

/// A conversation is as old as the last of it that is left, and is none when nothing is.
pub fn settle_conversation(
    connection: &Connection,
    one: AccountId,
    other: AccountId,
) -> Result<(), Error> {
    let target = target::pack(Target::pair(one, other))?;
    let last: Option<i64> = connection
        .prepare_cached("SELECT max(id) FROM messages WHERE target = ?1 AND kind < 2")?
        .query_row([target], |row| row.get(0))?;
    match last {
        Some(last) => connection
            .prepare_cached(
                "UPDATE conversations SET last = ?3 \
                 WHERE (account = ?1 AND other = ?2) OR (account = ?2 AND other = ?1)",
            )?
            .execute((one.0, other.0, last))?,
        None => connection
            .prepare_cached(
                "DELETE FROM conversations \
                 WHERE (account = ?1 AND other = ?2) OR (account = ?2 AND other = ?1)",
            )?
            .execute((one.0, other.0))?,
    };
    Ok(())
}
