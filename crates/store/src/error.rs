//! What can go wrong in the store, in words for the person who runs the server.

use parlor_hub::change::Target;
use parlor_hub::id::{MessageId, Millis, Seq};
use rusqlite::ErrorCode;
use std::io;
use std::path::{Path, PathBuf};

/// What went wrong.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The disk, or the quota, is full. The same call may be made again when there is room.
    #[error("there is no room left on the disk that holds the data directory")]
    Full,
    /// Reading or writing failed below `SQLite`. The same call may be made again.
    #[error("the disk that holds the data directory fails: {0}")]
    Disk(#[source] rusqlite::Error),
    /// Another process holds a lock for longer than `bounds::BUSY_WAIT`.
    #[error("another process holds the database: {0}")]
    Busy(#[source] rusqlite::Error),
    /// The file is not what was written to it.
    #[error("the database is damaged (restore a backup): {0}")]
    Damaged(#[source] rusqlite::Error),
    /// A row that this program would not have written.
    #[error("the database holds a {table} row that cannot be read: {found:?}")]
    Unreadable {
        /// In which table.
        table: &'static str,
        /// The value that means nothing.
        found: String,
    },
    /// An event of a kind that is not kept.
    #[error("event {0} is of a kind that is not kept")]
    NotKept(MessageId),
    /// Anything else that `SQLite` refuses.
    #[error("the database refuses: {0}")]
    Sqlite(#[source] rusqlite::Error),
    /// A file of the data directory cannot be used.
    #[error("cannot use {}: {source}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Another server runs on this data directory.
    #[error("another server is using the data directory {} (it holds the lock on {})",
        directory.display(), directory.join(crate::directory::LOCK).display())]
    InUse {
        /// The directory.
        directory: PathBuf,
    },
    /// The file system gives no shared memory for a write-ahead log.
    #[error("{} cannot keep a write-ahead log (SQLite chose {mode:?}); \
        the data directory must be on a local disk", path.display())]
    NoWriteAheadLog {
        /// The database.
        path: PathBuf,
        /// The journal mode that `SQLite` fell back to.
        mode: String,
    },
    /// A later version of the program wrote this data.
    #[error(
        "the data is of version {found}, and this program knows versions up to {known}; \
        run the newer program, or restore a backup made before it"
    )]
    Newer {
        /// In the data.
        found: u32,
        /// The last that is known here.
        known: u32,
    },
    /// What was stored last was written by a program that writes it in another way.
    #[error(
        "the last messages, in {}, were written by another version of this program; \
        start that once and stop it, and they are in the database",
        crate::directory::TAIL
    )]
    TailOfAnotherVersion,
    /// The data folds names in another way than the configuration says.
    #[error(
        "the data was made with casemapping = \"{stored}\", and the configuration says \
        \"{configured}\"; it is fixed when the data is first made"
    )]
    CasemappingDiffers {
        /// In the data.
        stored: String,
        /// In the configuration.
        configured: &'static str,
    },
    /// A batch that does not follow the one before it: nothing of it was written.
    #[error("entry {seq} at {at} cannot follow entry {stored_seq} at {stored_at}")]
    OutOfOrder {
        /// What was to be written.
        seq: Seq,
        /// Its time.
        at: Millis,
        /// What was written last.
        stored_seq: Seq,
        /// Its time.
        stored_at: Millis,
    },
    /// A message that lies outside its batch, or before one already in it: nothing was written.
    #[error("message {0} is out of order")]
    MessageOutOfOrder(MessageId),
    /// A message whose entry is beyond `bounds::SEQ_MAX`.
    #[error("message {0} is beyond what the database can number")]
    MessageOutOfBounds(MessageId),
    /// A channel or an account that cannot be packed into one number.
    #[error("{0:?} is beyond what the database can number")]
    TargetOutOfBounds(Target),
    /// A page was asked for around a message that is not in that history.
    #[error("there is no message {0} in this history")]
    UnknownMessage(MessageId),
}

impl Error {
    /// Whether room on the disk is all that is missing.
    pub fn is_full(&self) -> bool {
        matches!(self, Self::Full)
    }

    /// Whether the same call may succeed later, with nothing changed but the disk.
    pub fn may_pass(&self) -> bool {
        matches!(self, Self::Full | Self::Disk(_) | Self::Busy(_))
    }

    pub(crate) fn is_damage(&self) -> bool {
        matches!(self, Self::Damaged(_))
    }

    /// For `map_err` on a file operation.
    pub(crate) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            _ => Self::File { path: path.to_path_buf(), source },
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::SystemIoFailure) => Self::Disk(error),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy(error),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged(error),
            _ => Self::Sqlite(error),
        }
    }
}
