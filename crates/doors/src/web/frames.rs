//! The messages of a WebSocket (RFC 6455, section 5), each a line of IRC without its end. Frames are those of
//! tungstenite; nothing of it reads or writes here, and nothing is kept between messages.

use crate::bounds::WEBSOCKET_MESSAGE_BYTES_MAX;
use std::io::Cursor;
use tungstenite::protocol::frame::FrameHeader;
use tungstenite::protocol::frame::coding::{CloseCode, Control, Data, OpCode};

/// How the lines of a connection are told from each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Framing {
    /// By their ends.
    #[default]
    Lines,
    /// Each is a text message of a WebSocket (`text.ircv3.net`).
    Text,
    /// Each is a binary message of a WebSocket (`binary.ircv3.net`).
    Binary,
    /// The WebSocket of text messages is closed: nothing comes after that.
    TextClosed,
    /// The WebSocket of binary messages is closed.
    BinaryClosed,
}

impl Framing {
    /// These lines as they are told. Text is UTF-8, or a browser would close the connection.
    pub fn frame(self, lines: &[u8], out: &mut Vec<u8>) {
        let opcode = match self {
            Self::Lines => return out.extend_from_slice(lines),
            Self::TextClosed | Self::BinaryClosed => return,
            Self::Text => OpCode::Data(Data::Text),
            Self::Binary => OpCode::Data(Data::Binary),
        };
        for line in lines.split_inclusive(|byte| *byte == b'\n') {
            let line = line.strip_suffix(b"\n").unwrap_or(line);
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            match self {
                Self::Text => put(opcode, String::from_utf8_lossy(line).as_bytes(), out),
                _ => put(opcode, line, out),
            }
        }
    }

    /// The same once the WebSocket is closed; none when none is open.
    pub fn closed(self) -> Option<Self> {
        match self {
            Self::Text => Some(Self::TextClosed),
            Self::Binary => Some(Self::BinaryClosed),
            Self::Lines | Self::TextClosed | Self::BinaryClosed => None,
        }
    }

    /// The same for what was queued before it was closed, and is drawn now.
    pub fn before_closed(self) -> Self {
        match self {
            Self::TextClosed => Self::Text,
            Self::BinaryClosed => Self::Binary,
            open => open,
        }
    }
}

/// The frame that ends a WebSocket. The code says why (RFC 6455, section 7.4).
pub(crate) fn closing(code: CloseCode) -> Vec<u8> {
    let mut out = Vec::new();
    put(OpCode::Control(Control::Close), &u16::from(code).to_be_bytes(), &mut out);
    out
}

/// The answer to a ping.
pub(crate) fn pong(payload: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    put(OpCode::Control(Control::Pong), payload, &mut out);
    out
}

/// A frame that is a whole message. Servers do not mask theirs.
fn put(opcode: OpCode, payload: &[u8], out: &mut Vec<u8>) {
    let header = FrameHeader { opcode, ..FrameHeader::default() };
    // Nothing fails that is written to memory.
    let _ = header.format(payload.len() as u64, out);
    out.extend_from_slice(payload);
}

/// What is kept of a WebSocket while a message is not whole.
#[derive(Debug, Default)]
pub(crate) struct Frames {
    /// Of a frame.
    partial: Vec<u8>,
    /// Of a message in several frames: what is in it so far, and whether it is text.
    begun: Option<(Vec<u8>, bool)>,
}

/// What came by a WebSocket.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Heard {
    /// Lines, each with an end.
    pub lines: Vec<u8>,
    /// Answers to pings.
    pub pongs: Vec<Vec<u8>>,
    /// It ends: the caller says so, or says what cannot be understood.
    pub end: Option<CloseCode>,
}

/// One frame, its payload as it was masked.
struct Frame<'b> {
    header: FrameHeader,
    payload: &'b [u8],
}

impl Frames {
    pub const NONE: Self = Self { partial: Vec::new(), begun: None };

    /// Whether nothing is kept.
    pub fn is_empty(&self) -> bool {
        self.partial.is_empty() && self.begun.is_none()
    }

    /// Takes bytes that were read.
    pub fn read(&mut self, bytes: &[u8]) -> Heard {
        let mut heard = Heard::default();
        let kept = std::mem::take(&mut self.partial);
        let all = if kept.is_empty() { bytes } else { &[&kept, bytes].concat() };
        let mut rest = all;
        while heard.end.is_none() {
            match next(&mut rest) {
                Ok(Some(frame)) => {
                    heard.end = self.hear(&frame, &mut heard).err();
                }
                Ok(None) => {
                    self.partial = rest.to_vec();
                    break;
                }
                Err(code) => heard.end = Some(code),
            }
        }
        heard
    }

