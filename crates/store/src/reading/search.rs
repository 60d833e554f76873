//! Searches: which messages the index knows to have the words, and which of them may be read.

use super::page::{MESSAGES, Window, rows_at};
use crate::bounds::{
    SEARCH_ANYWHERE_MAX, SEARCH_CANDIDATES_MAX, SEARCH_CONVERSATIONS_MAX, SEARCH_TARGETS_PER_QUERY,
};
use crate::error::Error;
use crate::expiry::forgetting::unforgotten;
use crate::index::{Mark, words};
use crate::message::{self, columns, rows};
use crate::reading::{Reader, read_only};
use crate::target::{last_row_of, pack, pack_message};
use crate::{directory, target};
use parlor_hub::change::{Search, StoredMessage, Target};
use parlor_hub::id::{AccountId, Millis, Seq};
use rusqlite::{Connection, ErrorCode};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hits {
    /// The newest messages with all the words, oldest first.
    pub messages: Vec<StoredMessage>,
    /// Where the index is behind: the time up to which it is complete. None when nothing up to
    /// the asker's place is missing.
    pub complete_to: Option<Millis>,
}

impl Reader {
    /// The messages that have all the words, pass the sieve and may be read, at most
    /// `search.limit`. Letters are equal without their case and diacritics. A damaged index is
    /// [`Error::Damaged`]; [`crate::Indexer::begin_again`] mends it.
    pub fn search(&self, search: &Search) -> Result<Hits, Error> {
        let readable = self.readable(search)?;
        let window = self.window(search)?;
        let mut finding = Finding { search, readable: &readable, window, found: BTreeMap::new() };
        let Some(given) = &search.words else {
            self.find_all(&mut finding)?;
            return Ok(Hits { messages: finding.end(), complete_to: None });
        };
        let Some(text) = words::expression(given) else { return Ok(Hits::default()) };
        let Some(mut index) = self.index()? else { return self.nothing_indexed(search) };
        let hits = self.search_index(&mut index.connection, &text, finding)?;
        self.index.replace(Some(index));
        Ok(hits)
    }

    fn search_index(
        &self,
        index: &mut Connection,
        text: &str,
        mut finding: Finding<'_>,
    ) -> Result<Hits, Error> {
        let search = finding.search;
        // Mark and words as of one moment.
        let index = index.transaction()?;
        let mark = Mark::read(&index)?.filter(|mark| mark.row > 0);
        let Some(mark) = mark else { return self.nothing_indexed(search) };
        // Later than the index's: what it names has been committed.
        let _moment = self.moment()?;
        if !mark.holds(&self.connection)? {
            return self.nothing_indexed(search);
        }
        self.find(&index, text, &mut finding)?;
        Ok(Hits { messages: finding.end(), complete_to: self.complete_to(mark, search)? })
    }

