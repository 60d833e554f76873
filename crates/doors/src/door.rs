//! The doors, as the hall sees them.

use crate::desk::{AskedAt, Desk, Hashed};
use crate::facts::Facts;
use crate::irc::{self, IrcDoor};
use crate::line::{self, LineDoor};
use crate::queue::Content;
use crate::sniffing::Sniffing;
use crate::web::{Framing, WebDoor};
use parlor_hub::id::{ChannelId, MessageId, Millis, SessionId};
use parlor_hub::name::Text;
use parlor_hub::person::{Peer, Transport};
use parlor_hub::{Answer, Event, Refusal};
use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;

/// What a connection speaks.
#[derive(Debug)]
pub(crate) enum Door {
    /// Not known yet.
    Sniffing(Box<Sniffing>),
    /// Plain lines, typed by a person.
    Line(Box<LineDoor>),
    /// IRC.
    Irc(Box<IrcDoor>),
    /// HTTP, before it is a WebSocket.
    Web(Box<WebDoor>),
}

/// How an event is to be rendered: equal dialects get equal bytes of the same event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// For a line client: whether the event is in the channel that they are looking at.
    Line(line::View),
    /// For an IRC client: those of its capabilities that change the bytes of this event, and the frames in which
    /// it is told.
    Irc(irc::Caps, Framing),
}

/// What a door needs to know to decide whether and how its session hears an event.
#[derive(Debug, Clone, Copy)]
pub struct Hearing<'e> {
    /// The event.
    pub event: &'e Event,
    /// The session is the one that caused it.
    pub own: bool,
    /// What it takes an IRC client to hear it.
    pub audible: irc::Audible,
}

impl<'e> Hearing<'e> {
    /// An event that is kept under this id, if it is, told those who watch for somebody (MONITOR), or those who
    /// are there.
    pub fn of(event: &'e Event, id: Option<MessageId>, watching: bool) -> Self {
        Self { event, own: false, audible: irc::Audible::of(event, id, watching) }
    }

    /// The same, for the session that caused it.
    #[must_use]
    pub fn own(self) -> Self {
        Self { own: true, audible: self.audible.own(self.event), ..self }
    }
}

/// Renders an event in a dialect, under its id if it is kept. Everyone who speaks it shares the bytes.
pub(crate) fn render(
    dialect: Dialect,
    (event, id): (&Event, Option<MessageId>),
    at: Millis,
    facts: &Facts,
    out: &mut Vec<u8>,
) {
    let told = |caps| irc::Told { caps, at, id, batch: None, facts };
    match dialect {
        Dialect::Line(view) => line::render(view, event, at, facts, out),
        Dialect::Irc(caps, Framing::Lines) => irc::render(told(caps), event, out),
        Dialect::Irc(caps, framing) => {
            let mut lines = Vec::new();
            irc::render(told(caps), event, &mut lines);
            framing.frame(&lines, out);
        }
    }
}

impl Door {
    /// Reads up to the end of one line, and puts what it asks for on the desk. Returns how many
    /// bytes were consumed; all of them when no line ended.
    pub fn read(&mut self, bytes: &[u8], desk: &mut Desk<'_>) -> usize {
        match self {
            Self::Sniffing(_) => bytes.len(),
            Self::Web(door) => door.read(bytes, desk),
            Self::Line(door) => door.read(bytes, desk),
            Self::Irc(door) => door.read(bytes, desk),
        }
    }

    /// The result of work on a password that this door asked for.
    pub fn hashed(&mut self, result: Hashed, desk: &mut Desk<'_>) {
        match self {
            Self::Sniffing(_) | Self::Web(_) => {}
            Self::Line(door) => door.hashed(result, desk),
            Self::Irc(door) => door.hashed(result, desk),
        }
    }

    /// Whether and how the session hears an event, told in such frames.
    #[inline]
    pub fn dialect(&self, hearing: &Hearing<'_>, framing: Framing) -> Option<Dialect> {
        match self {
            Self::Sniffing(_) | Self::Web(_) => None,
            Self::Line(door) => door.dialect(hearing).map(Dialect::Line),
            Self::Irc(door) => door.dialect(hearing).map(|caps| Dialect::Irc(caps, framing)),
        }
    }

    /// Notes what an answer means for the door itself. `false`: the session is not shown it.
    pub fn note(&mut self, answer: &Answer) -> bool {
        match self {
            Self::Sniffing(_) | Self::Web(_) => false,
            Self::Line(door) => door.note(answer),
            Self::Irc(door) => door.note(answer),
        }
    }

