//! A caller: what they have still to say, what they see, and what they should see.

mod seeing;
mod websocket;

use crate::Wrong;
use crate::chance::Chance;
use crate::token::Token;
use parlor_doors::hall::{FoundRows, ReadWork};
use parlor_hub::answer::WhyHistory;
use parlor_hub::change::{Kept, StoredMessage};
use parlor_hub::id::{MessageId, SessionId};
use parlor_hub::modes::UserFlags;
use parlor_hub::name::Text;
use parlor_hub::{Answer, Event};
use std::collections::{BTreeSet, VecDeque};
use websocket::WebSocket;

/// What a client speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// IRC, with these of its capabilities that decide what it hears.
    Irc { echo: bool, tags: bool, chathistory: bool, playback: bool },
    /// A person at a terminal.
    Line,
    /// Something for which there is no door: it is refused, and nobody hears of it.
    Stranger,
}

/// One connection.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(crate) struct Client {
    /// Counts connections over the whole run.
    pub number: u32,
    pub kind: Kind,
    pub hall: usize,
    pub seat: usize,
    pub session: SessionId,
    /// What is to be sent.
    pub outgoing: Vec<u8>,
    /// It says no more behind that.
    pub ends: bool,
    /// Its end of input was read by the server.
    pub ended: bool,
    /// It takes what is sent to it.
    pub reads: bool,
    /// Its socket was full, and more waits.
    pub is_full: bool,
    /// The server has closed the connection.
    pub is_finished: bool,
    /// Bytes that it has not read.
    pub socket: Vec<u8>,
    /// Its lines may carry labels.
    pub labels: bool,
    /// Those of its messages that do.
    pub labelled: BTreeSet<u32>,
    /// The last message that it was shown, to ask for what came before.
    pub last_shown: Option<MessageId>,
    /// The first one, to ask for what lies between.
    pub first_shown: Option<MessageId>,
    /// The batch of lines that it is being shown, and the message that they are.
    lines_of: Option<(String, MessageId)>,
    /// Messages and pings that it wrote.
    pub written: u32,
    /// What it should see, in this order.
    expected: VecDeque<Expected>,
    places: u32,
    partial: Vec<u8>,
    pub greeted: bool,
    pub bade_farewell: bool,
    /// Was here while the store failed: its own lines may be answered ahead of the others'.
    pub met_failing: bool,
    pub is_telnet: bool,
    /// Its nick was refused, and it should try another.
    pub needs_nick: bool,
    /// What it was told to say, to end its account.
    pub drop_code: Option<String>,
    /// What it was told to say to have forgotten what its account wrote.
    pub forget_code: Option<String>,
    pub pings: u32,
    /// Addresses are hidden from it.
    pub sees_cloaks: bool,
    /// It speaks IRC by one.
    websocket: Option<Box<WebSocket>>,
}

/// Something that a client should see.
#[derive(Debug, PartialEq)]
enum Expected {
    Message(MessageId, Token),
    /// The same, from a history.
    Earlier(MessageId, Token),
    /// Something else that happened, now or earlier.
    Event(MessageId),
    /// A conversation that there is.
    Target(Text),
    /// A place for what a reader is to find.
    Place(u32),
}

impl Client {
    pub fn new(number: u32, kind: Kind, (hall, seat): (usize, usize), session: SessionId) -> Self {
        Self {
            number,
            kind,
            hall,
            seat,
            session,
            outgoing: Vec::new(),
            ends: false,
            ended: false,
            reads: true,
            is_full: false,
            is_finished: false,
            socket: Vec::new(),
            labels: false,
            labelled: BTreeSet::new(),
            last_shown: None,
            first_shown: None,
            lines_of: None,
            written: 0,
            expected: VecDeque::new(),
            places: 0,
            partial: Vec::new(),
            greeted: false,
            bade_farewell: false,
            met_failing: false,
            is_telnet: false,
            needs_nick: false,
            drop_code: None,
            forget_code: None,
            pings: 0,
            sees_cloaks: false,
            websocket: None,
        }
    }

    /// From the first byte on it speaks by a WebSocket.
    pub fn open_websocket(&mut self, chance: &mut Chance) {
        let websocket = WebSocket::new(chance);
        self.outgoing.extend(websocket.request().into_bytes());
        self.websocket = Some(Box::new(websocket));
    }

    /// The next mark for a message or a ping.
    pub fn next_token(&mut self) -> Token {
        self.written += 1;
        Token { connection: self.number, number: self.written }
    }

    pub fn send(&mut self, line: &[u8]) {
        self.outgoing.extend_from_slice(line);
    }

