//! The classic client: lines from the keyboard or a pipe to the server, and the conversation as lines of text.
//!
//! - `address`: where to go. - `command`: what a typed line means. - `session`: IRC without a socket.
//! - `outbox`: what is sent, paced and confirmed. - `event`, `view`: what happened, and its words.
//! - `link`: a session on its socket. - `chat`: the loop with a person. - `pipe`: the loop with a pipe.
//! - `keyboard`, `input`, `signals`: where lines and requests to leave come from.
//! - `loss`, `backoff`, `bounds`: why a connection ended, pauses and limits.
//!
//! A new command is a variant and a line in `command`, and a line in `session/commands`. What the server says is worded in
//! `session/replies` and `view`.

mod address;
mod backoff;
mod bounds;
mod chat;
mod command;
mod event;
mod input;
mod keyboard;
mod link;
mod loss;
mod outbox;
mod pipe;
mod session;
mod signals;
mod view;

use std::hash::{BuildHasher as _, RandomState};
use std::io::{self, IsTerminal as _};
use std::process::ExitCode;

use thiserror::Error;

pub use self::address::{Address, AddressError};
use self::session::Settings;

/// What the command line says.
#[derive(Debug, Clone, Default)]
pub struct PlainOptions {
    /// The server. A channel in it is joined before the others.
    pub address: Address,
    /// The nickname; without one the login name, or `guest` and a number.
    pub nick: Option<String>,
    /// Channels, one an item or several with commas between; `#lobby` if there are none anywhere.
    pub join: Vec<String>,
    /// Whether to connect again, ever more slowly, when the connection is lost or not made.
    pub reconnect: bool,
    /// An account to log in to (SASL PLAIN); it needs a password.
    pub account: Option<String>,
    /// The account's password, or without an account the server's.
    pub password: Option<String>,
}

/// How it ended. Whatever needed saying has been said on standard error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// 0: the person left, or all of the pipe was delivered.
    Left,
    /// 1: the server went away.
    Lost,
    /// 2: the options make no sense.
    Usage,
    /// 3: no connection could be made.
    Unreachable,
    /// 4: the server refused us, or something that was to be sent.
    Refused,
    /// 5: this side's own terminal, input or runtime failed.
    Failed,
    /// 129: SIGHUP.
    HungUp,
    /// 130: Ctrl+C.
    Interrupted,
    /// 143: SIGTERM.
    Terminated,
}

impl Outcome {
    /// The process's exit code.
    pub const fn code(self) -> u8 {
        match self {
            Self::Left => 0,
            Self::Lost => 1,
            Self::Usage => 2,
            Self::Unreachable => 3,
            Self::Refused => 4,
            Self::Failed => 5,
            Self::HungUp => 129,
            Self::Interrupted => 130,
            Self::Terminated => 143,
        }
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        outcome.code().into()
    }
}

/// Talks until somebody leaves: the person, the pipe or the server.
pub fn run(options: &PlainOptions) -> Outcome {
    let settings = match settings(options) {
        Ok(settings) => settings,
        Err(error) => {
            complain(&error.to_string());
            return Outcome::Usage;
        }
    };
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error),
    };
    let outcome = runtime.block_on(async {
        if io::stdin().is_terminal() {
            chat::chat(options, settings).await
        } else {
            // A script that speaks under another name than it asked for does so unnoticed.
            let insists_on_nick = options.nick.is_some();
            pipe::pipe(options, Settings { insists_on_nick, ..settings }).await
        }
    });
    // A name that is still being resolved is not waited for.
    runtime.shutdown_background();
    outcome
}

/// Options that make no sense.
#[derive(Debug, PartialEq, Eq, Error)]
enum UsageError {
    #[error(
        "{0:?} is not a nickname; expected one word that does not start with a digit, '#', '&', ':' or '@'"
    )]
    Nick(String),
    #[error("{0:?} is not a channel; expected a name such as #lobby, without spaces")]
    Channel(String),
    #[error("more than {} channels to join", bounds::CHANNELS_MAX)]
    Channels,
    #[error("an account needs a password")]
    Account,
}

fn settings(options: &PlainOptions) -> Result<Settings, UsageError> {
    let seed = RandomState::new().hash_one("nickname");
    if options.account.is_some() && options.password.is_none() {
        return Err(UsageError::Account);
    }
    let nick = match &options.nick {
        Some(nick) if is_nick(nick) => nick.clone(),
        Some(nick) => return Err(UsageError::Nick(nick.clone())),
        None => own_name().unwrap_or_else(|| format!("guest{}", seed % 1000)),
    };
    Ok(Settings {
        nick,
        insists_on_nick: false,
        join: channels(options)?,
        account: options.account.clone(),
        password: options.password.clone(),
        seed,
    })
}

fn channels(options: &PlainOptions) -> Result<Vec<String>, UsageError> {
    let listed = options.join.iter().flat_map(|list| list.split(','));
    let mut channels: Vec<String> = Vec::new();
    for name in options.address.channel().into_iter().chain(listed).filter(|name| !name.is_empty())
    {
        let name = if session::is_channel(name) { name.to_owned() } else { format!("#{name}") };
        if name.contains(|c: char| c.is_control() || c.is_whitespace()) || name.len() < 2 {
            return Err(UsageError::Channel(name));
        }
        if !channels.contains(&name) {
            channels.push(name);
        }
    }
    if channels.is_empty() {
        channels.push("#lobby".to_owned());
    }
    if channels.len() > bounds::CHANNELS_MAX {
        return Err(UsageError::Channels);
    }
    Ok(channels)
}

fn is_nick(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(|c: char| c.is_ascii_digit() || "#&:@+$~%-".contains(c))
        && !name.contains(|c: char| c.is_control() || c.is_whitespace() || ",!@*?".contains(c))
}

/// The login name, if it can be a nickname. `root` says nothing about who it is.
fn own_name() -> Option<String> {
    let name = std::env::var("USER").or_else(|_| std::env::var("LOGNAME")).ok()?;
    (is_nick(&name) && name != "root").then_some(name)
}

fn complain(sentence: &str) {
    eprintln!("parlor: {}", view::clean(sentence));
}

fn failed(error: &io::Error) -> Outcome {
    complain(&error.to_string());
    Outcome::Failed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(join: &[&str], address: &str) -> PlainOptions {
        let join = join.iter().map(|&name| name.to_owned()).collect();
        let address = address.parse().expect("an address");
        PlainOptions { address, nick: Some("ada".into()), join, ..PlainOptions::default() }
    }

    #[test]
    fn channels_come_from_everywhere_and_the_lobby_if_from_nowhere() {
        let joined = |join: &[&str], address: &str| channels(&options(join, address));
        assert_eq!(joined(&[], "host"), Ok(vec!["#lobby".into()]));
        assert_eq!(
            joined(&["#a,b", "#a", "&c"], "irc://host/ops"),
            Ok(["#ops", "#a", "#b", "&c"].map(str::to_owned).to_vec())
        );
        assert!(matches!(joined(&["#a b"], "host"), Err(UsageError::Channel(_))));
    }

    #[test]
    fn nicknames_that_a_line_could_not_carry_are_refused() {
        for nick in ["", "a b", "#ada", "1st", ":ada", "ada!x", "a\nb"] {
            let options = PlainOptions { nick: Some(nick.into()), ..options(&[], "host") };
            assert_eq!(settings(&options).err(), Some(UsageError::Nick(nick.into())));
        }
        let account = PlainOptions { account: Some("ada".into()), ..options(&[], "host") };
        assert_eq!(settings(&account).err(), Some(UsageError::Account));
    }
}
