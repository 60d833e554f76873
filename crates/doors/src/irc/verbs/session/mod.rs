//! Being here: from the first line to the end.

pub(super) mod away;
pub(super) mod cap;
pub(super) mod nick;
pub(super) mod oper;
pub(super) mod persistence;
pub(super) mod ping;
pub(super) mod quit;
pub(super) mod setname;
pub(super) mod sign_on;
pub(super) mod user_mode;
pub(super) mod webirc;
