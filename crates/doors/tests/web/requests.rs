//! Requests, and what each is answered.

use super::{answer, opening};
use crate::common::Town;
use parlor_doors::Facts;
use parlor_doors::bounds::{HTTP_HEAD_BYTES_MAX, HTTP_HEAD_WITHIN_MS, HTTP_IDLE_MS_MAX};
use parlor_doors::hall::{Caller, Gate, Protocol};
use parlor_hub::id::SessionId;
use parlor_hub::person::Peer;

fn peer(address: &str) -> Peer {
    Facts::default().peer(address.parse().expect("an address"), None)
}

#[test]
fn a_browser_is_told_how_to_come_in() {
    let mut town = Town::new();
    let page = answer(&mut town, "GET / HTTP/1.1\r\nHost: chat.example:7777\r\n\r\n");
    let (head, body) = page.split_once("\r\n\r\n").expect("a head and a body");
    assert!(head.starts_with("HTTP/1.1 200 OK\r\nContent-Type: text/plain"), "{head}");
    assert!(head.contains(&format!("Content-Length: {}\r\n", body.len())), "{head}");
    assert!(head.ends_with("Connection: close"), "{head}");
    assert!(body.contains("nc chat.example 7777"), "{body}");
    let only_head = answer(&mut town, "HEAD /?x HTTP/1.1\r\nHost: chat.example:7777\r\n\r\n");
    assert_eq!(only_head, format!("{head}\r\n\r\n"));
}

#[test]
fn what_cannot_be_answered_is_refused_by_its_status() {
    let large = format!("X-Large: {}\r\n", "x".repeat(HTTP_HEAD_BYTES_MAX));
    let many = "X: y\r\n".repeat(70);
    let table: &[(&str, &str)] = &[
        ("GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n", "404 "),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", "405 "),
        ("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", "405 "),
        ("CONNECT chat.example:443 HTTP/1.1\r\nHost: x\r\n\r\n", "405 "),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello", "413 "),
        ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n", "413 "),
        ("GET / HTTP/1.1\r\n\r\n", "400 "),
        ("GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", "400 "),
        ("GET / HTTP/1.1\r\nHost: x\r\nno header\r\n\r\n", "400 "),
        ("GET / HTTP/9.9\r\nHost: x\r\n\r\n", "505 "),
        ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "505 "),
        (&format!("GET / HTTP/1.1\r\nHost: x\r\n{large}\r\n"), "431 "),
        (&format!("GET / HTTP/1.1\r\nHost: x\r\n{many}\r\n"), "431 "),
    ];
    let mut town = Town::new();
    for (request, status) in table {
        let answer = answer(&mut town, request);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{request}: {answer}");
    }
    let refused = answer(&mut town, "PUT / HTTP/1.1\r\nHost: x\r\n\r\n");
    assert!(refused.contains("\r\nAllow: GET, HEAD\r\n"), "{refused}");
}

#[test]
fn a_request_that_does_not_come_in_time_is_answered() {
    let mut town = Town::new();
    town.connect("browser");
    for _ in 0..HTTP_HEAD_WITHIN_MS / 1_000 {
        assert_eq!(town.take_bytes("browser"), b"", "a byte now and then is no request");
        town.feed("browser", b"GET / HTTP/1.1\r\nX: x");
        town.wait(1_000);
    }
    let answer = town.take_bytes("browser");
    assert!(answer.starts_with(b"HTTP/1.1 408 "), "{}", String::from_utf8_lossy(&answer));
}

#[test]
fn who_keeps_a_connection_to_spare_where_only_browsers_come_keeps_it_for_a_while() {
    let mut town = Town::new();
    let gate = Gate { only: Some(Protocol::Web), tls: None };
    town.arrive_at("browser", gate, Caller::new(SessionId::new(1, 90), peer("10.0.0.9")));
    town.wait(HTTP_IDLE_MS_MAX - 1_000);
    assert!(!town.drops("browser") && town.take_bytes("browser").is_empty());
    town.wait(2_000);
    assert!(town.drops("browser") && town.take_bytes("browser").is_empty());
}

