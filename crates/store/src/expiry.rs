//! What is older than it is to be kept is removed: the row, and what was noted of it.
//!
//! Times never go back with rows, so what has to go are the first ones, and no index on the time is
//! needed. The search index sees by `meta.expired_to` how far they are gone.

use crate::error::Error;
use crate::store::Store;
use crate::{bounds, event, target};
use parlor_hub::change::Target;
use parlor_hub::id::Millis;
use rusqlite::{Connection, TransactionBehavior};
use std::collections::BTreeSet;
use std::time::Duration;

/// For how long messages are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Keep {
    /// Until somebody takes them back.
    #[default]
    Forever,
    /// For so long from when they were said.
    For(Duration),
    /// Not at all: they have ids, and no rows.
    Nothing,
}

impl Keep {
    /// What was said before this is not kept.
    fn since(self, now: Millis) -> Millis {
        match self {
            Self::Forever => 0,
            Self::For(time) => now.saturating_sub(time.as_millis().try_into().unwrap_or(now)),
            Self::Nothing => Millis::MAX,
        }
    }
}

impl Store {
    /// Removes the oldest of the messages that are not to be kept at this time, and of what else
    /// happened, at most `bounds::EXPIRED_TOGETHER_MAX` of each. Whether there may be more of them.
    pub fn expire(&mut self, now: Millis) -> Result<bool, Error> {
        let since = self.keep.since(now);
        let expired = oldest_before(&self.connection, since)?;
        if expired.is_empty() && !event::is_any_before(&self.connection, since)? {
            return Ok(false);
        }
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        remove_messages(&transaction, &expired)?;
        let more_events = event::expire(&transaction, since)?;
        transaction.commit()?;
        self.bound_wal();
        Ok(more_events || expired.len() == bounds::EXPIRED_TOGETHER_MAX)
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
