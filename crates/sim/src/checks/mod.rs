//! The invariants: a function each, asked where it must hold. `rooms` is what several of them compare
//! with.

pub(crate) mod addresses;
pub(crate) mod applied;
pub(crate) mod bytes;
pub(crate) mod earlier;
pub(crate) mod missed;
pub(crate) mod noted;
pub(crate) mod pairs;
pub(crate) mod rest;
pub(crate) mod rooms;
