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
    /// The last entry of which the database has all, on the disk.
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
        self.open = Some(Open { store, tail, reader, in_database: durable.seq });
        Ok(durable)
    }
}

impl Open {
    /// Stores something in the tail, if there is room.
    pub fn append(&mut self, entry: (Seq, Millis), changes: &[Change]) -> Result<bool, Error> {
        self.tail.append(entry, changes, self.in_database)
    }

    /// Something goes to the database that the tail does not have.
    pub fn pass_on(&mut self, seq: Seq) {
        self.tail.note_stored(seq);
    }

    /// The database gets this. Not on the disk yet, where the tail has it.
    pub fn commit(
        &mut self,
        (seq, at): (Seq, Millis),
        changes: &[&Change],
        is_synced: bool,
    ) -> Result<(), Error> {
        let changes = changes.iter().copied();
        if !is_synced {
            return self.store.commit_unsynced(seq, at, changes);
        }
        self.in_database = seq;
        self.store.commit(seq, at, changes)
    }
}
