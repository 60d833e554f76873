//! Transcripts of the IRC door, a file a group of verbs: who sends which line, who sees which line.

#[path = "../common/mod.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod common;

mod account;
mod accounts;
mod capabilities;
mod channels;
mod history;
mod history_rights;
mod hosts;
mod labels;
mod mark_read;
mod messages;
mod names;
mod operators;
mod people;
mod scans;
mod secure;
mod server;
mod session;
mod sessions;
mod stored;
mod talk;
mod webirc;
