//! IRC's grammars: a line becomes a message, and a message a line.
//!
//! - [`message`]: parsing, without copying.
//! - [`mod@format`]: writing, without injection.
//! - [`numeric`]: the replies' numbers.
//! - [`modes`]: `+o-v ada bob`.
//!
//! What a verb means is the doors' business; nothing here knows one.

pub mod format;
pub mod message;
pub mod modes;
pub mod numeric;
