//! `SQLite`: group commit, history, search.
//!
//! Four plain, synchronous types, for the kinds of thread that the server has:
//!
//! - [`Store`] is the only writer. [`Store::open`] locks the data directory (`directory.rs`), brings
//!   `parlor.db` to the last schema (`migrations.rs`, one numbered file a step in `migrations/`),
//!   commits a new epoch and loads what outlived the last start (`load.rs`). [`Store::commit`] is
//!   one transaction for everything that waits (`commit.rs`), [`Store::expire`] one for some of what is
//!   not to be kept any longer (`expiry.rs`).
//! - [`Tail`] stores what comes with one write and one sync, until [`Store::commit`] brings it to the
//!   database together with what came after it (`commit/tail.rs`).
//! - [`Reader`] answers from its own read-only connection (`reading/`): pages of history, lists of
//!   conversations, searches; a file each.
//! - [`Indexer`] fills `search.db`, the full-text index, after the commits (`index/`). Which parts of a
//!   message are words, and how a search becomes a question for FTS5, is in `index/words.rs`.
//!
//! A new durable fact is a variant of [`parlor_hub::change::Change`], a migration, a function in
//! `commit.rs` and, if a start must know it, one in `load.rs`. How targets and message ids become
//! the numbers that the database compares is in `target.rs`; a message's columns are in
//! `message.rs`, its envelope (from whom and to whom) in `commit/envelopes.rs`, the columns of what else happened in `event.rs`; bounds in `bounds.rs`; what can go wrong, in words, in `error.rs`.
//!
//! Absent on purpose: threads, channels and clocks (only [`Store::measure_sync`] looks at one), and
//! any knowledge of who may read what. The hub decides it and writes it into a
//! [`Page`](parlor_hub::change::Page) or a [`Search`](parlor_hub::change::Search).

mod accounts;
mod bans;
mod bounds;
mod commit;
mod directory;
mod error;
mod event;
mod expiry;
mod index;
mod load;
mod message;
mod migrations;
mod reading;
mod store;
mod target;

pub use commit::medium::Medium;
pub use commit::tail::Tail;
pub use error::Error;
pub use expiry::Keeps;
pub use index::{Indexer, Progress};
pub use migrations::Upgrade;
pub use reading::{Hits, Reader};
pub use store::{Options, Store, Sync};
