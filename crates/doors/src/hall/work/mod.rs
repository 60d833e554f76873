//! Work that is done elsewhere, and that a seat's later lines wait for.

mod hashing;
mod looking;
