//! How connections come: at listeners for one protocol, behind proxies, by TLS, by WebSocket.

#[path = "../support/mod.rs"]
mod support;

mod listeners;
mod tls;
mod websocket;
