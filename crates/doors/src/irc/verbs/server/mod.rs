//! The server itself, and its operators.

pub(super) mod about;
pub(super) mod ban;
pub(in crate::irc::verbs) mod chghost;
pub(super) mod counts;
pub(super) mod debug;
pub(super) mod force;
pub(super) mod help;
pub(super) mod kill;
pub(super) mod rehash;
pub(super) mod stats;
pub(super) mod wallops;
