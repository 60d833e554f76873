//! Work that is done elsewhere, and that a seat's later lines wait for; and large looks through everything, which
//! are done in pieces.

mod hashing;
mod looking;
mod scanning;

pub(super) use scanning::Scans;
