//! What the server itself and its operators do.

pub(super) mod ban;
pub(super) mod chghost;
pub(super) mod configured;
pub(super) mod counts;
pub(super) mod debug;
pub(super) mod elapsed;
pub(super) mod force;
pub(super) mod kill;
pub(super) mod rehash;
pub(super) mod started;
pub(super) mod wallops;
