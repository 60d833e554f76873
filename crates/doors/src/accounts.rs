//! What people are told about accounts, in sentences that all doors share.

use crate::bounds::PASSWORD_BYTES_MAX;
use crate::facts::Facts;
use crate::names::Casemapping;
use crate::time;
use parlor_hub::answer::{AccountAnswer, AccountIs, SessionIs};
use parlor_hub::change::{Certificate, Preferences};
use parlor_hub::command::Preference;
use parlor_hub::{AccountRefusal, Refusal};

/// Why words cannot be the password of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoPassword {
    Empty,
    TooLong,
    ControlCharacters,
    IsTheName,
}

impl NoPassword {
    /// The code of REGISTER (draft/account-registration).
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty | Self::TooLong | Self::ControlCharacters => "UNACCEPTABLE_PASSWORD",
            Self::IsTheName => "WEAK_PASSWORD",
        }
    }

    pub fn worded(self) -> String {
        match self {
            Self::Empty => "The password is empty".to_owned(),
            Self::TooLong => {
                format!("The password is too long: {PASSWORD_BYTES_MAX} bytes at most")
            }
            Self::ControlCharacters => "The password has control characters in it".to_owned(),
            Self::IsTheName => "The password is the name of the account".to_owned(),
        }
    }
}

/// Whether words can be the new password of an account of this name. How long one has to be, its owner judges;
/// the name is what anybody would try first.
pub(crate) fn may_be_password(
    password: &str,
    name: &str,
    casemapping: Casemapping,
) -> Result<(), NoPassword> {
    match password {
        "" => Err(NoPassword::Empty),
        _ if password.len() > PASSWORD_BYTES_MAX => Err(NoPassword::TooLong),
        _ if password.contains(char::is_control) => Err(NoPassword::ControlCharacters),
        _ if casemapping.fold(password) == casemapping.fold(name) => Err(NoPassword::IsTheName),
        _ => Ok(()),
    }
}

/// An answer, a sentence or a row a line.
pub(crate) fn told(answer: &AccountAnswer, facts: &Facts) -> Vec<String> {
    let one = |sentence: String| vec![sentence];
    match answer {
        AccountAnswer::VerificationNeeded(name, email) => {
            one(format!("The account {name} waits for the code that is being sent to {email}"))
        }
        AccountAnswer::Verified(name, _) => one(format!("The account {name} is yours")),
        AccountAnswer::PasswordChanged => one("Your password is another now".to_owned()),
        AccountAnswer::EmailIs(Some(email)) => one(format!("Your mail goes to {email}")),
        AccountAnswer::EmailIs(None) => one("No address of yours is known any more".to_owned()),
        AccountAnswer::CertificateAdded(fingerprint) => {
            one(format!("The certificate {fingerprint} logs you in from now on"))
        }
        AccountAnswer::CertificateRemoved(fingerprint) => {
            one(format!("The certificate {fingerprint} logs you in no more"))
        }
        AccountAnswer::Certificates(known) if known.is_empty() => {
            one("No certificate logs you in".to_owned())
        }
        AccountAnswer::Certificates(known) => {
            let row = |known: &Certificate| {
                let added = time::date_and_clock(known.added_at, &facts.zone);
                format!("{} since {added}", known.fingerprint)
            };
            known.iter().map(row).collect()
        }
        AccountAnswer::Grouped(nick) => one(format!("{nick} belongs to your account")),
        AccountAnswer::Ungrouped(nick) => one(format!("{nick} belongs to your account no more")),
        AccountAnswer::Preferences(preferences) => wanted(*preferences),
        AccountAnswer::Sessions(sessions) => {
            sessions.iter().map(|session| connected(session, facts)).collect()
        }
        AccountAnswer::SessionsEnded(1) => one("One connection was ended".to_owned()),
        AccountAnswer::SessionsEnded(count) => one(format!("{count} connections were ended")),
        AccountAnswer::Ghosted(nick) => one(format!("Who wore {nick} was put out")),
        AccountAnswer::NothingHeld(nick) => one(format!("Nobody else wears {nick}")),
        AccountAnswer::DropCode(name, code) => one(format!(
            "This cannot be undone. To end the account {name}, say it again with the code {code}"
        )),
        AccountAnswer::Dropped(name) => one(format!("The account {name} is no more")),
        AccountAnswer::ForgetCode(name, code) => one(format!(
            "This cannot be undone. To have forgotten all that the account {name} wrote, say it again with the \
             code {code}"
        )),
        AccountAnswer::Forgotten(name) => one(format!(
            "What the account {name} wrote is forgotten; what others were sent, they have"
        )),
        AccountAnswer::Made(name) => one(format!("The account {name} is made")),
        AccountAnswer::Suspended(name) => one(format!("The account {name} is suspended")),
        AccountAnswer::HostIs(name, Some(host)) => {
            one(format!("The account {name} has the host {host}"))
        }
        AccountAnswer::HostIs(name, None) => {
            one(format!("The account {name} has no host of its own"))
        }
        AccountAnswer::Unsuspended(name) => one(format!("The account {name} can be used")),
        AccountAnswer::Info(info) => about(info, facts),
        AccountAnswer::List(names, beyond) => {
            let more = (*beyond > 0).then(|| format!("and {beyond} more"));
            let none = names.is_empty().then(|| "No account is called so".to_owned());
            names.iter().map(ToString::to_string).chain(more).chain(none).collect()
        }
    }
}

