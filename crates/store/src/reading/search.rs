//! Searches: which messages the index knows to have the words, and which of them may be read.

use crate::bounds::SEARCH_TARGETS_PER_QUERY;
use crate::error::Error;
use crate::index::Mark;
use crate::message::{self, columns};
use crate::reading::{Reader, read_only};
use crate::{directory, target, words};
use parlor_hub::change::{Search, StoredMessage, Target};
use parlor_hub::id::{Millis, Seq};
use rusqlite::{Connection, ErrorCode};
use std::collections::BTreeMap;

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
    /// The newest messages that have all the words and may be read, at most `search.limit`.
    /// Letters are equal without their case and diacritics. A damaged index is
    /// [`Error::Damaged`]; [`crate::Indexer::begin_again`] mends it.
    pub fn search(&self, search: &Search) -> Result<Hits, Error> {
        let Some(text) = words::expression(&search.words) else { return Ok(Hits::default()) };
        let Some(mut index) = self.open_index()? else { return self.nothing_indexed(search) };
        // Mark and words as of one moment.
        let index = index.transaction()?;
        let mark = Mark::read(&index)?.filter(|mark| mark.row > 0);
        let Some(mark) = mark else { return self.nothing_indexed(search) };
        if !mark.holds(&self.connection)? {
            return self.nothing_indexed(search);
        }
        let mut found = BTreeMap::new();
        let readable = readable(search);
        let targets: Vec<_> = readable.iter().map(|(target, since)| (*target, *since)).collect();
        for targets in targets.chunks(SEARCH_TARGETS_PER_QUERY) {
            let question = Question { text: &text, targets, readable: &readable, search };
            self.find(&index, &question, &mut found)?;
        }
        let surplus = found.len().saturating_sub(usize::from(search.limit));
        let messages = found.into_values().skip(surplus).collect();
        Ok(Hits { messages, complete_to: self.complete_to(mark, search)? })
    }

    /// The newest hits in some of the targets.
    fn find(
        &self,
        index: &Connection,
        question: &Question<'_>,
        found: &mut BTreeMap<i64, StoredMessage>,
    ) -> Result<(), Error> {
        let Some(since) = question.targets.iter().map(|(_, since)| *since).min() else {
            return Ok(());
        };
        let (above, upto) = (target::last_row_of(since), target::last_row_of(question.search.upto));
        let mut statement = index.prepare_cached(
            "SELECT rowid FROM words WHERE words MATCH ?1 AND rowid > ?2 AND rowid <= ?3 \
             ORDER BY rowid DESC",
        )?;
        let mut rows = statement.query((question.expression(), above, upto))?;
        let mut left = question.search.limit;
        while left > 0
            && let Some(row) = rows.next()?
        {
            let row = row.get(0)?;
            if let Some(message) = self.message(row)?.filter(|found| question.may_read(found)) {
                found.insert(row, message);
                left -= 1;
            }
        }
        Ok(())
    }

    fn message(&self, row: i64) -> Result<Option<StoredMessage>, Error> {
        let sql = concat!("SELECT ", columns!(), " FROM messages WHERE id = ?1 AND kind < 2");
        let mut statement = self.connection.prepare_cached(sql)?;
        statement.query_and_then([row], message::read)?.next().transpose()
    }

    fn nothing_indexed(&self, search: &Search) -> Result<Hits, Error> {
        let complete_to = self.complete_to(Mark::default(), search)?;
        Ok(Hits { messages: Vec::new(), complete_to })
    }

    fn complete_to(&self, mark: Mark, search: &Search) -> Result<Option<Millis>, Error> {
        let missing = self
            .connection
            .prepare_cached("SELECT 1 FROM messages WHERE id > ?1 AND id <= ?2 LIMIT 1")?
            .exists([mark.row, target::last_row_of(search.upto)])?;
        Ok(missing.then_some(mark.at.cast_unsigned()))
    }

    /// Opened for each search, because the indexer may put another file in its place.
    fn open_index(&self) -> Result<Option<Connection>, Error> {
        match read_only(&self.directory.join(directory::SEARCH)) {
            Ok(index) => Ok(Some(index)),
            Err(Error::Sqlite(error))
                if error.sqlite_error_code() == Some(ErrorCode::CannotOpen) =>
            {
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}

/// What is looked for in some of a search's targets.
struct Question<'a> {
    /// The words, as FTS5 takes them.
    text: &'a str,
    targets: &'a [(Target, Seq)],
    readable: &'a BTreeMap<Target, Seq>,
    search: &'a Search,
}

impl Question<'_> {
    fn expression(&self) -> String {
        let tokens: Vec<_> = self
            .targets
            .iter()
            .map(|(target, _)| format!("\"{}\"", target::token(*target)))
            .collect();
        format!("(target : ({})) AND (text : ({}))", tokens.join(" OR "), self.text)
    }

    /// Decided by the stored message; the index only made it a candidate.
    fn may_read(&self, message: &StoredMessage) -> bool {
        let since = self.readable.get(&message.target);
        since.is_some_and(|since| message.id.seq > *since && message.id.seq <= self.search.upto)
    }
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
