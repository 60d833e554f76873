//! The door for IRC clients: RFC 1459 and 2812 as practised (modern.ircdocs.horse), and `IRCv3`.
//!
//! - `registration`: a connection until it is a person. It is dropped at the sign-on.
//! - `verbs/`: what clients send, a file a verb, of the same name as in `hub`. A new verb is a file
//!   there and a line in its table.
//! - `events`: what everyone with the same capabilities is told alike; `saying`: a message among it. `audible`: who hears it.
//! - `replies/` and `refusals`: what one session alone is told.
//! - `caps`, `isupport`: what this door can do, as clients ask for it. `sts`: what it wants of them. `label`: labeled-response.

mod audible;
mod caps;
mod denied_tags;
mod editing;
mod events;
mod isupport;
pub(crate) mod label;
mod refusals;
mod registration;
mod replies;
mod saying;
mod sts;
mod verbs;

#[cfg(test)]
mod tests;

pub use audible::Audible;
pub use caps::Caps;
pub use denied_tags::DeniedTags;
pub(crate) use events::{Told, render};
pub use verbs::{VERBS, Verb, When};

use crate::desk::{AskedAt, Desk, Hashed};
use crate::door::{Caller, Hearing};
use crate::facts::Facts;
use crate::queue::Content;
use parlor_hub::answer::{AccountAnswer, WhyHistory};
use parlor_hub::command::Credential;
use parlor_hub::id::Millis;
use parlor_hub::name::Text;
use parlor_hub::person::{Person, Transport};
use parlor_hub::{Answer, Event, Refusal};
use parlor_wire::irc::format::Line;
use parlor_wire::lines::{Fed, IrcLimits, LineBuffer};
use registration::Registration;
use replies::Replies;
use std::sync::Arc;
use verbs::account::sasl::Exchange;
use verbs::hashing::Awaited;
use verbs::talk::batch::Batch;

/// An IRC client's side of a session. Small while it is idle: what only registration or a login
/// needs is boxed, and gone afterwards.
#[derive(Debug)]
pub struct IrcDoor {
    lines: LineBuffer,
    /// As the hub last said; before that the one asked for, once sign-on is on its way.
    nick: Text,
    account: Option<Text>,
    /// As the hub has them from the sign-on: their username and host do not change.
    person: Option<Arc<Person>>,
    registration: Option<Box<Registration>>,
    exchange: Option<Box<Exchange>>,
    /// What the password being worked on is for.
    awaited: Option<Box<Awaited>>,
    /// A batch that they have begun, or the rest of which is left out.
    batch: Option<Box<Batch>>,
    caps: Caps,
    /// They said that they understand CAP version 302.
    cap_302: bool,
    /// Where what is being answered was asked for.
    asked_at: AskedAt,
}

/// What an idle session costs here, apart from its nick.
const _: () = assert!(size_of::<IrcDoor>() <= 120);

impl IrcDoor {
    /// A caller comes to this door.
    pub fn new(caller: &Caller, now: Millis) -> Self {
        Self {
            lines: LineBuffer::new(),
            nick: "*".into(),
            account: None,
            person: None,
            registration: Some(Box::new(Registration::new(caller, now))),
            exchange: None,
            awaited: None,
            batch: None,
            caps: Caps::none(),
            cap_302: false,
            asked_at: AskedAt::Command,
        }
    }

    /// Reads up to the end of one line. Returns how many bytes were consumed.
    pub fn read(&mut self, bytes: &[u8], desk: &mut Desk<'_>) -> usize {
        let (consumed, fed) = self.lines.feed_irc(bytes, IrcLimits::FROM_CLIENT);
        match fed {
            Fed::Line(line) => verbs::read(self, &line, desk),
            Fed::TooLong(begun) => verbs::too_long(self, &begun, desk),
            Fed::More => {}
        }
        consumed
    }

    /// Whether signing on takes them too long.
    pub fn is_late(&self, now: Millis) -> bool {
        self.registration.as_deref().is_some_and(|registration| registration.is_late(now))
    }

    /// The result of work on a password.
    pub fn hashed(&mut self, result: Hashed, desk: &mut Desk<'_>) {
        if let Some(awaited) = self.awaited.take() {
            desk.asked_at = awaited.asked_at;
            verbs::hashing::hashed(self, awaited.purpose, result, desk);
        }
    }

    /// With which capabilities the session hears an event; none when it does not.
    #[inline]
    pub fn dialect(&self, hearing: &Hearing<'_>) -> Option<Caps> {
        let is_told = !hearing.audible.is_by_nick || self.is_told(hearing);
        is_told.then(|| hearing.audible.dialect(self.caps)).flatten()
    }

    /// Whether an event is told that is heard otherwise by whom it is about (`Audible::is_by_nick`).
    fn is_told(&self, hearing: &Hearing<'_>) -> bool {
        match hearing.event {
            // Their own being away is answered (away-notify).
            Event::Away { who, .. } => who.nick != self.nick,
            // So is from where they are seen to come, for those who do not know of it (chghost).
            Event::HostChanged { who, .. } if who.nick == self.nick => self.caps.has(Caps::CHGHOST),
            // So is who invites; the invited hear it always.
            Event::Invited { nick, .. } if *nick == self.nick => true,
            Event::Invited { .. } => self.caps.has(Caps::INVITE_NOTIFY) && !hearing.own,
            _ => true,
        }
    }

