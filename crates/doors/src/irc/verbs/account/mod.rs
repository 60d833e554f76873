//! Accounts.

pub(crate) mod login;
pub(super) mod register;
pub(crate) mod services;
