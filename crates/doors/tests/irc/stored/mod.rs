//! What is done with what was said before.

mod earlier;
mod message_edit;
mod message_redaction;
mod search;
