//! Conversations by the time of their last message: lists of them, and what was said in each.

use super::page::{self, MESSAGES, Window, rows_at};
use crate::bounds::PLAYBACK_BYTES_MAX;
use crate::error::Error;
use crate::expiry::forgetting::unforgotten;
use crate::message;
use crate::reading::Reader;
use crate::target::{last_row_of, pack};
use parlor_hub::bounds::HISTORY_PAGE_MAX;
use parlor_hub::change::{Beside, Conversations, Kept, LastSaid, Page, Playback, Target};
use parlor_hub::id::{AccountId, ChannelId, Seq};
use parlor_hub::name::Text;
use rusqlite::{Connection, OptionalExtension};

/// The last message of a target within a window.
const LAST: &str = concat!(
    "SELECT max(id) FROM messages WHERE target = ?1 AND kind < 2 AND id > ?2 AND id <= ?3 AND ",
    unforgotten!("messages")
);

/// Whether the last message of a conversation is being forgotten.
macro_rules! last_is_forgotten {
    () => {
        concat!(
            "(EXISTS (SELECT 1 FROM forgotten) AND EXISTS (SELECT 1 FROM ",
            message::rows!(),
            " CROSS JOIN forgotten ON forgotten.account = author AND forgotten.upto >= messages.id \
             WHERE messages.id = conversations.last))"
        )
    };
}

const NEWEST: &str = concat!(
    "SELECT other, last FROM conversations \
     WHERE account = ?1 AND last > ?2 AND last <= ?3 AND NOT ",
    last_is_forgotten!(),
    " ORDER BY last DESC LIMIT ?4"
);

const OLDEST: &str = concat!(
    "SELECT other, last FROM conversations \
     WHERE account = ?1 AND last > ?2 AND last <= ?3 AND NOT ",
    last_is_forgotten!(),
    " ORDER BY last LIMIT ?4"
);

const FORGOTTEN: &str = concat!(
    "SELECT other, last FROM conversations \
     WHERE account = ?1 AND last > ?2 AND last <= ?3 AND ",
    last_is_forgotten!(),
    " LIMIT ?4"
);

impl Reader {
    /// The conversations whose last message lies between the two moments, counted from the first, at
    /// most `asked.limit`; in the order of their last messages.
    pub fn conversations(&self, asked: &Conversations) -> Result<Vec<LastSaid>, Error> {
        let connection = self.moment()?;
        let found = last_of_each(&connection, asked)?;
        found.into_iter().map(|(row, with)| last_said(&connection, row, with)).collect()
    }

    /// A part of each of these conversations, those first in which something was said the longest ago: each
    /// with whom, as shown, and its messages. Of all together they are at most `asked.lines_max`, and about as long as
    /// is told at once.
    pub fn playback(&self, asked: &Playback) -> Result<Vec<(Text, Vec<Kept>)>, Error> {
        let connection = self.moment()?;
        let upto = asked.conversations.upto;
        let (mut left, mut bytes) = (asked.lines_max, 0);
        let mut played = Vec::new();
        for (row, with) in last_of_each(&connection, &asked.conversations)?.into_iter().rev() {
            let limit = left.min(HISTORY_PAGE_MAX.into()) as u16;
            let (target, since) = match (&with, asked.conversations.account) {
                (With::Channel(id, since, _), _) => (Target::Channel(*id), *since),
                (With::Account(other), Some(own)) => (Target::pair(own, *other), 0),
                (With::Account(_), None) => continue,
            };
            let (span, beside) = (asked.span, Beside::Nothing);
            let rows = self.page_of_moment(&Page { target, since, upto, span, beside, limit })?;
            left -= rows.len() as u32;
            bytes += rows.iter().map(page::said).sum::<usize>();
            if !rows.is_empty() {
                played.push((last_said(&connection, row, with)?.with, rows));
            }
            if bytes >= PLAYBACK_BYTES_MAX {
                break;
            }
        }
        played.reverse();
        Ok(played)
    }
}