    /// Says a line of IRC, or several.
    pub fn say(&mut self, line: &[u8], chance: &mut Chance) {
        if let Some(websocket) = &mut self.websocket {
            for line in line.split(|byte| *byte == b'\n') {
                websocket.say(line.trim_ascii_end(), &mut self.outgoing, chance);
            }
            return;
        }
        self.send(line);
        self.send(if chance.one_in(10) { b"\n" } else { b"\r\n" });
    }

    /// It is in the audience of an event.
    pub fn expect(&mut self, event: &Event, own: bool) {
        let Event::Message { message, .. } = event else { return };
        let Some(token) = Token::find(&message.text) else { return };
        let heard = match self.kind {
            Kind::Stranger => false,
            // What is said under another name is echoed always: nobody shows that of themselves.
            Kind::Irc { echo, .. } => !own || echo || message.from.is_played(),
            Kind::Line => !own && !is_ctcp(message),
        };
        if heard {
            self.expected.push_back(Expected::Message(message.id, token));
        }
    }

    /// It is in the audience of an event that is kept.
    pub fn expect_kept(&mut self, id: MessageId, event: &Event, own: bool) {
        let Kind::Irc { echo, tags: true, .. } = self.kind else { return };
        if echo || !own || !matches!(event, Event::Tags { .. }) {
            self.expected.push_back(Expected::Event(id));
        }
    }

    /// It is answered.
    pub fn expect_answer(&mut self, answer: &Answer) {
        let is_operator = match answer {
            Answer::NowOperator => true,
            Answer::Welcome(welcome) => welcome.flags.has(UserFlags::OPERATOR),
            _ => false,
        };
        self.sees_cloaks &= !is_operator;
        let is_shown = match (answer, self.kind) {
            (_, Kind::Stranger) => false,
            (Answer::Search(_) | Answer::Targets(..) | Answer::Playback(_), _) => true,
            (Answer::History(history), Kind::Irc { chathistory, playback, .. }) => {
                match history.why {
                    WhyHistory::Asked | WhyHistory::Played => true,
                    WhyHistory::Missed => !chathistory,
                    WhyHistory::Joined => !chathistory && !playback,
                }
            }
            (Answer::History(_), Kind::Line) => true,
            _ => false,
        };
        if is_shown {
            self.places += 1;
            self.expected.push_back(Expected::Place(self.places));
        }
    }

    /// What a reader found for one of its places.
    pub fn expect_found(&mut self, place: u32, found: &FoundRows) {
        if let FoundRows::Message(_) = found {
            return;
        }
        let at = self.expected.iter().position(|expected| *expected == Expected::Place(place));
        let Some(at) = at else { return };
        let behind = self.expected.split_off(at + 1);
        self.expected.pop_back();
        match found {
            FoundRows::Kept { rows, .. } => {
                self.expect_earlier(rows.as_deref().unwrap_or_default());
            }
            FoundRows::Played(played) => {
                for (_, rows) in played.as_deref().unwrap_or_default() {
                    self.expect_earlier(rows);
                }
            }
            FoundRows::Message(_) => {}
            FoundRows::Targets(targets) => {
                let targets = targets.as_deref().unwrap_or_default();
                self.expected
                    .extend(targets.iter().map(|last| Expected::Target(last.with.clone())));
            }
        }
        self.expected.extend(behind);
    }

    fn expect_earlier(&mut self, rows: &[Kept]) {
        for kept in rows {
            match kept {
                Kept::Message(message) => {
                    let heard = self.kind != Kind::Line || !is_ctcp(message);
                    if let Some(token) = Token::find(&message.text).filter(|_| heard) {
                        self.expected.push_back(Expected::Earlier(message.id, token));
                    }
                }
                Kept::Event(event) if matches!(self.kind, Kind::Irc { tags: true, .. }) => {
                    self.expected.push_back(Expected::Event(event.id));
                }
                Kept::Event(_) => {}
            }
        }
    }

    /// Nothing that it should see is outstanding.
    pub fn has_seen_all(&self) -> Result<(), Wrong> {
        match self.expected.front() {
            Some(expected) if !self.bade_farewell && !self.is_finished => {
                let (number, left) = (self.number, self.expected.len());
                Err(Wrong(format!(
                    "connection {number} was not shown {expected:?}, first of {left}"
                )))
            }
            _ => Ok(()),
        }
    }
}

/// Meant for a program: a line client is not shown it.
fn is_ctcp(message: &StoredMessage) -> bool {
    message.text.starts_with('\x01') && !message.text.starts_with("\x01ACTION ")
}

/// What a reader is asked, as a transcript has it.
pub(crate) fn read_in_words(work: &ReadWork) -> &'static str {
    match work {
        ReadWork::Page(_) => "a page",
        ReadWork::Search(_) => "a search",
        ReadWork::Look(_) => "a message",
        ReadWork::Targets(_) => "a list of conversations",
        ReadWork::Playback(_) => "a part of many conversations",
    }
}
