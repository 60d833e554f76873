//! What lies between a connection and what is spoken by it: TLS, WebSocket.

#[path = "../support/mod.rs"]
mod support;

mod tls;
mod websocket;
