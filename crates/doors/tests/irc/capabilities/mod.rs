//! Capabilities, a file each, by their names.

mod away_notify;
