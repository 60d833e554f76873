//! The command line.

use clap::{Args, Parser};
use parlor_server::config::{Listen, Sources};
use parlor_tui::plain::{Address, PlainOptions};
use std::path::PathBuf;

/// A chat of your own: one port, one conversation, whoever connects with whatever they have.
#[derive(Debug, Parser)]
#[command(version, about, propagate_version = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Subcommand,
}

#[derive(Debug, clap::Subcommand)]
pub enum Subcommand {
    /// Run the server: port 7777 for nc, telnet and every IRC client
    Serve(Serve),
    /// Talk: the terminal client, and in a pipe a tool that delivers lines
    Chat(Chat),
    /// Check a configuration, or print the defaults
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Hash a password from standard input, for the configuration
    Password,
    /// Print a completion script for a shell
    Completions { shell: clap_complete::Shell },
    /// Print the manual page
    Man,
}

#[derive(Debug, Args)]
pub struct Serve {
    /// The configuration; without it parlor.toml is looked for in the user's configuration
    /// directory and in /etc/parlor
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Where to listen: `[::]:7777`, `127.0.0.1:7777` or `7777`, for IRC alone `irc+tls://[::]:6697`, behind a proxy `[::]:7777+proxy`; may be given several times
    #[arg(long, value_name = "ADDR")]
    listen: Vec<Listen>,
    /// Where the data is kept
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

impl Serve {
    pub fn sources(&self) -> Sources {
        let Self { config, listen, data } = self;
        Sources { file: config.clone(), listen: listen.clone(), data: data.clone() }
    }
}

#[derive(Debug, Args)]
#[command(after_help = "In a pipe it is a tool: `echo 'deploy done' | parlor chat --plain HOST \
--join '#ops'` sends every line and leaves when all are delivered. There a name given with --nick is \
kept to: if it is taken, nothing is sent, and the exit code is 4 (with --reconnect it is tried again).\n\n\
Exit codes: 0 left, or all delivered; 1 the server went away; 2 wrong usage; 3 could not connect; \
4 refused, or not all delivered; 5 the terminal failed; 130 Ctrl+C.")]
pub struct Chat {
    /// `HOST`, `HOST:PORT`, or `irc://HOST[:PORT]/#channel`
    #[arg(default_value = "127.0.0.1:7777")]
    address: Address,
    /// The name to be known by
    #[arg(long, short)]
    nick: Option<String>,
    /// Channels to join, separated by commas; #lobby when none is given
    #[arg(long, short, value_name = "CHANNELS")]
    join: Vec<String>,
    /// Plain lines instead of a full screen
    #[arg(long)]
    pub plain: bool,
    /// Keep trying when the server goes away
    #[arg(long)]
    reconnect: bool,
    /// The account to log in to; its password is read from `PARLOR_CHAT_PASSWORD`
    #[arg(long)]
    account: Option<String>,
}

impl Chat {
    pub fn options(self) -> PlainOptions {
        PlainOptions {
            address: self.address,
            nick: self.nick,
            join: self.join,
            reconnect: self.reconnect,
            account: self.account,
            password: std::env::var("PARLOR_CHAT_PASSWORD").ok(),
        }
    }
}

#[derive(Debug, clap::Subcommand)]
pub enum ConfigCommand {
    /// Say whether a configuration is right, and if not, what is wrong where
    Check {
        /// The configuration; without it the one that `serve` would read
        #[arg(value_name = "FILE")]
        config: Option<PathBuf>,
    },
    /// Print every setting with its default
    Default,
}
