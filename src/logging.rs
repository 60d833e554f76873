//! Logs: structured lines on standard error, from the level that `PARLOR_LOG` names.
//!
//! Whoever logs something waits for nobody. Standard error may be a terminal that Ctrl-S has stopped, or a pipe that
//! nobody reads: a thread of its own writes there, and what finds no place in its queue is lost, counted, and said
//! to be lost.

use std::io::{self, IsTerminal, Write, stderr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};
use tracing_subscriber::EnvFilter;

/// Lines that may wait to be written: more than a busy server has to say in a minute, and under a mebibyte.
const LINES_MAX: usize = 4096;

/// How long the last lines may take when the process ends.
const LAST_LINES_WITHIN: Duration = Duration::from_secs(1);

/// How often it is looked whether they are written.
const LOOKED_AFTER: Duration = Duration::from_millis(2);

/// The log of this process.
#[derive(Clone)]
pub struct Log(Arc<Lines>);

/// Lines on their way to standard error.
struct Lines {
    queue: SyncSender<Vec<u8>>,
    waiting: AtomicUsize,
    /// Lines that found no place and were not said to be lost.
    lost: AtomicUsize,
}

/// Starts logging; `PARLOR_LOG=debug` says more, `PARLOR_LOG=warn` less.
pub fn start() -> Result<Log, String> {
    let filter = match std::env::var("PARLOR_LOG") {
        Ok(level) => level.parse::<EnvFilter>().map_err(|error| format!("PARLOR_LOG: {error}"))?,
        Err(_) => EnvFilter::new("info"),
    };
    let (lines, queued) = Lines::new(LINES_MAX);
    let writing = Arc::clone(&lines);
    thread::Builder::new()
        .name("log".into())
        .spawn(move || writing.write_all_to(&queued, stderr()))
        .map_err(|error| error.to_string())?;
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(Arc::clone(&lines))
        .with_ansi(stderr().is_terminal())
        .with_target(false)
        .init();
    Ok(Log(lines))
}

impl Log {
    /// Says something that is no event: the last words of the process.
    pub fn say(&self, line: &str) {
        self.0.push(format!("{line}\n").into_bytes());
    }

    /// Waits until all lines are written. `false`: standard error does not take them.
    pub fn finish(&self) -> bool {
        let until = Instant::now() + LAST_LINES_WITHIN;
        while self.0.waiting.load(Ordering::Acquire) > 0 {
            if Instant::now() >= until {
                return false;
            }
            thread::sleep(LOOKED_AFTER);
        }
        true
    }
}

impl Lines {
    /// With room for so many, and the end of their queue.
    fn new(most: usize) -> (Arc<Self>, Receiver<Vec<u8>>) {
        let (queue, queued) = sync_channel(most);
        let (waiting, lost) = (AtomicUsize::new(0), AtomicUsize::new(0));
        (Arc::new(Self { queue, waiting, lost }), queued)
    }

    fn push(&self, line: Vec<u8>) {
        self.waiting.fetch_add(1, Ordering::Relaxed);
        if self.queue.try_send(line).is_err() {
            self.waiting.fetch_sub(1, Ordering::Relaxed);
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Writes line after line, for as long as the process is there.
    fn write_all_to(&self, queued: &Receiver<Vec<u8>>, mut out: impl Write) {
        for line in queued {
            // There is no other place to say that it failed.
            let _ = out.write_all(&line);
            let lost = self.lost.swap(0, Ordering::Relaxed);
            if lost > 0 {
                tracing::warn!(lost, "lines of this log: standard error did not take them");
            }
            self.waiting.fetch_sub(1, Ordering::Release);
        }
    }
}

impl Write for &Lines {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.push(line.to_vec());
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_finds_no_place_is_lost_and_counted() {
        let (lines, queued) = Lines::new(2);
        let log = Log(Arc::clone(&lines));
        for line in ["one", "two", "three", "four"] {
            log.say(line);
        }
        assert_eq!(lines.lost.load(Ordering::Relaxed), 2);
        assert!(!log.finish(), "nobody writes");
        let written: Vec<_> = queued.try_iter().flatten().collect();
        assert_eq!(written, b"one\ntwo\n");
    }
}
