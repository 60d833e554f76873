//! What the settings of a server promise: how they are read and what is said of wrong ones, the limits,
//! and the passwords.

mod configuration;
mod limits;
mod passwords;
mod rehash;
#[path = "../support/mod.rs"]
mod support;
