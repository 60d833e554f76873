//! What is in the history before anybody reads it: filled for this, or kept from an earlier run.

use super::asker::Asker;
use super::writing::Writers;
use super::{channels, name_of};
use crate::bounds;
use crate::error::Error;
use crate::process::Usage;
use crate::subject::Home;
use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

/// A word that is said once, last.
const LAST_WORD: &str = "quodlibet";

/// Beside the data: how much there is, and from when to when it was said.
const NOTE: &str = "filled";

/// A history that there is.
pub(super) struct Past {
    pub messages: u64,
    pub from_ms: u64,
    pub upto_ms: u64,
    /// What filling it cost; none where it was kept.
    cost: Option<Cost>,
}

struct Cost {
    filled: Duration,
    /// Processor time of the server meanwhile.
    used: Usage,
    /// How long the search index took from then on.
    indexed: Duration,
}

impl Past {
    /// What this home has, or so many messages where it has none.
    pub fn of(home: &Home, messages: u64) -> Result<Self, Error> {
        let note = home.path().join(NOTE);
        match fs::read_to_string(&note).ok().as_deref().and_then(Self::noted) {
            Some(kept) => Ok(kept),
            None => Self::fill(home, messages, &note),
        }
    }

    fn noted(note: &str) -> Option<Self> {
        let mut numbers = note.split_whitespace().map(|number| number.parse().ok());
        let (messages, from_ms, upto_ms) = (numbers.next()??, numbers.next()??, numbers.next()??);
        Some(Self { messages, from_ms, upto_ms, cost: None })
    }

    fn fill(home: &Home, messages: u64, note: &Path) -> Result<Self, Error> {
        let running = home.start()?;
        found_channels(running.address)?;
        let mut writers = Writers::come(running.address, channels(), 1)?;
        let (from_ms, before, begun) = (now_ms(), Usage::of(running.pid)?, Instant::now());
        writers.fill(messages)?;
        let (filled, upto_ms) = (begun.elapsed(), now_ms());
        drop(writers);
        let indexed = until_indexed(running.address)?;
        let used = Usage::of(running.pid)?.since(&before);
        running.end()?;
        let noted = fs::write(note, format!("{messages} {from_ms} {upto_ms}\n"));
        noted.map_err(Error::io("note what was filled"))?;
        let cost = Some(Cost { filled, used, indexed });
        Ok(Self { messages, from_ms, upto_ms, cost })
    }

    /// Rows of the table.
    pub fn told(&self) -> String {
        let Some(Cost { filled, used, indexed }) = &self.cost else { return String::new() };
        let messages = self.messages as f64;
        format!(
            "| written, a second | {:.0} |\n\
             | processor time of one, indexing included, µs | {:.1} |\n\
             | until the last one was found by its word, s | {:.1} |\n",
            messages / filled.as_secs_f64(),
            used.total_ns() as f64 / 1000.0 / messages,
            indexed.as_secs_f64(),
        )
    }
}

fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    since.as_millis() as u64
}

/// Makes channels that stay when everyone has left.
fn found_channels(address: SocketAddr) -> Result<(), Error> {
    let mut founder = Asker::sign_on(address, "founder")?;
    founder.finish("registering", "NS REGISTER correct-horse-battery")?;
    for channel in channels() {
        founder.finish("registering", &format!("JOIN {channel}\r\nCS REGISTER {channel}"))?;
    }
    Ok(())
}

/// How long it takes until what is said now is found.
fn until_indexed(address: SocketAddr) -> Result<Duration, Error> {
    let mut asker = Asker::sign_on(address, "last")?;
    let channel = name_of(0);
    asker.finish("joining", &format!("JOIN {channel}\r\nPRIVMSG {channel} :{LAST_WORD}"))?;
    let said = Instant::now();
    while asker.ask(&format!("SEARCH text={LAST_WORD}"))? == 0 {
        if said.elapsed() > bounds::INDEXED {
            return Err(Error::Stalled {
                doing: "waiting for the index",
                what: "it is not".into(),
            });
        }
        thread::sleep(bounds::INDEXED_PAUSE);
    }
    Ok(said.elapsed())
}
