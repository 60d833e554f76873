//! Asking about people.

pub(super) mod who;
pub(super) mod whois;