/// Why not. None for what is not about accounts alone.
pub(crate) fn refused(refusal: &Refusal) -> Option<String> {
    Some(match refusal {
        Refusal::AccountSuspended(name, why) => format!("The account {name} is suspended: {why}"),
        Refusal::AccountUnverified(name) => {
            format!("The account {name} waits for the code that was sent to its owner")
        }
        Refusal::Account(refusal) => match refusal {
            AccountRefusal::TooManyRegistered(_) => {
                "Many accounts were registered from your address; try again later".to_owned()
            }
            AccountRefusal::EmailNeeded(_) => {
                "An account needs an address that mail can be sent to".to_owned()
            }
            AccountRefusal::WrongCode(_) => "The code is wrong, or came too late".to_owned(),
            AccountRefusal::LoggedIn(_) => "You are logged in already".to_owned(),
            AccountRefusal::LoggedInElsewhere(name) => {
                format!(
                    "You are {name} at other connections, or stay so: connect anew to be another"
                )
            }
            AccountRefusal::NoSuchAccount(name) => format!("There is no account {name}"),
            AccountRefusal::CertificateTaken => {
                "This certificate logs somebody in already".to_owned()
            }
            AccountRefusal::NoSuchCertificate => "No such certificate logs you in".to_owned(),
            AccountRefusal::TooManyCertificates => {
                "No more certificates may log you in: remove one first".to_owned()
            }
            AccountRefusal::NotYourNick(nick) => {
                format!("{nick} does not belong to your account")
            }
            AccountRefusal::TooManyNicks => {
                "No more nicks may belong to your account: remove one first".to_owned()
            }
            AccountRefusal::NoSuchSession => "You have no such connection".to_owned(),
        },
        _ => return None,
    })
}

/// Why an account cannot be logged in to.
pub(crate) fn barred(refusal: &Refusal) -> String {
    refused(refusal).unwrap_or_default()
}

/// How somebody writes a setting of an account.
pub(crate) fn preference(setting: &str, value: &str) -> Option<Preference> {
    let on = match value.to_ascii_lowercase().as_str() {
        "on" => Some(true),
        "off" => Some(false),
        _ => None,
    };
    match setting.to_ascii_lowercase().as_str() {
        "replay" if value.eq_ignore_ascii_case("default") => Some(Preference::Replay(None)),
        "replay" => value.parse().ok().map(|lines| Preference::Replay(Some(lines))),
        "autoaway" => on.map(Preference::AutoAway),
        "multiclient" => on.map(Preference::Multiclient),
        "dmhistory" => on.map(Preference::DirectHistory),
        _ => None,
    }
}

fn wanted(preferences: Preferences) -> Vec<String> {
    let on = |on| if on { "on" } else { "off" };
    let replay = match preferences.replay {
        None => "default".to_owned(),
        Some(lines) => lines.to_string(),
    };
    vec![
        format!("replay: {replay} (lines shown on coming into a channel)"),
        format!("autoaway: {} (away while you are not connected)", on(preferences.auto_away)),
        format!("multiclient: {} (several connections, one nick)", on(preferences.multiclient)),
        format!("dmhistory: {} (direct messages are kept)", on(preferences.direct_history)),
    ]
}

fn connected(session: &SessionIs, facts: &Facts) -> String {
    let since = time::date_and_clock(session.since, &facts.zone);
    let secure = if session.secure { ", TLS" } else { "" };
    let this = if session.is_this { ", this one" } else { "" };
    let SessionIs { number, nick, host, .. } = session;
    format!("{number}: {nick} from {host} since {since}{secure}{this}")
}

fn about(info: &AccountIs, facts: &Facts) -> Vec<String> {
    let since = time::date_and_clock(info.registered_at, &facts.zone);
    let mut lines = vec![format!("{}: registered {since}", info.name)];
    if !info.nicks.is_empty() {
        lines.push(format!("Other nicks: {}", info.nicks.join(", ")));
    }
    if !info.here.is_empty() {
        lines.push(format!("Here as: {}", info.here.join(", ")));
    }
    let Some(own) = &info.own else { return lines };
    if let Some(email) = &own.email {
        lines.push(format!("Mail: {email}"));
    }
    if own.certificates > 0 {
        lines.push(format!("Certificates: {}", own.certificates));
    }
    if !own.is_verified {
        lines.push("Waits for its code".to_owned());
    }
    if let Some(why) = &own.suspended {
        lines.push(format!("Suspended: {why}"));
    }
    lines
}
