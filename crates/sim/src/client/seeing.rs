//! What a client reads, and whether it is what it should see.

use super::{Client, Expected, Kind};
use crate::Wrong;
use crate::checks::{addresses, bytes};
use crate::ledger::Ledger;
use crate::token::Token;
use parlor_hub::id::MessageId;

/// What has an id beside messages.
const KEPT: [&str; 8] = ["JOIN", "PART", "KICK", "QUIT", "NICK", "TOPIC", "MODE", "TAGMSG"];

impl Client {
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
                    let ends = if rest.contains("forgotten") {
                        &mut self.forget_code
                    } else {
                        &mut self.drop_code
                    };
                    *ends = Some(code.trim_end().to_owned());
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

/// Takes the server's answers in telnet's own language out.
fn strip_telnet(bytes: &mut Vec<u8>) {
    const IAC: u8 = 255;
    const OPTION_BYTES: usize = 3;
    while let Some(at) = bytes.iter().position(|byte| *byte == IAC) {
        bytes.drain(at..bytes.len().min(at + OPTION_BYTES));
    }
}
