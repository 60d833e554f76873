//! A caller: what they have still to say, what they see, and what they should see.

mod websocket;

use crate::Wrong;
use crate::chance::Chance;
use crate::checks::{addresses, bytes};
use crate::ledger::Ledger;
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
    pub pings: u32,
    /// Addresses are hidden from it.
    pub sees_cloaks: bool,
    /// It speaks IRC by one.
    websocket: Option<Box<WebSocket>>,
}

/// What has an id beside messages.
const KEPT: [&str; 8] = ["JOIN", "PART", "KICK", "QUIT", "NICK", "TOPIC", "MODE", "TAGMSG"];

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

    /// Reads what is in the socket. Gives the messages that it is shown.
    pub fn read(&mut self, ledger: &Ledger, shown: &mut Vec<MessageId>) -> Result<(), Wrong> {
        let mut bytes = std::mem::take(&mut self.partial);
        match &mut self.websocket {
            None => bytes.append(&mut self.socket),
            Some(websocket) => {
                let came = std::mem::take(&mut self.socket);
                websocket.read(&came, &mut bytes, &mut self.outgoing)?;
            }
        }
        if self.kind == Kind::Stranger {
            return Ok(());
        }
        if self.is_telnet {
            strip_telnet(&mut bytes);
        }
        let mut rest = &bytes[..];
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            let (line, behind) = rest.split_at(end + 1);
            self.see(line, ledger, shown).map_err(|Wrong(wrong)| {
                let line = String::from_utf8_lossy(line);
                Wrong(format!("connection {} sees {line:?}: {wrong}", self.number))
            })?;
            rest = behind;
        }
        self.partial = rest.to_vec();
        self.note_websocket();
        Ok(())
    }

    /// Behind the end of a WebSocket nothing comes; and who was refused one is nobody.
    fn note_websocket(&mut self) {
        let Some(websocket) = &self.websocket else { return };
        self.bade_farewell |= websocket.is_closed();
        if websocket.is_refused() {
            self.kind = Kind::Stranger;
            self.expected.clear();
        }
    }

    fn see(
        &mut self,
        line: &[u8],
        ledger: &Ledger,
        shown: &mut Vec<MessageId>,
    ) -> Result<(), Wrong> {
        if self.bade_farewell {
            return Err(Wrong("something behind the farewell".into()));
        }
        let text = String::from_utf8_lossy(line);
        if self.sees_cloaks {
            addresses::are_hidden(&text)?;
        }
        if self.kind == Kind::Line {
            bytes::line(line)?;
            self.bade_farewell = text.starts_with("* Goodbye");
            return match Token::find(&text) {
                Some(token) => self.see_message(token, None, &text, ledger, shown),
                None => Ok(()),
            };
        }
        // A caller who was silent was taken for a person.
        if self.greeted && text.starts_with("* ") {
            return bytes::line(line);
        }
        bytes::irc(line)?;
        self.see_irc(&text, ledger, shown)
    }

    fn see_irc(
        &mut self,
        text: &str,
        ledger: &Ledger,
        shown: &mut Vec<MessageId>,
    ) -> Result<(), Wrong> {
        let (tags, rest) = match text.strip_prefix('@').and_then(|text| text.split_once(' ')) {
            Some((tags, rest)) => (tags, rest),
            None => ("", text),
        };
        // What there is to be played is told by someone whom nobody can be.
        if rest.starts_with(":*playback!") && rest.contains(" PRIVMSG ") {
            return self.see_target(rest.split_once(" :").map_or("", |(_, listed)| listed), 0);
        }
        let rest = match rest.strip_prefix(':').and_then(|rest| rest.split_once(' ')) {
            Some((_, rest)) => rest,
            None => rest,
        };
        let command = rest.split(' ').next().unwrap_or_default().trim_end();
        match command {
            "ERROR" => self.bade_farewell = true,
            "433" => self.needs_nick = true,
            "PING" => self.pings += 1,
            "PONG" => return self.see_pong(rest),
            "CHATHISTORY" => return self.see_target(rest, 2),
            "PRIVMSG" | "NOTICE" => {
                if let Some((_, code)) = rest.split_once("say it again with the code ") {
                    self.drop_code = Some(code.trim_end().to_owned());
                }
                let Some(token) = Token::find(rest) else { return Ok(()) };
                let batch = tags.split(';').find_map(|tag| tag.strip_prefix("batch="));
                let of_lines = self.lines_of.as_ref();
                let of_lines = of_lines.filter(|(name, _)| Some(&**name) == batch);
                let id = message_id(tags)?.or(of_lines.map(|(_, id)| *id));
                self.check_label(token, tags, rest)?;
                return self.see_message(token, id, rest, ledger, shown);
            }
            "BATCH" => {
                let name = rest.split(' ').nth(1).and_then(|name| name.strip_prefix('+'));
                self.lines_of = name.map(str::to_owned).zip(message_id(tags)?);
            }
            _ if KEPT.contains(&command) => {
                let Some(id) = message_id(tags)? else { return Ok(()) };
                return self.see_event(id, shown);
            }
            _ => {}
        }
        Ok(())
    }

    fn see_event(&mut self, id: MessageId, shown: &mut Vec<MessageId>) -> Result<(), Wrong> {
        // What of one line is held for its label comes behind the rest of it.
        let of_one_line = self
            .expected
            .iter()
            .take_while(|expected| matches!(expected, Expected::Event(it) if it.seq == id.seq));
        let place = of_one_line.into_iter().position(|expected| *expected == Expected::Event(id));
        if place.and_then(|place| self.expected.remove(place)).is_none() {
            let expected = self.expected.front();
            return Err(Wrong(format!("event {id} is shown, where {expected:?} was expected")));
        }
        self.last_shown = Some(id);
        shown.push(id);
        Ok(())
    }

    /// The echo of a labelled line carries its label, or stands in the batch that does.
    fn check_label(&mut self, token: Token, tags: &str, text: &str) -> Result<(), Wrong> {
        let is_echo = token.connection == self.number
            && text.contains(" #")
            && matches!(self.expected.front(), Some(Expected::Message(..)));
        let carries =
            tags.split(';').any(|tag| tag.starts_with("label=") || tag.starts_with("batch="));
        if is_echo && self.labels && !carries && self.labelled.contains(&token.number) {
            return Err(Wrong("the echo of a labelled line without its label".into()));
        }
        Ok(())
    }

    fn see_message(
        &mut self,
        token: Token,
        id: Option<MessageId>,
        text: &str,
        ledger: &Ledger,
        shown: &mut Vec<MessageId>,
    ) -> Result<(), Wrong> {
        let place = if token.connection == self.number { self.place_of_own(id) } else { 0 };
        let (expected, said) = match self.expected.remove(place) {
            Some(Expected::Message(id, said) | Expected::Earlier(id, said)) => (id, said),
            other => return Err(Wrong(format!("shown, where {other:?} was expected"))),
        };
        if said != token {
            return Err(Wrong(format!("shown, where {said} (message {expected}) was expected")));
        }
        if matches!(self.kind, Kind::Irc { tags: true, .. }) && id != Some(expected) {
            return Err(Wrong(format!("shown with id {id:?}, and it is {expected}")));
        }
        // What stands behind the token may have been cut, or made harmless; its words may not.
        let original = ledger.text(expected).unwrap_or_default();
        let start: String = original[original.find('~').unwrap_or(0)..].chars().take(24).collect();
        if !start.chars().any(bytes::paints) && !text.contains(start.trim_end()) {
            return Err(Wrong(format!("shown otherwise than it was said: {start:?}")));
        }
        self.last_shown = Some(expected);
        self.first_shown = self.first_shown.or(self.last_shown);
        shown.push(expected);
        Ok(())
    }

    fn see_target(&mut self, text: &str, place: usize) -> Result<(), Wrong> {
        let name = text.split(' ').nth(place).unwrap_or_default();
        match self.expected.pop_front() {
            Some(Expected::Target(expected)) if *expected == *name => Ok(()),
            other => Err(Wrong(format!("shown, where {other:?} was expected"))),
        }
    }

    /// Where a message of its own stands: what it says to itself may come before what else the same
    /// line says, whose echo is held for its label.
    fn place_of_own(&self, id: Option<MessageId>) -> usize {
        let Some(Expected::Message(first, _)) = self.expected.front() else { return 0 };
        let of_one_line = self.expected.iter().take_while(
            |expected| matches!(expected, Expected::Message(id, _) if id.seq == first.seq),
        );
        let is_it =
            |expected: &Expected| matches!(expected, Expected::Message(it, _) if Some(*it) == id);
        of_one_line.into_iter().position(is_it).unwrap_or(0)
    }

    /// A question waits for the session's earlier commands: their echoes stand before it.
    fn see_pong(&mut self, text: &str) -> Result<(), Wrong> {
        let Some(Token { number, .. }) = Token::find(text) else { return Ok(()) };
        let late = self.expected.iter().find_map(|expected| match expected {
            Expected::Message(_, token)
                if token.connection == self.number && token.number < number =>
            {
                Some(*token)
            }
            _ => None,
        });
        match late {
            Some(token) if !self.met_failing => {
                Err(Wrong(format!("a PONG before the echo of {token}, which was sent first")))
            }
            _ => Ok(()),
        }
    }
}

fn message_id(tags: &str) -> Result<Option<MessageId>, Wrong> {
    let id = tags.split(';').find_map(|tag| tag.strip_prefix("msgid="));
    id.map(|id| id.parse().map_err(|_| Wrong(format!("msgid {id}")))).transpose()
}

/// Meant for a program: a line client is not shown it.
fn is_ctcp(message: &StoredMessage) -> bool {
    message.text.starts_with('\x01') && !message.text.starts_with("\x01ACTION ")
}

/// Takes the server's answers in telnet's own language out.
fn strip_telnet(bytes: &mut Vec<u8>) {
    const IAC: u8 = 255;
    const OPTION_BYTES: usize = 3;
    while let Some(at) = bytes.iter().position(|byte| *byte == IAC) {
        bytes.drain(at..bytes.len().min(at + OPTION_BYTES));
    }
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
