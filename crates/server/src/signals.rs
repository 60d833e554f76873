//! The signals that a server listens to.

use crate::serve::Status;
use std::io;
use tokio::runtime::{Builder, Runtime};
use tokio::signal::unix::{Signal, SignalKind, signal};

/// Taken over before anybody can see that the server is there: one that comes while it starts is
/// heeded when it has, where it would have ended the process.
pub(crate) struct Signals {
    runtime: Runtime,
    hangup: Signal,
    terminate: Signal,
    interrupt: Signal,
}

/// What the process is asked to do.
pub(crate) enum SignalRequest {
    /// To read its configuration again.
    Reload,
    /// To end, and to tell everyone this.
    Stop(&'static str),
}

impl Signals {
    /// From now on they are waited for.
    pub fn take_over() -> io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let inside = runtime.enter();
        let hangup = signal(SignalKind::hangup())?;
        let terminate = signal(SignalKind::terminate())?;
        let interrupt = signal(SignalKind::interrupt())?;
        drop(inside);
        Ok(Self { runtime, hangup, terminate, interrupt })
    }

    /// Waits for the next one, or for what an operator or a thread asks.
    pub fn next(&mut self, status: &Status) -> SignalRequest {
        let Self { runtime, hangup, terminate, interrupt } = self;
        runtime.block_on(async {
            tokio::select! {
                _ = hangup.recv() => SignalRequest::Reload,
                () = status.rehash.notified() => SignalRequest::Reload,
                _ = terminate.recv() => SignalRequest::Stop("Server shutting down"),
                _ = interrupt.recv() => SignalRequest::Stop("Server shutting down"),
                () = status.stop.notified() => SignalRequest::Stop("Server error"),
            }
        })
    }
}
