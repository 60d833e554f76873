//! One line client: its state, and what the hall asks of it.

use super::outside::Outside;
use super::paper::Paper;
use super::places::Places;
use super::telling::{answer, found, refusal as wording};
use super::verbs::account::Work;
use crate::desk::Desk;
use crate::facts::Facts;
use crate::names::Casemapping;
use crate::queue::Content;
use parlor_hub::id::{ChannelId, Millis};
use parlor_hub::name::Text;
use parlor_hub::{Answer, Refusal};
use parlor_wire::lines::LineBuffer;
use parlor_wire::telnet::Telnet;

/// The door of one person at a terminal. Small while nothing is typed.
#[derive(Debug)]
pub struct LineDoor {
    pub(super) buffer: LineBuffer,
    pub(super) telnet: Telnet,
    /// Telnet's bytes were seen: from now on they are looked for.
    pub(super) is_telnet: bool,
    /// The caller ends lines in CR, and is answered so.
    pub(super) crlf: bool,
    /// Until the hub has made a person of the caller.
    pub(super) outside: Option<Box<Outside>>,
    pub(super) nick: Option<Text>,
    pub(super) places: Places,
    /// A password that is being worked on, and for what.
    pub(super) work: Option<Box<Work>>,
    /// A new nick was asked for along with something else, whose own refusal will say why not.
    pub(super) quiet_nick: bool,
    pub(super) casemapping: Casemapping,
}

impl LineDoor {
    /// A caller comes to this door, who would be the guest of this number.
    pub fn new(guest: u32) -> Self {
        Self {
            buffer: LineBuffer::new(),
            telnet: Telnet::new(),
            is_telnet: false,
            crlf: false,
            outside: Some(Box::new(Outside::new(guest))),
            nick: None,
            places: Places::default(),
            work: None,
            quiet_nick: false,
            casemapping: Casemapping::default(),
        }
    }

    /// Notes what an answer means for the door itself. `false`: the session is not shown it.
    pub fn note(&mut self, answer: &Answer) -> bool {
        match answer {
            Answer::Welcome(_) => self.outside = None,
            Answer::Credential(_)
            | Answer::Look(_)
            | Answer::Operator(_)
            | Answer::Held(_)
            | Answer::OfServer(_)
            | Answer::UserModes(_)
            | Answer::UserModesChanged(_)
            | Answer::Userhost(_)
            | Answer::Ison(_)
            | Answer::Metadata(_)
            | Answer::Moved(_)
            | Answer::ReadMark(_) => return false,
            _ => {}
        }
        true
    }

    /// Draws an answer from `from` on. Returns where to go on; none when all is drawn.
    pub fn draw(
        &self,
        content: &Content,
        from: usize,
        at: Millis,
        facts: &Facts,
        out: &mut Vec<u8>,
    ) -> Option<usize> {
        let mut paper = Paper::new(out, self.crlf);
        match content {
            Content::Answer(answer) => answer::draw(self, answer, from, (at, facts), &mut paper),
            Content::Found(found) => found::draw(found, from, (at, facts), &mut paper),
            // Nobody asks for them here.
            Content::Targets(..) => None,
        }
    }

    /// Words a refusal.
    pub fn refuse(&mut self, refusal: &Refusal, _facts: &Facts, out: &mut Vec<u8>) {
        let is_nick = refusal.asks_for_another_nick();
        if is_nick && std::mem::take(&mut self.quiet_nick) {
            return;
        }
        let mut paper = Paper::new(out, self.crlf);
        paper.line(&format!("* {}", wording::worded(refusal, self.nick.as_deref())));
        if is_nick && let Some(outside) = &mut self.outside {
            outside.refused(&mut paper);
        }
        if let Some(channel) = wording::turned_away(refusal)
            && self.places.turned_away(channel, self.casemapping)
            && let Some(target) = self.places.target()
        {
            paper.line(&format!("* What you type still goes to {target}."));
        }
    }

    /// The nick; none before there is one.
    pub(crate) fn nick(&self) -> Option<&str> {
        self.nick.as_deref()
    }

    /// The session is now known to the hub by this nick, or has another one.
    pub fn named(&mut self, nick: &Text) {
        self.nick = Some(nick.clone());
        self.quiet_nick = false;
    }

    /// The session came into a channel, or left it.
    pub fn moved(&mut self, channel: ChannelId, name: Option<&Text>) {
        match name {
            Some(name) => self.places.enter(channel, name, self.casemapping),
            None => self.places.leave(channel),
        }
    }

    /// The last thing that the session is told before its connection closes.
    pub fn farewell(&self, reason: &str, out: &mut Vec<u8>) {
        let mut paper = Paper::new(out, self.crlf);
        if reason.starts_with("Quit") || reason == "Connection closed" {
            paper.line("* Goodbye.");
        } else {
            paper.line(&format!("* Goodbye: {reason}."));
        }
    }

    /// Whether a nick is the person's own.
    pub(super) fn is_me(&self, nick: &str) -> bool {
        self.nick.as_deref() == Some(nick)
    }

    /// Tells the person something in our own words.
    pub(super) fn say(&self, desk: &mut Desk<'_>, words: &str) {
        let mut out = Vec::new();
        Paper::new(&mut out, self.crlf).lines(words);
        desk.say(out);
    }
}

/// Fifteen thousand idle people are a small thing.
const _: () = assert!(size_of::<LineDoor>() <= 150);
