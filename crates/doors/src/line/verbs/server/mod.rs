//! The server, and those who run it.

pub(super) mod help;
pub(super) mod kill;
pub(super) mod oper;
pub(super) mod rehash;
pub(super) mod wallops;
