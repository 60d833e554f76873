//! The real files of a store, for some seeds.

use super::disk::{self, Mounted, TailFile};
use crate::Wrong;
use crate::chance::Chance;
use parlor_hub::change::{Change, Durable};
use parlor_hub::id::{Millis, Seq};
use parlor_store::{Error, Options, Reader, Store, Sync, Tail};
use std::io;
use std::path::Path;
use tempfile::TempDir;

/// A real store.
#[derive(Debug)]
pub(super) struct Files {
    directory: TempDir,
    options: Options,
    /// None before the first start.
    pub open: Option<Open>,
    _mounted: Mounted,
}

/// While a process runs.
#[derive(Debug)]
pub(super) struct Open {
    pub store: Store,
    tail: Tail<TailFile>,
    pub reader: Reader,
    /// The last entry of which the database has all, on the disk.
    in_database: Seq,
}

impl Files {
    pub fn new(options: Options) -> Result<Self, Wrong> {
        let mounted = disk::mount().map_err(Wrong)?;
        Ok(Self { directory: tempfile::tempdir()?, options, open: None, _mounted: mounted })
    }

    /// The process ends without a word; in half of all cases because the power went, where that takes nothing that
    /// was stored. Gives how many sectors of the disk were lost.
    pub fn crash(&mut self, chance: &mut Chance) -> Result<usize, Wrong> {
        let found = tempfile::tempdir()?;
        let (from, to) = (self.directory.path(), found.path());
        let is_power_cut = self.options.sync == Sync::Commit && chance.one_in(2);
        let lost = if is_power_cut {
            disk::copy_what_stays(from, to, chance)?
        } else {
            disk::copy(from, to)?;
            0
        };
        // What closing it does to the files concerns nobody.
        self.open = None;
        disk::forget(self.directory.path());
        self.directory = found;
        Ok(lost)
    }

    pub fn start(&mut self) -> Result<Durable, Error> {
        let data = self.directory.path();
        let (store, durable) = Store::open(data, self.options)?;
        let medium = |file, path: &Path| TailFile { file, path: path.into() };
        let tail = Tail::open_on(medium, data, self.options, &durable)?;
        let reader = Reader::open(data)?;
        self.open = Some(Open { store, tail, reader, in_database: durable.seq });
        Ok(durable)
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        self.open = None;
        disk::forget(self.directory.path());
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

impl From<io::Error> for Wrong {
    fn from(error: io::Error) -> Self {
        Self(format!("the disk: {error}"))
    }
}
