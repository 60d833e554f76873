//! Accounts.

pub(crate) mod login;
pub(crate) mod register;
pub(crate) mod sasl;
pub(crate) mod services;
pub(super) mod verify;
