//! What a long history costs: writing it, starting with it, and reading and searching it while more is
//! written.

mod asker;
mod past;
mod words;
mod writing;

use crate::bounds;
use crate::error::Error;
use crate::load::latency::Latencies;
use crate::process::resident_bytes;
use crate::report::machine;
use crate::subject::Home;
use asker::Asker;
use past::Past;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use words::Chance;
use writing::Writers;

/// Channels that the history is of: as many as one account keeps.
const CHANNELS: usize = 20;

/// Messages a second that are written while somebody reads.
const WRITTEN_PER_SECOND: u32 = 5_000;

/// How much there is to be, and to be asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Extent {
    /// Messages in the history.
    pub messages: u64,
    /// Pages, and searches.
    pub asked: u32,
}

/// What was found.
struct Found {
    past: Past,
    bytes: u64,
    started: Duration,
    pages: Answers,
    searches: Answers,
    /// Messages a second that were written meanwhile.
    written: f64,
    resident: u64,
}

/// Answers to questions of a kind.
#[derive(Default)]
struct Answers {
    latencies: Latencies,
    lines: usize,
}

/// Measures, and returns what was found.
pub(crate) fn run(server: &Path, home: Home, extent: Extent) -> Result<String, Error> {
    let past = Past::of(&home, extent.messages)?;
    let bytes = home.bytes()?;
    let begun = Instant::now();
    let running = home.start()?;
    // It listens before it has read what it knows, and has brought it to its own schema.
    Asker::sign_on_within(bounds::FIRST_ANSWER, running.address, "first")?;
    let started = begun.elapsed();
    let (mut pages, mut searches) = (Answers::default(), Answers::default());
    let written = while_written(running.address, || {
        let mut asker = Asker::sign_on(running.address, "reader")?;
        asker.finish("joining", &format!("JOIN {}", channels().join(",")))?;
        ask_for_pages(&mut asker, &past, extent.asked, &mut pages)?;
        search(&mut asker, extent.asked, &mut searches)
    })?;
    let resident = resident_bytes(running.pid)?;
    running.end()?;
    let found = Found { past, bytes, started, pages, searches, written, resident };
    Ok(format!("{}\n{}", machine::describe(&[server.to_owned()]), found.told(extent.asked)))
}

/// Asks for pages of any time.
fn ask_for_pages(
    asker: &mut Asker,
    past: &Past,
    times: u32,
    pages: &mut Answers,
) -> Result<(), Error> {
    let mut chance = Chance::new(3);
    let span = past.upto_ms.saturating_sub(past.from_ms);
    pages.lines = asker.ask_all(times, &mut pages.latencies, || {
        let channel = name_of(chance.below(CHANNELS as u64) as usize);
        // Not from where there is less than a page before it.
        let at = past.from_ms + span / 10 + chance.below(span * 9 / 10 + 1);
        format!("CHATHISTORY BEFORE {channel} timestamp={} 100", timestamp(at))
    })?;
    Ok(())
}

fn search(asker: &mut Asker, times: u32, searches: &mut Answers) -> Result<(), Error> {
    let mut chance = Chance::new(4);
    searches.lines = asker.ask_all(times, &mut searches.latencies, || {
        format!("SEARCH text={};limit=50", chance.rare_word())
    })?;
    Ok(())
}

impl Found {
    fn told(mut self, asked: u32) -> String {
        let messages = self.past.messages;
        let asked_f = f64::from(asked);
        format!(
            "Method: {CHANNELS} writers, each alone in a channel, fill the history as fast as it is taken, {} \
             lines of some 100 bytes at a time. After a restart somebody asks {asked} times for a page of \
             100 lines from any time, and as often for a rare word in all channels, one question after the \
             other, while {:.0} messages a second are written.\n\n\
             | {messages} messages | |\n|---|--:|\n\
             {}\
             | on the disk for one, bytes | {:.0} |\n\
             | start, until somebody is signed on, ms | {:.0} |\n\
             | a page: p50, p99, ms; lines | {}; {:.0} |\n\
             | a search: p50, p99, ms; lines | {}; {:.0} |\n\
             | resident memory then, MiB | {:.0} |\n",
            writing::WINDOW,
            self.written,
            self.past.told(),
            self.bytes as f64 / messages as f64,
            self.started.as_secs_f64() * 1000.0,
            self.pages.percentiles(),
            self.pages.lines as f64 / asked_f,
            self.searches.percentiles(),
            self.searches.lines as f64 / asked_f,
            self.resident as f64 / f64::from(1 << 20),
        )
    }
}

impl Answers {
    fn percentiles(&mut self) -> String {
        let mut of = |percent| self.latencies.percentile_ms(percent).unwrap_or_default();
        format!("{:.2}, {:.2}", of(50), of(99))
    }
}

fn name_of(channel: usize) -> String {
    format!("#history{channel:02}")
}

fn channels() -> Vec<String> {
    (0..CHANNELS).map(name_of).collect()
}

/// Does something while messages are written elsewhere. Returns how many there were a second.
fn while_written(
    address: SocketAddr,
    reading: impl FnOnce() -> Result<(), Error> + Send,
) -> Result<f64, Error> {
    let elsewhere = (0..CHANNELS).map(|channel| format!("#elsewhere{channel:02}")).collect();
    let mut writers = Writers::come(address, elsewhere, 2)?;
    let (is_over, begun) = (AtomicBool::new(false), Instant::now());
    thread::scope(|threads| {
        let reading = threads.spawn(|| {
            let read = reading();
            is_over.store(true, Ordering::Relaxed);
            read
        });
        let written = writers.pace(WRITTEN_PER_SECOND, &is_over)?;
        let took = begun.elapsed();
        reading.join().expect("a reader does not panic")?;
        Ok(written as f64 / took.as_secs_f64())
    })
}

/// A time as CHATHISTORY takes it.
fn timestamp(ms: u64) -> String {
    let at = jiff::Timestamp::from_millisecond(ms.cast_signed()).unwrap_or_default();
    at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}
