//! Answers. Each is the last of its connection, but for the one that makes it a WebSocket.

use crate::facts::Facts;

/// A status (RFC 9110, section 15), and what is said of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    Ok,
    BadRequest,
    Forbidden,
    NotFound,
    MethodNotAllowed,
    Timeout,
    ContentTooLarge,
    UpgradeRequired,
    HeadersTooLarge,
    VersionNotSupported,
}

impl Status {
    /// Code, reason phrase and explanation.
    fn words(self) -> (u16, &'static str, &'static str) {
        match self {
            Self::Ok => (200, "OK", ""),
            Self::BadRequest => (400, "Bad Request", "This is no request that can be understood."),
            Self::Forbidden => {
                (403, "Forbidden", "Pages of that origin may not connect here: [web] origins.")
            }
            Self::NotFound => (404, "Not Found", "There is nothing here; look at / instead."),
            Self::MethodNotAllowed => {
                (405, "Method Not Allowed", "Only GET and HEAD are understood.")
            }
            Self::Timeout => (408, "Request Timeout", "The request did not come in time."),
            Self::ContentTooLarge => (413, "Content Too Large", "Nothing is taken in by HTTP."),
            Self::UpgradeRequired => {
                (426, "Upgrade Required", "WebSockets of version 13 are understood.")
            }
            Self::HeadersTooLarge => {
                (431, "Request Header Fields Too Large", "The head of the request is too large.")
            }
            Self::VersionNotSupported => {
                (505, "HTTP Version Not Supported", "HTTP/1.1 is understood.")
            }
        }
    }

    /// What belongs into the head of this answer (RFC 9110, sections 10.2.1 and 15.5.22).
    fn header(self) -> &'static str {
        match self {
            Self::MethodNotAllowed => "Allow: GET, HEAD\r\n",
            Self::UpgradeRequired => {
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            }
            _ => "",
        }
    }
}

/// An answer that is explained in a sentence.
pub(super) fn explained(status: Status, with_body: bool) -> Vec<u8> {
    let (_, _, explanation) = status.words();
    answer(status, &format!("{explanation}\n"), with_body)
}

/// The page: how to come in.
pub(super) fn page(facts: &Facts, host: &str, with_body: bool) -> Vec<u8> {
    let (network, description) = (&facts.network, &facts.description);
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') => (name, port),
        _ => (host, "80"),
    };
    let body = format!(
        "{network}: {description}\n\n\
         This is a Parlor chat server. Come in with what you have:\n\n\
         - an IRC client: server {name}, port {port}, with TLS or without\n\
         - a terminal: nc {name} {port}\n\
         - a web client: a WebSocket to this address, with text.ircv3.net or binary.ircv3.net\n"
    );
    answer(Status::Ok, &body, with_body)
}

/// The answer that makes a WebSocket of the connection (RFC 6455, section 4.2.2).
pub(super) fn switching(accept: &str, protocol: Option<&str>) -> Vec<u8> {
    let protocol = protocol.map(|name| format!("Sec-WebSocket-Protocol: {name}\r\n"));
    format!(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Accept: {accept}\r\n{}\r\n",
        protocol.unwrap_or_default()
    )
    .into_bytes()
}

fn answer(status: Status, body: &str, with_body: bool) -> Vec<u8> {
    let (code, reason, _) = status.words();
    let mut out = format!(
        "HTTP/1.1 {code} {reason}\r\nContent-Type: text/plain; charset=utf-8\r\n\
         Content-Length: {}\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n\
         Content-Security-Policy: default-src 'none'\r\n{}",
        body.len(),
        status.header(),
    );
    if status != Status::UpgradeRequired {
        out.push_str("Connection: close\r\n");
    }
    out.push_str("\r\n");
    if with_body {
        out.push_str(body);
    }
    out.into_bytes()
}
