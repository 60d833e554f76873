//! Transcripts of the IRC door, a file a group of verbs: who sends which line, who sees which line.

#[path = "../common/mod.rs"]
mod common;

mod account;
mod channel;
mod history;
mod labels;
mod modes;
mod people;
mod server;
mod session;
mod talk;
