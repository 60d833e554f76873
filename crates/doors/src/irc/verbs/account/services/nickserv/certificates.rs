//! CERT: the certificates that log somebody in (SASL EXTERNAL).

use super::super::say;
use crate::irc::verbs::Reading;
use parlor_hub::command::AccountCommand;
use parlor_hub::person::Fingerprint;
use parlor_hub::{Command, Query};

pub(super) fn cert(reading: &mut Reading<'_, '_>, words: &[&str]) {
    let verb = words.first().map_or("LIST".to_owned(), |verb| verb.to_ascii_uppercase());
    let command: fn(Fingerprint) -> AccountCommand = match verb.as_str() {
        "LIST" => return reading.desk.ask(Query::Certificates),
        "ADD" => AccountCommand::AddCertificate,
        "DEL" => AccountCommand::RemoveCertificate,
        _ => return say(reading, "CERT LIST, CERT ADD or CERT DEL"),
    };
    let shown = reading.desk.transport.certificate.as_deref().copied();
    let fingerprint = match words.get(1) {
        Some(word) => word.parse().ok(),
        None => shown,
    };
    match fingerprint {
        Some(fingerprint) => {
            reading.desk.submit(Command::Account(Box::new(command(fingerprint))));
        }
        None if words.len() > 1 => {
            say(reading, "A fingerprint is the SHA-256 of a certificate: 64 digits of 0-9 and a-f");
        }
        None => say(reading, "You showed no certificate: name its fingerprint, or connect with it"),
    }
}
