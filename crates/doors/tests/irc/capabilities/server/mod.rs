//! What the server tells about itself, and what it asks of everyone.

mod extended_isupport;
mod network_icon;
mod utf8only;
