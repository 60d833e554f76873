//! Talking, and reading what was said.

pub(super) mod history;
pub(super) mod message;
pub(super) mod recipients;
pub(super) mod tags;
