//! A disk that may lose what was not synced.
//!
//! It is the machine's own, with a note of what each sector held at the last sync of its file, and of which names
//! were in their directory at the last sync of that. So it can say what is left where the power goes: of what came
//! since then all, some or nothing, in any order. `sqlite.rs` has `SQLite` write to it; the tail does by itself.
//!
//! A process has one, since `SQLite` has one, and one world at a time uses it.

mod sqlite;

use crate::bounds::SECTOR_BYTES;
use crate::chance::Chance;
use parlor_store::Medium;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

static DISK: Mutex<Disk> = Mutex::new(Disk::new());

#[derive(Debug)]
struct Disk {
    unsynced: BTreeMap<PathBuf, Unsynced>,
    /// Files whose names are on the disk.
    named: BTreeSet<PathBuf>,
    cut: Option<Cut>,
    /// Sectors that the last power cut took.
    lost: usize,
}

/// When the power goes, and what is found after that.
#[derive(Debug)]
struct Cut {
    operations_left: usize,
    from: PathBuf,
    to: PathBuf,
    chance: Chance,
}

/// A file that was written since its last sync: what it was then.
#[derive(Debug)]
struct Unsynced {
    length: u64,
    /// Those that were written over.
    sectors: BTreeMap<u64, Sector>,
}

type Sector = [u8; SECTOR_BYTES];

/// The use of the disk, as long as it is kept.
pub(super) type Mounted = MutexGuard<'static, ()>;

