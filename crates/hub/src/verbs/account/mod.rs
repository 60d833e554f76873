//! Accounts.

pub(super) mod login;
pub(super) mod register;
