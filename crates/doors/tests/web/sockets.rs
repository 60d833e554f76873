//! IRC by WebSocket: every line a message, and every message a line.

use super::opening;
use crate::common::Town;
use parlor_doors::bounds::WEBSOCKET_MESSAGE_BYTES_MAX;
use proptest::prelude::*;
use tungstenite::protocol::frame::FrameHeader;
use tungstenite::protocol::frame::coding::{Control, Data, OpCode};

const TEXT: OpCode = OpCode::Data(Data::Text);
const BINARY: OpCode = OpCode::Data(Data::Binary);
const CONTINUE: OpCode = OpCode::Data(Data::Continue);
const PING: OpCode = OpCode::Control(Control::Ping);
const CLOSE: OpCode = OpCode::Control(Control::Close);

/// A frame as clients send it.
fn frame(opcode: OpCode, is_final: bool, payload: &[u8]) -> Vec<u8> {
    const MASK: [u8; 4] = [0x5a, 0x00, 0xff, 0x13];
    let header = FrameHeader { opcode, is_final, mask: Some(MASK), ..FrameHeader::default() };
    let mut bytes = Vec::new();
    header.format(payload.len() as u64, &mut bytes).expect("memory");
    bytes.extend(payload.iter().zip(MASK.iter().cycle()).map(|(byte, mask)| byte ^ mask));
    bytes
}

/// A line that is said.
pub fn said(line: &str) -> Vec<u8> {
    frame(TEXT, true, line.as_bytes())
}

/// The messages in these bytes, each whole: its kind and what is in it.
fn messages(bytes: &[u8]) -> Vec<(OpCode, String)> {
    let mut cursor = std::io::Cursor::new(bytes);
    let mut messages = Vec::new();
    while let Some((header, length)) = FrameHeader::parse(&mut cursor).expect("a header") {
        assert!(header.is_final && header.mask.is_none(), "{header:?}");
        let from = cursor.position() as usize;
        let payload = &bytes[from..from + length as usize];
        cursor.set_position((from + payload.len()) as u64);
        messages.push((header.opcode, String::from_utf8_lossy(payload).into_owned()));
    }
    assert_eq!(cursor.position() as usize, bytes.len());
    messages
}

/// What somebody was told since the last time, by messages of this kind alone.
fn told(town: &mut Town, name: &str, kind: OpCode) -> Vec<String> {
    let told = messages(&town.take_bytes(name));
    assert!(told.iter().all(|(opcode, _)| *opcode == kind), "{told:?}");
    told.into_iter().map(|(_, text)| text).collect()
}

/// Somebody opens a WebSocket with this protocol.
fn open(town: &mut Town, name: &str, protocol: &str) {
    town.connect(name);
    town.feed(name, opening(&format!("Sec-WebSocket-Protocol: {protocol}\r\n")).as_bytes());
    assert!(town.take_bytes(name).starts_with(b"HTTP/1.1 101 "));
}

/// The same, and signs on.
fn sign_on(town: &mut Town, name: &str, protocol: &str, caps: &str) {
    open(town, name, protocol);
    for line in [&format!("CAP REQ :{caps}"), &format!("NICK {name}"), "USER x 0 * :x", "CAP END"] {
        town.feed(name, &said(line));
    }
    let welcome = messages(&town.take_bytes(name));
    assert!(welcome.iter().any(|(_, line)| line.contains(" 001 ")), "{welcome:?}");
    assert!(welcome.iter().all(|(_, line)| !line.contains(['\r', '\n'])), "{welcome:?}");
}

#[test]
fn every_line_is_a_message_of_the_kind_that_was_agreed_on() {
    let mut town = Town::new();
    sign_on(&mut town, "ada", "text.ircv3.net", "");
    sign_on(&mut town, "bob", "binary.ircv3.net", "");
    town.sign_on("cyd", "");
    for name in ["ada", "bob"] {
        town.feed(name, &said("JOIN #go"));
    }
    town.send("cyd", "JOIN #go");
    for name in ["ada", "bob", "cyd"] {
        town.take_bytes(name);
    }
    town.feed("ada", &said("PRIVMSG #go :gr\u{fc}\u{df}e"));
    let line = ":ada!~x@10.0.0.1 PRIVMSG #go :gr\u{fc}\u{df}e";
    assert_eq!(told(&mut town, "bob", BINARY), [line]);
    assert_eq!(town.take_bytes("cyd"), format!("{line}\r\n").as_bytes());
    town.feed("bob", &frame(BINARY, true, b"PRIVMSG #go :one"));
    assert_eq!(told(&mut town, "ada", TEXT), [":bob!~x@10.0.0.2 PRIVMSG #go :one"]);
    // Who ends lines all the same has said no line more.
    town.feed("bob", &frame(BINARY, true, b"PING x\r\n"));
    assert_eq!(told(&mut town, "bob", BINARY), [":irc.example PONG irc.example :x"]);
}

