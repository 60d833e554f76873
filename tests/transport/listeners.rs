//! Listeners that do not let everyone in.

use crate::support::secure::Client;
use crate::support::{Person, Server, free_address};
use std::net::SocketAddr;
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
    browser.say("GET / HTTP/1.1\r\nHost: here\r\n");
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
    browser.say("GET / HTTP/1.1\r\nHost: here\r\n");
    assert!(browser.rest().starts_with("HTTP/1.1 "));
    let mut ada = client.connect(address);
    ada.say("NICK ada");
    assert_eq!(ada.rest(), "");
    closes(address, b"GET / HTTP/1.1\r\n");
}

const TRUSTED: &[(&str, &str)] =
    &[("PARLOR_PROXY_TRUSTED", "127.0.0.0/8"), ("PARLOR_SERVER_CLOAK", "false")];
const SIGNATURE: &[u8] = b"\r\n\r\n\0\r\nQUIT\n";

/// A header of version 2 for a caller from this address.
fn binary(from: [u8; 4]) -> Vec<u8> {
    [SIGNATURE, b"\x21\x11\0\x0c", &from, &[192, 0, 2, 1, 0, 1, 0, 2]].concat()
}

/// The host that others see for who signs on behind this header, sent with it or after it.
fn host_behind(address: SocketAddr, header: &[u8], nick: &str) -> String {
    let mut caller = Person::connect(address);
    for piece in header.chunks(7) {
        caller.send(piece);
    }
    caller.say(&format!("NICK {nick}"));
    caller.say(&format!("USER {nick} 0 * :x"));
    let welcome = caller.sees(" 001 ");
    welcome.rsplit('@').next().expect("a host").to_owned()
}

#[test]
fn a_trusted_proxy_says_for_whom_it_speaks() {
    let (server, address) = listening("", "+proxy", TRUSTED);
    let text = b"PROXY TCP4 192.0.2.7 192.0.2.1 4000 7777\r\n";
    assert_eq!(host_behind(address, text, "ada"), "192.0.2.7");
    let text = b"PROXY TCP6 ::7 2001:db8::1 4000 7777\r\n";
    assert_eq!(host_behind(address, text, "grace"), "0::7");
    assert_eq!(host_behind(address, &binary([192, 0, 2, 9]), "joan"), "192.0.2.9");
    // It speaks for itself, or does not know.
    assert_eq!(host_behind(address, b"PROXY UNKNOWN\r\n", "mary"), "127.0.0.1");
    let local = [SIGNATURE, b"\x20\0\0\0"].concat();
    assert_eq!(host_behind(address, &local, "jean"), "127.0.0.1");

    // TLS is behind the header, and sniffed like any other; so is a person.
    let mut stream = std::net::TcpStream::connect(address).expect("a connection");
    std::io::Write::write_all(&mut stream, &binary([192, 0, 2, 11])).expect("the server reads");
    let mut secure = Client::of(&server).connect_on(stream);
    secure.sign_on("ida");
    secure.say("WHOIS ida");
    assert!(secure.sees(" 311 ").contains("192.0.2.11"));
    let mut line = Person::connect(address);
    line.send(&binary([192, 0, 2, 12]));
    line.sees("Press Enter");
}

#[test]
fn a_header_is_required_where_one_is_and_refused_everywhere_else() {
    let (server, address) = listening("", "+proxy", TRUSTED);
    let header = b"PROXY TCP4 192.0.2.7 192.0.2.1 4000 7777\r\n";
    for bytes in [&b"NICK ada\r\nUSER a 0 * :a\r\n"[..], b"\n", b"\x16\x03\x01\x00\x01\x01"] {
        closes(address, bytes);
    }
    // One header is all there is.
    closes(address, &[&header[..], header].concat());
    closes(address, &[binary([192, 0, 2, 7]), binary([192, 0, 2, 8])].concat());
    closes(server.address, header);
    let mut secure = Client::of(&server).connect(server.address);
    secure.send(&binary([192, 0, 2, 7]));
    assert_eq!(secure.rest(), "");
    // One that never comes is not waited for.
    let mut silent = Person::connect(address);
    assert_eq!(silent.rest(), "");
}

#[test]
fn who_has_not_been_said_yet_is_counted() {
    let mut settings = TRUSTED.to_vec();
    settings.push(("PARLOR_LIMITS_CONNECTIONS_MAX", "4"));
    // One shard takes them in as they come; of several, one may be later than another.
    settings.push(("PARLOR_SERVER_SHARDS", "1"));
    let (server, address) = listening("", "+proxy", &settings);
    // By now nobody else is counted.
    let mut known = server.connect();
    known.sees("Press Enter");
    let mut unsaid = [(); 3].map(|()| Person::connect(address));
    Person::connect(address).sees("ERROR :This server is full");
    server.connect().sees("ERROR :This server is full");
    let [first, ..] = &mut unsaid;
    first.send(&binary([192, 0, 2, 7]));
    first.sees("Press Enter");
}

#[test]
fn nobody_else_is_believed() {
    let settings = &[("PARLOR_PROXY_TRUSTED", "192.0.2.0/24")];
    let (_server, address) = listening("", "+proxy", settings);
    let mut stranger = Person::connect(address);
    assert_eq!(stranger.rest(), "");
}

#[test]
fn limits_on_connections_count_who_is_behind_the_proxy() {
    let mut settings = TRUSTED.to_vec();
    settings.push(("PARLOR_LIMITS_CONNECTIONS_PER_ADDRESS", "2"));
    let (_server, address) = listening("", "+proxy", &settings);
    let come = |from| {
        let mut caller = Person::connect(address);
        caller.send(&binary(from));
        caller
    };
    let mut two = [come([192, 0, 2, 7]), come([192, 0, 2, 7])];
    for caller in &mut two {
        caller.sees("Press Enter");
    }
    come([192, 0, 2, 7]).sees("Too many connections from your address");
    come([192, 0, 2, 8]).sees("Press Enter");
}
