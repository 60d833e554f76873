//! From where people are seen to come.

mod cloaks;
mod vhosts;