    /// Each target once, as it is stored. Of two rights the wider one counts.
    fn readable(&self, search: &Search) -> Result<BTreeMap<Target, Seq>, Error> {
        let mut readable = BTreeMap::new();
        for (target, since) in &search.within {
            let target = match *target {
                Target::Pair(one, other) => Target::pair(one, other),
                channel @ Target::Channel(_) => channel,
            };
            let widest = readable.entry(target).or_insert(*since);
            *widest = (*widest).min(*since);
        }
        let Some(account) = search.account else { return Ok(readable) };
        let mut statement = self.connection.prepare_cached(
            "SELECT other FROM conversations WHERE account = ?1 ORDER BY last DESC LIMIT ?2",
        )?;
        let mut others = statement.query([account.0, SEARCH_CONVERSATIONS_MAX])?;
        while let Some(other) = others.next()? {
            readable.insert(Target::pair(account, AccountId(other.get(0)?)), 0);
        }
        Ok(readable)
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

    /// Hits for words. First whoever said them anywhere: most words are rare, and then that is done at once, where
    /// the index would go through all that was ever said in the targets to leave out the rest. Words that are
    /// common, and elsewhere, are left to it after so many messages.
    fn find(&self, index: &Connection, text: &str, finding: &mut Finding<'_>) -> Result<(), Error> {
        let targets: Vec<_> =
            finding.readable.iter().map(|(target, since)| (*target, *since)).collect();
        let anywhere = format!("text : ({text})");
        let all = finding.window.of(&targets);
        let wanted = (finding.search.limit, SEARCH_ANYWHERE_MAX);
        let Some(rest) = self.find_in(index, (&anywhere, all), wanted, finding)? else {
            return Ok(());
        };
        let found = finding.found.len() as u16;
        let wanted = (finding.search.limit - found, SEARCH_CANDIDATES_MAX);
        for targets in targets.chunks(SEARCH_TARGETS_PER_QUERY) {
            let within = expression(text, targets);
            self.find_in(index, (&within, rest.of(targets)), wanted, finding)?;
        }
        Ok(())
    }

    /// So many hits, from the end that counts, unless so many messages were looked at before: then what is left
    /// of the window.
    fn find_in(
        &self,
        index: &Connection,
        (expression, window): (&str, Window),
        (mut hits, mut looks): (u16, usize),
        finding: &mut Finding<'_>,
    ) -> Result<Option<Window>, Error> {
        let mut statement = index.prepare_cached(&format!(
            "SELECT rowid FROM words WHERE words MATCH ?1 AND rowid > ?2 AND rowid <= ?3 \
             ORDER BY rowid {}",
            finding.order()
        ))?;
        let mut rows = statement.query((expression, window.above, window.upto))?;
        while hits > 0
            && let Some(row) = rows.next()?
        {
            let row: i64 = row.get(0)?;
            if looks == 0 {
                return Ok(Some(finding.not_yet(window, row)));
            }
            looks -= 1;
            if let Some(message) = self.message(row, finding)? {
                hits -= u16::from(finding.take(message)?);
            }
        }
        Ok(None)
    }

    /// Whatever passes the sieve, with no words to look for.
    fn find_all(&self, finding: &mut Finding<'_>) -> Result<(), Error> {
        let mut candidates = SEARCH_CANDIDATES_MAX;
        let Window { above, upto } = finding.window;
        for (target, since) in finding.readable {
            let sql = format!(
                concat!(
                    "SELECT ",
                    columns!(),
                    " FROM ",
                    rows!(),
                    " WHERE target = ?1 AND kind < 2 AND id > ?2 AND id <= ?3 AND ",
                    unforgotten!("messages"),
                    " ORDER BY id {}"
                ),
                finding.order()
            );
            let mut statement = self.connection.prepare_cached(&sql)?;
            let params = (pack(*target)?, above.max(last_row_of(*since)), upto);
            let mut messages = statement.query_and_then(params, message::read)?;
            let mut left = finding.search.limit;
            while left > 0
                && candidates > 0
                && let Some(message) = messages.next()
            {
                candidates -= 1;
                left -= u16::from(finding.take(message?)?);
            }
        }
        Ok(())
    }

    /// A message, if it is of one of the targets.
    fn message(&self, row: i64, finding: &Finding<'_>) -> Result<Option<StoredMessage>, Error> {
        let sql = concat!(
            "SELECT ",
            columns!(),
            " FROM ",
            rows!(),
            " WHERE id = ?1 AND kind < 2 AND ",
            unforgotten!("messages")
        );
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([row])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let target = message::target(row)?;
        finding.readable.contains_key(&target).then(|| message::read(row)).transpose()
    }

    fn nothing_indexed(&self, search: &Search) -> Result<Hits, Error> {
        let complete_to = self.complete_to(Mark::default(), search)?;
        Ok(Hits { messages: Vec::new(), complete_to })
    }

    fn complete_to(&self, mark: Mark, search: &Search) -> Result<Option<Millis>, Error> {
        let missing = self
            .connection
            .prepare_cached("SELECT 1 FROM messages WHERE id > ?1 AND id <= ?2 LIMIT 1")?
            .exists([mark.row, last_row_of(search.upto)])?;
        Ok(missing.then_some(mark.at.cast_unsigned()))
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
struct Finding<'a> {
    search: &'a Search,
    readable: &'a BTreeMap<Target, Seq>,
    window: Window,
    found: BTreeMap<i64, StoredMessage>,
}

impl Finding<'_> {
    /// From the end that counts.
    fn order(&self) -> &'static str {
        if self.search.sieve.after.is_some() { "ASC" } else { "DESC" }
    }

    /// What is left of a window from a row on.
    fn not_yet(&self, window: Window, row: i64) -> Window {
        match self.search.sieve.after {
            Some(_) => Window { above: row - 1, ..window },
            None => Window { upto: row, ..window },
        }
    }

    /// Takes a message if it is a hit. Decided by the stored message; the index only made it a
    /// candidate.
    fn take(&mut self, message: StoredMessage) -> Result<bool, Error> {
        let is_readable = self
            .readable
            .get(&message.target)
            .is_some_and(|since| message.id.seq > *since && message.id.seq <= self.search.upto);
        let is_hit = is_readable && self.search.sieve.passes(&message);
        if is_hit {
            self.found.insert(pack_message(message.id)?, message);
        }
        Ok(is_hit)
    }

    /// What it found, oldest first.
    fn end(self) -> Vec<StoredMessage> {
        let limit = usize::from(self.search.limit);
        let surplus = self.found.len().saturating_sub(limit);
        let skipped = if self.search.sieve.after.is_some() { 0 } else { surplus };
        self.found.into_values().skip(skipped).take(limit).collect()
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
