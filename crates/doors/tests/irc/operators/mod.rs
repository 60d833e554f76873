//! What server operators may do, and what others are told of it.

mod bans;
mod chghost;
mod debug;
mod rights;
