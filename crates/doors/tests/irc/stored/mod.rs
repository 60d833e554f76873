//! What is done with what was said before.

mod earlier;
mod event_playback;
mod forget;
mod message_edit;
mod message_redaction;
mod reactions;
mod search;
