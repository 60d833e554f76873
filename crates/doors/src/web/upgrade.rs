//! Whether a WebSocket may be opened, and what is spoken by it.

use super::Framing;
use super::request::Request;
use super::response::Status;
use crate::facts::Facts;
use tungstenite::handshake::derive_accept_key;

/// A WebSocket that may be opened.
#[derive(Debug)]
pub(super) struct Upgrade {
    /// `Sec-WebSocket-Accept`.
    pub accept: String,
    /// The subprotocol that was agreed on.
    pub protocol: Option<&'static str>,
    pub framing: Framing,
}

/// The subprotocols (`IRCv3` websocket), and the messages of each.
const PROTOCOLS: &[(&str, Framing)] =
    &[("text.ircv3.net", Framing::Text), ("binary.ircv3.net", Framing::Binary)];

/// Whether a WebSocket is asked for.
pub(super) fn is_asked_for(request: &Request<'_>) -> bool {
    request.lists("upgrade", "websocket")
}

/// Checks the opening handshake (RFC 6455, section 4.2.1).
pub(super) fn read(request: &Request<'_>, facts: &Facts) -> Result<Upgrade, Status> {
    if !request.lists("connection", "upgrade") {
        return Err(Status::BadRequest);
    }
    if request.header("sec-websocket-version") != Some("13") {
        return Err(Status::UpgradeRequired);
    }
    let mut keys = request.all("sec-websocket-key");
    let key = keys.next().filter(|key| is_key(key)).ok_or(Status::BadRequest)?;
    if keys.next().is_some() {
        return Err(Status::BadRequest);
    }
    // Only browsers say for which page they speak, and only they would do it with a stranger's rights.
    if let Some(origin) = request.header("origin")
        && !may_connect(origin, request, facts)
    {
        return Err(Status::Forbidden);
    }
    let agreed = request
        .list("sec-websocket-protocol")
        .find_map(|name| PROTOCOLS.iter().find(|(known, _)| *known == name));
    Ok(Upgrade {
        accept: derive_accept_key(key.as_bytes()),
        protocol: agreed.map(|(name, _)| *name),
        // Who names none gets what every script reads.
        framing: agreed.map_or(Framing::Text, |(_, framing)| *framing),
    })
}

/// Sixteen bytes in base64.
fn is_key(key: &str) -> bool {
    use base64ct::{Base64, Encoding};
    let mut bytes = [0; 16];
    Base64::decode(key, &mut bytes).is_ok_and(|bytes| bytes.len() == 16)
}

/// Whether pages of this origin (RFC 6454) may connect: those of this very host, and those that the
/// operator names.
fn may_connect(origin: &str, request: &Request<'_>, facts: &Facts) -> bool {
    let is_listed = |allowed: &str| allowed == "*" || allowed.eq_ignore_ascii_case(origin);
    if facts.origins.iter().any(|allowed| is_listed(allowed)) {
        return true;
    }
    let Some((scheme, authority)) = origin.split_once("://") else { return false };
    let default = if scheme.eq_ignore_ascii_case("https") { ":443" } else { ":80" };
    let host = request.header("host").unwrap_or_default();
    let plain =
        |authority: &str| authority.strip_suffix(default).unwrap_or(authority).to_ascii_lowercase();
    !host.is_empty() && plain(authority) == plain(host)
}
