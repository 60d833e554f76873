//! A connection until it is a person: CAP, PASS, NICK, USER and perhaps SASL, in any order.

pub(crate) mod metadata;

use super::IrcDoor;
use super::verbs::hashing::{self, Purpose};
use crate::bounds;
use crate::desk::{Desk, HashWork};
use crate::door::Caller;
use parlor_hub::command::{Credential, EarlyMetadata, Presence, SignOn};
use parlor_hub::id::Millis;
use parlor_hub::name::{Nick, Text};
use parlor_hub::{Command, Refusal};
use parlor_wire::irc::numeric;
use std::sync::Arc;

/// What is known so far.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(crate) struct Registration {
    /// From where others will see them come.
    pub host: Text,
    /// A gateway, whose word is taken once for whom it speaks for.
    pub is_trusted: bool,
    pub nick: Option<Nick>,
    /// Username and real name.
    pub user: Option<(Text, Text)>,
    /// Capabilities are being negotiated: nothing happens until CAP END.
    pub negotiating: bool,
    /// What PASS gave.
    pub password: Option<String>,
    /// The server's password was verified.
    pub let_in: bool,
    /// The account that was logged in to.
    pub credential: Option<Credential>,
    /// What was said of whether somebody sits at the connection (pre-away).
    pub presence: Presence,
    /// What was noted (draft/metadata-2).
    pub metadata: Option<Box<EarlyMetadata>>,
    /// The sign-on is on its way to the hub.
    pub submitted: bool,
    /// Since when they are here.
    since: Millis,
}

impl Registration {
    pub fn new(caller: &Caller, now: Millis) -> Self {
        Self {
            host: caller.peer.shown.clone(),
            is_trusted: caller.is_trusted,
            nick: None,
            user: None,
            negotiating: false,
            password: None,
            let_in: false,
            credential: None,
            presence: Presence::Unsaid,
            metadata: None,
            submitted: false,
            since: now,
        }
    }

    /// Whether it takes too long.
    pub fn is_late(&self, now: Millis) -> bool {
        !self.submitted && now >= self.since + bounds::SIGN_ON_IN_ALL_MS
    }

    /// Whether nothing is known yet but where the connection came from.
    pub fn is_untouched(&self) -> bool {
        !self.negotiating
            && self.nick.is_none()
            && self.user.is_none()
            && self.password.is_none()
            && self.credential.is_none()
    }

    /// `nick!user@host`, with `*` for what is not known.
    pub fn source(&self) -> String {
        let nick = self.nick.as_ref().map_or("*", |nick| nick.shown());
        let user = self.user.as_ref().map_or("*", |(username, _)| username);
        format!("{nick}!{user}@{}", self.host)
    }
}

/// Goes on as far as what is known allows, up to the sign-on.
pub(crate) fn advance(door: &mut IrcDoor, desk: &mut Desk<'_>) {
    let Some(registration) = door.registration.as_deref_mut() else { return };
    if registration.negotiating || registration.submitted || door.awaited.is_some() {
        return;
    }
    let (Some(nick), Some((username, realname))) =
        (registration.nick.clone(), registration.user.clone())
    else {
        return;
    };
    if !password_is_settled(door, desk) {
        return;
    }
    if door.exchange.take().is_some() {
        door.tell(desk, |replies| {
            replies.say(numeric::ERR_SASLABORTED, &[], "SASL authentication aborted");
        });
    }
    let Some(registration) = door.registration.as_deref_mut() else { return };
    registration.submitted = true;
    door.nick = nick.shown().clone();
    desk.submit(Command::SignOn(Box::new(SignOn {
        nick,
        or_next: false,
        username,
        realname,
        peer: Arc::clone(desk.peer),
        transport: desk.transport.clone(),
        account: registration.credential,
        presence: registration.presence.clone(),
        metadata: registration.metadata.clone(),
    })));
}

/// Sees to the password that came with PASS: the server's where there is one, else an account's. Not
/// settled while it is being verified, or when it sends the caller away.
fn password_is_settled(door: &mut IrcDoor, desk: &mut Desk<'_>) -> bool {
    let Some(registration) = door.registration.as_deref_mut() else { return true };
    let given = registration.password.take();
    let (purpose, work) = match (&desk.facts.password, given) {
        (Some(_), _) if registration.let_in => return true,
        (Some(phc), Some(password)) => {
            (Purpose::ServerPassword, HashWork::Verify { phc: phc.clone(), password })
        }
        (Some(_), None) => {
            turn_away(door, desk);
            return false;
        }
        (None, Some(given)) if registration.credential.is_none() => {
            let Some((account, password)) = given.split_once(':') else { return true };
            let name = desk.facts.casemapping.fold(account);
            (Purpose::Pass, HashWork::Account { name, password: password.to_owned() })
        }
        (None, _) => return true,
    };
    hashing::begin(door, desk, purpose, work);
    false
}

/// The server's password was not given, or is another.
pub(crate) fn turn_away(door: &IrcDoor, desk: &mut Desk<'_>) {
    door.tell(desk, |replies| {
        replies.say(numeric::ERR_PASSWDMISMATCH, &[], "Password incorrect");
    });
    desk.close("Password incorrect");
}

/// A sign-on that is refused for its nick goes on with the next one.
pub(crate) fn refused(door: &mut IrcDoor, refusal: &Refusal) {
    let Some(registration) = door.registration.as_deref_mut() else { return };
    if registration.submitted && refusal.asks_for_another_nick() {
        registration.submitted = false;
        registration.nick = None;
        door.nick = "*".into();
    }
}
