//! What the server tells about itself, and what it asks of everyone.

mod extended_isupport;
mod network_icon;
mod oper_tag;
mod utf8only;
