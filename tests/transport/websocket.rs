//! IRC by WebSocket, with a real client of that protocol, at the one port: plain, by TLS, behind proxies.

use crate::support::secure::Client;
use crate::support::{PATIENCE, Server};
use std::io::{Read, Write};
use std::net::TcpStream;
use tungstenite::client::IntoClientRequest;
use tungstenite::http::HeaderValue;
use tungstenite::{HandshakeError, Message, WebSocket};

/// A web client.
struct Web<S>(WebSocket<S>);

/// Opens a WebSocket on this connection, with these headers.
fn open<S: Read + Write>(stream: S, headers: &[(&'static str, &str)]) -> Result<Web<S>, String> {
    let mut request = "ws://chat.example/socket".into_client_request().expect("a request");
    for (name, value) in headers {
        request.headers_mut().insert(*name, HeaderValue::from_str(value).expect("a value"));
    }
    match tungstenite::client(request, stream) {
        Ok((socket, _)) => Ok(Web(socket)),
        Err(HandshakeError::Failure(error)) => Err(error.to_string()),
        Err(HandshakeError::Interrupted(_)) => panic!("it waits"),
    }
}

const TEXT: (&str, &str) = ("Sec-WebSocket-Protocol", "text.ircv3.net");
const BINARY: (&str, &str) = ("Sec-WebSocket-Protocol", "binary.ircv3.net");

fn plain(server: &Server) -> TcpStream {
    let stream = TcpStream::connect(server.address).expect("a connection");
    stream.set_read_timeout(Some(PATIENCE)).expect("a time-out");
    stream
}

impl<S: Read + Write> Web<S> {
    fn say(&mut self, line: &str) {
        self.0.send(Message::text(line)).expect("the server reads");
    }

    /// Reads on until a message holds `text`.
    fn sees(&mut self, text: &str) -> Message {
        loop {
            let message = self.0.read().expect("a message");
            if String::from_utf8_lossy(&message.clone().into_data()).contains(text) {
                return message;
            }
        }
    }

    fn sign_on(&mut self, nick: &str) {
        self.say(&format!("NICK {nick}"));
        self.say(&format!("USER {nick} 0 * :{nick}"));
        self.sees(" 422 ");
    }
}

#[test]
fn web_clients_sit_in_the_same_channels_as_everybody() {
    let server = Server::start();
    let mut ada = open(plain(&server), &[TEXT]).expect("a WebSocket");
    ada.sign_on("ada");
    let stream = Client::of(&server).connect(server.address).stream.into_inner();
    let mut grace = open(stream, &[BINARY]).expect("a WebSocket by TLS");
    grace.sign_on("grace");
    let mut joan = server.irc("joan");
    ada.say("JOIN #go");
    ada.sees(" 366 ");
    grace.say("JOIN #go");
    grace.sees(" 366 ");
    joan.say("JOIN #go");
    joan.sees(" 366 ");
    ada.sees(":joan!");
    grace.sees(":joan!");
    joan.say("PRIVMSG #go :gr\u{fc}\u{df}e");
    let told = ada.sees("PRIVMSG #go :");
    assert!(matches!(&told, Message::Text(text) if text.ends_with(":gr\u{fc}\u{df}e")), "{told:?}");
    let told = grace.sees("PRIVMSG #go :");
    assert!(matches!(&told, Message::Binary(bytes) if bytes.ends_with("\u{df}e".as_bytes())));
    grace.say("PRIVMSG #go :hello");
    joan.sees("PRIVMSG #go :hello");
    ada.say("WHOIS grace");
    ada.sees(" 671 ada grace ");

    ada.0.send(Message::Ping("here?".into())).expect("the server reads");
    while !matches!(ada.0.read().expect("a message"), Message::Pong(payload) if &payload[..] == b"here?")
    {
    }
    ada.0.close(None).expect("the server reads");
    while ada.0.read().is_ok() {}
    joan.sees(":ada!~ada@127.0.0.1 QUIT ");
}

#[test]
fn a_long_answer_comes_whole() {
    let server = Server::start();
    let mut ada = open(plain(&server), &[TEXT]).expect("a WebSocket");
    ada.sign_on("ada");
    for number in 0..90 {
        ada.say(&format!("JOIN #{}{number}", "x".repeat(50)));
        ada.sees(" 366 ");
    }
    ada.say("LIST");
    for _ in 0..90 {
        ada.sees(" 322 ");
    }
    ada.sees(" 323 ");
}

#[test]
fn pages_of_other_sites_are_refused_and_told_why() {
    let server = Server::with(&[("PARLOR_WEB_ORIGINS", "https://friend.example")]);
    for (origin, is_let_in) in [
        ("http://chat.example", true),
        ("https://friend.example", true),
        ("https://x.example", false),
    ] {
        let opened = open(plain(&server), &[TEXT, ("Origin", origin)]);
        match opened {
            Ok(_) => assert!(is_let_in, "{origin}"),
            Err(why) => assert!(!is_let_in && why.contains("403"), "{origin}: {why}"),
        }
    }
}

#[test]
fn behind_a_proxy_that_is_trusted_everyone_is_who_they_are() {
    let settings = [
        ("PARLOR_SERVER_CLOAK", "false"),
        ("PARLOR_PROXY_TRUSTED", "127.0.0.1"),
        ("PARLOR_LIMITS_EXEMPT", "127.0.0.1"),
        ("PARLOR_LIMITS_CONNECTIONS_PER_ADDRESS", "1"),
    ];
    let server = Server::with(&settings);
    let from =
        |address| open(plain(&server), &[TEXT, ("X-Forwarded-For", address)]).expect("a WebSocket");
    let mut ada = from("192.0.2.7");
    ada.sign_on("ada");
    ada.say("JOIN #go");
    ada.sees(":ada!~ada@192.0.2.7 JOIN #go");
    let mut another = from("192.0.2.7");
    another.sees("ERROR :Closing link: Too many connections from your address");
    from("192.0.2.8").sign_on("grace");
    // Of somebody who is not trusted it is not believed.
    let server = Server::start();
    let mut joan =
        open(plain(&server), &[TEXT, ("X-Forwarded-For", "192.0.2.7")]).expect("a WebSocket");
    joan.sign_on("joan");
    joan.say("JOIN #go");
    joan.sees(":joan!~joan@127.0.0.1 JOIN #go");
}
