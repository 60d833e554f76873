//! Listeners that do not let everyone in.

mod support;

use std::net::SocketAddr;
use support::secure::Client;
use support::{Person, Server, free_address};
use tempfile::TempDir;

/// A server that listens at another address too, written like this, and that address.
fn listening(scheme: &str, behind: &str, settings: &[(&str, &str)]) -> (Server, SocketAddr) {
    let address = free_address();
    let listen = format!("--listen={scheme}{address}{behind}");
    let folder = TempDir::new().expect("a folder");
    let server = Server::with_arguments(settings, folder, &[&listen]);
    server.logs("listening", 2);
    (server, address)
}

/// A caller who says this is closed, and told nothing.
fn closes(address: SocketAddr, bytes: &[u8]) {
    let mut caller = Person::connect(address);
    caller.send(bytes);
    assert_eq!(caller.rest(), "", "{:?}", bytes.escape_ascii().to_string());
}

#[test]
fn where_irc_is_spoken_nobody_else_comes_in() {
    let (_server, address) = listening("irc://", "", &[]);
    let mut ada = Person::connect(address);
    // No beginning of a registration, and yet no person at a terminal.
    ada.say("JOIN #early");
    ada.sees(" 451 ");
    ada.say("NICK ada");
    ada.say("USER ada 0 * :a");
    ada.sees(" 001 ada ");
    let not_irc: [&[u8]; 4] =
        [b"GET / HTTP/1.1\r\n", b"\x16\x03\x01\x00\x01\x01", b"SSH-2.0-x\r\n", b"\0\0"];
    for bytes in not_irc {
        closes(address, bytes);
    }
    // Nobody is greeted there, however long they are silent.
    let mut silent = Person::connect(address);
    std::thread::sleep(std::time::Duration::from_secs(1));
    silent.say("NICK grace");
    silent.say("USER grace 0 * :g");
    assert!(silent.next_line().is_some_and(|line| line.contains(" 001 grace ")));
}

#[test]
fn where_irc_by_tls_is_spoken_nobody_comes_in_without() {
    let (server, address) = listening("irc+tls://", "", &[]);
    let client = Client::of(&server);
    client.connect(address).sign_on("ada");
    for bytes in [&b"NICK ada\r\nUSER a 0 * :a\r\n"[..], b"GET / HTTP/1.1\r\n", b"\n"] {
        closes(address, bytes);
    }
    let mut browser = client.connect(address);
    browser.say("GET / HTTP/1.1");
    assert_eq!(browser.rest(), "");
}

#[test]
fn where_people_type_they_are_greeted_at_once_and_every_line_is_theirs() {
    let (server, address) = listening("line://", "", &[]);
    let mut ada = Person::connect(address);
    ada.sees("Press Enter");
    ada.say("NICK is a word like any other");
    ada.say("/history");
    ada.sees("> NICK is a word like any other");
    closes_after_greeting(address, b"\x16\x03\x01\x00\x01\x01");

    let (secure, address) = listening("line+tls://", "", &[]);
    let mut grace = Client::of(&secure).connect(address);
    grace.sees("Press Enter");
    closes(address, b"hello\r\n");
    drop(server);
}

/// The same, of somebody who was greeted.
fn closes_after_greeting(address: SocketAddr, bytes: &[u8]) {
    let mut caller = Person::connect(address);
    caller.sees("Press Enter");
    caller.send(bytes);
    assert_eq!(caller.rest(), "");
}

#[test]
fn where_browsers_come_nobody_else_comes_in() {
    let (server, address) = listening("https://", "", &[]);
    let client = Client::of(&server);
    let mut browser = client.connect(address);
    browser.say("GET / HTTP/1.1");
    assert!(browser.rest().starts_with("HTTP/1.1 "));
    let mut ada = client.connect(address);
    ada.say("NICK ada");
    assert_eq!(ada.rest(), "");
    closes(address, b"GET / HTTP/1.1\r\n");
}
