//! What may be said, and what comes with it.

mod client_tags;
mod ctcp;
mod early_metadata;
mod limits;
mod metadata;
mod missed;
mod multiline;
mod playback;
mod self_message;
mod targets;
