//! AUTHENTICATE: SASL (sasl-3.1, sasl-3.2), before the sign-on and after it. PLAIN (RFC 4616),
//! EXTERNAL (RFC 4422, appendix A) and SCRAM-SHA-256 (RFC 5802, RFC 7677).

use super::login;
use crate::bounds::{SASL_BYTES_MAX, SASL_CHUNK_BYTES};
use crate::desk::{Begun, Desk, HashWork, Hashed};
use crate::irc::verbs::Reading;
use crate::irc::verbs::hashing::{Purpose, hash};
use crate::irc::{Caps, IrcDoor};
use base64ct::{Base64, Encoding};
use parlor_hub::command::Credential;
use parlor_hub::name::Text;
use parlor_hub::person::Transport;
use parlor_wire::irc::format::Line;
use parlor_wire::irc::numeric;
use parlor_wire::scram::ClientFirst;

/// An exchange that has begun: what is expected of the client, and what came of it so far.
#[derive(Debug)]
pub(crate) struct Exchange {
    expects: Expects,
    encoded: String,
}

/// What the client is to say next.
#[derive(Debug)]
enum Expects {
    /// The one message of PLAIN.
    Plain,
    /// The one of EXTERNAL.
    External,
    /// The first of SCRAM.
    ScramFirst,
    /// Its proof.
    ScramFinal(Box<Begun>),
    /// Nothing: it has read the server's proof, and the account is theirs.
    Nothing(Credential, Text),
}

/// The mechanisms, as they are offered: EXTERNAL only to who showed a certificate.
pub(crate) fn mechanisms(transport: &Transport) -> String {
    let external = transport.certificate.as_ref().map_or("", |_| "EXTERNAL,");
    format!("PLAIN,{external}SCRAM-SHA-256")
}

pub(crate) fn authenticate(reading: &mut Reading<'_, '_>) {
    let word = reading.message.params[0];
    if !reading.door.caps.has(Caps::SASL) {
        return login::fail(reading.door, reading.desk, "SASL is not enabled: CAP REQ sasl");
    }
    if word == "*" {
        reading.door.exchange = None;
        return reading.say(numeric::ERR_SASLABORTED, &[], "SASL authentication aborted");
    }
    let Some(mut exchange) = reading.door.exchange.take() else { return begin(reading, word) };
    if word.len() > SASL_CHUNK_BYTES || exchange.encoded.len() + word.len() > SASL_BYTES_MAX {
        return reading.say(numeric::ERR_SASLTOOLONG, &[], "SASL message too long");
    }
    if word != "+" {
        exchange.encoded.push_str(word);
    }
    if word.len() == SASL_CHUNK_BYTES {
        reading.door.exchange = Some(exchange);
        return;
    }
    let Exchange { expects, encoded } = *exchange;
    let decoded = Base64::decode_vec(&encoded).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    match decoded {
        Some(message) => take(reading, expects, message),
        None => fail(reading),
    }
}

fn begin(reading: &mut Reading<'_, '_>, mechanism: &str) {
    let expects = match mechanism.to_ascii_uppercase().as_str() {
        "PLAIN" => Expects::Plain,
        "SCRAM-SHA-256" => Expects::ScramFirst,
        "EXTERNAL" if reading.desk.transport.certificate.is_some() => Expects::External,
        _ => {
            let mechanisms = mechanisms(reading.desk.transport);
            let words = "are available SASL mechanisms";
            reading.say(numeric::RPL_SASLMECHS, &[&mechanisms], words);
            return fail(reading);
        }
    };
    challenge(reading.door, reading.desk, expects, "");
}

/// Takes a whole message of the client.
fn take(reading: &mut Reading<'_, '_>, expects: Expects, message: String) {
    match expects {
        Expects::Plain => plain(reading, &message),
        Expects::External => external(reading, &message),
        Expects::ScramFirst => scram_first(reading, message),
        Expects::ScramFinal(begun) => {
            hash(reading, Purpose::Sasl, HashWork::ScramFinal { begun, message });
        }
        Expects::Nothing(credential, account) if message.is_empty() => {
            login::opened(reading.door, credential, &account, reading.desk);
        }
        Expects::Nothing(..) => fail(reading),
    }
}

fn plain(reading: &mut Reading<'_, '_>, message: &str) {
    let parts: Vec<&str> = message.split('\0').collect();
    match parts.as_slice() {
        [authority, account, password] if acts_for_itself(reading, authority, account) => {
            login::log_in(reading, account, password);
        }
        _ => fail(reading),
    }
}

/// The certificate says who they are; if they say so too, it must be the same (RFC 4422, appendix A).
fn external(reading: &mut Reading<'_, '_>, authority: &str) {
    let Some(certificate) = reading.desk.transport.certificate.clone() else {
        return fail(reading);
    };
    let authority = Some(authority).filter(|authority| !authority.is_empty());
    let authority = authority.map(|name| reading.facts().casemapping.fold(name));
    hash(reading, Purpose::External(authority), HashWork::Certificate(certificate));
}

/// Whose a certificate is.
pub(crate) fn shown(
    door: &mut IrcDoor,
    authority: Option<&Text>,
    result: Hashed,
    desk: &mut Desk<'_>,
) {
    let fold = |name: &str| desk.facts.casemapping.fold(name);
    match (&result, authority) {
        (Hashed::Account(_, name), Some(authority)) if fold(name) != *authority => {
            login::verified(door, Hashed::Wrong, desk);
        }
        _ => login::verified(door, result, desk),
    }
}

fn scram_first(reading: &mut Reading<'_, '_>, message: String) {
    match ClientFirst::parse(&message) {
        Some(first) if acts_for_itself(reading, &first.authority, &first.name) => {
            let name = reading.facts().casemapping.fold(&first.name);
            hash(reading, Purpose::Sasl, HashWork::ScramFirst { name, message });
        }
        _ => fail(reading),
    }
}

/// Nobody may act for another: an authorization identity is the account's own, or none.
fn acts_for_itself(reading: &Reading<'_, '_>, authority: &str, account: &str) -> bool {
    let fold = |name| reading.facts().casemapping.fold(name);
    !account.is_empty() && (authority.is_empty() || fold(authority) == fold(account))
}

/// The result of a step of SCRAM.
pub(crate) fn stepped(door: &mut IrcDoor, result: Hashed, desk: &mut Desk<'_>) {
    match result {
        Hashed::Begun(begun) => {
            let words = begun.scram.challenge.clone();
            challenge(door, desk, Expects::ScramFinal(begun), &words);
        }
        Hashed::Proven(credential, account, proof) => {
            challenge(door, desk, Expects::Nothing(credential, account), &proof);
        }
        result => login::verified(door, result, desk),
    }
}

/// Tells the client something, of which it expects an answer.
fn challenge(door: &mut IrcDoor, desk: &mut Desk<'_>, expects: Expects, words: &str) {
    door.exchange = Some(Box::new(Exchange { expects, encoded: String::new() }));
    let encoded = Base64::encode_string(words.as_bytes());
    let mut out = Vec::new();
    let mut rest = encoded.as_str();
    loop {
        let (piece, behind) = rest.split_at(rest.len().min(SASL_CHUNK_BYTES));
        let shown = if piece.is_empty() { "+" } else { piece };
        Line::new(&mut out).command("AUTHENTICATE").param(shown).end();
        rest = behind;
        // A full piece is followed by another one, be it empty.
        if piece.len() < SASL_CHUNK_BYTES {
            return desk.say(out);
        }
    }
}

fn fail(reading: &mut Reading<'_, '_>) {
    login::fail(reading.door, reading.desk, "SASL authentication failed");
}
