//! Who someone is, as others see them.

use crate::name::Text;
use serde::{Deserialize, Serialize};
use std::fmt;

/// `nick!user@host` and the account behind it. Shared by every event that the person causes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Person {
    /// As shown.
    pub nick: Text,
    /// The username; `~` in front where nobody vouches for it.
    pub username: Text,
    /// The address that others see.
    pub host: Text,
    /// The account's name, when logged in.
    pub account: Option<Text>,
}

impl fmt::Display for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}!{}@{}", self.nick, self.username, self.host)
    }
}
