//! The real files of a store, for some seeds.

use super::disk::{self, Mounted, TailFile};
use crate::Wrong;
use crate::bounds::OPERATIONS_MAX;
use crate::chance::Chance;
use crate::core::Batch;
use parlor_hub::change::{Change, Durable};
use parlor_hub::id::{Millis, Seq};
use parlor_store::{Error, Options, Reader, Store, Sync, Tail};
use std::fs::File;
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

    /// The process ends without a word; in half of all cases because the power went, in the middle of this or behind
    /// it. Gives how many sectors of the disk were lost.
    pub fn crash(
        &mut self,
        chance: &mut Chance,
        in_hand: impl FnOnce(&mut Open) -> Result<(), Error>,
    ) -> Result<usize, Wrong> {
        if self.may_lose_power() && chance.one_in(2) {
            return self.lose_power(chance, |files| files.open.as_mut().map_or(Ok(()), in_hand));
        }
        let found = tempfile::tempdir()?;
        disk::copy(self.directory.path(), found.path())?;
        self.go_on_in(found);
        Ok(0)
    }

    /// The power goes while something is done, or behind it.
    fn lose_power(
        &mut self,
        chance: &mut Chance,
        does: impl FnOnce(&mut Self) -> Result<(), Error>,
    ) -> Result<usize, Wrong> {
        let found = tempfile::tempdir()?;
        let most = OPERATIONS_MAX[chance.below(OPERATIONS_MAX.len())];
        let operations = chance.below(most);
        disk::cut_power_behind(operations, self.directory.path(), found.path(), chance);
        does(self)?;
        let lost = disk::has_no_power()?;
        self.go_on_in(found);
        Ok(lost)
    }

    /// Whether that takes nothing that was stored.
    fn may_lose_power(&self) -> bool {
        self.options.sync == Sync::Commit
    }

    fn go_on_in(&mut self, found: TempDir) {
        // What closing it does to the files concerns nobody.
        self.open = None;
        disk::forget(self.directory.path());
        self.directory = found;
    }

    /// Starts, perhaps again where the power went meanwhile. Gives how often it did, too.
    pub fn start(&mut self, chance: &mut Chance) -> Result<(Durable, u32), Wrong> {
        let mut power_cuts = 0;
        while self.may_lose_power() && chance.one_in(4) {
            self.lose_power(chance, |files| files.open().map(drop))?;
            power_cuts += 1;
        }
        Ok((self.open()?, power_cuts))
    }

    fn open(&mut self) -> Result<Durable, Error> {
        let data = self.directory.path();
        let (store, durable) = Store::open(data, self.options)?;
        let tail = Tail::open_on(tail_file, data, self.options, &durable)?;
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
    pub fn commit(&mut self, batch: &Batch) -> Result<(), Error> {
        let (seq, at, changes) = (batch.seq, batch.at, batch.changes());
        let all = batch.kept.iter().chain(&changes);
        if changes.is_empty() && batch.is_for_readers {
            return self.store.commit_unsynced(seq, at, all);
        }
        self.in_database = seq;
        self.store.commit(seq, at, all)
    }

    /// The process ends in order: the database gets the rest, and then has everything.
    pub fn finish(&mut self, rest: &Batch) -> Result<(), Error> {
        if rest.size() > 0 {
            self.commit(rest)?;
        }
        self.store.finish_on(tail_file)
    }
}

fn tail_file(file: File, path: &Path) -> TailFile {
    TailFile { file, path: path.into() }
}

impl From<io::Error> for Wrong {
    fn from(error: io::Error) -> Self {
        Self(format!("the disk: {error}"))
    }
}
