//! The full-text index: `search.db`, made from the database and never needed to make it.
//!
//! It is filled after the commits, so it can delay nobody. Its mark names the last message in it
//! with the epoch, and a mark that names no stored message means that the index knows messages
//! which a power loss took from the database: then it is made again from nothing.

pub mod words;

use crate::error::Error;
use crate::reading::read_only;
use crate::{bounds, directory, target};
use parlor_hub::id::Seq;
use rusqlite::{CachedStatement, Connection, OptionalExtension, params};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// How far the index is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// The entry of the last message that is indexed; 0 before the first.
    pub indexed_to: Seq,
    /// Entries from there to that of the newest stored message; 0 when all is indexed.
    pub behind: Seq,
}

/// Fills the index. One for a data directory.
#[derive(Debug)]
pub struct Indexer {
    path: PathBuf,
    source: Connection,
    /// None after a new beginning that failed, for want of room perhaps: it is tried again.
    index: Option<Connection>,
    mark: Mark,
    /// Up to which row what is not kept any longer is taken out.
    expired_to: i64,
    /// Something was taken out, and its words may stand in the segments still.
    is_merging: bool,
}

impl Indexer {
    /// Opens the index beside a [`crate::Store`] that is open. One that is missing, damaged, of
    /// another version or ahead of the database is begun from nothing.
    pub fn open(directory: &Path) -> Result<Self, Error> {
        let source = read_only(&directory.join(directory::DATABASE))?;
        let path = directory.join(directory::SEARCH);
        let (index, mark) = match open_index(&path) {
            Ok((index, Some(mark))) if mark.holds(&source)? => (index, mark),
            Ok((index, _)) => {
                // Closed first: the last connection to close removes the log that lies there.
                drop(index);
                make_anew(&path, &source)?
            }
            Err(error) if error.is_damage() => make_anew(&path, &source)?,
            Err(error) => return Err(error),
        };
        Ok(Self { path, source, index: Some(index), mark, expired_to: 0, is_merging: true })
    }

    /// Adds about `rows_max` messages, and the rest of the last one's entry.
    pub fn step(&mut self, rows_max: usize) -> Result<Progress, Error> {
        if self.index.is_none() {
            self.begin_again()?;
        }
        let batch = self.next_batch(rows_max)?;
        match self.take_in(&batch, rows_max) {
            Err(error) if error.is_damage() => self.begin_again()?,
            other => other?,
        }
        self.progress()
    }

    fn take_in(&mut self, batch: &[Unindexed], rows_max: usize) -> Result<(), Error> {
        self.add(batch)?;
        self.follow(rows_max)?;
        self.expire(rows_max)?;
        self.merge()
    }

    /// Begins again from nothing: what a search that found the index damaged asks for.
    pub fn begin_again(&mut self) -> Result<(), Error> {
        // Closed first, for the reason given in `open`.
        self.index = None;
        let (index, mark) = make_anew(&self.path, &self.source)?;
        (self.index, self.mark) = (Some(index), mark);
        Ok(())
    }

    fn progress(&self) -> Result<Progress, Error> {
        let newest: Option<i64> = self
            .source
            .prepare_cached("SELECT max(id) FROM messages")?
            .query_row((), |row| row.get(0))?;
        let indexed_to = target::seq_of(self.mark.row);
        let newest = newest.map_or(0, target::seq_of);
        Ok(Progress { indexed_to, behind: newest.saturating_sub(indexed_to) })
    }

    /// Takes in what became of messages after they were indexed.
    fn follow(&mut self, rows_max: usize) -> Result<(), Error> {
        let oldest: Option<i64> = self
            .source
            .prepare_cached("SELECT min(place) FROM amended")?
            .query_row((), |row| row.get(0))?;
        if oldest.is_some_and(|oldest| oldest > self.mark.amended + 1) {
            return self.begin_again();
        }
        let amended = self.next_amended(rows_max)?;
        let (Some(last), Some(index)) = (amended.last(), &mut self.index) else { return Ok(()) };
        let transaction = index.transaction()?;
        let mut words = Words::of(&transaction)?;
        for message in amended.iter().filter(|message| message.row <= self.mark.row) {
            transaction
                .prepare_cached("DELETE FROM words WHERE rowid = ?1")?
                .execute([message.row])?;
            if let Some((target, text)) = &message.is_now {
                words.add(message.row, *target, text)?;
            }
        }
        drop(words);
        let mark = Mark { amended: last.place, ..self.mark.settled(&self.source)? };
        transaction
            .prepare_cached("UPDATE mark SET message = ?1, epoch = ?2, at = ?3, amended = ?4")?
            .execute(params![mark.row, mark.epoch, mark.at, mark.amended])?;
        transaction.commit()?;
        self.mark = mark;
        self.is_merging = true;
        Ok(())
    }

