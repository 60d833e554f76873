//! How connections come: at listeners for one protocol, behind proxies and gateways, by TLS, by WebSocket.

#[path = "../support/mod.rs"]
mod support;

mod gateways;
mod listeners;
mod tls;
mod websocket;
