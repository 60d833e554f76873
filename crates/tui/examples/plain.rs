//! The classic client by itself: `plain [HOST[:PORT]] [--nick N] [--join #a,#b] [--reconnect]`.

use std::process::ExitCode;

use parlor_tui::plain::{Outcome, PlainOptions, run};

fn main() -> ExitCode {
    match options(std::env::args().skip(1)) {
        Ok(options) => run(&options).into(),
        Err(why) => {
            eprintln!("plain: {why}");
            Outcome::Usage.into()
        }
    }
}

fn options(mut arguments: impl Iterator<Item = String>) -> Result<PlainOptions, String> {
    let mut options = PlainOptions::default();
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{argument} needs a value"));
        match argument.as_str() {
            "--nick" => options.nick = Some(value()?),
            "--join" => options.join.push(value()?),
            "--account" => options.account = Some(value()?),
            "--password" => options.password = Some(value()?),
            "--reconnect" => options.reconnect = true,
            address => options.address = address.parse().map_err(|error| format!("{error}"))?,
        }
    }
    Ok(options)
}