    /// Takes out some of what is not kept any longer.
    fn expire(&mut self, rows_max: usize) -> Result<(), Error> {
        let expired_to = expired_to(&self.source)?;
        let Some(index) = self.index.as_mut().filter(|_| self.expired_to < expired_to) else {
            return Ok(());
        };
        let transaction = index.transaction()?;
        let expired: Vec<i64> = transaction
            .prepare_cached("SELECT rowid FROM words WHERE rowid <= ?1 ORDER BY rowid LIMIT ?2")?
            .query_map((expired_to, rows_max as u32), |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for row in &expired {
            transaction.prepare_cached("DELETE FROM words WHERE rowid = ?1")?.execute([row])?;
        }
        transaction.commit()?;
        self.is_merging |= !expired.is_empty();
        if expired.len() < rows_max {
            self.expired_to = expired_to;
        }
        Ok(())
    }

    /// Has some of the segments written anew where a tenth of what they hold was taken out, which is FTS5's
    /// own measure: until then the words of a message are there, and its row only is known to be gone.
    fn merge(&mut self) -> Result<(), Error> {
        let Some(index) = self.index.as_ref().filter(|_| self.is_merging) else { return Ok(()) };
        let before = index.total_changes();
        index
            .prepare_cached("INSERT INTO words (words, rank) VALUES ('merge', ?1)")?
            .execute([bounds::INDEX_PAGES_MERGED_MAX])?;
        // The command itself counts as one.
        self.is_merging = index.total_changes() - before > 1;
        Ok(())
    }

    fn next_amended(&self, rows_max: usize) -> Result<Vec<Amended>, Error> {
        self.source
            .prepare_cached(
                "SELECT place, message, target, text FROM amended \
                 LEFT JOIN messages ON id = message AND kind < 2 \
                 WHERE place > ?1 ORDER BY place LIMIT ?2",
            )?
            .query_and_then((self.mark.amended, rows_max as u32), |row| {
                let (target, text): (Option<i64>, Option<String>) = (row.get(2)?, row.get(3)?);
                Ok(Amended { place: row.get(0)?, row: row.get(1)?, is_now: target.zip(text) })
            })?
            .collect()
    }

    fn next_batch(&self, rows_max: usize) -> Result<Vec<Unindexed>, Error> {
        let last: Option<i64> = self
            .source
            .prepare_cached("SELECT id FROM messages WHERE id > ?1 ORDER BY id LIMIT 1 OFFSET ?2")?
            .query_row(params![self.mark.row, rows_max.saturating_sub(1) as u32], |row| row.get(0))
            .optional()?;
        let upto = last.map_or(i64::MAX, |row| target::last_row_of(target::seq_of(row)));
        self.source
            .prepare_cached(
                "SELECT id, epoch, at, target, text FROM messages \
                 WHERE id > ?1 AND id <= ?2 ORDER BY id",
            )?
            .query_and_then([self.mark.row, upto], |row| {
                let amended = self.mark.amended;
                let mark = Mark { row: row.get(0)?, epoch: row.get(1)?, at: row.get(2)?, amended };
                Ok(Unindexed { mark, target: row.get(3)?, text: row.get(4)? })
            })?
            .collect()
    }

    fn add(&mut self, batch: &[Unindexed]) -> Result<(), Error> {
        let (Some(last), Some(index)) = (batch.last(), &mut self.index) else { return Ok(()) };
        let transaction = index.transaction()?;
        let mut words = Words::of(&transaction)?;
        for message in batch {
            words.add(message.mark.row, message.target, &message.text)?;
        }
        drop(words);
        let Mark { row, epoch, at, .. } = last.mark;
        transaction
            .prepare_cached("UPDATE mark SET message = ?1, epoch = ?2, at = ?3")?
            .execute(params![row, epoch, at])?;
        transaction.commit()?;
        self.mark = last.mark;
        Ok(())
    }
}

/// Adds messages in one transaction. What they have in common is made once.
struct Words<'a> {
    insert: CachedStatement<'a>,
    /// The words that stand for targets.
    tokens: BTreeMap<i64, Option<String>>,
}

impl<'a> Words<'a> {
    fn of(index: &'a Connection) -> Result<Self, Error> {
        let sql = "INSERT INTO words (rowid, target, text) VALUES (?1, ?2, ?3)";
        Ok(Self { insert: index.prepare_cached(sql)?, tokens: BTreeMap::new() })
    }

    fn add(&mut self, row: i64, target: i64, text: &str) -> Result<(), Error> {
        let token = || target::unpack(target).map(target::token);
        let token = self.tokens.entry(target).or_insert_with(token);
        self.insert.execute(params![row, &*token, words::plain(text)])?;
        Ok(())
    }
}

/// A message that is not what it was when it was stored.
struct Amended {
    place: i64,
    row: i64,
    /// Its target and text; none where nothing of it is left.
    is_now: Option<(i64, String)>,
}

/// A message on its way into the index.
struct Unindexed {
    mark: Mark,
    target: i64,
    text: String,
}

