//! Talking, and reading what was said.

pub(in crate::irc) mod batch;
pub(super) mod edit;
pub(in crate::irc) mod history;
pub(super) mod mark_read;
pub(super) mod message;
pub(in crate::irc) mod playback;
pub(super) mod recipients;
pub(super) mod redact;
pub(super) mod relay;
pub(super) mod search;
pub(super) mod tags;
pub(super) mod targets;
