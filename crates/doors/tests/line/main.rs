//! Transcripts of the line door: who types which line, who sees which line.

#[path = "../common/mod.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod common;

mod accounts;
mod anything;
mod channels;
mod coming_in;
mod talking;
