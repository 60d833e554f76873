//! Storms: thousands do something all at once, and a few bystanders talk on in a channel of their own, each
//! message at its time. What the bystanders feel is the measure.
//!
//! The server, the crowd and the bystanders share the machine's cores, so that some of what is felt is the
//! machine's and the load's. Therefore as many bystanders talk at the same time, in the same way, through a bare loop that
//! bears no storm: what those feel was not the server's doing.
//!
//! - `crowd`: who storms, and how.

mod crowd;

use crate::bounds;
use crate::error::Error;
use crate::floor::Mode;
use crate::load::Load;
use crate::load::latency::Latencies;
use crate::load::talk::{Pace, Plan, talk_on};
use crate::process::{Usage, own_ns};
use crate::scenario::Scale;
use crate::subject::{Running, Subject};
use crowd::{Crowd, Size};
use std::fmt::Write;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Who asks for lists at a time.
const LISTING: usize = 10;

/// Bystanders and who counts the others, on both sides.
const OTHERS: usize = 64;

/// The bystanders: each says twenty messages a second to nine others.
const BYSTANDERS: Plan = Plan {
    people: 10,
    channels: 1,
    members: 10,
    senders: 10,
    pace: Pace::PerSecond(200),
    warm_up: Duration::ZERO,
    measured: Duration::ZERO,
};

/// One storm that is over.
struct Storm {
    name: String,
    calm_from: Instant,
    begun: Instant,
    ended: Instant,
    server: Usage,
    own_ns: u64,
}

/// What bystanders felt, at the server and beside it.
struct Felt {
    here: Latencies,
    beside: Latencies,
}

/// Has every Parlor bear all storms.
pub(crate) fn compare(scale: &Scale, subjects: &[Subject]) -> Result<String, Error> {
    let mut out = String::from(
        "Storms: what ten bystanders feel who talk in a channel of their own, 200 messages a second. p50, p99 and \
         the longest, in ms: before, meanwhile, and meanwhile through a bare loop that bears no storm, which shows \
         what machine and load have done.\n\n\
         | storm | server | s | server's CPU, s | load's CPU, s | before | meanwhile | beside |\n\
         |---|---|--:|--:|--:|--:|--:|--:|\n",
    );
    for subject in subjects.iter().filter(|subject| matches!(subject, Subject::Parlor(..))) {
        eprintln!("storms: {}", subject.name());
        let (storms, felt) = bear(subject, scale)?;
        for storm in storms {
            let _ = writeln!(
                out,
                "| {} | {} | {:.2} | {:.2} | {:.2} | {} | {} | {} |",
                storm.name,
                subject.name(),
                (storm.ended - storm.begun).as_secs_f64(),
                storm.server.total_ns() as f64 / 1e9,
                storm.own_ns as f64 / 1e9,
                told(felt.here.between(storm.calm_from, storm.begun)),
                told(felt.here.between(storm.begun, storm.ended)),
                told(felt.beside.between(storm.begun, storm.ended)),
            );
        }
    }
    Ok(out)
}

fn told(mut latencies: Latencies) -> String {
    let mut of = |percent| latencies.percentile_ms(percent).unwrap_or_default();
    format!("{:.1}, {:.1}, {:.1}", of(50), of(99), of(100))
}

/// Starts a server and lets it bear everything, while bystanders talk there and at a bare loop.
fn bear(subject: &Subject, scale: &Scale) -> Result<(Vec<Storm>, Felt), Error> {
    let (running, calm) =
        (subject.start()?, Subject::Floor(Mode::Coalesce, std::env::temp_dir()).start()?);
    let is_over = AtomicBool::new(false);
    thread::scope(|threads| {
        let here = threads.spawn(|| stand_by(running.address, &is_over));
        let beside = threads.spawn(|| stand_by(calm.address, &is_over));
        let storms = storm(&running, scale);
        is_over.store(true, Ordering::Relaxed);
        let [here, beside] =
            [here, beside].map(|it| it.join().expect("a bystander does not panic"));
        Ok((storms?, Felt { here: here?, beside: beside? }))
    })
}

/// Talks until everything is over.
fn stand_by(address: SocketAddr, is_over: &AtomicBool) -> Result<Latencies, Error> {
    let mut load = Load::new(address)?;
    load.sign_on(BYSTANDERS.people, "y")?;
    load.join(BYSTANDERS.joins())?;
    talk_on(&mut load, &BYSTANDERS, is_over)
}

/// All storms, one after the other.
fn storm(running: &Running, scale: &Scale) -> Result<Vec<Storm>, Error> {
    let mut storms = Vec::new();
    let mut bear = |name: String, storm: &mut dyn FnMut() -> Result<Instant, Error>| {
        eprintln!("storms: {name}");
        storms.push(Storm::of(name, running, scale.measured / 3, storm)?);
        Ok(())
    };
    let come = |people, channels| Crowd::come(running.address, Size { people, channels });
    let (people, channels) = (scale.crowd, scale.listed);
    let mut crowd = come(channels / 10, channels)?;
    let listed = format!("{LISTING} ask for the list of {channels} channels, again and again");
    bear(listed, &mut || crowd.list(LISTING, scale.measured))?;
    crowd.vanish()?;

    let mut crowd = come(people, 1)?;
    bear(format!("{people} leave one channel"), &mut || crowd.leave())?;
    bear(format!("{people} come into one channel"), &mut || crowd.enter())?;
    bear(format!("{people} in one channel lose their connections"), &mut || crowd.vanish())?;
    bear(format!("{people} come back to it, with NAMES and WHO"), &mut || crowd.come_back())?;
    crowd.vanish()?;

    let (people, each) = (scale.everyone - OTHERS, bounds::CROWDED);
    let mut crowd = come(people, people.div_ceil(each))?;
    bear(format!("{people} in channels of {each} lose their connections"), &mut || crowd.vanish())?;
    bear(format!("{people} come back to them, with NAMES and WHO"), &mut || crowd.come_back())?;
    Ok(storms)
}

impl Storm {
    /// Waits a moment, and lets it happen.
    fn of(
        name: String,
        running: &Running,
        calm: Duration,
        storm: &mut dyn FnMut() -> Result<Instant, Error>,
    ) -> Result<Self, Error> {
        let calm_from = Instant::now();
        thread::sleep(calm);
        let (before, own_before, begun) = (Usage::of(running.pid)?, own_ns(), Instant::now());
        let ended = storm()?;
        let server = Usage::of(running.pid)?.since(&before);
        Ok(Self { name, calm_from, begun, ended, server, own_ns: own_ns() - own_before })
    }
}
