//! Transcripts of the line door: who types which line, who sees which line.

#[path = "../common/mod.rs"]
mod common;

mod accounts;
mod anything;
mod channels;
mod coming_in;
mod talking;