#[test]
fn everyone_of_one_framing_shares_the_same_bytes() {
    let mut town = Town::new();
    for (name, protocol) in [("ada", "text"), ("bob", "text"), ("cyd", "text"), ("dan", "binary")] {
        sign_on(&mut town, name, &format!("{protocol}.ircv3.net"), "");
        town.feed(name, &said("JOIN #go"));
    }
    for name in ["bob", "cyd", "dan"] {
        town.take_bytes(name);
    }
    let two = [said("PRIVMSG #go :one"), said("PRIVMSG #go :two")].concat();
    town.feed("ada", &two);
    let [bob, cyd, dan] = ["bob", "cyd", "dan"].map(|name| town.take_writes(name));
    assert_eq!(bob.concat().len(), 1, "two messages are one piece");
    assert_eq!(bob, cyd, "they are told the same bytes at the same place in memory");
    assert_ne!(bob, dan, "another framing has other bytes");
}

#[test]
fn answers_under_a_label_and_large_ones_are_messages_too() {
    let mut town = Town::new();
    sign_on(&mut town, "ada", "text.ircv3.net", "labeled-response batch echo-message");
    town.feed("ada", &said("@label=1 JOIN #go"));
    let joined = told(&mut town, "ada", TEXT);
    assert!(joined[0].starts_with("@label=1 :irc.example BATCH +"), "{joined:?}");
    assert!(joined[1].contains(" JOIN #go"), "{joined:?}");
    town.feed("ada", &said("@label=2 PRIVMSG #go :hello"));
    assert_eq!(told(&mut town, "ada", TEXT), ["@label=2 :ada!~x@10.0.0.1 PRIVMSG #go :hello"]);
    town.feed("ada", &said("LIST"));
    assert!(told(&mut town, "ada", TEXT).last().is_some_and(|line| line.contains(" 323 ")));
}

#[test]
fn a_ping_is_answered_and_a_close_too() {
    let mut town = Town::new();
    sign_on(&mut town, "ada", "text.ircv3.net", "");
    town.sign_on("bob", "");
    town.send("bob", "JOIN #go");
    town.feed("ada", &said("JOIN #go"));
    town.take_bytes("ada");
    town.take_bytes("bob");
    town.feed("ada", &frame(PING, true, b"here?"));
    assert_eq!(
        messages(&town.take_bytes("ada")),
        [(OpCode::Control(Control::Pong), "here?".to_owned())]
    );
    // What was said before still counts, and nothing is said behind the end.
    let last = [said("PRIVMSG #go :bye"), frame(CLOSE, true, &1001_u16.to_be_bytes())].concat();
    town.feed("ada", &last);
    let closed = frame_of(&town.take_bytes("ada"));
    assert_eq!(closed, (CLOSE, 1001));
    let seen = String::from_utf8_lossy(&town.take_bytes("bob")).into_owned();
    assert!(seen.contains("PRIVMSG #go :bye\r\n") && seen.contains(" QUIT "), "{seen}");
}

#[test]
fn what_was_asked_for_before_the_end_comes_before_it() {
    let mut town = Town::new();
    for (name, protocol) in [("ada", "text.ircv3.net"), ("bob", "binary.ircv3.net")] {
        sign_on(&mut town, name, protocol, "batch draft/chathistory");
        let kind = if name == "ada" { TEXT } else { BINARY };
        town.feed(name, &said("JOIN #go"));
        town.feed(name, &said("PRIVMSG #go :kept"));
        town.take_bytes(name);
        // It is drawn once the end has been said already.
        town.feed(name, &[said("CHATHISTORY LATEST #go * 1"), said("QUIT :enough")].concat());
        let told = messages(&town.take_bytes(name));
        let kinds: Vec<_> = told.iter().map(|(opcode, _)| *opcode).collect();
        assert_eq!(kinds, [kind, kind, kind, kind, CLOSE], "{told:?}");
        assert!(told[1].1.ends_with(" :kept") && told[3].1.starts_with("ERROR "), "{told:?}");
    }
}

/// The one control frame that there is, and its code.
fn frame_of(bytes: &[u8]) -> (OpCode, u16) {
    let mut cursor = std::io::Cursor::new(bytes);
    let (header, length) = FrameHeader::parse(&mut cursor).expect("a header").expect("a frame");
    assert_eq!(cursor.position() + length, bytes.len() as u64, "one frame");
    let payload = &bytes[cursor.position() as usize..];
    (header.opcode, u16::from_be_bytes([payload[0], payload[1]]))
}

