//! Channels that are registered: who keeps them, and what they may do, inside or not.

pub(super) mod access;
pub(super) mod register;
