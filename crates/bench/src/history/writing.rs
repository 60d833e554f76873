//! Those who write the history: each alone in a channel, so that storing is all there is to do.

use super::words::Chance;
use crate::bounds;
use crate::error::Error;
use crate::load::Load;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Bytes of a text.
const TEXT_BYTES: usize = 100;

/// Messages that a writer sends before it waits to hear that they were taken.
pub(super) const WINDOW: u64 = 100;

/// Writers, and the channels that they write to.
pub(super) struct Writers {
    load: Load,
    channels: Vec<String>,
    chance: Chance,
    text: String,
}

impl Writers {
    /// A writer for each channel comes in.
    pub fn come(address: SocketAddr, channels: Vec<String>, seed: u64) -> Result<Self, Error> {
        let mut load = Load::new(address)?;
        load.sign_on(channels.len(), &format!("w{seed}x"))?;
        load.join(channels.iter().cloned().enumerate())?;
        Ok(Self { load, channels, chance: Chance::new(seed), text: String::new() })
    }

    /// Writes so many messages as fast as they are taken.
    pub fn fill(&mut self, messages: u64) -> Result<(), Error> {
        let windows = messages.div_ceil(WINDOW);
        let (mut begun, mut done) = (0, 0);
        let mut free: Vec<usize> = (0..self.channels.len()).collect();
        while done < windows {
            while begun < windows
                && let Some(writer) = free.pop()
            {
                self.text.clear();
                (0..WINDOW).for_each(|_| self.compose(writer));
                self.text.push_str("PING window\r\n");
                self.load.send(writer, self.text.as_bytes())?;
                begun += 1;
            }
            let lines = self.load.pump(Some(bounds::STALL), |writer, line| {
                if line.windows(6).any(|window| window == b" PONG ") {
                    done += 1;
                    free.push(writer);
                }
            })?;
            if lines == 0 {
                let what = format!("{done} of {windows} windows are done");
                return Err(Error::Stalled { doing: "filling a history", what });
            }
        }
        Ok(())
    }

    /// Writes so many messages a second, each at its time, until told to stop.
    pub fn pace(&mut self, per_second: u32, is_over: &AtomicBool) -> Result<u64, Error> {
        let (start, gap) = (Instant::now(), Duration::from_secs(1) / per_second);
        let mut written: u32 = 0;
        while !is_over.load(Ordering::Relaxed) {
            let due = start + gap * written;
            if let Some(wait) = due.checked_duration_since(Instant::now()) {
                self.load.pump(Some(wait), |_, _| {})?;
                continue;
            }
            self.text.clear();
            let writer = written as usize % self.channels.len();
            self.compose(writer);
            self.load.send(writer, self.text.as_bytes())?;
            written += 1;
        }
        Ok(written.into())
    }

    fn compose(&mut self, writer: usize) {
        self.text.push_str("PRIVMSG ");
        self.text.push_str(&self.channels[writer]);
        self.text.push_str(" :");
        self.chance.say(TEXT_BYTES, &mut self.text);
        self.text.push_str("\r\n");
    }
}
