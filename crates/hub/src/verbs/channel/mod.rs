//! Channels: coming, going, and what may be done there.

mod life;

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

pub(super) use life::{bequeath, end, expire, keep_lobby, let_go};
