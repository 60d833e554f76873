//! One port: who is calling is told from the first bytes, however they come, and whoever is no guest
//! here is refused in their own protocol's terms.

mod support;

use std::io::Read;
use std::net::{Ipv6Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use support::{Person, Server, free_address};
use tempfile::TempDir;

/// A handshake record that is no handshake, and the alert that answers it: `decode_error`.
const NO_HANDSHAKE: &[u8] = b"\x16\x03\x01\x00\x06\x01\x00\x00\x02\x00\x00";
const TLS_ALERT: &[u8] = b"\x15\x03\x03\x00\x02\x02\x32";

/// Everything that the server answers to these bytes, until it closes.
fn answer(address: SocketAddr, bytes: &[u8]) -> Vec<u8> {
    let mut person = Person::connect(address);
    person.send(bytes);
    until_closed(&mut person.stream)
}

fn until_closed(stream: &mut TcpStream) -> Vec<u8> {
    let mut answer = Vec::new();
    match stream.read_to_end(&mut answer) {
        Ok(_) => answer,
        Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => answer,
        Err(error) => panic!("it was not closed: {error}; so far {answer:?}"),
    }
}

#[test]
fn those_without_a_door_are_refused_in_their_own_terms() {
    let server = Server::start();
    assert_eq!(answer(server.address, NO_HANDSHAKE), TLS_ALERT);

    let ssh = answer(server.address, b"SSH-2.0-OpenSSH_9.9\r\n");
    let packet = ssh.strip_prefix(b"SSH-2.0-Parlor\r\n").expect("an identification");
    assert_eq!(packet.get(5), Some(&1), "SSH_MSG_DISCONNECT");

    let closed: [&[u8]; 4] = [
        b"PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\nNICK ada\r\n",
        b"\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c",
        b"\0\0\0\0",
        b"\x05\x01\x00",
    ];
    for bytes in closed {
        assert_eq!(answer(server.address, bytes), b"", "{bytes:?}");
    }
    // None of them was anybody.
    assert!(!server.irc("ada").seen.iter().any(|line| line.contains("2 users")));
}

/// A caller whose first bytes are these, in the pieces given, and what must come of it.
fn in_pieces(server: &Server, pieces: &[&[u8]], expected: &[u8]) {
    let mut person = server.connect();
    for piece in pieces {
        person.send(piece);
    }
    let mut found = Vec::new();
    let mut byte = [0];
    while !found.windows(expected.len()).any(|window| window == expected) {
        match person.stream.read(&mut byte) {
            Ok(1..) => found.push(byte[0]),
            end => panic!("{end:?} after {:?} to {pieces:?}", String::from_utf8_lossy(&found)),
        }
    }
}

#[test]
fn first_bytes_mean_the_same_however_they_are_split() {
    let server = Server::start();
    let cases: [(&[u8], &[u8]); 6] = [
        (b"CAP LS 302\r\n", b" CAP * LS :"),
        (b"NICK x\r\nUSER x 0 * :x\r\nQUIT\r\n", b" 001 "),
        (b"/help\r\nx\r\n", b"/nick"),
        (NO_HANDSHAKE, TLS_ALERT),
        (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"HTTP/1.1 200 "),
        (b"SSH-2.0-x\r\n", b"SSH-2.0-Parlor\r\n"),
    ];
    for (bytes, expected) in cases {
        for at in 0..=bytes.len() {
            in_pieces(&server, &[&bytes[..at], &bytes[at..]], expected);
        }
        in_pieces(&server, &bytes.chunks(1).collect::<Vec<_>>(), expected);
    }
}

#[test]
fn a_caller_who_was_greeted_is_still_whoever_they_say() {
    let server = Server::start();
    let greeted = || {
        let mut caller = server.connect();
        caller.sees("Welcome");
        caller.sees("Press Enter");
        caller
    };
    let mut ada = greeted();
    ada.say("CAP LS 302");
    ada.sees(" CAP * LS :");
    ada.say("NICK ada");
    ada.say("USER ada 0 * :ada");
    ada.say("CAP END");
    ada.sees(" 001 ada ");
    let mut grace = greeted();
    grace.say("NICK grace");
    grace.say("USER grace 0 * :grace");
    grace.sees(" 001 grace ");
    let mut guest = greeted();
    guest.say("");
    guest.sees("You are guest-");
    // What they say next is no beginning any more.
    guest.say("NICK names are short for nicknames");
    guest.say("/history");
    guest.sees("> NICK names are short for nicknames");
    // Too late for a protocol that speaks first.
    let late: [&[u8]; 3] = [NO_HANDSHAKE, b"GET / HTTP/1.1\r\n", b"SSH-2.0-x\r\n"];
    for bytes in late {
        let mut caller = greeted();
        caller.send(bytes);
        assert_eq!(caller.rest(), "", "{bytes:?}");
    }
}

#[test]
fn an_enter_before_the_greeting_is_answered() {
    let server = Server::start();
    // Two of these begin as a header of the PROXY protocol does.
    for enter in ["\r\n", "\r\n\r\n", "\n"] {
        let mut caller = server.connect();
        caller.send(enter.as_bytes());
        caller.sees("You are guest-");
    }
}

#[test]
fn whoever_says_something_and_hangs_up_is_heard_and_told_goodbye() {
    let server = Server::start();
    let mut ada = server.irc("ada");
    ada.say("JOIN #lobby");
    ada.settles();
    for text in ["hello", "hello\n", "hello\r\n"] {
        let mut caller = server.connect();
        caller.send(text.as_bytes());
        caller.stream.shutdown(Shutdown::Write).expect("a half-close");
        ada.sees(" JOIN ");
        ada.sees("PRIVMSG #lobby :hello");
        ada.sees(" QUIT ");
        assert!(caller.rest().trim_end().ends_with("* Goodbye."));
    }
}

#[test]
fn whoever_hangs_up_before_they_were_understood_is_let_go() {
    let server = Server::start();
    for bytes in [&b""[..], b"NICK", b"\xff", b"\xff\xfb", b"PROXY TCP4", b"\r\n\r\n\0", b"SSH"] {
        let mut caller = server.connect();
        caller.send(bytes);
        caller.stream.shutdown(Shutdown::Write).expect("a half-close");
        until_closed(&mut caller.stream);
    }
}

#[test]
fn several_addresses_are_one_server() {
    let mut addresses = vec![free_address()];
    let six = SocketAddr::from((Ipv6Addr::LOCALHOST, free_address().port()));
    match TcpListener::bind(six) {
        Ok(_) => addresses.push(six),
        Err(error) => eprintln!("SKIPPED: IPv6, because there is none here: {error}"),
    }
    let arguments: Vec<String> = addresses.iter().map(|a| format!("--listen={a}")).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let server = Server::with_arguments(&[], TempDir::new().expect("a folder"), &arguments);
    let mut grace = server.line("grace");
    for (number, address) in addresses.into_iter().enumerate() {
        let mut caller = Person::connect(address);
        caller.say(&format!("/nick caller{number}"));
        grace.sees(&format!("* caller{number} joined"));
        caller.sees("#lobby");
        grace.say(&format!("hello, caller{number}"));
        caller.sees(&format!("<grace> hello, caller{number}"));
        grace.say(&format!("/whois caller{number}"));
        let host = address.ip().to_string();
        grace.sees(&if host.starts_with(':') { format!("0{host}") } else { host });
    }
}
