//! Saying things, and reading what was said.

pub(super) mod history;
pub(super) mod me;
pub(super) mod msg;
pub(super) mod search;
mod split;

pub(in crate::line) use msg::say;
