//! Accounts.

pub(crate) mod login;
pub(super) mod register;
pub(crate) mod sasl;
pub(crate) mod services;
