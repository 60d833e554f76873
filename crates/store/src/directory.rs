//! The data directory: its files, and the lock that keeps a second server out.

use crate::error::Error;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

/// Everything that must not be lost.
pub const DATABASE: &str = "parlor.db";

/// What was stored and is not in the database yet: as little to be lost.
pub const TAIL: &str = "parlor.tail";

/// The full-text index: derived from the database, and made again when it is missing.
pub const SEARCH: &str = "search.db";

/// Empty; locked while a server runs.
pub const LOCK: &str = "parlor.lock";

/// Creates the directory where it is missing, readable by its owner alone, and locks it. The lock
/// lasts as long as the file stays open, however the process ends.
pub fn lock(directory: &Path) -> Result<File, Error> {
    create(directory)?;
    let path = directory.join(LOCK);
    let file = private_file(&path)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::InUse { directory: directory.into() }),
        Err(TryLockError::Error(source)) => Err(Error::File { path, source }),
    }
}

/// Makes an empty file for a database that is missing, before `SQLite` opens it. It will hold
/// password hashes and what people say, so nobody but its owner reads it; `SQLite` gives its
/// companions the same permissions.
pub fn make_private(path: &Path) -> Result<(), Error> {
    // One that is there is left alone: closing it here would drop the locks that other connections
    // of this process have on it.
    if path.exists() { Ok(()) } else { private_file(path).map(drop) }
}

/// The write-ahead log beside a database.
pub fn wal_of(database: &Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

/// Removes a database with its companions.
pub fn remove(database: &Path) -> Result<(), Error> {
    for suffix in ["-wal", "-shm", ""] {
        let mut path = database.as_os_str().to_owned();
        path.push(suffix);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(Error::file(Path::new(&path))(error));
            }
            _ => {}
        }
    }
    Ok(())
}

fn create(directory: &Path) -> Result<(), Error> {
    if directory.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(directory).map_err(Error::file(directory))?;
    // SQLite syncs the directory that it writes into. That this directory is itself found again
    // after a power loss is for us to see to.
    #[cfg(unix)]
    if let Some(parent) = directory.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        File::open(parent).and_then(|parent| parent.sync_all()).map_err(Error::file(parent))?;
    }
    Ok(())
}

/// Opens a file that only its owner reads, and makes it where it is missing.
pub fn private_file(path: &Path) -> Result<File, Error> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(Error::file(path))
}
