//! The one connection that writes: how it is opened, and what it does besides committing.

use crate::commit::envelopes::Envelopes;
use crate::commit::tail;
use crate::error::Error;
use crate::migrations::Upgrade;
use crate::{bounds, directory, load, migrations};
use parlor_hub::change::{Change, Durable};
use parlor_hub::id::{Millis, Seq};
use rusqlite::Connection;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How a store is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// What is safe when.
    pub sync: Sync,
    /// The word for how names are folded: fixed in the data when it is first made.
    pub casemapping: &'static str,
}

/// When what was committed is on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sync {
    /// When the commit returns: it survives a power loss.
    #[default]
    Commit,
    /// At the next checkpoint: it survives the end of the process, and a power loss takes the
    /// last commits together. For disks on which a sync takes long.
    Checkpoint,
}

impl Sync {
    fn level(self) -> &'static str {
        match self {
            Self::Commit => "FULL",
            Self::Checkpoint => "NORMAL",
        }
    }
}

/// The data directory, owned by this process, and the only connection that writes to it.
#[derive(Debug)]
pub struct Store {
    pub(crate) connection: Connection,
    pub(crate) envelopes: Envelopes,
    /// The last entry committed, and when it was: what comes next must not lie before it.
    pub(crate) seq: Seq,
    pub(crate) at: Millis,
    sync: Sync,
    /// The last conversation that a sweep looked at.
    pub(crate) swept_to: i64,
    pub(crate) directory: PathBuf,
    wal: PathBuf,
    /// The length of the write-ahead log at which it is made to start again.
    wal_restart_at: u64,
    /// Dropped after the connection: the next owner finds everything closed.
    _lock: File,
}

impl Store {
    /// Takes a data directory into possession, brings it to this program's schema, takes in what only its tail
    /// has, commits a new epoch and loads what outlived the last start. The directory is created where it is missing.
    pub fn open(directory: &Path, options: Options) -> Result<(Self, Durable), Error> {
        Self::open_telling(directory, options, |_| ())
    }

    /// [`Store::open`], which tells what it does to bring the data of an earlier program to this one's schema: with a
    /// long history that may take minutes.
    pub fn open_telling(
        directory: &Path,
        options: Options,
        told: impl FnMut(Upgrade),
    ) -> Result<(Self, Durable), Error> {
        let lock = directory::lock(directory)?;
        let path = directory.join(directory::DATABASE);
        directory::make_private(&path)?;
        let left = tail::left(directory)?;
        let mut connection = connect(&path)?;
        migrations::run(&mut connection, told)?;
        load::fix_casemapping(&connection, options.casemapping)?;
        let (epoch, seq, at) = load::last_entry(&connection)?;
        let mut store = Self {
            connection,
            envelopes: Envelopes::default(),
            seq,
            at,
            sync: options.sync,
            swept_to: i64::MIN,
            directory: directory.into(),
            wal: directory::wal_of(&path),
            wal_restart_at: bounds::WAL_BYTES_MAX,
            _lock: lock,
        };
        tail::replay(&mut store, epoch, left)?;
        begin_epoch(&store.connection)?;
        store.connection.pragma_update(None, "synchronous", options.sync.level())?;
        let durable = load::durable(&store.connection)?;
        Ok((store, durable))
    }

    /// The key by which addresses are hidden: `fresh` at the first start, and ever after the same, so that
    /// bans by what was shown hold.
    pub fn cloak_key(&self, fresh: [u8; 32]) -> Result<[u8; 32], Error> {
        let set = "UPDATE meta SET cloak_key = ?1 WHERE cloak_key IS NULL";
        self.connection.execute(set, [fresh])?;
        Ok(self.connection.query_row("SELECT cloak_key FROM meta", (), |row| row.get(0))?)
    }