    /// Takes a frame. The error is the end of the WebSocket.
    fn hear(&mut self, frame: &Frame<'_>, heard: &mut Heard) -> Result<(), CloseCode> {
        let is_final = frame.header.is_final;
        match (frame.header.opcode, self.begun.take()) {
            (OpCode::Control(control), begun) => {
                self.begun = begun;
                let is_short = frame.payload.len() <= CONTROL_BYTES_MAX;
                if !is_final || !is_short {
                    return Err(CloseCode::Protocol);
                }
                match control {
                    Control::Ping => heard.pongs.push(pong(&frame.unmasked().collect::<Vec<_>>())),
                    Control::Close => return Err(frame.why_closed()),
                    _ => {}
                }
                return Ok(());
            }
            (OpCode::Data(kind @ (Data::Text | Data::Binary)), None) if is_final => {
                let from = heard.lines.len();
                heard.lines.extend(frame.unmasked());
                return end_line(&mut heard.lines, from, kind == Data::Text);
            }
            (OpCode::Data(kind @ (Data::Text | Data::Binary)), None) => {
                self.begun = Some((frame.unmasked().collect(), kind == Data::Text));
            }
            (OpCode::Data(Data::Continue), Some((mut message, is_text))) => {
                if message.len() + frame.payload.len() > WEBSOCKET_MESSAGE_BYTES_MAX {
                    return Err(CloseCode::Size);
                }
                message.extend(frame.unmasked());
                if !is_final {
                    self.begun = Some((message, is_text));
                    return Ok(());
                }
                let from = heard.lines.len();
                heard.lines.append(&mut message);
                return end_line(&mut heard.lines, from, is_text);
            }
            // One message within another, or the rest of none.
            (OpCode::Data(_), _) => return Err(CloseCode::Protocol),
        }
        Ok(())
    }
}

/// Bytes of a control frame's payload (RFC 6455, section 5.5).
const CONTROL_BYTES_MAX: usize = 125;

/// The first frame of these bytes, if it is whole.
fn next<'b>(bytes: &mut &'b [u8]) -> Result<Option<Frame<'b>>, CloseCode> {
    let mut cursor = Cursor::new(*bytes);
    let Some((header, length)) =
        FrameHeader::parse(&mut cursor).map_err(|_| CloseCode::Protocol)?
    else {
        return Ok(None);
    };
    // No extension was agreed on that would give the reserved bits a meaning, and clients mask.
    if header.rsv1 || header.rsv2 || header.rsv3 || header.mask.is_none() {
        return Err(CloseCode::Protocol);
    }
    if length > WEBSOCKET_MESSAGE_BYTES_MAX as u64 {
        return Err(CloseCode::Size);
    }
    let behind = &bytes[cursor.position() as usize..];
    let Some((payload, rest)) = behind.split_at_checked(length as usize) else { return Ok(None) };
    *bytes = rest;
    Ok(Some(Frame { header, payload }))
}

/// Ends the line that begins there, unless its sender did.
fn end_line(lines: &mut Vec<u8>, from: usize, is_text: bool) -> Result<(), CloseCode> {
    if is_text && str::from_utf8(&lines[from..]).is_err() {
        lines.truncate(from);
        return Err(CloseCode::Invalid);
    }
    if lines[from..].last() != Some(&b'\n') {
        lines.push(b'\n');
    }
    Ok(())
}

impl Frame<'_> {
    fn unmasked(&self) -> impl Iterator<Item = u8> {
        let mask = self.header.mask.unwrap_or_default();
        self.payload.iter().zip(mask.into_iter().cycle()).map(|(byte, mask)| byte ^ mask)
    }

    /// The code with which the caller's end is answered: their own.
    fn why_closed(&self) -> CloseCode {
        let payload: Vec<u8> = self.unmasked().take(2).collect();
        match *payload.as_slice() {
            [] => CloseCode::Normal,
            [high, low] => Some(CloseCode::from(u16::from_be_bytes([high, low])))
                .filter(|code| code.is_allowed())
                .unwrap_or(CloseCode::Protocol),
            _ => CloseCode::Protocol,
        }
    }
}
