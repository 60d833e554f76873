//! The door for people with `nc` or telnet: plain lines, read by a human.
//!
//! - `door`: the connection's state, and what the hall asks of it. `reading`: from bytes to lines.
//!   `outside`: callers who are nobody yet. `places`: which channels, and where words go.
//! - `verbs/`: a file for each `/word`; its table drives `/help` and the nearest name as well.
//! - `telling/`: events, answers and refusals in plain words. Everything goes through `paper`, which
//!   makes each line harmless to a terminal, whoever wrote it.
//!
//! A person sees what they type, so their own words are never repeated to them.

mod door;
mod outside;
mod paper;
mod places;
mod reading;
mod telling;
#[cfg(test)]
mod tests;
mod verbs;
mod view;

pub use door::LineDoor;
pub(crate) use telling::event::render;
pub use view::View;
