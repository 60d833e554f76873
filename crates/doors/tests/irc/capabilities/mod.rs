//! Capabilities, a file each, by their names.

mod account_extban;
mod account_notify;
mod away_notify;
mod bot_mode;
mod extended_monitor;
mod invite_notify;
mod monitor;
mod no_implicit_names;
mod setname;
