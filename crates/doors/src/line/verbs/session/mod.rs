//! Being here.

pub(super) mod away;
pub(super) mod nick;
pub(super) mod pass;
pub(super) mod quit;
pub(super) mod stay;
