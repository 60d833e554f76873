//! Where a tail is written: the file, and what makes it last.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;

/// What a tail is written to: a file; in the simulator one on a disk that loses what was not synced.
pub trait Medium {
    /// The file, to read it.
    fn file(&self) -> &File;

    /// Writes all of this at a place.
    fn write(&self, bytes: &[u8], at: u64) -> io::Result<()>;

    /// What was written is on the disk.
    fn sync(&self) -> io::Result<()>;

    /// So is everything about the file, with its name in this directory.
    fn sync_with_name(&self, directory: &Path) -> io::Result<()>;
}

impl Medium for File {
    fn file(&self) -> &File {
        self
    }

    fn write(&self, bytes: &[u8], at: u64) -> io::Result<()> {
        self.write_all_at(bytes, at)
    }

    fn sync(&self) -> io::Result<()> {
        self.sync_data()
    }

    fn sync_with_name(&self, directory: &Path) -> io::Result<()> {
        self.sync_all()?;
        File::open(directory)?.sync_all()
    }
}
