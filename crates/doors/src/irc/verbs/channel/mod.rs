//! Channels.

pub(super) mod invite;
pub(super) mod join;
pub(super) mod kick;
pub(super) mod knock;
pub(super) mod list;
pub(super) mod mode;
pub(super) mod names;
pub(super) mod part;
pub(super) mod rename;
pub(super) mod topic;
