//! What holds for every command that a client may send, whatever stands behind it: the table of verbs is
//! walked, so a new verb is held to all of it from its first day.
//!
//! - `watcher`: what is true of every line that is sent, and how an answer is told from other lines.
//! - `every_verb`: each verb with too little, too much, too long, and what is no text.
//! - `capabilities`: each capability, put on and taken off again; and negotiation that never ends.

#[path = "../common/mod.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod common;

mod capabilities;
mod every_verb;
mod watcher;
