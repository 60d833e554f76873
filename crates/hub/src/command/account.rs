//! What people do with accounts.

use super::Register;
use crate::change::Keys;
use crate::command::Credential;
use crate::name::{Nick, Text};
use crate::person::Fingerprint;
use serde::{Deserialize, Serialize};

/// Something that changes an account, or who wears it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AccountCommand {
    /// The code that was sent to the owner of a new account.
    Verify(Nick, Text),
    /// Another password; the old one was verified.
    Password(Credential, Keys),
    /// Another address, or none.
    Email(Option<Text>),
    /// A certificate that stands for the password.
    AddCertificate(Fingerprint),
    /// One that does no more.
    RemoveCertificate(Fingerprint),
    /// The nick that they wear belongs to their account too.
    Group(Nick),
    /// A nick does no more.
    Ungroup(Nick),
    /// How its owner wants something.
    Prefer(Preference),
    /// One of the account's sessions is over; all but this one, if none is named.
    EndSession(Option<u32>),
    /// Whoever wears a nick of their account is put out.
    Regain {
        /// The nick.
        nick: Nick,
        /// The account was logged in to just for this.
        credential: Option<Credential>,
        /// They wear it from now on.
        wear: bool,
    },
    /// The account is to be no more. Without its code, they are told the code.
    Drop(Option<Text>),
    /// All that the account wrote is to be forgotten. Without its code, they are told the code.
    Forget(Option<Text>),
    /// An operator has forgotten what an account wrote.
    ForgetOf(Nick),
    /// An operator makes an account for someone.
    Make(Register),
    /// An operator does not want an account to be used; why.
    Suspend(Nick, Text),
    /// It may be used again.
    Unsuspend(Nick),
    /// Whoever wears it is seen to come from there, or from where they do.
    Host(Nick, Option<Text>),
}

/// How an account's owner wants one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Preference {
    /// Lines shown on joining; the server's number if none.
    Replay(Option<u16>),
    /// While no connection is there, they are shown as away.
    AutoAway(bool),
    /// Several connections may wear the nick.
    Multiclient(bool),
    /// What is written to and by them alone is kept.
    DirectHistory(bool),
}
