//! From connected to welcomed: capabilities (`CAP LS 302`), a nickname that is free, and a login if one is wanted.
//!
//! Servers that know no capabilities answer 421 or nothing; NICK and USER have gone out already, so they welcome us all the same.

use std::collections::BTreeSet;

use base64ct::{Base64, Encoding as _};

use super::incoming::Incoming;
use super::{Ended, Session};
use crate::plain::bounds;

/// What we use if it is offered.
const WANTED: &[&str] =
    &["server-time", "message-tags", "echo-message", "batch", "labeled-response"];

/// SASL PLAIN is sent in pieces of this many base64 characters (sasl-3.1, "The AUTHENTICATE Command").
const AUTHENTICATE_CHARS: usize = 400;

/// What was offered, and what is in force.
#[derive(Debug, Default)]
pub struct Capabilities {
    offered: BTreeSet<String>,
    enabled: BTreeSet<String>,
}

impl Capabilities {
    /// Whether a capability is in force.
    pub fn has(&self, name: &str) -> bool {
        self.enabled.contains(name)
    }

    fn offer(&mut self, list: &str) {
        for token in list.split_ascii_whitespace() {
            if self.offered.len() < bounds::CAPABILITIES_MAX {
                self.offered.insert(name(token).to_owned());
            }
        }
    }

    fn acknowledge(&mut self, list: &str) {
        for token in list.split_ascii_whitespace() {
            match token.strip_prefix('-') {
                Some(gone) => self.enabled.remove(gone),
                // A server acknowledges what was asked for and nothing else, so this is bounded by WANTED.
                None => WANTED.contains(&token) && self.enabled.insert(token.to_owned()),
            };
        }
    }
}

/// A capability without its value.
fn name(token: &str) -> &str {
    token.split('=').next().unwrap_or_default()
}

impl Session {
    /// The first lines of a connection.
    pub(super) fn sign_on(&mut self) {
        self.write("CAP", &["LS", "302"]);
        if let (Some(password), None) = (self.settings.password.clone(), &self.settings.account) {
            self.write("PASS", &[&password]);
        }
        let nick = self.nick.clone();
        self.write("NICK", &[&nick]);
        let user: String = nick.chars().filter(char::is_ascii_alphanumeric).take(10).collect();
        let user = if user.is_empty() { "parlor" } else { &user };
        self.write("USER", &[user, "0", "*", &nick]);
    }

    /// CAP in all its forms.
    pub(super) fn capability(&mut self, incoming: &Incoming) {
        let list = incoming.params.last().map(String::as_str).unwrap_or_default();
        match incoming.param(1).to_ascii_uppercase().as_str() {
            "LS" => {
                self.capabilities.offer(list);
                // `*` before the list: more of it follows.
                if incoming.param(2) != "*" || incoming.params.len() < 4 {
                    self.request();
                }
            }
            "ACK" => {
                self.capabilities.acknowledge(list);
                if list.split_ascii_whitespace().any(|token| token == "sasl") {
                    self.write("AUTHENTICATE", &["PLAIN"]);
                } else if !self.is_ready() {
                    self.write("CAP", &["END"]);
                }
            }
            "NAK" if !self.is_ready() => self.write("CAP", &["END"]),
            "DEL" => {
                for token in list.split_ascii_whitespace() {
                    self.capabilities.enabled.remove(name(token));
                }
            }
            _ => {}
        }
    }

    fn request(&mut self) {
        let offered = &self.capabilities.offered;
        let mut wanted: Vec<&str> =
            WANTED.iter().copied().filter(|&name| offered.contains(name)).collect();
        // Labels are answered in batches, so they mean nothing without.
        if !wanted.contains(&"batch") {
            wanted.retain(|&name| name != "labeled-response");
        }
        if self.settings.account.is_some() {
            if !offered.contains("sasl") {
                let why = "it offers no login (SASL), but an account was given";
                self.end(Ended::Refused(why.to_owned()));
                return;
            }
            wanted.push("sasl");
        }
        if wanted.is_empty() {
            self.write("CAP", &["END"]);
        } else {
            self.write("CAP", &["REQ", &wanted.join(" ")]);
        }
    }

    /// `AUTHENTICATE +`: the server waits for our name and password (RFC 4616).
    pub(super) fn authenticate(&mut self, incoming: &Incoming) {
        let (Some(account), "+") = (self.settings.account.clone(), incoming.param(0)) else {
            return;
        };
        let password = self.settings.password.clone().unwrap_or_default();
        let encoded = Base64::encode_string(format!("\0{account}\0{password}").as_bytes());
        let mut rest = encoded.as_str();
        loop {
            let (piece, after) = rest.split_at(rest.len().min(AUTHENTICATE_CHARS));
            self.write("AUTHENTICATE", &[if piece.is_empty() { "+" } else { piece }]);
            rest = after;
            // A full last piece is followed by an empty one.
            if piece.len() < AUTHENTICATE_CHARS {
                return;
            }
        }
    }

    /// The login is over, well or badly (900 to 908).
    pub(super) fn logged_in(&mut self, code: &str, incoming: &Incoming) {
        match code {
            "903" | "907" if !self.is_ready() => self.write("CAP", &["END"]),
            "902" | "904" | "905" | "906" | "908" if !self.is_ready() => {
                let words = incoming.params.last().cloned().unwrap_or_default();
                self.end(Ended::Refused(format!("the login failed: {words}")));
            }
            _ => {}
        }
    }

    /// The nickname is taken (433, 436, 437) while we sign on.
    pub(super) fn nick_is_taken(&mut self, incoming: &Incoming) {
        if self.settings.insists_on_nick {
            let words = incoming.params.last().cloned().unwrap_or_default();
            return self.end(Ended::NickTaken(format!("{}: {words}", self.nick)));
        }
        self.nick_tries += 1;
        if self.nick_tries > bounds::NICK_TRIES {
            let why = format!("the nickname {} and all like it are taken", self.settings.nick);
            self.end(Ended::Refused(why));
            return;
        }
        self.nick = nick_try(&self.settings.nick, self.nick_tries, self.settings.seed);
        let nick = self.nick.clone();
        self.write("NICK", &[&nick]);
    }
}

/// `ada_`, `ada__`, `ada___`, then the name cut short and a number: where names are cut to nine
/// characters, an underscore after the ninth is the same name again.
fn nick_try(wanted: &str, tries: u32, seed: u64) -> String {
    if tries <= 3 {
        return format!("{wanted}{}", "_".repeat(tries as usize));
    }
    let stem: String = wanted.chars().take(bounds::NICK_STEM_CHARS).collect();
    format!("{stem}{}", (seed.wrapping_add(u64::from(tries) * 131)) % 1000)
}
