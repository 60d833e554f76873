//! SASL messages that need several lines of 400 bytes, as long passwords do.

use crate::support::{Person, Server};
use base64ct::{Base64, Encoding};

/// As many bytes as a password may have.
const LONGEST: usize = 300;

fn register(server: &Server, nick: &str, password: &str) {
    let mut person = server.irc(nick);
    person.say(&format!("REGISTER * * {password}"));
    person.sees("REGISTER SUCCESS");
    person.say("QUIT");
    person.rest();
}

/// Sends a message in pieces; the last one is never full.
fn authenticate(person: &mut Person, message: &[u8]) {
    person.say("AUTHENTICATE PLAIN");
    person.sees("AUTHENTICATE +");
    let encoded = Base64::encode_string(message);
    let mut rest = encoded.as_str();
    loop {
        let (piece, behind) = rest.split_at(rest.len().min(400));
        person.say(&format!("AUTHENTICATE {}", if piece.is_empty() { "+" } else { piece }));
        rest = behind;
        if piece.len() < 400 {
            return;
        }
    }
}

#[test]
fn a_long_password_comes_in_several_pieces() {
    let server = Server::start();
    let mut caller = server.connect();
    caller.say("CAP REQ sasl");
    caller.sees(" ACK ");
    // Around one full piece of 300 bytes, and into the second: `\0ada\0` is five of them.
    for (nick, length) in [("ada", 294), ("bob", 295), ("cyd", 296), ("dan", LONGEST)] {
        let password = "p".repeat(length);
        register(&server, nick, &password);
        authenticate(&mut caller, format!("\0{nick}\0{password}").as_bytes());
        caller.sees(&format!(" {nick} :You are now logged in as {nick}"));
        caller.sees(" 903 ");
        authenticate(&mut caller, format!("{nick}\0{nick}\0{password}").as_bytes());
        caller.sees(" 903 ");
        authenticate(&mut caller, format!("{nick}\0{nick}\0{password}x").as_bytes());
        caller.sees(" 904 ");
    }
}

#[test]
fn three_pieces_are_read_and_a_fifth_is_not() {
    let server = Server::start();
    let mut caller = server.connect();
    caller.say("CAP REQ sasl");
    caller.sees(" ACK ");
    // Nobody has such a password; it is read to its end, and wrong.
    authenticate(&mut caller, format!("\0ada\0{}", "p".repeat(700)).as_bytes());
    caller.sees(" 904 ");
    let full = "cHBw".repeat(100);
    caller.say("AUTHENTICATE PLAIN");
    caller.sees("AUTHENTICATE +");
    for _ in 0..4 {
        caller.say(&format!("AUTHENTICATE {full}"));
    }
    caller.say("AUTHENTICATE cHBw");
    caller.sees(" 905 ");
    // What was left half said is forgotten: the next exchange is one of its own.
    for first in [full.as_str(), "*", "+"] {
        caller.say("AUTHENTICATE PLAIN");
        caller.sees("AUTHENTICATE +");
        caller.say(&format!("AUTHENTICATE {first}"));
        caller.say("AUTHENTICATE *");
        caller.sees(" 906 ");
    }
    register(&server, "ada", "pw");
    authenticate(&mut caller, b"\0ada\0pw");
    caller.sees(" 903 ");
}
