//! A caller who has not said yet what they speak.

use crate::bounds;
use parlor_hub::id::Millis;
use parlor_wire::first::{First, sniff, sniff_greeted};

/// The first bytes, kept until they tell.
#[derive(Debug, Default)]
pub(crate) struct Sniffing {
    pub first: Vec<u8>,
    /// The guest number under which the caller was greeted, having been silent for long.
    pub greeted: Option<u32>,
    /// They have been here for long, and said something that told nothing.
    pub is_late: bool,
    /// When that was last looked at, something that they said waited to be read.
    pub is_unread: bool,
    /// Since when they could have said something.
    pub since: Millis,
    /// They are in a TLS handshake, or have to begin with one, and cannot say anything before its end.
    pub is_handshaking: bool,
    /// What the listener that they came to lets in.
    pub gate: Gate,
}

/// What a listener lets in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Gate {
    /// Only this protocol; none for any.
    pub only: Option<Protocol>,
    /// Whether by TLS; none for either way.
    pub tls: Option<bool>,
}

/// What a listener may be pinned to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// IRC.
    Irc,
    /// Plain lines.
    Line,
    /// HTTP, and what begins with it.
    Web,
}

impl Gate {
    /// Whom it lets in by these first bytes: those who are not meant are nobody.
    pub fn admits(self, first: First) -> First {
        match (self.only, first) {
            (None, first) | (Some(_), first @ First::More) => first,
            (Some(Protocol::Irc), First::Irc | First::Lines) => First::Irc,
            (Some(Protocol::Line), First::Irc | First::Lines) => First::Lines,
            (Some(Protocol::Web), First::Http) => First::Http,
            (Some(_), _) => First::Unknown,
        }
    }
}

impl Sniffing {
    /// A caller who came by this gate, and is here since `now`.
    pub fn new(gate: Gate, now: Millis) -> Self {
        Self { since: now, is_handshaking: gate.tls == Some(true), gate, ..Self::default() }
    }

    /// Whether something should have come by now: the end of a handshake, or a browser's request.
    pub fn is_overdue(&self, now: Millis) -> bool {
        let within = match self.gate.only {
            _ if self.is_handshaking => bounds::HANDSHAKE_WITHIN_MS,
            Some(Protocol::Web) => bounds::HTTP_IDLE_MS_MAX,
            _ => return false,
        };
        now >= self.since + within
    }

    /// What the bytes so far, followed by these, mean.
    pub fn read(&mut self, bytes: &[u8]) -> First {
        self.first.extend_from_slice(bytes);
        let is_late = self.is_late || self.greeted.is_some();
        self.gate.admits(if is_late { sniff_greeted(&self.first) } else { sniff(&self.first) })
    }
}