#[test]
fn the_server_says_why_and_closes() {
    let mut town = Town::new();
    sign_on(&mut town, "ada", "text.ircv3.net", "");
    town.feed("ada", &said("QUIT :done"));
    let told = messages(&town.take_bytes("ada"));
    assert_eq!(told[0], (TEXT, "ERROR :Closing link: Quit: done".to_owned()));
    assert_eq!((told.len(), told[1].0), (2, CLOSE));
}

#[test]
fn what_is_no_message_ends_the_connection_with_its_code() {
    let mut unmasked = said("NICK ada");
    unmasked[1] &= 0x7f;
    let mut reserved = said("NICK ada");
    reserved[0] |= 0x40;
    let long = "x".repeat(WEBSOCKET_MESSAGE_BYTES_MAX + 1);
    let half = &long.as_bytes()[..=WEBSOCKET_MESSAGE_BYTES_MAX / 2];
    let halves = [frame(TEXT, false, half), frame(CONTINUE, true, half)].concat();
    let table: &[(&str, Vec<u8>, u16)] = &[
        ("not masked", unmasked, 1002),
        ("an extension", reserved, 1002),
        ("an unknown kind", frame(OpCode::Data(Data::Reserved(5)), true, b""), 1002),
        ("the rest of nothing", frame(CONTINUE, true, b"x"), 1002),
        ("a message in another", [frame(TEXT, false, b"x"), said("y")].concat(), 1002),
        ("half a ping", frame(PING, false, b""), 1002),
        ("a long ping", frame(PING, true, &[0; 126]), 1002),
        ("half a code", frame(CLOSE, true, &[3]), 1002),
        ("no code", frame(CLOSE, true, &[]), 1000),
        ("a code that nobody sends", frame(CLOSE, true, &1006_u16.to_be_bytes()), 1002),
        ("no text", frame(TEXT, true, b"\xff"), 1007),
        ("too long", said(&long), 1009),
        ("too long in pieces", halves, 1009),
    ];
    for (what, bytes, code) in table {
        let mut town = Town::new();
        open(&mut town, "ada", "text.ircv3.net");
        town.feed("ada", bytes);
        assert_eq!(frame_of(&town.take_bytes("ada")), (CLOSE, *code), "{what}");
    }
}

#[test]
fn a_line_too_long_is_answered_as_such() {
    let mut town = Town::new();
    sign_on(&mut town, "ada", "text.ircv3.net", "");
    // 510 bytes and no CR LF are a whole line (`IRCv3` websocket).
    for (length, code) in [(510, " PONG "), (511, " 417 ")] {
        town.feed("ada", &said(&format!("PING {}", "x".repeat(length - 5))));
        let told = told(&mut town, "ada", TEXT);
        assert!(told.len() == 1 && told[0].contains(code), "{length}: {told:?}");
    }
}

#[test]
fn what_is_not_utf_8_is_refused_in_a_binary_message_alone() {
    let mut town = Town::new();
    sign_on(&mut town, "ada", "binary.ircv3.net", "standard-replies");
    town.feed("ada", &frame(BINARY, true, b"PRIVMSG #go :\xff"));
    let told = told(&mut town, "ada", BINARY);
    assert!(told[0].contains("FAIL PRIVMSG INVALID_UTF8"), "{told:?}");
}

proptest! {
    #[test]
    fn messages_mean_the_same_however_they_are_split(
        cuts in prop::collection::vec(0_usize..200, 0..12),
        fragments in prop::collection::vec(1_usize..12, 0..4),
    ) {
        let mut town = Town::new();
        sign_on(&mut town, "ada", "text.ircv3.net", "");
        let line = "PING :gr\u{fc}\u{df}e aus dem fernen Br\u{fc}ssel";
        let mut bytes = said("PING one");
        let mut rest = line.as_bytes();
        let mut opcode = TEXT;
        for length in fragments {
            let (piece, behind) = rest.split_at(length);
            bytes.extend(frame(std::mem::replace(&mut opcode, CONTINUE), false, piece));
            bytes.extend(frame(PING, true, b""));
            rest = behind;
        }
        bytes.extend(frame(opcode, true, rest));
        let mut cuts: Vec<usize> = cuts.into_iter().filter(|cut| *cut < bytes.len()).collect();
        cuts.sort_unstable();
        let mut from = 0;
        for cut in cuts.into_iter().chain([bytes.len()]) {
            town.feed("ada", &bytes[from..cut]);
            from = cut;
        }
        let told = messages(&town.take_bytes("ada"));
        let lines: Vec<&str> =
            told.iter().filter(|(kind, _)| *kind == TEXT).map(|(_, line)| &**line).collect();
        prop_assert_eq!(lines, [
            ":irc.example PONG irc.example :one",
            ":irc.example PONG irc.example :gr\u{fc}\u{df}e aus dem fernen Br\u{fc}ssel"
        ]);
    }
}