/// The last message of an index. Row 0 stands for none.
#[derive(Debug, Clone, Copy, Default)]
pub struct Mark {
    /// Its row id.
    pub row: i64,
    epoch: u32,
    /// Its time.
    pub at: i64,
    /// The last change of a stored message that is in the index.
    amended: i64,
}

impl Mark {
    /// The mark of an index, if it is one of this version.
    pub fn read(index: &Connection) -> Result<Option<Self>, Error> {
        let version: u32 = index.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if version != VERSION {
            return Ok(None);
        }
        Ok(Some(index.query_row("SELECT message, epoch, at, amended FROM mark", (), |row| {
            let (epoch, at, amended) = (row.get(1)?, row.get(2)?, row.get(3)?);
            Ok(Self { row: row.get(0)?, epoch, at, amended })
        })?))
    }

    /// Whether the database holds the message that it names, or held it as long as it was kept: then,
    /// as commits are lost only from the end, it had all that were indexed before it.
    pub fn holds(self, source: &Connection) -> Result<bool, Error> {
        let amended: Option<i64> = source
            .prepare_cached("SELECT seq FROM sqlite_sequence WHERE name = 'amended'")?
            .query_row((), |row| row.get(0))
            .optional()?;
        if self.amended > amended.unwrap_or_default() {
            return Ok(false);
        }
        if self.row <= expired_to(source)? {
            return Ok(true);
        }
        let is_there = source
            .prepare_cached("SELECT 1 FROM messages WHERE id = ?1 AND epoch = ?2")?
            .exists(params![self.row, self.epoch])?;
        // Or it was removed since, which the index will hear of.
        Ok(is_there
            || source
                .prepare_cached("SELECT 1 FROM amended WHERE place > ?1 AND message = ?2")?
                .exists([self.amended, self.row])?)
    }

    /// The last message up to the marked one that is still there: those between were removed.
    fn settled(self, source: &Connection) -> Result<Self, Error> {
        if self.row <= expired_to(source)? {
            return Ok(self);
        }
        let last: Option<(i64, u32, i64)> = source
            .prepare_cached(
                "SELECT id, epoch, at FROM messages WHERE id <= ?1 ORDER BY id DESC LIMIT 1",
            )?
            .query_row([self.row], |row| row.try_into())
            .optional()?;
        // Where no earlier message is left, the mark stays as it is.
        Ok(last.map_or(self, |(row, epoch, at)| Self { row, epoch, at, ..self }))
    }
}

/// The last row that was not kept any longer; 0 for none.
fn expired_to(source: &Connection) -> Result<i64, Error> {
    Ok(source.prepare_cached("SELECT expired_to FROM meta")?.query_row((), |row| row.get(0))?)
}

/// Grows with [`SCHEMA`] and with what [`words::plain`] leaves of a text.
const VERSION: u32 = 2;

/// The text itself is not kept a second time. Eight segments of a size are merged, and not four: a message is then
/// written anew less often, and a search looks into some more.
const SCHEMA: &str = "
    BEGIN;
    CREATE VIRTUAL TABLE words USING fts5 (
        target, text,
        content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
    );
    INSERT INTO words (words, rank) VALUES ('automerge', 8);
    CREATE TABLE mark (
        one     INTEGER PRIMARY KEY CHECK (one = 1),
        message INTEGER NOT NULL,
        epoch   INTEGER NOT NULL,
        at      INTEGER NOT NULL,
        amended INTEGER NOT NULL
    ) STRICT;
    INSERT INTO mark VALUES (1, 0, 0, 0, 0);
    PRAGMA user_version = 2;
    COMMIT;";

fn open_index(path: &Path) -> Result<(Connection, Option<Mark>), Error> {
    let index = connect(path)?;
    let mark = Mark::read(&index)?;
    Ok((index, mark))
}

/// Whatever was amended until now is read as it is now.
fn make_anew(path: &Path, source: &Connection) -> Result<(Connection, Mark), Error> {
    directory::remove(path)?;
    directory::make_private(path)?;
    let index = connect(path)?;
    index.execute_batch(SCHEMA)?;
    let amended: Option<i64> =
        source.query_row("SELECT max(place) FROM amended", (), |row| row.get(0))?;
    let mark = Mark { amended: amended.unwrap_or_default(), ..Mark::default() };
    index.execute("UPDATE mark SET amended = ?1", [mark.amended])?;
    Ok((index, mark))
}

/// Synced at checkpoints only: a power loss takes its last steps, and they are made again.
fn connect(path: &Path) -> Result<Connection, Error> {
    let index = Connection::open(path)?;
    index.busy_timeout(bounds::BUSY_WAIT)?;
    index.pragma_update(None, "journal_mode", "WAL")?;
    index.pragma_update(None, "synchronous", "NORMAL")?;
    index.pragma_update(None, "secure_delete", "ON")?;
    index.pragma_update(None, "wal_autocheckpoint", bounds::WAL_PAGES_BEFORE_CHECKPOINT)?;
    index.pragma_update(None, "journal_size_limit", bounds::WAL_BYTES_MAX.cast_signed())?;
    Ok(index)
}
