//! Logs: structured lines on standard error, from the level that `PARLOR_LOG` names.

use std::io::{IsTerminal, stderr};
use tracing_subscriber::EnvFilter;

/// Starts logging; `PARLOR_LOG=debug` says more, `PARLOR_LOG=warn` less.
pub fn start() -> Result<(), String> {
    let filter = match std::env::var("PARLOR_LOG") {
        Ok(level) => level.parse::<EnvFilter>().map_err(|error| format!("PARLOR_LOG: {error}"))?,
        Err(_) => EnvFilter::new("info"),
    };
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(stderr)
        .with_ansi(stderr().is_terminal())
        .with_target(false)
        .init();
    Ok(())
}