    /// [`Store::commit`] of what the tail has, and which so need not be synced: readers wait for it. The next that is
    /// synced syncs it too.
    pub fn commit_unsynced<'a>(
        &mut self,
        seq: Seq,
        at: Millis,
        changes: impl IntoIterator<Item = &'a Change>,
    ) -> Result<(), Error> {
        self.connection.pragma_update(None, "synchronous", Sync::Checkpoint.level())?;
        let committed = self.commit(seq, at, changes);
        self.connection.pragma_update(None, "synchronous", self.sync.level())?;
        committed
    }

    /// Moves the whole write-ahead log to the database, on the disk, and empties it. `false`: readers are still at
    /// it, and allowed only some of that.
    pub fn checkpoint(&mut self) -> Result<bool, Error> {
        self.run_checkpoint("TRUNCATE")
    }

    /// Makes a small commit and says how long it took.
    pub fn measure_sync(&mut self) -> Result<Duration, Error> {
        let start = Instant::now();
        self.connection.execute("UPDATE meta SET syncs_measured = syncs_measured + 1", ())?;
        Ok(start.elapsed())
    }

    /// Keeps the write-ahead log bounded where readers overlap without a pause. `SQLite` moves its
    /// pages by itself, but starts again from its beginning only at a moment without readers.
    ///
    /// It runs after a commit, which stands whatever becomes of this, so it has no error.
    pub(crate) fn bound_wal(&mut self) {
        if fs::metadata(&self.wal).is_ok_and(|wal| wal.len() < self.wal_restart_at) {
            return;
        }
        let restarted = self
            .connection
            .busy_timeout(bounds::WAL_RESTART_WAIT)
            .is_ok_and(|()| self.run_checkpoint("RESTART").unwrap_or(false));
        // One that did not get through is tried again when the log has grown by a quarter, so that
        // a reader who hangs does not make every commit wait.
        self.wal_restart_at = if restarted {
            bounds::WAL_BYTES_MAX
        } else {
            self.wal_restart_at + bounds::WAL_BYTES_MAX / 4
        };
        // It is refused only for a connection that is closed.
        let _ = self.connection.busy_timeout(bounds::BUSY_WAIT);
    }

    /// Whether all of it got through.
    fn run_checkpoint(&self, mode: &str) -> Result<bool, Error> {
        let busy: bool =
            self.connection
                .query_row(&format!("PRAGMA wal_checkpoint({mode})"), (), |row| row.get(0))?;
        Ok(!busy)
    }
}

fn connect(path: &Path) -> Result<Connection, Error> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(bounds::BUSY_WAIT)?;
    connection.set_prepared_statement_cache_capacity(bounds::STATEMENTS_KEPT);
    // Negative: in KiB.
    connection.pragma_update(None, "cache_size", -bounds::WRITER_CACHE_KIB)?;
    // What was taken back is written over, and not only forgotten.
    connection.pragma_update(None, "secure_delete", "ON")?;
    let mode: String =
        connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    if mode != "wal" {
        return Err(Error::NoWriteAheadLog { path: path.into(), mode });
    }
    connection.pragma_update(None, "wal_autocheckpoint", bounds::WAL_PAGES_BEFORE_CHECKPOINT)?;
    connection.pragma_update(None, "journal_size_limit", bounds::WAL_BYTES_MAX.cast_signed())?;
    Ok(connection)
}

/// Synced whatever the options say: an epoch that a power loss takes back would be given a second
/// time, and message ids with it.
fn begin_epoch(connection: &Connection) -> Result<(), Error> {
    connection.pragma_update(None, "synchronous", Sync::Commit.level())?;
    connection.execute("UPDATE meta SET epoch = epoch + 1", ())?;
    Ok(())
}

#[cfg(test)]
impl Store {
    /// How `SQLite` would go about a statement, step by step.
    pub(crate) fn plan(&self, sql: &str) -> Vec<String> {
        let sql = format!("EXPLAIN QUERY PLAN {sql}");
        let mut statement = self.connection.prepare(&sql).unwrap();
        let params = rusqlite::params_from_iter(vec![1; statement.parameter_count()]);
        statement.query_map(params, |row| row.get(3)).unwrap().map(Result::unwrap).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Reader;

    #[test]
    fn the_log_starts_again_when_the_readers_of_the_moment_are_done() {
        let directory = tempfile::tempdir().unwrap();
        let (mut store, _) = Store::open(directory.path(), Options::default()).unwrap();
        let reader = Reader::open(directory.path()).unwrap();
        let length = |store: &Store| fs::metadata(&store.wal).unwrap().len();

        reader.connection.execute_batch("BEGIN; SELECT * FROM meta;").unwrap();
        store.wal_restart_at = 0;
        store.commit(1, 1, []).unwrap();
        assert_eq!(store.wal_restart_at, bounds::WAL_BYTES_MAX / 4, "a reader held it");

        reader.connection.execute_batch("COMMIT").unwrap();
        store.wal_restart_at = 0;
        store.commit(2, 2, []).unwrap();
        assert_eq!(store.wal_restart_at, bounds::WAL_BYTES_MAX);
        let before = length(&store);
        store.commit(3, 3, []).unwrap();
        assert_eq!(length(&store), before, "written over the beginning");

        store.checkpoint().unwrap();
        assert_eq!(length(&store), 0);
    }

    #[test]
    fn a_new_epoch_is_synced_even_where_commits_are_not() {
        for (sync, level) in [(Sync::Commit, 2), (Sync::Checkpoint, 1)] {
            let directory = tempfile::tempdir().unwrap();
            let options = Options { sync, ..Options::default() };
            let (mut store, _) = Store::open(directory.path(), options).unwrap();
            let level_now = |store: &Store| -> u8 {
                store.connection.pragma_query_value(None, "synchronous", |row| row.get(0)).unwrap()
            };
            // Had the epoch come after the options, this would be 2 for both.
            assert_eq!(level_now(&store), level);
            begin_epoch(&store.connection).unwrap();
            assert_eq!(level_now(&store), 2);
            store.measure_sync().unwrap();
        }
    }
}