/// The last message of each conversation that is asked for, in their order.
fn last_of_each(connection: &Connection, asked: &Conversations) -> Result<Vec<Last>, Error> {
    let all = Window { above: last_row_of(0), upto: last_row_of(asked.upto) };
    let one = rows_at(connection, &[MESSAGES], all, asked.from)?;
    let other = rows_at(connection, &[MESSAGES], all, asked.to)?;
    let (between, is_forth) = if one.above <= other.above {
        (all.behind(one).ahead_of(other), true)
    } else {
        (all.behind(other).ahead_of(one), false)
    };
    let mut found = Vec::new();
    for (channel, name, since) in &asked.channels {
        found.extend(of_channel(connection, (*channel, name, *since), all, between)?);
    }
    if let Some(account) = asked.account {
        let limit = if is_forth { (OLDEST, asked.limit) } else { (NEWEST, asked.limit) };
        found.extend(of_account(connection, account, limit, between)?);
        found.extend(listed_otherwise(connection, account, all, between)?);
    }
    found.sort_unstable_by_key(|(row, _)| *row);
    let limit = usize::from(asked.limit);
    if is_forth {
        found.truncate(limit);
    } else {
        found.drain(..found.len().saturating_sub(limit));
    }
    Ok(found)
}

/// With whom, by their last message.
type Last = (i64, With);

enum With {
    /// The entry after which it may be read, and how it is shown.
    Channel(ChannelId, Seq, Text),
    Account(AccountId),
}

fn of_channel(
    connection: &Connection,
    (channel, name, since): (ChannelId, &Text, Seq),
    all: Window,
    between: Window,
) -> Result<Option<Last>, Error> {
    let readable = Window { above: all.above.max(last_row_of(since)), ..all };
    let last = last_of(connection, Target::Channel(channel), readable)?;
    let with = |row| (row, With::Channel(channel, since, name.clone()));
    Ok(last.filter(|row| between.holds(*row)).map(with))
}

fn of_account(
    connection: &Connection,
    account: AccountId,
    (sql, limit): (&str, u16),
    within: Window,
) -> Result<Vec<Last>, Error> {
    let mut statement = connection.prepare_cached(sql)?;
    let params = (account.0, within.above, within.upto, limit);
    let found = statement
        .query_map(params, |row| Ok((row.get(1)?, With::Account(AccountId(row.get(0)?)))))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Conversations of which the last message is not the one that is listed, with the one that it is: those that
/// went on behind the asker's place in the order, which are few, as the asker waits for no more than a commit; and
/// those of which the last message is being forgotten.
fn listed_otherwise(
    connection: &Connection,
    account: AccountId,
    all: Window,
    between: Window,
) -> Result<Vec<Last>, Error> {
    let later = Window { above: all.upto, upto: i64::MAX };
    let mut found = Vec::new();
    let mut listed = of_account(connection, account, (OLDEST, u16::MAX), later)?;
    let any = Window { above: 0, upto: i64::MAX };
    listed.extend(of_account(connection, account, (FORGOTTEN, u16::MAX), any)?);
    for (_, with) in listed {
        let With::Account(other) = with else { continue };
        let last = last_of(connection, Target::pair(account, other), all)?;
        found.extend(last.filter(|row| between.holds(*row)).map(|row| (row, with)));
    }
    Ok(found)
}

fn last_of(connection: &Connection, target: Target, window: Window) -> Result<Option<i64>, Error> {
    let params = (pack(target)?, window.above, window.upto);
    Ok(connection.prepare_cached(LAST)?.query_row(params, |row| row.get(0))?)
}

fn last_said(connection: &Connection, row: i64, with: With) -> Result<LastSaid, Error> {
    let at: i64 = connection
        .prepare_cached("SELECT at FROM messages WHERE id = ?1")?
        .query_row([row], |row| row.get(0))?;
    let with = match with {
        With::Channel(_, _, name) => name,
        With::Account(id) => connection
            .prepare_cached("SELECT name FROM accounts WHERE id = ?1")?
            .query_row([id.0], |row| row.get(0))
            .optional()?
            .ok_or_else(|| Error::Unreadable { table: "conversations", found: id.0.to_string() })?,
    };
    Ok(LastSaid { with, at: at.cast_unsigned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Options, Store};

    #[test]
    fn conversations_are_found_by_indexes() {
        let directory = tempfile::tempdir().unwrap();
        let (store, _) = Store::open(directory.path(), Options::default()).unwrap();
        for sql in [NEWEST, OLDEST] {
            let plan = store.plan(sql);
            assert_eq!(
                plan[0],
                "SEARCH conversations USING COVERING INDEX conversations_by_last \
                 (account=? AND last>? AND last<?)"
            );
            assert!(!plan.iter().any(|step| step.contains("TEMP B-TREE")), "{plan:?}");
        }
        // With max() alone it looks at one end of the range, and stops.
        assert_eq!(
            store.plan(LAST)[0],
            "SEARCH messages USING INDEX messages_by_target (target=? AND rowid>? AND rowid<?)"
        );
    }
}
