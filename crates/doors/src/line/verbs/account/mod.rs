//! Accounts.

pub(super) mod login;
pub(super) mod logout;
pub(super) mod register;

use super::server;
use super::session::pass;
use crate::desk::{Desk, Hashed};
use crate::line::door::LineDoor;
use crate::line::telling::refusal::worded;
use parlor_hub::Refusal;
use parlor_hub::command::Oper;
use parlor_hub::name::Nick;

/// What a password is worked on for.
#[derive(Debug)]
pub(in crate::line) enum Work {
    /// To come in at all.
    Enter,
    /// To log in.
    LogIn,
    /// For a new account.
    Register(Nick),
    /// To be a server operator.
    Operator(Oper),
}

impl LineDoor {
    /// The result of work on a password that was asked for.
    pub fn hashed(&mut self, result: Hashed, desk: &mut Desk<'_>) {
        let Some(work) = self.work.take() else { return };
        if result == Hashed::Busy {
            return self.say(desk, &format!("* {}", worded(&Refusal::Busy, None)));
        }
        match *work {
            Work::Enter => pass::hashed(self, result, desk),
            Work::LogIn => login::hashed(self, result, desk),
            Work::Register(name) => register::hashed(self, result, name, desk),
            Work::Operator(oper) => server::oper::hashed(self, result, oper, desk),
        }
    }
}
