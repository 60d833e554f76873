//! Accounts.

pub(crate) mod login;
pub(super) mod register;
pub(super) mod services;
