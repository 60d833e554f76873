//! What happens when a part of the server ends with a panic: the others would wait for it for ever,
//! and a server that is there and answers nobody is worse than one that is started again.

use crate::serve::Status;
use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::{self, JoinHandle};

/// Asks for the server to stop when the thread or task that holds it panics.
pub(crate) struct Alarm(Arc<Status>);

impl Alarm {
    pub fn new(status: &Arc<Status>) -> Self {
        Self(Arc::clone(status))
    }
}

impl Drop for Alarm {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.failed.store(true, Ordering::Relaxed);
            self.0.stop.notify_one();
        }
    }
}

/// Starts a thread that the server cannot do without.
pub(crate) fn spawn(
    name: String,
    status: &Arc<Status>,
    run: impl FnOnce() + Send + 'static,
) -> io::Result<JoinHandle<()>> {
    let alarm = Alarm::new(status);
    thread::Builder::new().name(name).spawn(move || {
        let _alarm = alarm;
        run();
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::runtime::Builder;

    #[test]
    fn a_thread_that_panics_stops_the_server() {
        let status = Arc::new(Status::default());
        spawn("well".into(), &status, || {}).unwrap().join().unwrap();
        assert!(!status.failed.load(Ordering::Relaxed));
        spawn("ill".into(), &status, || panic!("on purpose")).unwrap().join().unwrap_err();
        assert!(status.failed.load(Ordering::Relaxed));
        Builder::new_current_thread().build().unwrap().block_on(status.stop.notified());
    }
}
