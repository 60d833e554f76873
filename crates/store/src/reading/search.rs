//! Searches: which messages the index knows to have the words, and which of them may be read.

mod rows;

use super::page::{MESSAGES, Window, rows_at};
use crate::bounds::{
    SEARCH_ANYWHERE_MAX, SEARCH_CANDIDATES_MAX, SEARCH_CONVERSATIONS_MAX, SEARCH_TARGETS_PER_QUERY,
};
use crate::error::Error;
use crate::expiry::forgetting::unforgotten;
use crate::index::{Mark, words};
use crate::message::{self, columns};
use crate::reading::{Reader, read_only};
use crate::target::{last_row_of, pack, pack_message};
use crate::{directory, target};
use parlor_hub::change::{Missing, Search, StoredMessage, Target};
use parlor_hub::id::{AccountId, Millis, Seq};
use rows::{Merged, Order, Said};
use rusqlite::{Connection, ErrorCode, OptionalExtension, Row};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;

/// A message, unless it was taken back.
const MESSAGE: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM ",
    message::rows!(),
    " WHERE id = ?1 AND kind < 2 AND ",
    unforgotten!("messages")
);

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hits {
    /// The newest messages with all the words, or the oldest after [`Sieve::after`]; oldest first.
    ///
    /// [`Sieve::after`]: parlor_hub::change::Sieve::after
    pub messages: Vec<StoredMessage>,
    /// What was not looked through. Nothing where [`Search::limit`] was reached before it mattered.
    pub missing: Vec<Missing>,
}

impl Reader {
    /// The messages that have all the words, pass the sieve and may be read, at most
    /// `search.limit`. Letters are equal without their case and diacritics. A damaged index is
    /// [`Error::Damaged`]; [`crate::Indexer::begin_again`] mends it.
    pub fn search(&self, search: &Search) -> Result<Hits, Error> {
        self.search_looking_at(search, SEARCH_CANDIDATES_MAX)
    }

    /// The same, looking at so many messages and no more.
    fn search_looking_at(&self, search: &Search, looks: usize) -> Result<Hits, Error> {
        let Some(given) = &search.words else {
            let _moment = self.moment()?;
            return self.find_all(self.begin(search)?, looks);
        };
        let Some(text) = words::expression(given) else { return Ok(Hits::default()) };
        let Some(mut index) = self.index()? else { return self.nothing_indexed(search) };
        let hits = self.search_index(&mut index.connection, &text, (search, looks))?;
        self.index.replace(Some(index));
        Ok(hits)
    }

    fn search_index(
        &self,
        index: &mut Connection,
        text: &str,
        (search, looks): (&Search, usize),
    ) -> Result<Hits, Error> {
        // Mark and words as of one moment.
        let index = index.transaction()?;
        let mark = Mark::read(&index)?.filter(|mark| mark.row > 0);
        let Some(mark) = mark else { return self.nothing_indexed(search) };
        // Later than the index's: what it names has been committed.
        let _moment = self.moment()?;
        if !mark.holds(&self.connection)? {
            return self.nothing_indexed(search);
        }
        let mut hits = self.find(&index, text, (self.begin(search)?, looks))?;
        hits.missing.extend(self.not_indexed(mark, search)?);
        Ok(hits)
    }

