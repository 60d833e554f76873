//! The real files of a store, for some seeds.

use crate::Wrong;
use parlor_hub::change::{Change, Durable};
use parlor_hub::id::{Millis, Seq};
use parlor_store::{Error, Options, Reader, Store, Tail};
use tempfile::TempDir;

/// A real store.
#[derive(Debug)]
pub(super) struct Files {
    directory: TempDir,
    options: Options,
    /// None between a crash and the start behind it.
    pub open: Option<Open>,
}

/// While a process runs.
#[derive(Debug)]
pub(super) struct Open {
    pub store: Store,
    tail: Tail,
    pub reader: Reader,
    /// What the tail has and the database does not.
    kept: Vec<Change>,
    /// The last entry in the tail, and when that was.
    kept_upto: (Seq, Millis),
    in_database: Seq,
}

impl Files {
    pub fn new(options: Options) -> Result<Self, Wrong> {
        let directory = tempfile::tempdir().map_err(|error| Wrong(error.to_string()))?;
        Ok(Self { directory, options, open: None })
    }

    pub fn start(&mut self) -> Result<Durable, Error> {
        // The lock is released with the store, before the next one takes it.
        self.open = None;
        let data = self.directory.path();
        let (store, durable) = Store::open(data, self.options)?;
        let tail = Tail::open(data, self.options, &durable)?;
        let reader = Reader::open(data)?;
        let (kept_upto, in_database) = ((durable.seq, durable.at), durable.seq);
        self.open = Some(Open { store, tail, reader, kept: Vec::new(), kept_upto, in_database });
        Ok(durable)
    }
}

impl Open {
    /// Stores something by itself, if there is room.
    pub fn keep(&mut self, entry: (Seq, Millis), changes: &[Change]) -> Result<(), Error> {
        if self.tail.append(entry, changes, self.in_database)? {
            self.kept.extend_from_slice(changes);
            self.kept_upto = entry;
            return Ok(());
        }
        self.commit(entry, changes)
    }

    /// The database gets what was kept, and this.
    pub fn commit(&mut self, (seq, at): (Seq, Millis), changes: &[Change]) -> Result<(), Error> {
        self.store.commit(seq, at, self.kept.iter().chain(changes))?;
        self.tail.note_stored(seq);
        self.kept.clear();
        self.in_database = seq;
        Ok(())
    }

    /// As it is before anything is read.
    pub fn settle(&mut self) -> Result<(), Error> {
        let (seq, at) = self.kept_upto;
        match std::mem::take(&mut self.kept) {
            kept if kept.is_empty() => Ok(()),
            kept => self.store.commit_unsynced(seq, at, &kept),
        }
    }
}
