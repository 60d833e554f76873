//! `SQLite`: group commit, history, search.
//!
//! Everything here is plain and synchronous; the threads are the server's.

mod bounds;
mod commit;
mod directory;
mod error;
mod load;
mod message;
mod migrations;
mod page;
mod reader;
mod store;
mod target;

pub use error::Error;
pub use reader::Reader;
pub use store::{Options, Store, Sync};
