//! What is kept of an account.

use crate::id::{AccountId, Millis};
use crate::name::{Nick, Text};
use crate::person::Fingerprint;
use serde::{Deserialize, Serialize};

/// An account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountRow {
    /// Never given again.
    pub id: AccountId,
    /// Its name is also a nick, and belongs to it.
    pub name: Nick,
    /// What its password is verified against.
    pub keys: Keys,
    /// Grows with each change of what is needed to log in, so that a verification of before is void.
    pub version: u32,
    /// When it was registered.
    pub registered_at: Millis,
    /// Where its owner gets mail.
    pub email: Option<Text>,
    /// Whether it can be logged in to.
    pub standing: Standing,
    /// The certificates that stand for its password, by fingerprint.
    pub certificates: Vec<Certificate>,
    /// Nicks that belong to it besides its name, by what is shown.
    pub nicks: Vec<Nick>,
    /// How its owner wants things.
    pub preferences: Preferences,
    /// From where whoever wears it is seen to come, if an operator gave it that.
    pub host: Option<Text>,
}

/// What a password is verified against. The password itself never comes here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keys {
    /// A PHC string (`$argon2id$…`).
    pub password: Text,
    /// `SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey` in base64, as RFC 5803 has it with other
    /// signs; none for a password that was set before there were such keys.
    pub scram: Option<Text>,
}

/// Whether an account can be logged in to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// It can.
    Good,
    /// Not before its owner has given this code, and not at all when that has not come by then. Until
    /// it is good, its nick is anyone's.
    Unverified {
        /// What was sent to its address.
        code: Text,
        /// Until when it counts.
        until: Millis,
    },
    /// Not as long as the operators do not want it; this is why.
    Suspended(Text),
}

/// A certificate that stands for an account's password.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Certificate {
    /// Which.
    pub fingerprint: Fingerprint,
    /// When it was added.
    pub added_at: Millis,
}

/// How an account's owner wants things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preferences {
    /// Lines shown on joining to clients that cannot ask for history; the server's number if none.
    pub replay: Option<u16>,
    /// While no connection is there, they are shown as away.
    pub auto_away: bool,
    /// Several connections may wear the nick at the same time.
    pub multiclient: bool,
    /// What is written to and by them alone is kept.
    pub direct_history: bool,
}

impl Default for Preferences {
    fn default() -> Self {
        Self { replay: None, auto_away: true, multiclient: true, direct_history: true }
    }
}

impl AccountRow {
    /// A new account that is good.
    pub fn new(id: AccountId, name: Nick, keys: Keys, registered_at: Millis) -> Self {
        Self {
            id,
            name,
            keys,
            version: 1,
            registered_at,
            email: None,
            standing: Standing::Good,
            certificates: Vec::new(),
            nicks: Vec::new(),
            preferences: Preferences::default(),
            host: None,
        }
    }

    /// Its name, and the other nicks that belong to it.
    pub fn all_nicks(&self) -> impl Iterator<Item = &Nick> {
        std::iter::once(&self.name).chain(&self.nicks)
    }

    /// Whether its nicks belong to it by now.
    pub fn is_verified(&self) -> bool {
        !matches!(self.standing, Standing::Unverified { .. })
    }
}
