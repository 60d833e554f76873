//! Accounts.

pub(super) mod forget;
pub(super) mod login;
pub(super) mod logout;
pub(super) mod passwd;
pub(super) mod prefer;
pub(super) mod regain;
pub(super) mod register;
pub(super) mod sessions;
pub(super) mod unregister;
pub(super) mod verify;

use super::server;
use super::session::pass;
use crate::desk::{Desk, Hashed};
use crate::line::door::LineDoor;
use crate::line::telling::refusal::worded;
use parlor_hub::Refusal;
use parlor_hub::command::{Credential, Oper};
use parlor_hub::name::{Nick, Text};

/// What a password is worked on for.
#[derive(Debug)]
pub(in crate::line) enum Work {
    /// To come in at all.
    Enter,
    /// To log in.
    LogIn,
    /// To change it to this one.
    OldPassword(String),
    /// The one that it is changed to.
    NewPassword(Credential),
    /// For a new account.
    Register(Nick, Option<Text>),
    /// To be a server operator.
    Operator(Oper),
}

impl LineDoor {
    /// The result of work on a password that was asked for.
    pub fn hashed(&mut self, result: Hashed, desk: &mut Desk<'_>) {
        let Some(work) = self.work.take() else { return };
        match result {
            Hashed::Busy => return self.say(desk, &format!("* {}", worded(&Refusal::Busy, None))),
            Hashed::TooManyWrong => {
                return self.say(
                    desk,
                    "* Too many wrong passwords came from your address. Try again later.",
                );
            }
            _ => {}
        }
        match *work {
            Work::Enter => pass::hashed(self, result, desk),
            Work::LogIn => login::hashed(self, result, desk),
            Work::OldPassword(new) => passwd::verified(self, result, new, desk),
            Work::NewPassword(old) => passwd::hashed(result, old, desk),
            Work::Register(name, email) => register::hashed(self, result, (name, email), desk),
            Work::Operator(oper) => server::oper::hashed(self, result, oper, desk),
        }
    }
}
