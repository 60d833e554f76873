//! Parlor: a self-hosted chat server and client in one binary.

mod cli;
mod logging;

use clap::{CommandFactory, Parser};
use cli::{Chat, Cli, ConfigCommand, Subcommand};
use logging::Log;
use parlor_server::config::{DEFAULTS, Sources};
use std::io::{self, BufRead, IsTerminal, Read, Write};
use std::process::ExitCode;

/// A configuration or a command line that is wrong.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Subcommand::Serve(serve) => return run_server(&serve.sources()),
        Subcommand::Chat(chat) => return run_client(chat),
        Subcommand::Config(ConfigCommand::Check { config }) => return check(config),
        Subcommand::Config(ConfigCommand::Default) => print(DEFAULTS.as_bytes()),
        Subcommand::Password => hash_password(),
        Subcommand::Completions { shell } => {
            let mut out = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "parlor", &mut out);
            print(&out)
        }
        Subcommand::Man => {
            let mut out = Vec::new();
            clap_mangen::Man::new(Cli::command()).render(&mut out).and_then(|()| print(&out))
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error, ExitCode::FAILURE),
    }
}

fn run_server(sources: &Sources) -> ExitCode {
    let config = match sources.read() {
        Ok(config) => config,
        Err(error) => return fail(&error, USAGE.into()),
    };
    let log = match logging::start() {
        Ok(log) => log,
        Err(why) => return fail(&why, USAGE.into()),
    };
    end_with_any_thread(log.clone());
    let served = parlor_server::serve(&config, || sources.read());
    if let Err(error) = &served {
        log.say(&format!("parlor: {error}"));
    }
    log.finish();
    if served.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// A thread that panics ends the process: the others could only wait for it. What was shown is
/// stored, and a supervisor starts the server again.
fn end_with_any_thread(log: Log) {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        // Where the log is not taken, nobody would read the report either, and it would wait for them.
        if log.finish() {
            report(panic);
        }
        std::process::abort();
    }));
}

fn run_client(chat: Chat) -> ExitCode {
    if !chat.plain {
        eprintln!("parlor: only the plain client is here yet; starting it (say --plain)");
    }
    parlor_tui::plain::run(&chat.options()).into()
}

fn check(config: Option<std::path::PathBuf>) -> ExitCode {
    let sources = Sources { file: config, ..Sources::default() };
    let config = match sources.read() {
        Ok(config) => config,
        Err(error) => return fail(&error, USAGE.into()),
    };
    if let Err(error) = parlor_server::check_certificate(&config) {
        return fail(&error, USAGE.into());
    }
    match sources.file() {
        Some(file) => say(&format!("{} is right.\n", file.display())),
        None => say("There is no parlor.toml; the defaults are in force.\n"),
    }
}

/// Reads a password from standard input, so that it stands in no history of commands.
fn hash_password() -> io::Result<()> {
    eprint!("Password: ");
    let (mut input, mut password) = (io::stdin().lock(), String::new());
    if input.is_terminal() {
        input.read_line(&mut password)?;
    } else {
        input.read_to_string(&mut password)?;
    }
    let password = password.strip_suffix('\n').unwrap_or(&password);
    let password = password.strip_suffix('\r').unwrap_or(password);
    if password.is_empty() {
        return Err(io::Error::other("an empty password is none"));
    }
    if password.contains(['\r', '\n']) {
        return Err(io::Error::other("a password is one line: nobody could type this one"));
    }
    let hash = parlor_server::hash_password(password).map_err(io::Error::other)?;
    print(format!("{hash}\n").as_bytes())
}

fn say(text: &str) -> ExitCode {
    match print(text.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error, ExitCode::FAILURE),
    }
}

fn print(bytes: &[u8]) -> io::Result<()> {
    io::stdout().lock().write_all(bytes)
}

fn fail(error: &dyn std::fmt::Display, code: ExitCode) -> ExitCode {
    eprintln!("parlor: {error}");
    code
}
