//! Capabilities, a file each, by their names.

mod account_notify;
mod away_notify;
mod invite_notify;
mod setname;
