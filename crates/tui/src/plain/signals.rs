//! Requests to leave that come from outside.

use std::io;

use super::Outcome;

/// Waits for SIGINT, SIGTERM and SIGHUP; elsewhere than on Unix, for Ctrl+C.
#[derive(Debug)]
pub struct Signals {
    #[cfg(unix)]
    streams: [tokio::signal::unix::Signal; 3],
}

#[cfg(unix)]
impl Signals {
    /// From here on these signals no longer end the process by themselves.
    pub fn listen() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let [interrupt, terminate, hangup] =
            [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()];
        Ok(Self { streams: [signal(interrupt)?, signal(terminate)?, signal(hangup)?] })
    }

    /// The outcome that the next signal asks for.
    pub async fn next(&mut self) -> Outcome {
        let [interrupt, terminate, hangup] = &mut self.streams;
        tokio::select! {
            _ = interrupt.recv() => Outcome::Interrupted,
            _ = terminate.recv() => Outcome::Terminated,
            _ = hangup.recv() => Outcome::HungUp,
        }
    }
}

#[cfg(not(unix))]
impl Signals {
    /// Nothing needs to be prepared.
    pub fn listen() -> io::Result<Self> {
        Ok(Self {})
    }

    /// The outcome that the next Ctrl+C asks for.
    pub async fn next(&mut self) -> Outcome {
        match tokio::signal::ctrl_c().await {
            Ok(()) => Outcome::Interrupted,
            Err(_) => std::future::pending().await,
        }
    }
}
