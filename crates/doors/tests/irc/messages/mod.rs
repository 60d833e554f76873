//! What may be said, and what comes with it.

mod client_tags;
mod metadata;
mod multiline;
