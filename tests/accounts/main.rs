//! What accounts promise, with the real binary: the ways in which somebody proves that one is theirs, codes that
//! are sent to their addresses, and what is there of them while they are not.

mod always_on;
mod external;
mod missed;
mod pieces;
mod scram;
#[path = "../support/mod.rs"]
mod support;
mod verification;
