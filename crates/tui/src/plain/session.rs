//! The IRC client without its socket: lines and time in; events, bytes and deadlines out.
//!
//! - `incoming`: a line becomes a message. - `registration`: from connected to welcomed.
//! - `conversation`: what people do. - `replies`: what the server answers.
//! - `commands`: what the keyboard or the pipe wants. - `support`: what this server is like.

mod commands;
mod conversation;
mod incoming;
mod registration;
mod replies;
mod support;

use std::collections::{BTreeMap, VecDeque};
use std::time::Instant;

use jiff::Timestamp;

use self::incoming::Incoming;
use self::registration::Capabilities;
use self::support::Support;
use super::bounds;
use super::event::{Event, Kind, Place, Who};
use super::outbox::{Confirm, Departure, Item, Outbox, Say, Verdict};

pub use self::support::is_channel;

/// Who we want to be, and where.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The first nickname to try.
    pub nick: String,
    /// Where it is taken, no other one is tried.
    pub insists_on_nick: bool,
    /// Channels to be in, the first one the current one. Kept true as we come and go.
    pub join: Vec<String>,
    /// An account to log in to (SASL PLAIN), with [`Settings::password`].
    pub account: Option<String>,
    /// The account's password, or the server's (PASS) where no account is given.
    pub password: Option<String>,
    /// Chooses among nicknames when the wanted ones are taken.
    pub seed: u64,
}

/// Both times at once: one that never goes back, and one that people read.
#[derive(Debug, Clone, Copy)]
pub struct Now {
    /// For deadlines.
    pub instant: Instant,
    /// For what the server did not date itself.
    pub wall: Timestamp,
}

/// Why there is nothing more to do on this connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// The server said that it closes the connection (ERROR).
    Closed(String),
    /// The server does not want us as we are: trying again would end the same way.
    Refused(String),
    /// The nickname that we insist on is taken, with the server's words for it.
    NickTaken(String),
    /// Nothing was heard, although we asked.
    Silent,
    /// We were connected, but never welcomed.
    NeverWelcomed,
}

/// One connection's worth of IRC.
#[derive(Debug)]
pub struct Session {
    settings: Settings,
    phase: Phase,
    nick: String,
    nick_tries: u32,
    capabilities: Capabilities,
    support: Support,
    current: Option<String>,
    /// Channels that `/join` asked for: they become the current one when we are in.
    entering: Vec<String>,
    names: BTreeMap<String, Vec<String>>,
    names_asked: Vec<String>,
    batches: BTreeMap<String, Batch>,
    source_bytes: usize,
    outbox: Outbox,
    started: Instant,
    heard: Instant,
    probed: Option<Instant>,
    fence_raised: Option<Instant>,
    events: VecDeque<Event>,
    outgoing: Vec<u8>,
    ended: Option<Ended>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    SigningOn,
    Ready,
}

#[derive(Debug)]
struct Batch {
    replayed: bool,
    label: Option<String>,
}

/// What was on its way when a connection ended.
#[derive(Debug, Default)]
pub struct Abandoned {
    /// Sent, and neither confirmed nor refused.
    pub unconfirmed: Vec<Say>,
    /// Never sent.
    pub unsent: Vec<Say>,
}

impl Session {
    /// A session on a connection just made; the first lines are waiting in [`Session::take_outgoing`].
    pub fn new(settings: Settings, now: Now) -> Self {
        let mut outbox = Outbox::default();
        for channel in settings.join.iter().take(bounds::CHANNELS_MAX) {
            // The queue is empty and longer than the list.
            let _ = outbox.push(Item::Line(format!("JOIN {channel}")));
        }
        let mut session = Self {
            phase: Phase::SigningOn,
            nick: settings.nick.clone(),
            nick_tries: 0,
            capabilities: Capabilities::default(),
            support: Support::default(),
            current: settings.join.first().cloned(),
            entering: Vec::new(),
            names: BTreeMap::new(),
            names_asked: Vec::new(),
            batches: BTreeMap::new(),
            source_bytes: 0,
            outbox,
            started: now.instant,
            heard: now.instant,
            probed: None,
            fence_raised: None,
            events: VecDeque::new(),
            outgoing: Vec::new(),
            ended: None,
            settings,
        };
        session.sign_on();
        session
    }

