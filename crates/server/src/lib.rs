//! The server: what moves bytes, entries and outcomes between the parts that know no I/O.
//!
//! ```text
//! sockets → shard (a Hall) → core (Journal, Hub) → storing (Store) → shard → sockets
//!                     ↘ hashing ↗            readers ↗   searching
//! ```
//!
//! - `serve`: starts all threads, wires them, and stops them. Read it first. `signals`: what asks it to.
//! - `listen`: listening sockets. `shard/`: one thread and event loop each, its own connections.
//!   `tls/`: certificates, and the sessions of callers who begin with TLS.
//! - `core`: what applies entries, on a thread of its own. `near`: the same, inline on the thread of the only
//!   shard. `journal/`: what gives entries their order.
//! - `storing`: the one thread that commits, and then releases. `readers`: history and search.
//!   `searching`: keeps the search index up to date. `hashing`: passwords.
//! - `config/`: `parlor.toml`, the environment, flags. `bounds`: every limit, with its reason.
//!
//! A panic in any thread or task ends the process: the binary's `src/main.rs` sees to it, because the
//! others could only wait for that part.
//!
//! Socket → shard blocks, and with one shard the tail's sync (`near`). Every channel between threads is unbounded by itself and bounded by
//! the credit that each session has (`doors::bounds::IN_FLIGHT_MAX`), so the ring cannot deadlock.

mod banned;
pub mod bounds;
mod clock;
pub mod config;
mod core;
mod descriptors;
mod hashing;
mod journal;
mod listen;
mod near;
mod readers;
mod searching;
mod serve;
mod shard;
mod signals;
mod storing;
mod tls;
mod verifying;

pub use hashing::hash_password;
pub use serve::{ServeError, serve};
pub use tls::{TlsError, check_certificate};
