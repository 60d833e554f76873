//! Saying things, and reading what was said.

mod amending;
pub(super) mod edit;
pub(super) mod history;
pub(super) mod look;
pub(super) mod mark_read;
pub(super) mod message;
pub(super) mod missed;
pub(super) mod playback;
pub(super) mod redact;
pub(super) mod relay;
pub(super) mod search;
pub(super) mod tags;
pub(super) mod targets;
