//! Real clients, a file each, as people use them. What they show is what people see.

mod catgirl;
mod irssi;
mod lounge;
mod netcat;
mod plain;
#[path = "../support/mod.rs"]
mod support;
mod telnet;
mod weechat;
mod znc;
