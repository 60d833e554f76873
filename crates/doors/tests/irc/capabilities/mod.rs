//! Capabilities, a file each, by their names.

mod account_extban;
mod account_notify;
mod away_notify;
mod bot_mode;
mod extended_join;
mod extended_monitor;
mod invite_notify;
mod monitor;
mod multi_prefix;
mod no_implicit_names;
mod server;
mod setname;
mod userhost_in_names;
mod whoami;