/// Has whatever uses `SQLite` in this process write to this disk, when no other world does.
pub(super) fn mount() -> Result<Mounted, String> {
    static MOUNTED: Mutex<()> = Mutex::new(());
    sqlite::register()?;
    Ok(MOUNTED.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Nobody asks for the files of a directory any more.
pub(super) fn forget(directory: &Path) {
    sqlite::forget(directory);
    let mut disk = Disk::get();
    disk.unsynced.retain(|path, _| !path.starts_with(directory));
    disk.named.retain(|path| !path.starts_with(directory));
}

/// Copies the files of a directory as another process finds them when this one ends.
pub(super) fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let mut disk = Disk::get();
    for path in files(from)? {
        let copy = copied(&path, to)?;
        // What was not synced may be lost still.
        if let Some(unsynced) = disk.unsynced.remove(&path) {
            disk.unsynced.insert(copy.clone(), unsynced);
        }
        if disk.named.contains(&path) {
            disk.named.insert(copy);
        }
    }
    Ok(())
}

/// Has the power go when the disk has done so much more: the files of a directory are copied as they are found when
/// it comes back. What is done from then on is of no account.
pub(super) fn cut_power_behind(operations: usize, from: &Path, to: &Path, chance: &mut Chance) {
    let (from, to, chance) = (from.into(), to.into(), Chance::new(chance.next()));
    Disk::get().cut = Some(Cut { operations_left: operations, from, to, chance });
}

/// The power has gone by now, whatever was done. Gives how many sectors were lost.
pub(super) fn has_no_power() -> io::Result<usize> {
    let mut disk = Disk::get();
    disk.cut_power()?;
    Ok(disk.lost)
}

/// The files of a directory, in an order, but those that are in memory alone.
fn files(directory: &Path) -> io::Result<BTreeSet<PathBuf>> {
    let paths = fs::read_dir(directory)?.map(|entry| entry.map(|entry| entry.path()));
    let is_lasting = |path: &PathBuf| !path.to_string_lossy().ends_with("-shm");
    paths.filter(|path| path.as_ref().map_or(true, is_lasting)).collect()
}

fn copied(path: &Path, to: &Path) -> io::Result<PathBuf> {
    let copy = to.join(path.file_name().unwrap_or_default());
    fs::copy(path, &copy)?;
    Ok(copy)
}

impl Disk {
    const fn new() -> Self {
        Self { unsynced: BTreeMap::new(), named: BTreeSet::new(), cut: None, lost: 0 }
    }

    fn get() -> MutexGuard<'static, Self> {
        DISK.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The disk is to do something.
    fn operation(&mut self) -> io::Result<()> {
        match &mut self.cut {
            None => Ok(()),
            Some(Cut { operations_left: 0, .. }) => self.cut_power(),
            Some(cut) => {
                cut.operations_left -= 1;
                Ok(())
            }
        }
    }

    fn cut_power(&mut self) -> io::Result<()> {
        let Some(Cut { from, to, mut chance, .. }) = self.cut.take() else { return Ok(()) };
        self.lost = 0;
        for path in files(&from)? {
            if !self.named.contains(&path) && chance.one_in(2) {
                continue;
            }
            let copy = copied(&path, &to)?;
            if let Some(unsynced) = self.unsynced.get(&path) {
                let copy = File::options().write(true).open(&copy)?;
                self.lost += unsynced.lose(&copy, &mut chance)?;
            }
            self.named.insert(copy);
        }
        Ok(())
    }

    /// Notes what a file holds from one place to another before that changes.
    fn note(&mut self, file: &File, path: &Path, (from, to): (u64, u64)) -> io::Result<()> {
        self.operation()?;
        if !self.unsynced.contains_key(path) {
            let length = file.metadata()?.len();
            self.unsynced.insert(path.into(), Unsynced { length, sectors: BTreeMap::new() });
        }
        let Some(unsynced) = self.unsynced.get_mut(path) else { return Ok(()) };
        // There is nothing to lose behind the end.
        for at in sectors(from, to.min(unsynced.length)) {
            if let Entry::Vacant(place) = unsynced.sectors.entry(at) {
                place.insert(read_sector(file, at)?);
            }
        }
        Ok(())
    }
}

fn write(file: &File, path: &Path, bytes: &[u8], at: u64) -> io::Result<()> {
    Disk::get().note(file, path, (at, at + bytes.len() as u64))?;
    file.write_all_at(bytes, at)
}

fn set_length(file: &File, path: &Path, length: u64) -> io::Result<()> {
    Disk::get().note(file, path, (length, file.metadata()?.len()))?;
    file.set_len(length)
}

/// At once for good: nothing here comes to depend on a name that is gone.
fn delete(path: &Path) -> io::Result<()> {
    let mut disk = Disk::get();
    disk.operation()?;
    disk.unsynced.remove(path);
    disk.named.remove(path);
    fs::remove_file(path)
}

fn sync(path: &Path) -> io::Result<()> {
    let mut disk = Disk::get();
    disk.operation()?;
    disk.unsynced.remove(path);
    Ok(())
}

fn sync_names(directory: &Path) -> io::Result<()> {
    let mut disk = Disk::get();
    disk.operation()?;
    disk.named.extend(files(directory)?);
    Ok(())
}

impl Unsynced {
    /// Takes some of it back in a file that has all of it.
    fn lose(&self, file: &File, chance: &mut Chance) -> io::Result<usize> {
        let written = file.metadata()?.len();
        let keeps_length = chance.one_in(2);
        let length = if keeps_length { written } else { self.length };
        file.set_len(length)?;
        // One of so many is kept: in most cases hardly anything, all, or nothing.
        let kept_of = [0, 1, 2, 2, 10][chance.below(5)];
        let was_cut_off = |at: u64| at + SECTOR_BYTES as u64 > written;
        let mut lost = 0;
        for (at, sector) in &self.sectors {
            let stays = kept_of > 0 && chance.one_in(kept_of);
            if *at < length && (!stays || was_cut_off(*at)) {
                let end = sector.len().min((length - at) as usize);
                file.write_all_at(&sector[..end], *at)?;
                lost += 1;
            }
        }
        for at in sectors(self.length.next_multiple_of(SECTOR_BYTES as u64), length) {
            if kept_of == 0 || !chance.one_in(kept_of) {
                let end = SECTOR_BYTES.min((length - at) as usize);
                file.write_all_at(&[0; SECTOR_BYTES][..end], at)?;
                lost += 1;
            }
        }
        Ok(lost)
    }
}

/// Where the sectors begin in which these bytes are.
fn sectors(from: u64, to: u64) -> impl Iterator<Item = u64> {
    let first = from - from % SECTOR_BYTES as u64;
    (first..to).step_by(SECTOR_BYTES)
}

fn read_sector(file: &File, at: u64) -> io::Result<Sector> {
    let mut sector = [0; SECTOR_BYTES];
    read(file, &mut sector, at)?;
    Ok(sector)
}

/// Reads as much as there is, and gives how much that was.
fn read(file: &File, into: &mut [u8], at: u64) -> io::Result<usize> {
    let mut done = 0;
    while done < into.len() {
        match file.read_at(&mut into[done..], at + done as u64) {
            Ok(0) => break,
            Ok(count) => done += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(done)
}

/// The file of a tail.
#[derive(Debug)]
pub(super) struct TailFile {
    pub file: File,
    pub path: PathBuf,
}

impl Medium for TailFile {
    fn file(&self) -> &File {
        &self.file
    }

    fn write(&self, bytes: &[u8], at: u64) -> io::Result<()> {
        write(&self.file, &self.path, bytes, at)
    }

    fn sync(&self) -> io::Result<()> {
        sync(&self.path)
    }

    fn sync_with_name(&self, directory: &Path) -> io::Result<()> {
        sync(&self.path)?;
        sync_names(directory)
    }
}
