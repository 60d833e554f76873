//! What `SQLite` does to that disk.
//!
//! A world has one thread, and no transaction is open while another begins: so whoever asks for a lock gets it.

use crate::chance::Chance;
use sqlite_vfs::wip::{WalIndex, WalIndexLock};
use sqlite_vfs::{DatabaseHandle, LockKind, OpenAccess, OpenKind, OpenOptions, Vfs};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

/// A piece of what all connections to a database know of its log. It is in memory: on no disk.
type Region = [u8; 32 * 1024];

/// As each of them begins.
static EMPTY: Region = [0; 32 * 1024];

static REGIONS: Mutex<BTreeMap<(PathBuf, u32), Region>> = Mutex::new(BTreeMap::new());

/// Has every connection of this process from now on use it.
pub(super) fn register() -> Result<(), String> {
    static REGISTERED: OnceLock<Result<(), String>> = OnceLock::new();
    let register = || {
        let registered = sqlite_vfs::register("parlor-sim", Files, true);
        registered.map_err(|error| error.to_string())
    };
    REGISTERED.get_or_init(register).clone()
}

/// Nobody asks for databases of a directory any more.
pub(super) fn forget(directory: &Path) {
    regions().retain(|(path, _), _| !path.starts_with(directory));
}

fn regions() -> MutexGuard<'static, BTreeMap<(PathBuf, u32), Region>> {
    REGIONS.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Files;

/// A file that is open.
struct Open {
    file: File,
    path: PathBuf,
    /// As `SQLite` does on Unix, the directory is synced with a new log the first time.
    names_too: bool,
    lock: LockKind,
}

impl Vfs for Files {
    type Handle = Open;

    fn open(&self, path: &str, options: OpenOptions) -> io::Result<Open> {
        let path = PathBuf::from(path);
        let is_log = matches!(options.kind, OpenKind::Wal | OpenKind::MainJournal);
        let names_too = is_log && !path.exists();
        let mut how = File::options();
        how.read(true);
        match options.access {
            OpenAccess::Read => &mut how,
            OpenAccess::Write => how.write(true),
            OpenAccess::Create => how.write(true).create(true),
            OpenAccess::CreateNew => how.write(true).create_new(true),
        };
        Ok(Open { file: how.open(&path)?, path, names_too, lock: LockKind::None })
    }

    fn delete(&self, path: &str) -> io::Result<()> {
        super::delete(Path::new(path))
    }

    fn exists(&self, path: &str) -> io::Result<bool> {
        // To SQLite an empty file is none.
        Ok(fs::metadata(path).is_ok_and(|file| file.len() > 0))
    }

    fn temporary_name(&self) -> String {
        let mut name = [0; 16];
        self.random(&mut name);
        let name = name.map(|byte| char::from(b'a' + byte.unsigned_abs() % 26));
        let path = std::env::temp_dir().join(format!("parlor-sim-{}", String::from_iter(name)));
        path.to_string_lossy().into_owned()
    }

    fn random(&self, buffer: &mut [i8]) {
        static CHANCE: Mutex<Option<Chance>> = Mutex::new(None);
        let mut chance = CHANCE.lock().unwrap_or_else(PoisonError::into_inner);
        let chance = chance.get_or_insert_with(|| Chance::new(0));
        buffer.fill_with(|| (chance.below(256) as u8).cast_signed());
    }

    fn sleep(&self, duration: Duration) -> Duration {
        duration
    }
}

impl DatabaseHandle for Open {
    type WalIndex = Regions;

    fn size(&self) -> io::Result<u64> {
        self.file.metadata().map(|file| file.len())
    }

    fn read_exact_at(&mut self, into: &mut [u8], at: u64) -> io::Result<()> {
        let count = super::read(&self.file, into, at)?;
        if count < into.len() {
            // It wants to find zeroes there.
            into[count..].fill(0);
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(())
    }

    fn write_all_at(&mut self, bytes: &[u8], at: u64) -> io::Result<()> {
        super::write(&self.file, &self.path, bytes, at)
    }

    fn sync(&mut self, _: bool) -> io::Result<()> {
        super::sync(&self.path)?;
        match self.path.parent() {
            Some(directory) if std::mem::take(&mut self.names_too) => super::sync_names(directory),
            _ => Ok(()),
        }
    }

    fn set_len(&mut self, length: u64) -> io::Result<()> {
        super::set_length(&self.file, &self.path, length)
    }

    fn lock(&mut self, lock: LockKind) -> io::Result<bool> {
        self.lock = lock;
        Ok(true)
    }

    fn reserved(&mut self) -> io::Result<bool> {
        Ok(false)
    }

    fn current_lock(&self) -> io::Result<LockKind> {
        Ok(self.lock)
    }

    fn wal_index(&self, _: bool) -> io::Result<Regions> {
        Ok(Regions(self.path.clone()))
    }
}

/// Of which database.
struct Regions(PathBuf);

impl WalIndex for Regions {
    fn map(&mut self, region: u32) -> io::Result<Region> {
        Ok(regions().get(&(self.0.clone(), region)).copied().unwrap_or(EMPTY))
    }

    fn lock(&mut self, _: Range<u8>, _: WalIndexLock) -> io::Result<bool> {
        Ok(true)
    }

    fn delete(self) -> io::Result<()> {
        regions().retain(|(path, _), _| *path != self.0);
        Ok(())
    }

    fn pull(&mut self, region: u32, known: &mut Region) -> io::Result<()> {
        *known = self.map(region)?;
        Ok(())
    }

    fn push(&mut self, region: u32, known: &Region) -> io::Result<()> {
        regions().insert((self.0.clone(), region), *known);
        Ok(())
    }
}