    /// Takes one line of the server's, without its end.
    pub fn feed(&mut self, line: &[u8], now: Now) {
        self.heard = now.instant;
        self.probed = None;
        let Some(incoming) = Incoming::parse(line, now.wall) else { return };
        match incoming.command.as_str() {
            "PING" => self.write("PONG", &[incoming.param(0)]),
            "PONG" => self.pong(&incoming, now),
            "ERROR" => self.end(Ended::Closed(incoming.param(0).to_owned())),
            "CAP" => self.capability(&incoming),
            "AUTHENTICATE" => self.authenticate(&incoming),
            "BATCH" => self.batch(&incoming),
            command if command.bytes().all(|byte| byte.is_ascii_digit()) => self.reply(&incoming),
            _ => self.happened(&incoming, now),
        }
        self.pump(now);
    }

    /// When [`Session::handle_timeout`] wants to be called.
    pub fn poll_timeout(&self) -> Option<Instant> {
        let alive =
            self.probed.map_or(self.heard + bounds::SILENCE, |at| at + bounds::SILENCE_ANSWER);
        let sign_on = (self.phase == Phase::SigningOn).then(|| self.started + bounds::SIGN_ON);
        let fence = self.fence_raised.map(|at| at + bounds::FENCE);
        [Some(alive), sign_on, fence, self.outbox.deadline()].into_iter().flatten().min()
    }

    /// Does what is due.
    pub fn handle_timeout(&mut self, now: Now) {
        let due = |at: Option<Instant>| at.is_some_and(|at| now.instant >= at);
        if self.phase == Phase::SigningOn && due(Some(self.started + bounds::SIGN_ON)) {
            self.end(Ended::NeverWelcomed);
        }
        if due(self.probed.map(|at| at + bounds::SILENCE_ANSWER))
            || due(self.fence_raised.map(|at| at + bounds::FENCE))
        {
            self.end(Ended::Silent);
        }
        if self.probed.is_none() && due(Some(self.heard + bounds::SILENCE)) {
            self.probed = Some(now.instant);
            self.write("PING", &["parlor"]);
        }
        self.decide(now);
        self.pump(now);
    }

    /// The next thing that happened.
    pub fn next_event(&mut self) -> Option<Event> {
        self.events.pop_front()
    }

