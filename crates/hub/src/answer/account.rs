//! What is told about accounts.

use crate::change::{Certificate, Preferences};
use crate::command::Credential;
use crate::id::Millis;
use crate::name::Text;
use crate::person::Fingerprint;

/// An answer about an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountAnswer {
    /// An account of this name was made, and waits for the code that is sent to this address.
    VerificationNeeded(Text, Text),
    /// The code was right, and the account is the session's.
    Verified(Text, Credential),
    /// The password is another.
    PasswordChanged,
    /// The address is another, or none.
    EmailIs(Option<Text>),
    /// A certificate stands for the password.
    CertificateAdded(Fingerprint),
    /// It does no more.
    CertificateRemoved(Fingerprint),
    /// All that do.
    Certificates(Vec<Certificate>),
    /// A nick belongs to the account.
    Grouped(Text),
    /// It does no more.
    Ungrouped(Text),
    /// How the owner wants things.
    Preferences(Preferences),
    /// The connections of everyone who wears the account.
    Sessions(Vec<SessionIs>),
    /// So many connections were ended.
    SessionsEnded(usize),
    /// Who wore a nick was put out.
    Ghosted(Text),
    /// Nobody else wears it.
    NothingHeld(Text),
    /// What must be said to drop an account.
    DropCode(Text, Text),
    /// An account is no more.
    Dropped(Text),
    /// What must be said to have forgotten what an account wrote.
    ForgetCode(Text, Text),
    /// It is forgotten.
    Forgotten(Text),
    /// An operator made it.
    Made(Text),
    /// It cannot be used.
    Suspended(Text),
    /// It can be used again.
    Unsuspended(Text),
    /// Its host, or that it has none.
    HostIs(Text, Option<Text>),
    /// All about one.
    Info(Box<AccountIs>),
    /// Names of accounts that match, and how many more there are.
    List(Vec<Text>, usize),
}

/// A connection of somebody who wears an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionIs {
    /// How it is named to be ended.
    pub number: u32,
    /// The nick that it wears.
    pub nick: Text,
    /// From where.
    pub host: Text,
    /// Nobody on the way reads along.
    pub secure: bool,
    /// Since when.
    pub since: Millis,
    /// It is the one that asked.
    pub is_this: bool,
}

/// An account, as its owner, an operator or anyone else is told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountIs {
    /// Its name.
    pub name: Text,
    /// Since when.
    pub registered_at: Millis,
    /// Nicks that belong to it besides its name.
    pub nicks: Vec<Text>,
    /// Under which nicks it is here.
    pub here: Vec<Text>,
    /// What only its owner and operators are told.
    pub own: Option<OwnAccount>,
}

/// What only an account's owner and operators are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnAccount {
    /// Where its owner gets mail.
    pub email: Option<Text>,
    /// How many certificates stand for its password.
    pub certificates: usize,
    /// Its code has come.
    pub is_verified: bool,
    /// Why it cannot be used, if an operator does not want it to be.
    pub suspended: Option<Text>,
}
