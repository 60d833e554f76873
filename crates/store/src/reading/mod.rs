//! A connection that reads, for a thread that answers history and searches.
//!
//! What it answers is a file each: `page`, `look`, `conversations`, `search`. Each begins with what it adds to
//! [`Reader`].

mod conversations;
mod look;
pub(crate) mod page;
mod search;

pub use search::Hits;

use crate::error::Error;
use crate::{bounds, directory};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Transaction};
use std::cell::RefCell;
use std::path::{Path, PathBuf};

/// Reads what is committed, beside the store and never in its way. Each thread opens its own.
#[derive(Debug)]
pub struct Reader {
    pub(crate) connection: Connection,
    pub(crate) directory: PathBuf,
    /// Kept from the last search.
    index: RefCell<Option<search::Index>>,
}

impl Reader {
    /// Opens the data directory of a [`crate::Store`] that is open.
    pub fn open(directory: &Path) -> Result<Self, Error> {
        let connection = read_only(&directory.join(directory::DATABASE))?;
        Ok(Self { connection, directory: directory.into(), index: RefCell::new(None) })
    }

    /// While this is held all looks are as of one moment, and none has to find out anew how far the log is: that
    /// was most of what a look cost.
    fn moment(&self) -> Result<Transaction<'_>, Error> {
        Ok(self.connection.unchecked_transaction()?)
    }
}

/// A connection that cannot write.
pub fn read_only(path: &Path) -> Result<Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(bounds::BUSY_WAIT)?;
    connection.set_prepared_statement_cache_capacity(bounds::STATEMENTS_KEPT);
    // A plan does not depend on what is bound, so that no statement is prepared again when something else is.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(connection)
}