    fn begin<'s>(&self, search: &'s Search) -> Result<Finding<'s>, Error> {
        let mut finding = Finding {
            search,
            order: if search.sieve.after.is_some() { Order::Oldest } else { Order::Newest },
            window: self.window(search)?,
            readable: readable(search),
            found: Vec::new(),
            stopped: None,
        };
        if let Some(account) = search.account {
            self.add_conversations(account, &mut finding)?;
        }
        Ok(finding)
    }

    /// The rows of any target between the moments of the sieve.
    fn window(&self, search: &Search) -> Result<Window, Error> {
        let all = Window { above: last_row_of(0), upto: last_row_of(search.upto) };
        let mut window = all;
        if let Some(after) = search.sieve.after {
            window.above = rows_at(&self.connection, &[MESSAGES], all, after)?.above;
        }
        if let Some(before) = search.sieve.before {
            window.upto = rows_at(&self.connection, &[MESSAGES], all, before)?.upto;
        }
        Ok(window)
    }

    /// An account reads all of its conversations. Where they are too many, those that went on the longest ago are
    /// left out.
    fn add_conversations(
        &self,
        account: AccountId,
        finding: &mut Finding<'_>,
    ) -> Result<(), Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT other, last FROM conversations WHERE account = ?1 AND last > ?2 \
             ORDER BY last DESC LIMIT ?3",
        )?;
        let above = finding.window.above;
        let params = (account.0, above, SEARCH_CONVERSATIONS_MAX + 1);
        let others = statement.query_map(params, |row| row.try_into())?;
        let mut others: Vec<(u32, i64)> = others.collect::<Result<_, _>>()?;
        if others.len() > SEARCH_CONVERSATIONS_MAX as usize
            && let Some((_, last)) = others.pop()
        {
            finding.stopped_at(match finding.order {
                Order::Newest => last,
                Order::Oldest => above + 1,
            });
        }
        let pairs = others.iter().map(|(other, _)| (Target::pair(account, AccountId(*other)), 0));
        finding.readable.extend(pairs);
        Ok(())
    }

    /// Hits for words. First whoever said them anywhere: most words are rare, and then that is done at once, where
    /// the index would go through all that was ever said in the targets to leave out the rest. Words that are
    /// common, and elsewhere, are left to it after so many messages.
    fn find(
        &self,
        index: &Connection,
        text: &str,
        (mut finding, looks): (Finding<'_>, usize),
    ) -> Result<Hits, Error> {
        let sql = format!(
            "SELECT rowid FROM words WHERE words MATCH ?1 AND rowid > ?2 AND rowid <= ?3 \
             ORDER BY rowid {}",
            finding.order.sql()
        );
        let targets: Vec<_> =
            finding.readable.iter().map(|(target, since)| (*target, *since)).collect();
        let all = finding.window.of(&targets);
        let looks_anywhere = looks.min(SEARCH_ANYWHERE_MAX);
        let mut anywhere = index.prepare_cached(&sql)?;
        let matching = format!("text : ({text})");
        let rows = anywhere.query_and_then((matching, all.above, all.upto), row_id)?;
        let Some(row) = self.look_through(rows, looks_anywhere, &mut finding)? else {
            return self.end(finding);
        };
        let rest = finding.order.from(row, all);
        let parts = targets.chunks(SEARCH_TARGETS_PER_QUERY);
        let mut statements =
            parts.clone().map(|_| index.prepare_cached(&sql)).collect::<Result<Vec<_>, _>>()?;
        let mut within = Vec::new();
        for (statement, targets) in statements.iter_mut().zip(parts) {
            let Window { above, upto } = rest.of(targets);
            let matching = expression(text, targets);
            within.push(statement.query_and_then((matching, above, upto), row_id)?);
        }
        let rows = Merged::of(within, finding.order)?;
        self.look_through_all(rows, looks - looks_anywhere, finding)
    }

    /// Whatever passes the sieve, with no words to look for.
    fn find_all(&self, finding: Finding<'_>, looks: usize) -> Result<Hits, Error> {
        let said = |(target, since): (&Target, &Seq)| {
            let window = finding.window.of(&[(*target, *since)]);
            Ok(Said::new(&self.connection, finding.order, pack(*target)?, window))
        };
        let said = finding.readable.iter().map(said).collect::<Result<Vec<_>, Error>>()?;
        let rows = Merged::of(said, finding.order)?;
        self.look_through_all(rows, looks, finding)
    }

    /// Ends a search with the rows that are left for it.
    fn look_through_all(
        &self,
        rows: impl Iterator<Item = Result<i64, Error>>,
        looks: usize,
        mut finding: Finding<'_>,
    ) -> Result<Hits, Error> {
        if let Some(row) = self.look_through(rows, looks, &mut finding)? {
            finding.stopped_at(row);
        }
        self.end(finding)
    }

    /// Takes hits until there are enough, unless so many messages were looked at before: then the first row at
    /// which it did not look.
    fn look_through(
        &self,
        mut rows: impl Iterator<Item = Result<i64, Error>>,
        mut looks: usize,
        finding: &mut Finding<'_>,
    ) -> Result<Option<i64>, Error> {
        let mut messages = self.connection.prepare_cached(MESSAGE)?;
        while finding.wants_more()
            && let Some(row) = rows.next().transpose()?
        {
            if looks == 0 {
                return Ok(Some(row));
            }
            looks -= 1;
            if let Some(message) = messages.query([row])?.next()? {
                finding.take(message)?;
            }
        }
        Ok(None)
    }

    /// What was found, and from where on something may be missing.
    fn end(&self, finding: Finding<'_>) -> Result<Hits, Error> {
        let missing = match finding.missing_from()? {
            Some(row) => self.said_from(row)?.map(|at| match finding.order {
                Order::Newest => Missing::Earlier(at),
                Order::Oldest => Missing::Later(at),
            }),
            None => None,
        };
        let mut messages = finding.found;
        if finding.order == Order::Newest {
            messages.reverse();
        }
        Ok(Hits { messages, missing: missing.into_iter().collect() })
    }

    /// When something was said in a row, or in the next one where that is gone.
    fn said_from(&self, row: i64) -> Result<Option<Millis>, Error> {
        let sql = "SELECT at FROM messages WHERE id >= ?1 ORDER BY id LIMIT 1";
        let at = self.connection.prepare_cached(sql)?.query_row([row], |row| row.get(0));
        Ok(at.optional()?.map(i64::cast_unsigned))
    }

    fn nothing_indexed(&self, search: &Search) -> Result<Hits, Error> {
        let missing = self.not_indexed(Mark::default(), search)?.into_iter().collect();
        Ok(Hits { messages: Vec::new(), missing })
    }

    fn not_indexed(&self, mark: Mark, search: &Search) -> Result<Option<Missing>, Error> {
        let is_behind = self
            .connection
            .prepare_cached("SELECT 1 FROM messages WHERE id > ?1 AND id <= ?2 LIMIT 1")?
            .exists([mark.row, last_row_of(search.upto)])?;
        Ok(is_behind.then_some(Missing::NotIndexed(mark.at.cast_unsigned())))
    }

    /// The index of the last search, unless that failed or the indexer has put another file in its place.
    fn index(&self) -> Result<Option<Index>, Error> {
        let path = self.directory.join(directory::SEARCH);
        let Ok(metadata) = fs::metadata(&path) else { return Ok(None) };
        let file = (metadata.dev(), metadata.ino());
        if let Some(index) = self.index.take().filter(|index| index.file == file) {
            return Ok(Some(index));
        }
        match read_only(&path) {
            Ok(connection) => Ok(Some(Index { connection, file })),
            Err(Error::Sqlite(error))
                if error.sqlite_error_code() == Some(ErrorCode::CannotOpen) =>
            {
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}

/// The index, while it is the file that it was.
#[derive(Debug)]
pub struct Index {
    connection: Connection,
    /// Its device and its inode, which is no other file's while this is open.
    file: (u64, u64),
}

/// A search while it finds.
struct Finding<'s> {
    search: &'s Search,
    order: Order,
    window: Window,
    readable: BTreeMap<Target, Seq>,
    /// In this order.
    found: Vec<StoredMessage>,
    /// From this row on something was not looked at.
    stopped: Option<i64>,
}

impl Finding<'_> {
    fn wants_more(&self) -> bool {
        self.found.len() < usize::from(self.search.limit)
    }

    /// Takes a message if it is a hit. Decided by the stored message; the index only made it a
    /// candidate.
    fn take(&mut self, row: &Row<'_>) -> Result<(), Error> {
        let Some(since) = self.readable.get(&message::target(row)?) else { return Ok(()) };
        let message = message::read(row)?;
        let is_readable = message.id.seq > *since && message.id.seq <= self.search.upto;
        if is_readable && self.search.sieve.passes(&message) {
            self.found.push(message);
        }
        Ok(())
    }

    /// What comes from this row on was not all looked at.
    fn stopped_at(&mut self, row: i64) {
        let either = self.stopped.into_iter().chain([row]);
        self.stopped = either.max_by_key(|row| self.order.rank(*row));
    }

    /// From which row on something may be missing. Nothing is where all hits that are wanted come before it.
    fn missing_from(&self) -> Result<Option<i64>, Error> {
        let Some(stopped) = self.stopped else { return Ok(None) };
        let last = self.found.last().map(|message| pack_message(message.id)).transpose()?;
        let is_before = |row| self.order.rank(row) > self.order.rank(stopped);
        let is_complete = !self.wants_more() && last.is_none_or(is_before);
        Ok((!is_complete).then_some(stopped))
    }
}

impl Window {
    /// As much of it as may be read of some of these targets.
    fn of(self, targets: &[(Target, Seq)]) -> Self {
        let since = targets.iter().map(|(_, since)| *since).min().unwrap_or(Seq::MAX);
        Self { above: self.above.max(last_row_of(since)), ..self }
    }
}

/// The words, in any of the targets, as FTS5 takes it.
fn expression(text: &str, targets: &[(Target, Seq)]) -> String {
    let tokens: Vec<_> =
        targets.iter().map(|(target, _)| format!("\"{}\"", target::token(*target))).collect();
    format!("(target : ({})) AND (text : ({text}))", tokens.join(" OR "))
}

/// Each target once, as it is stored. Of two rights the wider one counts.
fn readable(search: &Search) -> BTreeMap<Target, Seq> {
    let mut readable = BTreeMap::new();
    for (target, since) in &search.within {
        let target = match *target {
            Target::Pair(one, other) => Target::pair(one, other),
            channel @ Target::Channel(_) => channel,
        };
        let widest = readable.entry(target).or_insert(*since);
        *widest = (*widest).min(*since);
    }
    readable
}

fn row_id(row: &Row<'_>) -> Result<i64, Error> {
    Ok(row.get(0)?)
}

#[cfg(test)]
mod tests;
