//! What is not to be kept any longer is removed: the row, and what was noted of it.
//!
//! Times never go back with rows, so what is too old for the server has to go from the beginning, and no
//! index on the time is needed. The search index sees by `meta.expired_to` how far that is. What is too old, or
//! too much, for one conversation alone is found by going through the conversations (a sweep).

pub mod forgetting;
pub mod removal;

use crate::error::Error;
use crate::reading::page::{EVENTS, MESSAGES, Window, rows_at};
use crate::store::Store;
use crate::{bounds, event, target};
use parlor_hub::change::{Keep, Target};
use parlor_hub::id::{ChannelId, Millis};
use rusqlite::{Connection, OptionalExtension};
use std::collections::BTreeSet;

/// How much is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Keeps {
    /// Of anything.
    pub all: Keep,
    /// Of channels whose founders decided nothing about it.
    pub channels: Keep,
}

impl Store {
    /// The last time that was believed, where the clock was doubted when that was last noted.
    pub fn doubted_from(&self) -> Result<Option<Millis>, Error> {
        let from: Option<i64> =
            self.connection.query_row("SELECT doubted_from FROM meta", (), |row| row.get(0))?;
        Ok(from.map(i64::cast_unsigned))
    }

    /// Notes that the clock is doubted since this time, or no more: the next start knows of it.
    pub fn note_doubted_from(&mut self, from: Option<Millis>) -> Result<(), Error> {
        let from = from.map(u64::cast_signed);
        self.connection.execute("UPDATE meta SET doubted_from = ?1", [from])?;
        Ok(())
    }

    /// Removes some of what is not to be kept at this time: at most `bounds::EXPIRED_TOGETHER_MAX` messages, and
    /// as much of what else happened. Whether there may be more of it.
    pub fn expire(&mut self, now: Millis, keeps: Keeps) -> Result<bool, Error> {
        self.envelopes.doubt();
        if self.expire_oldest(now, keeps.all)? {
            return Ok(true);
        }
        if forgetting::step(&mut self.connection)? {
            self.bound_wal();
            return Ok(true);
        }
        self.sweep(now, keeps)
    }

    fn expire_oldest(&mut self, now: Millis, keep: Keep) -> Result<bool, Error> {
        let since = if keep.is_nothing() { Millis::MAX } else { keep.since(now) };
        let expired = oldest_before(&self.connection, since)?;
        if expired.is_empty() && !event::is_any_before(&self.connection, since)? {
            return Ok(false);
        }
        let Some(transaction) = removal::begin(&mut self.connection)? else { return Ok(true) };
        remove_messages(&transaction, &expired)?;
        let more_events = event::expire(&transaction, since)?;
        transaction.commit()?;
        self.bound_wal();
        Ok(more_events || expired.len() == bounds::EXPIRED_TOGETHER_MAX)
    }

    /// Looks at the next conversations, and removes what is too much of one.
    fn sweep(&mut self, now: Millis, keeps: Keeps) -> Result<bool, Error> {
        for _ in 0..bounds::TARGETS_SWEPT_TOGETHER_MAX {
            let Some(target) = next_swept(&self.connection, self.swept_to, keeps)? else {
                self.swept_to = i64::MIN;
                return Ok(false);
            };
            let keep = keep_of(&self.connection, target, keeps)?;
            let beyond = last_beyond(&self.connection, target, keep, now)?;
            if removal::of_target(&mut self.connection, target, beyond)? {
                self.bound_wal();
                return Ok(true);
            }
            self.swept_to = target;
        }
        Ok(true)
    }
}

/// Removes the first rows, of which the last is the last of these.
fn remove_messages(connection: &Connection, expired: &[(i64, i64)]) -> Result<(), Error> {
    let Some((upto, _)) = expired.last().copied() else { return Ok(()) };
    connection.prepare_cached("DELETE FROM messages WHERE id <= ?1")?.execute([upto])?;
    let targets: BTreeSet<i64> = expired.iter().map(|(_, target)| *target).collect();
    for target in targets {
        end_conversation(connection, target, upto)?;
    }
    connection.prepare_cached("UPDATE meta SET expired_to = ?1")?.execute([upto])?;
    Ok(())
}

/// The first rows, up to one of this moment or later, with their targets.
fn oldest_before(connection: &Connection, moment: Millis) -> Result<Vec<(i64, i64)>, Error> {
    let mut statement =
        connection.prepare_cached("SELECT id, target, at FROM messages ORDER BY id LIMIT ?1")?;
    let mut rows = statement.query([bounds::EXPIRED_TOGETHER_MAX as u32])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()?
        && row.get::<_, i64>(2)?.cast_unsigned() < moment
    {
        found.push((row.get(0)?, row.get(1)?));
    }
    Ok(found)
}