    /// Notes what an answer means here. `false`: it is not shown.
    pub fn note(&mut self, answer: &Answer) -> bool {
        match answer {
            Answer::Welcome(welcome) => {
                self.nick = welcome.person.nick.clone();
                self.account.clone_from(&welcome.person.account);
                self.person = Some(Arc::clone(&welcome.person));
                self.registration = None;
            }
            Answer::HostShown(person) => self.person = Some(Arc::clone(person)),
            Answer::LoggedIn(account) => self.account = Some(account.clone()),
            Answer::Registered(account, credential) => self.owns(account, *credential),
            Answer::Account(told) => {
                if let AccountAnswer::Verified(account, credential) = &**told {
                    self.owns(account, *credential);
                }
            }
            Answer::LoggedOut => self.account = None,
            Answer::Credential(_) | Answer::Look(_) => return false,
            Answer::Metadata(_) => return self.caps.has(Caps::METADATA.with(Caps::BATCH, true)),
            Answer::Names(names) if names.on_joining => return !self.wants_no_names(),
            Answer::Moved(_) => return !self.caps.has(Caps::CHANNEL_RENAME),
            Answer::ReadMark(mark) if !mark.is_asked => return self.caps.has(Caps::READ_MARKER),
            Answer::History(history) => return self.is_shown(history.why),
            _ => {}
        }
        true
    }

    /// Whether history is shown for such a reason: who can ask is shown none unasked. What was missed
    /// alone, a client does not know to play.
    fn is_shown(&self, why: WhyHistory) -> bool {
        match why {
            WhyHistory::Joined => {
                !self.caps.has(Caps::CHATHISTORY) && !self.caps.has(Caps::PLAYBACK)
            }
            WhyHistory::Missed => !self.caps.has(Caps::CHATHISTORY),
            WhyHistory::Played | WhyHistory::Asked => true,
        }
    }

    /// What is told next answers what was asked for there.
    pub(crate) fn answering(&mut self, asked_at: AskedAt) {
        self.asked_at = asked_at;
    }

    /// Tells what the server supports or wants now that it did not, or otherwise, before.
    pub fn facts_changed(
        &self,
        before: &Facts,
        facts: &Facts,
        transport: &Transport,
        out: &mut Vec<u8>,
    ) {
        // As in CAP LS, it is for those who understand values; `cap-notify` comes with that.
        if let Some(policy) = sts::change(before, facts, transport).filter(|_| self.cap_302) {
            caps::list(out, (&facts.server, &self.nick), ("NEW", true), &[policy]);
        }
        if self.registration.is_none() {
            isupport::tell_changes(before, &mut Replies::new(self, facts, out));
        }
    }

    /// Draws a piece of an answer. Returns where to go on.
    pub fn draw(
        &self,
        content: &Content,
        from: usize,
        at: Millis,
        facts: &Facts,
        out: &mut Vec<u8>,
    ) -> Option<usize> {
        replies::draw(self, content, from, at, &mut Replies::new(self, facts, out))
    }

    /// Words a refusal.
    pub fn refuse(&mut self, refusal: &Refusal, facts: &Facts, out: &mut Vec<u8>) {
        registration::refused(self, refusal);
        refusals::refuse(self, refusal, &mut Replies::new(self, facts, out));
    }

    /// The session has this nick now.
    pub fn named(&mut self, nick: &Text) {
        self.nick = nick.clone();
    }

    /// The last thing that the session is told.
    pub fn farewell(&self, reason: &str, out: &mut Vec<u8>) {
        let reason = format!("Closing link: {reason}");
        Line::new(out).command("ERROR").trailing(&reason).end();
    }

    /// The session has an account now; a sign-on that is still to come will say so.
    fn owns(&mut self, account: &Text, credential: Credential) {
        self.account = Some(account.clone());
        if let Some(registration) = self.registration.as_deref_mut() {
            registration.credential = Some(credential);
        }
    }

    /// Asks whether the client is there. Any line is an answer.
    pub fn ping(&mut self, facts: &Facts, out: &mut Vec<u8>) -> bool {
        Line::new(out).command("PING").trailing(&facts.server).end();
        true
    }

    /// What to say of something that was begun, and of which nothing has come for long.
    pub fn give_up(&mut self, now: Millis, facts: &Facts) -> Option<Vec<u8>> {
        let (name, label) = self.batch.as_deref_mut()?.give_up(now)?;
        let mut out = Vec::new();
        let words = "The batch was left open for too long";
        Replies::new(self, facts, &mut out).fail_always("BATCH", "TIMEOUT", &[&name], words);
        Some(match label {
            Some(label) => label::tag(&out, &format!("label={label}")),
            None => out,
        })
    }

    /// The nick, or `*` before there is one.
    pub(crate) fn nick(&self) -> &str {
        &self.nick
    }

    /// Whether the sign-on was at least sent: lines after it are those of a person.
    fn is_here(&self) -> bool {
        self.registration.as_ref().is_none_or(|registration| registration.submitted)
    }

    /// Whether they are told who is in a channel only when they ask, under either name of it.
    fn wants_no_names(&self) -> bool {
        self.caps.has(Caps::NO_IMPLICIT_NAMES) || self.caps.has(Caps::DRAFT_NO_IMPLICIT_NAMES)
    }

    /// Tells the session something, in the order of its lines.
    fn tell(&self, desk: &mut Desk<'_>, write: impl FnOnce(&mut Replies<'_>)) {
        let mut out = Vec::new();
        write(&mut Replies::new(self, desk.facts, &mut out));
        desk.say(out);
    }

    /// `nick!user@host`, as far as it is known.
    fn source(&self) -> String {
        match (&self.person, &self.registration) {
            (Some(person), _) => format!("{}!{}@{}", self.nick, person.username, person.host),
            (None, Some(registration)) => registration.source(),
            (None, None) => self.nick.to_string(),
        }
    }
}
