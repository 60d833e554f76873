//! Asking about people.

pub(super) mod ison;
pub(super) mod metadata;
pub(super) mod monitor;
pub(super) mod userhost;
pub(super) mod who;
pub(super) mod whois;
pub(super) mod whowas;
