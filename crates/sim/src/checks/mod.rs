//! The invariants: a function each, asked where it must hold.

pub(crate) mod applied;
pub(crate) mod bytes;
pub(crate) mod rest;