    /// Bytes for the socket.
    pub fn take_outgoing(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.outgoing)
    }

    /// Whether and why the session is over.
    pub fn ended(&self) -> Option<&Ended> {
        self.ended.as_ref()
    }

    /// Whether we are signed on.
    pub fn is_ready(&self) -> bool {
        self.phase == Phase::Ready
    }

    /// Whether everything we sent was processed by the server.
    pub fn is_settled(&self) -> bool {
        self.is_ready() && self.outbox.is_settled()
    }

    /// Whether a pipe should be read on.
    pub fn wants_more(&self) -> bool {
        self.is_ready() && self.outbox.wants_more()
    }

    /// Where a line without a command goes.
    pub fn current(&self) -> Option<&str> {
        self.current.as_deref()
    }

    /// Who and where we want to be now, for the connection after this one: the current channel first.
    pub fn settings_now(&self) -> Settings {
        let mut settings = self.settings.clone();
        let current = |name: &String| {
            self.current.as_ref().is_some_and(|current| self.support.same(name, current))
        };
        if let Some(at) = settings.join.iter().position(current) {
            settings.join.swap(0, at);
        }
        settings
    }

    /// Ends the session for good, and gives back what was not confirmed.
    pub fn abandon(&mut self) -> Abandoned {
        let (unconfirmed, unsent) = std::mem::take(&mut self.outbox).abandon();
        Abandoned { unconfirmed, unsent }
    }

    /// Writes QUIT, past everything that waits.
    pub fn quit(&mut self, reason: Option<&str>) {
        self.write("QUIT", &[reason.unwrap_or("leaving")]);
    }

    fn pong(&mut self, incoming: &Incoming, now: Now) {
        let token = incoming.params.last().and_then(|token| token.strip_prefix("parlor-"));
        let Some(token) = token.and_then(|token| token.parse().ok()) else { return };
        self.fence_raised = None;
        self.outbox.fence_answered(token, now.instant);
        self.decide(now);
    }

    /// Tells of messages that nothing more will be heard of.
    fn decide(&mut self, now: Now) {
        for verdict in self.outbox.verdicts(now.instant) {
            match verdict {
                // It was shown when it was sent.
                Verdict::Accepted(_) => {}
                // Services and bouncers do not repeat what was told to one person.
                Verdict::Silent(say) if !self.support.is_channel(&say.target) => {
                    self.said(say, now.wall);
                }
                Verdict::Silent(say) => {
                    let why = "the server did not pass it on".to_owned();
                    self.not_delivered(say, why, now.wall);
                }
            }
        }
    }

    fn confirm(&self) -> Confirm {
        if self.capabilities.has("echo-message") { Confirm::ByEcho } else { Confirm::ByFence }
    }

    /// Writes what the window has room for, and a fence behind it.
    fn pump(&mut self, now: Now) {
        if self.phase != Phase::Ready || self.ended.is_some() {
            return;
        }
        while self.outgoing.len() < bounds::OUTGOING_BYTES_MAX {
            let Some(departure) = self.outbox.depart(self.confirm()) else { break };
            self.depart(departure, now);
        }
        if let Some(token) = self.outbox.raise_fence() {
            self.fence_raised = Some(now.instant);
            self.write("PING", &[&format!("parlor-{token}")]);
        }
    }

    fn depart(&mut self, Departure { label, item }: Departure, now: Now) {
        match item {
            Item::Line(line) => self.write_raw(&line),
            Item::Say(say) => {
                self.write_say(&say, label);
                if self.confirm() == Confirm::ByFence {
                    self.said(say, now.wall);
                }
            }
        }
    }

    /// Shows a message of ours.
    fn said(&mut self, say: Say, at: Timestamp) {
        let place = self.place_of(&say.target);
        let manner = say.manner();
        self.tell(at, Kind::Said { who: Who::You, place, manner, text: say.text, replayed: false });
    }

    fn not_delivered(&mut self, say: Say, why: String, at: Timestamp) {
        self.tell(at, Kind::NotDelivered { to: say.target, text: say.text, why });
    }

    fn place_of(&self, target: &str) -> Place {
        match self.support.channel_of(target) {
            Some(channel) => Place::Channel(channel.to_owned()),
            None => Place::Direct(target.to_owned()),
        }
    }

    fn tell(&mut self, at: Timestamp, kind: Kind) {
        self.events.push_back(Event { at, kind });
    }

    fn end(&mut self, ended: Ended) {
        // What came first is the reason; a later ERROR only repeats it.
        self.ended.get_or_insert(ended);
    }

    fn is_me(&self, nick: &str) -> bool {
        self.support.same(nick, &self.nick)
    }

    fn who(&self, nick: &str) -> Who {
        if self.is_me(nick) { Who::You } else { Who::Other(nick.to_owned()) }
    }

    fn batch(&mut self, incoming: &Incoming) {
        let reference = incoming.param(0);
        if let Some(closed) = reference.strip_prefix('-') {
            self.batches.remove(closed);
        } else if let Some(opened) = reference.strip_prefix('+')
            && self.batches.len() < bounds::BATCHES_MAX
        {
            let outer = incoming.batch.as_ref().and_then(|outer| self.batches.get(outer));
            let replayed = outer.is_some_and(|outer| outer.replayed)
                || matches!(incoming.param(1), "chathistory" | "znc.in/playback");
            let label = incoming.label.clone().or_else(|| outer?.label.clone());
            self.batches.insert(opened.to_owned(), Batch { replayed, label });
        }
    }

    fn batch_of(&self, incoming: &Incoming) -> Option<&Batch> {
        self.batches.get(incoming.batch.as_ref()?)
    }

    /// The label of the line that this one answers.
    fn label_of(&self, incoming: &Incoming) -> Option<String> {
        incoming.label.clone().or_else(|| self.batch_of(incoming)?.label.clone())
    }
}

#[cfg(test)]
mod tests;
