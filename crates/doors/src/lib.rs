//! What each kind of client speaks, and the hall: the state of one shard's connections. No I/O: bytes and
//! the time come in, bytes and requests go out.
//!
//! - [`hall::Hall`] is everyone who is connected through one shard: who is in which channel here,
//!   what each may still send, what waits to be written to each. It renders each event once a
//!   dialect.
//! - `line/` is the door for people with `nc` or telnet, `irc/` the one for IRC clients. A door reads
//!   bytes and puts what they ask for on the [`desk::Desk`]; it renders events, answers and refusals.
//! - `crowds` admits what concerns thousands in turns, on its way from halls to the hub.
//! - `names` folds names, so that the hub compares what arrives and needs no tables of characters.
//! - `web/` is the door for HTTP: it answers one request, or makes the connection a WebSocket, on which the IRC
//!   door goes on.
//! - A new door is a folder beside these, and a variant of `door::Door`.
//!
//! Absent on purpose: sockets, clocks, threads, and any decision about who may do what (the hub's).

mod accounts;
pub mod bounds;
mod cloak;
pub mod crowds;
pub mod desk;
pub mod door;
pub mod facts;
pub mod hall;
pub mod irc;
pub mod keeping;
pub mod line;
mod modes;
pub mod names;
mod queue;
mod sniffing;
mod time;
mod web;

pub use cloak::Cloaks;
pub use facts::{Facts, Operator};
pub use hall::Hall;
