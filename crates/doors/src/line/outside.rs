//! Callers who are nobody yet: the greeting, and coming in with the first line.

use super::door::LineDoor;
use super::paper::Paper;
use crate::desk::Desk;
use crate::facts::Facts;
use parlor_hub::Command;
use parlor_hub::command::{Credential, Joining, Presence, SignOn};
use parlor_hub::name::Nick;
use std::sync::Arc;

/// What is known of a caller until the hub has made a person of them.
#[derive(Debug)]
pub(super) struct Outside {
    /// The number that they would have as a guest; they may have been greeted by it.
    guest: u32,
    /// They gave the server's password.
    pub has_password: bool,
    /// A sign-on was submitted, and has not been answered.
    coming: bool,
    /// Something was typed after the sign-on, before its answer.
    typed_behind: bool,
}

impl Outside {
    pub fn new(guest: u32) -> Self {
        Self { guest, has_password: false, coming: false, typed_behind: false }
    }

    /// The nick that they would have as a guest.
    pub fn guest(&self) -> String {
        format!("guest-{}", self.guest)
    }

    /// A line was typed.
    pub fn note_line(&mut self) {
        self.typed_behind |= self.coming;
    }

    /// The sign-on was refused: the caller is outside again, and told what that means.
    pub fn refused(&mut self, paper: &mut Paper<'_>) {
        self.coming = false;
        if std::mem::take(&mut self.typed_behind) {
            paper.line("* You are not in yet, so what you typed behind that was not said.");
        }
        paper.line(&format!("* Or press Enter to come in as {}.", self.guest()));
    }
}

impl LineDoor {
    /// What a caller reads who says nothing: where they are, and how to come in.
    pub(crate) fn greeting(facts: &Facts, people: usize, guest: u32) -> Vec<u8> {
        let mut out = Vec::new();
        let mut paper = Paper::new(&mut out, false);
        paper.line(&format!("* Welcome to {}. {}", facts.network, here(people)));
        if facts.password.is_some() {
            paper.line("* This server asks for a password first: /pass WORD");
        } else {
            paper.line(&format!(
                "* Press Enter to come in as guest-{guest}, or /nick NAME. /help tells more."
            ));
        }
        out
    }

    /// Whether the caller is a person, or will be as soon as the hub has answered.
    pub(super) fn is_inside(&self) -> bool {
        self.outside.as_ref().is_none_or(|outside| outside.coming)
    }

    /// Whether the caller may become a person; tells them what is needed if not.
    pub(super) fn is_admitted(&self, desk: &mut Desk<'_>) -> bool {
        let has_password = self.outside.as_ref().is_none_or(|outside| outside.has_password);
        let admitted = has_password || desk.facts.password.is_none();
        if !admitted {
            self.say(desk, "* This server asks for a password first: /pass WORD");
        }
        admitted
    }

    /// Makes a guest of the caller. `false` when they must do something else first.
    pub(super) fn come_in_as_guest(&mut self, desk: &mut Desk<'_>) -> bool {
        let guest = self.outside.as_ref().map(|outside| outside.guest()).unwrap_or_default();
        let nick = Nick::parse(&guest, desk.facts.casemapping);
        nick.is_ok_and(|nick| self.come_in(&nick, true, None, desk))
    }

    /// Signs the caller on and brings them into the lobby. `or_next`: the nick was not their choice.
    pub(super) fn come_in(
        &mut self,
        nick: &Nick,
        or_next: bool,
        account: Option<Credential>,
        desk: &mut Desk<'_>,
    ) -> bool {
        if !self.is_admitted(desk) {
            return false;
        }
        let Some(outside) = &mut self.outside else { return false };
        outside.coming = true;
        desk.submit(Command::SignOn(Box::new(SignOn {
            nick: nick.clone(),
            or_next,
            username: "~line".into(),
            realname: "at a terminal".into(),
            peer: Arc::clone(desk.peer),
            transport: desk.transport.clone(),
            account,
            presence: Presence::Unsaid,
            metadata: None,
        })));
        // Void if the sign-on is refused, and the lobby is tried again with the next one.
        let lobby = desk.facts.lobby.clone();
        self.places.head_to(lobby.shown());
        desk.submit(Command::Join(vec![Joining { channel: lobby, key: None, follows: true }]));
        true
    }
}

/// How many are here, in words.
pub(super) fn here(people: usize) -> String {
    match people {
        0 => "Nobody is here yet.".to_owned(),
        1 => "One person is here.".to_owned(),
        people => format!("{people} people are here."),
    }
}
