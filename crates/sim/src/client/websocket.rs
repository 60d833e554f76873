//! IRC by WebSocket as a client has it (RFC 6455, `IRCv3` websocket): each line goes out in a message, and each
//! message that comes is a line.

use crate::Wrong;
use crate::chance::Chance;

/// A client's side of a WebSocket.
#[derive(Debug)]
pub(crate) struct WebSocket {
    protocol: Protocol,
    state: State,
    /// What is to be said once the server has agreed.
    waiting: Vec<u8>,
    /// Of an answer or a frame that has not come whole.
    partial: Vec<u8>,
    /// Pings that were not answered.
    pings: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Protocol {
    Text,
    Binary,
    /// None is named: messages are text.
    Unnamed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Asking,
    Open,
    /// The server has said that it says no more.
    Closed,
    /// It is none.
    Refused,
}

const TEXT: u8 = 1;
const BINARY: u8 = 2;
const CLOSE: u8 = 8;
const PING: u8 = 9;
const PONG: u8 = 10;
const FINAL: u8 = 0x80;
const MASKED: u8 = 0x80;
const MASK: [u8; 4] = [0x5a, 0x00, 0xff, 0x13];

/// What the RFC answers to its own key (section 1.3).
const ACCEPT: &str = "\r\nsec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n";

impl WebSocket {
    pub fn new(chance: &mut Chance) -> Self {
        let protocol = [Protocol::Text, Protocol::Binary, Protocol::Unnamed][chance.below(3)];
        let (waiting, partial) = (Vec::new(), Vec::new());
        Self { protocol, state: State::Asking, waiting, partial, pings: 0 }
    }

    /// What it begins with.
    pub fn request(&self) -> String {
        let protocol = match self.protocol {
            Protocol::Text => "Sec-WebSocket-Protocol: chat, text.ircv3.net\r\n",
            Protocol::Binary => "Sec-WebSocket-Protocol: binary.ircv3.net\r\n",
            Protocol::Unnamed => "",
        };
        format!(
            "GET /irc HTTP/1.1\r\nHost: chat\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{protocol}\r\n"
        )
    }

    pub fn is_refused(&self) -> bool {
        self.state == State::Refused
    }

    pub fn is_closed(&self) -> bool {
        self.state == State::Closed
    }

    /// Says a line. What may be sent now is put behind `out`.
    pub fn say(&mut self, line: &[u8], out: &mut Vec<u8>, chance: &mut Chance) {
        let opcode = if self.protocol == Protocol::Binary { BINARY } else { TEXT };
        if line.len() > 1 && chance.one_in(8) {
            let (start, rest) = line.split_at(chance.between(1, line.len() - 1));
            put(&mut self.waiting, opcode, start);
            self.ping(chance);
            put(&mut self.waiting, FINAL, rest);
        } else {
            put(&mut self.waiting, FINAL | opcode, line);
        }
        if chance.one_in(20) {
            self.ping(chance);
        }
        if chance.one_in(300) {
            put(
                &mut self.waiting,
                FINAL | CLOSE,
                chance.pick(&[&[][..], &[3, 232], &[3, 237, b'x']]),
            );
        }
        if self.state == State::Open {
            out.append(&mut self.waiting);
        }
    }

    /// Asks whether the server is there, or says that it is there itself.
    fn ping(&mut self, chance: &mut Chance) {
        if chance.one_in(2) {
            self.pings += 1;
            put(&mut self.waiting, FINAL | PING, b"there?");
        } else {
            put(&mut self.waiting, FINAL | PONG, b"");
        }
    }

    /// Takes what came. Lines go to `lines`, and what may be sent now to `out`.
    pub fn read(
        &mut self,
        bytes: &[u8],
        lines: &mut Vec<u8>,
        out: &mut Vec<u8>,
    ) -> Result<(), Wrong> {
        self.partial.extend_from_slice(bytes);
        if self.state == State::Asking {
            self.read_answer()?;
            if self.state == State::Open {
                out.append(&mut self.waiting);
            }
        }
        while self.state == State::Open {
            let Some((opcode, payload)) = self.next_frame()? else { return Ok(()) };
            self.take(opcode, &payload, lines)?;
        }
        match self.state {
            State::Refused => self.partial.clear(),
            State::Closed if !self.partial.is_empty() => {
                return Err(Wrong("something behind the end of a WebSocket".into()));
            }
            _ => {}
        }
        Ok(())
    }