#[test]
fn an_opening_is_accepted_with_the_protocol_that_is_wanted_most() {
    let mut town = Town::new();
    let accept = "\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n";
    for (asked, agreed) in [
        ("text.ircv3.net", Some("text.ircv3.net")),
        ("binary.ircv3.net, text.ircv3.net", Some("binary.ircv3.net")),
        ("x, text.ircv3.net\r\nSec-WebSocket-Protocol: binary.ircv3.net", Some("text.ircv3.net")),
        ("x", None),
    ] {
        let answer = answer(&mut town, &opening(&format!("Sec-WebSocket-Protocol: {asked}\r\n")));
        assert!(answer.starts_with("HTTP/1.1 101 ") && answer.contains(accept), "{answer}");
        let told = answer.split("\r\nSec-WebSocket-Protocol: ").nth(1);
        assert_eq!(told.and_then(|rest| rest.split("\r\n").next()), agreed, "{asked}");
        assert!(!answer.contains("Sec-WebSocket-Extensions"), "{answer}");
    }
}

#[test]
fn an_opening_that_is_none_is_refused() {
    let mut town = Town::new();
    let good = opening("");
    for (from, to, status) in [
        ("Connection: keep-alive, Upgrade", "Connection: keep-alive", "400 "),
        ("Version: 13", "Version: 8", "426 "),
        ("Sec-WebSocket-Key: dGhl", "Sec-WebSocket-Key: ", "400 "),
        ("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", "", "400 "),
        ("\r\n\r\n", "\r\n\r\nNICK ada\r\n", "400 "),
    ] {
        let answer = answer(&mut town, &good.replace(from, to));
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{to}: {answer}");
    }
}

#[test]
fn pages_of_other_origins_connect_only_if_they_are_named() {
    let mut town = Town::with(|facts| facts.origins = vec!["https://friend.example".into()]);
    for (origin, status) in [
        ("http://chat.example:7777", "101 "),
        ("https://CHAT.example:7777", "101 "),
        ("https://friend.example", "101 "),
        ("http://friend.example", "403 "),
        ("https://friend.example:444", "403 "),
        ("https://chat.example", "403 "),
        ("https://chat.example:7777.evil.example", "403 "),
        ("null", "403 "),
    ] {
        let answer = answer(&mut town, &opening(&format!("Origin: {origin}\r\n")));
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{origin}: {answer}");
    }
    let mut open = Town::with(|facts| facts.origins = vec!["*".into()]);
    assert!(answer(&mut open, &opening("Origin: null\r\n")).starts_with("HTTP/1.1 101 "));
    // The port that goes without saying.
    let by_default = opening("Origin: https://chat.example\r\n").replace(":7777", ":443");
    assert!(answer(&mut town, &by_default).starts_with("HTTP/1.1 101 "));
}

#[test]
fn a_proxy_that_is_trusted_says_who_is_behind_it() {
    let mut town = Town::new();
    let headers = "X-Forwarded-For: 192.0.2.66, 192.0.2.7\r\nX-Forwarded-Proto: https\r\n";
    for (name, is_trusted, host, mode) in
        [("ada", true, "192.0.2.7", "+Z"), ("bob", false, "127.0.0.1", "+")]
    {
        let session = SessionId::new(1, 90 + u32::from(is_trusted));
        town.arrive(name, Caller { is_trusted, ..Caller::new(session, peer("127.0.0.1")) });
        town.feed(name, opening(headers).as_bytes());
        for line in [&format!("NICK {name}"), "USER x 0 * :x", &format!("MODE {name}")] {
            town.feed(name, &super::sockets::said(line));
        }
        let seen = String::from_utf8_lossy(&town.take_bytes(name)).into_owned();
        assert!(seen.contains(&format!("{name}!~x@{host}")), "{seen}");
        assert!(seen.contains(&format!(" 221 {name} {mode}")), "{seen}");
    }
}
