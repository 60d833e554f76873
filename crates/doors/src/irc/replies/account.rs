//! Answers about accounts, in the words of where they were asked for.

use super::Replies;
use crate::desk::AskedAt;
use crate::irc::IrcDoor;
use crate::{accounts, keeping};
use parlor_hub::answer::{AccountAnswer, KeepingAnswer};
use parlor_wire::irc::format::Line;
use parlor_wire::irc::numeric;

impl Replies<'_> {
    /// Logged in, by AUTHENTICATE or at a service.
    pub fn logged_in(&mut self, door: &IrcDoor, account: &str) {
        self.now_logged_in(&door.source(), account);
        match door.asked_at {
            AskedAt::Command => {
                self.say(numeric::RPL_SASLSUCCESS, &[], "SASL authentication successful");
            }
            AskedAt::Elsewhere => {}
            service => self.notice_at(service, &format!("You are now logged in as {account}")),
        }
    }

    /// Logged in, however that came about.
    pub fn now_logged_in(&mut self, source: &str, account: &str) {
        let words = format!("You are now logged in as {account}");
        self.say(numeric::RPL_LOGGEDIN, &[source, account], &words);
    }
}

pub(super) fn logged_in(door: &IrcDoor, account: &str, replies: &mut Replies<'_>) {
    replies.logged_in(door, account);
}

pub(super) fn logged_out(door: &IrcDoor, replies: &mut Replies<'_>) {
    replies.say(numeric::RPL_LOGGEDOUT, &[&door.source()], "You are now logged out");
}

pub(super) fn registered(door: &IrcDoor, account: &str, replies: &mut Replies<'_>) {
    let words = format!("The account {account} is yours");
    match door.asked_at {
        AskedAt::Command => {
            let line = Line::new(replies.out).source(&replies.facts.server).command("REGISTER");
            line.param("SUCCESS").param(account).trailing(&words).end();
        }
        AskedAt::Elsewhere => {}
        service => replies.notice_at(service, &words),
    }
    replies.now_logged_in(&door.source(), account);
}

/// What else is told about accounts: in the words of the service, unless the specification of REGISTER
/// and VERIFY has others.
pub(super) fn told(door: &IrcDoor, answer: &AccountAnswer, replies: &mut Replies<'_>) {
    let lines = accounts::told(answer, replies.facts);
    let is_command = door.asked_at == AskedAt::Command;
    match (answer, is_command) {
        (AccountAnswer::VerificationNeeded(name, _), true) => {
            let line = Line::new(replies.out).source(&replies.facts.server).command("REGISTER");
            line.param("VERIFICATION_REQUIRED").param(name).trailing(&lines[0]).end();
        }
        (AccountAnswer::Verified(name, _), true) => {
            let line = Line::new(replies.out).source(&replies.facts.server).command("VERIFY");
            line.param("SUCCESS").param(name).trailing(&lines[0]).end();
        }
        _ => lines.iter().for_each(|line| replies.notice_at(AskedAt::NickServ, line)),
    }
    if let AccountAnswer::Verified(name, _) = answer {
        replies.now_logged_in(&door.source(), name);
    }
}

/// What they asked for, and what is in effect: the same here.
pub(super) fn persistence(stays: bool, replies: &mut Replies<'_>) {
    let setting = if stays { "ON" } else { "OFF" };
    let line = Line::new(replies.out).source(&replies.facts.server).command("PERSISTENCE");
    line.param("STATUS").param(setting).param(setting).end();
}

/// What is told about channels that are kept.
pub(super) fn of_keeping(told: &KeepingAnswer, replies: &mut Replies<'_>) {
    for line in keeping::told(told, replies.facts) {
        replies.notice_at(AskedAt::ChanServ, &line);
    }
}