    fn read_answer(&mut self) -> Result<(), Wrong> {
        const SWITCHING: &[u8] = b"HTTP/1.1 101 ";
        let known = self.partial.len().min(SWITCHING.len());
        if self.partial[..known] != SWITCHING[..known] {
            self.state = State::Refused;
            return Ok(());
        }
        let Some(end) = self.partial.windows(4).position(|four| four == b"\r\n\r\n") else {
            return Ok(());
        };
        let head: Vec<u8> = self.partial.drain(..end + 4).collect();
        let head = String::from_utf8_lossy(&head).to_ascii_lowercase();
        let protocol = match self.protocol {
            Protocol::Text => Some("text.ircv3.net"),
            Protocol::Binary => Some("binary.ircv3.net"),
            Protocol::Unnamed => None,
        };
        let agreed =
            head.split("\r\n").find_map(|line| line.strip_prefix("sec-websocket-protocol: "));
        if agreed != protocol || !head.contains(&ACCEPT.to_ascii_lowercase()) {
            return Err(Wrong(format!(
                "a WebSocket was opened otherwise than asked for: {head:?}"
            )));
        }
        self.state = State::Open;
        Ok(())
    }

    /// The first frame, if it is whole. Servers send whole messages, without a mask, in the shortest form.
    fn next_frame(&mut self) -> Result<Option<(u8, Vec<u8>)>, Wrong> {
        let wrong = |what: &str| Err(Wrong(format!("a frame that is {what}")));
        let &[first, second, ref rest @ ..] = self.partial.as_slice() else { return Ok(None) };
        let (length, from) = match (second, rest) {
            (0..=125, _) => (usize::from(second), 2),
            (126, [high, low, ..]) => (usize::from(u16::from_be_bytes([*high, *low])), 4),
            (126, _) => return Ok(None),
            _ => return wrong("masked, or longer than any line"),
        };
        if from == 4 && length < 126 {
            return wrong("not of the shortest form");
        }
        if first & !FINAL & 0xf0 != 0 || first & FINAL == 0 {
            return wrong("not whole, or of an extension");
        }
        if self.partial.len() < from + length {
            return Ok(None);
        }
        let payload = self.partial.drain(..from + length).skip(from).collect();
        Ok(Some((first & !FINAL, payload)))
    }

    fn take(&mut self, opcode: u8, payload: &[u8], lines: &mut Vec<u8>) -> Result<(), Wrong> {
        let expected = if self.protocol == Protocol::Binary { BINARY } else { TEXT };
        match opcode {
            CLOSE => self.state = State::Closed,
            PONG if self.pings > 0 && payload == b"there?" => self.pings -= 1,
            _ if opcode == expected => {
                lines.extend_from_slice(payload);
                lines.extend_from_slice(b"\r\n");
            }
            _ => {
                return Err(Wrong(format!("a frame that nobody asked for: {opcode}, {payload:?}")));
            }
        }
        Ok(())
    }
}

/// A frame as clients send it, masked.
fn put(out: &mut Vec<u8>, first: u8, payload: &[u8]) {
    out.push(first);
    match payload.len() {
        short @ 0..126 => out.push(MASKED | short as u8),
        long @ 126..0x1_0000 => {
            out.push(MASKED | 0x7e);
            out.extend((long as u16).to_be_bytes());
        }
        long => {
            out.push(MASKED | 0x7f);
            out.extend((long as u64).to_be_bytes());
        }
    }
    out.extend(MASK);
    out.extend(payload.iter().zip(MASK.iter().cycle()).map(|(byte, mask)| byte ^ mask));
}
