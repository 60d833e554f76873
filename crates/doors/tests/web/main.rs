//! The door for HTTP: what a request is answered, and who speaks IRC by WebSocket.

#[path = "../common/mod.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod common;

mod requests;
mod sockets;

use common::Town;

/// A request of browsers that make a WebSocket, with these headers beside (each with its end).
fn opening(more: &str) -> String {
    format!(
        "GET /socket HTTP/1.1\r\nHost: chat.example:7777\r\nConnection: keep-alive, Upgrade\r\n\
         Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{more}\r\n"
    )
}

/// What somebody is answered who sends this and nothing else.
fn answer(town: &mut Town, request: &str) -> String {
    town.connect("browser");
    town.feed("browser", request.as_bytes());
    String::from_utf8(town.take_bytes("browser")).expect("UTF-8")
}