    /// What is answered or refused next was asked for there.
    pub fn answering(&mut self, asked_at: AskedAt) {
        if let Self::Irc(door) = self {
            door.answering(asked_at);
        }
    }

    /// Draws an answer from `from` on, about [`DRAW_BYTES`] of it. Returns where to go on; none when
    /// all is drawn.
    ///
    /// [`DRAW_BYTES`]: crate::bounds::DRAW_BYTES
    pub fn draw(
        &self,
        content: &Content,
        from: usize,
        at: Millis,
        facts: &Facts,
        out: &mut Vec<u8>,
    ) -> Option<usize> {
        match self {
            Self::Sniffing(_) | Self::Web(_) => None,
            Self::Line(door) => door.draw(content, from, at, facts, out),
            Self::Irc(door) => door.draw(content, from, at, facts, out),
        }
    }

    /// Words a refusal.
    pub fn refuse(&mut self, refusal: &Refusal, facts: &Facts, out: &mut Vec<u8>) {
        match self {
            Self::Sniffing(_) | Self::Web(_) => {}
            Self::Line(door) => door.refuse(refusal, facts, out),
            Self::Irc(door) => door.refuse(refusal, facts, out),
        }
    }

    /// The nick that the door knows; none before there is one.
    pub fn nick(&self) -> Option<&str> {
        match self {
            Self::Sniffing(_) | Self::Web(_) => None,
            Self::Line(door) => door.nick(),
            Self::Irc(door) => Some(door.nick()).filter(|nick| *nick != "*"),
        }
    }

    /// The session is now known to the hub by this nick, or has another one.
    pub fn named(&mut self, nick: &Text) {
        match self {
            Self::Sniffing(_) | Self::Web(_) => {}
            Self::Line(door) => door.named(nick),
            Self::Irc(door) => door.named(nick),
        }
    }

    /// The session came into a channel, or left it.
    pub fn moved(&mut self, channel: ChannelId, name: Option<&Text>) {
        match self {
            Self::Sniffing(_) | Self::Irc(_) | Self::Web(_) => {}
            Self::Line(door) => door.moved(channel, name),
        }
    }

    /// The last thing that the session is told before its connection closes.
    pub fn farewell(&self, reason: &str, out: &mut Vec<u8>) {
        match self {
            Self::Sniffing(_) => {}
            Self::Web(door) => door.farewell(out),
            Self::Line(door) => door.farewell(reason, out),
            Self::Irc(door) => door.farewell(reason, out),
        }
    }

    /// The server's facts are others now.
    pub fn facts_changed(
        &self,
        before: &Facts,
        facts: &Facts,
        transport: &Transport,
        out: &mut Vec<u8>,
    ) {
        match self {
            Self::Sniffing(_) | Self::Line(_) | Self::Web(_) => {}
            Self::Irc(door) => door.facts_changed(before, facts, transport, out),
        }
    }

    /// Asks a silent session whether it is there. `false` for a door that cannot ask.
    pub fn ping(&mut self, facts: &Facts, out: &mut Vec<u8>) -> bool {
        match self {
            Self::Sniffing(_) | Self::Line(_) | Self::Web(_) => false,
            Self::Irc(door) => door.ping(facts, out),
        }
    }
}

/// Who calls, as far as the connection tells.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The session that the connection will be, if it becomes a person.
    pub session: SessionId,
    /// Where they are, and how that is shown.
    pub peer: Arc<Peer>,
    /// The way by which they came.
    pub transport: Transport,
    /// It is a proxy or a gateway whose word is taken for whom it speaks for.
    pub is_trusted: bool,
    /// Limits do not count what is done from there.
    pub is_exempt: bool,
}

impl Caller {
    /// Someone at the other end of a plain connection.
    pub fn new(session: SessionId, peer: Peer) -> Self {
        let (peer, transport) = (Arc::new(peer), Transport::default());
        Self { session, peer, transport, is_trusted: false, is_exempt: false }
    }
}

/// An address as IRC can carry it: one that starts with a colon would look like a last parameter.
pub(crate) fn host_of(address: IpAddr) -> Text {
    let host = address.to_canonical().to_string();
    if host.starts_with(':') { format!("0{host}").into() } else { host.into() }
}

/// What is counted as one address. Of IPv6 everyone has a network of 64 bits at least, with more
/// addresses than could ever be counted.
pub fn household(address: IpAddr) -> IpAddr {
    const HOSTS: u128 = u64::MAX as u128;
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !HOSTS).into(),
        address @ IpAddr::V4(_) => address,
    }
}