/// A conversation of which nothing is left is none.
fn end_conversation(connection: &Connection, target: i64, upto: i64) -> Result<(), Error> {
    let Some(Target::Pair(one, other)) = target::unpack(target) else { return Ok(()) };
    let mut statement = connection.prepare_cached(
        "DELETE FROM conversations WHERE account = ?1 AND other = ?2 AND last <= ?3",
    )?;
    statement.execute((one.0, other.0, upto))?;
    statement.execute((other.0, one.0, upto))?;
    Ok(())
}

/// Any conversation, of which something is left.
const NEXT_OF_ALL: &str = "SELECT min(target) FROM ( \
         SELECT min(target) AS target FROM messages WHERE kind < 2 AND target > ?1 \
         UNION ALL SELECT min(target) FROM messages WHERE kind = 2 AND target > ?1 \
         UNION ALL SELECT min(target) FROM events WHERE target > ?1)";

/// A channel whose founder decided how much is kept, whether it lives or not.
const NEXT_DECIDED: &str = "SELECT min(channel) FROM channel_history WHERE keeps AND channel > ?1";

/// The next conversation after another that may hold too much.
fn next_swept(connection: &Connection, behind: i64, keeps: Keeps) -> Result<Option<i64>, Error> {
    let (sql, behind) = match keeps {
        Keeps { all: Keep { last: Some(_), .. }, .. } => (NEXT_OF_ALL, behind),
        // Pairs come first, and of them all is kept.
        Keeps { channels, .. } if channels != Keep::FOREVER => (NEXT_OF_ALL, behind.max(0)),
        _ => (NEXT_DECIDED, behind),
    };
    Ok(connection.prepare_cached(sql)?.query_row([behind], |row| row.get(0))?)
}

fn keep_of(connection: &Connection, target: i64, keeps: Keeps) -> Result<Keep, Error> {
    let Some(Target::Channel(ChannelId(id))) = target::unpack(target) else { return Ok(keeps.all) };
    let decided: Option<(Option<i64>, Option<u32>)> = connection
        .prepare_cached(
            "SELECT keep_ms, keep_last FROM channel_history WHERE channel = ?1 AND keeps",
        )?
        .query_row([id], |row| row.try_into())
        .optional()?;
    let decided =
        decided.map(|(for_ms, last)| Keep { for_ms: for_ms.map(i64::cast_unsigned), last });
    Ok(decided.unwrap_or(keeps.channels).and(keeps.all))
}

/// The last rows of a conversation up to which nothing is to be kept: of messages, and of what else
/// happened.
fn last_beyond(
    connection: &Connection,
    target: i64,
    keep: Keep,
    now: Millis,
) -> Result<(Option<i64>, Option<i64>), Error> {
    let all = Window { above: -1, upto: i64::MAX };
    let before =
        |moment| rows_at(connection, &[MESSAGES, EVENTS], all, moment).map(|rows| rows.above);
    let old = match keep.for_ms {
        Some(_) => Some(before(keep.since(now))?),
        None => None,
    };
    let Some(last) = keep.last else { return Ok((old, old)) };
    // What somebody looked up a moment ago is still there when they do something with it.
    let settled = before(now.saturating_sub(bounds::SETTLED_AFTER_MS))?;
    let beyond = |sql: &str, kinds_below: u8| -> Result<Option<i64>, Error> {
        let mut statement = connection.prepare_cached(sql)?;
        let params = (target, settled, last, kinds_below);
        Ok(statement.query_row(params, |row| row.get(0)).optional()?)
    };
    let messages = old.max(beyond(MESSAGES_BEYOND, 2)?);
    Ok((messages, messages.max(beyond(EVENTS_BEYOND, event::TAKEN_BACK)?)))
}

/// What is one too much of each, counted from the newest.
const MESSAGES_BEYOND: &str = "SELECT id FROM messages \
     WHERE target = ?1 AND kind < 2 AND kind < ?4 AND id <= ?2 ORDER BY id DESC LIMIT 1 OFFSET ?3";
const EVENTS_BEYOND: &str = "SELECT id FROM events \
     WHERE target = ?1 AND kind < ?4 AND id <= ?2 ORDER BY id DESC LIMIT 1 OFFSET ?3";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Options;

    #[test]
    fn the_next_conversation_is_found_by_indexes() {
        let directory = tempfile::tempdir().unwrap();
        let (store, _) = Store::open(directory.path(), Options::default()).unwrap();
        for sql in [NEXT_OF_ALL, NEXT_DECIDED] {
            let plan = store.plan(sql);
            assert!(!plan.iter().any(|step| step == "SCAN messages"), "{plan:?}");
        }
    }
}
