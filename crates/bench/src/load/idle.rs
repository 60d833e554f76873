//! What connections cost that say nothing, and what signing on costs.

use super::Load;
use crate::bounds;
use crate::error::Error;
use crate::process::{Usage, own_ns, resident_bytes};
use crate::subject::Subject;
use std::thread::sleep;
use std::time::Duration;

/// A connection that does nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// It has said nothing and has not been greeted yet.
    Silent,
    /// It has said nothing, and was greeted.
    Greeted,
    /// It is signed on.
    SignedOn,
}

impl Kind {
    pub const ALL: [Self; 3] = [Self::Silent, Self::Greeted, Self::SignedOn];

    pub fn name(self) -> &'static str {
        match self {
            Self::Silent => "silent",
            Self::Greeted => "greeted",
            Self::SignedOn => "signed on",
        }
    }
}

/// What signing on took.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SignOn {
    /// Microseconds of the server's processor time, each.
    pub server_us: f64,
    /// Microseconds of the load's, each.
    pub own_us: f64,
}

/// People that make a server touch what it touches only once.
const FIRST_PEOPLE: usize = 50;

/// A greeting comes after half a second of silence, everyone's in a second.
const GREETED_WITHIN: Duration = Duration::from_millis(1200);

/// Long enough for a server to accept, too short to be greeted.
const ACCEPTED_WITHIN: Duration = Duration::from_millis(120);

/// As many as can be made before the first is greeted.
const SILENT_MAX: usize = 4000;

/// Long enough for the kernel to have counted what a thread that now sleeps has used.
const COUNTED_WITHIN: Duration = Duration::from_millis(20);

/// Processor time of connecting and signing on, without joining anything.
pub(crate) fn sign_on(subject: &Subject, count: usize) -> Result<SignOn, Error> {
    let running = subject.start()?;
    let mut load = subject.load(&running)?;
    load.sign_on(FIRST_PEOPLE, "s")?;
    load.settle()?;
    let (before, own_before) = (Usage::of(running.pid)?, own_ns());
    load.sign_on(count, "s")?;
    sleep(COUNTED_WITHIN);
    let used = Usage::of(running.pid)?.since(&before);
    let each = |ns: u64| ns as f64 / 1000.0 / count as f64;
    Ok(SignOn { server_us: each(used.total_ns()), own_us: each(own_ns() - own_before) })
}

/// Resident bytes of the server for each connection of a kind; none if the server knows no such
/// kind. One that ran already is measured for one kind: those after it would be given the memory
/// of those before.
pub(crate) fn resident(subject: &Subject, kind: Kind, count: usize) -> Result<Option<f64>, Error> {
    if matches!(subject, Subject::Rival(_) | Subject::Other(_)) && kind != Kind::SignedOn {
        return Ok(None);
    }
    let running = subject.start()?;
    let mut load = subject.load(&running)?;
    load.sign_on(FIRST_PEOPLE, "i")?;
    load.settle()?;
    let before = resident_bytes(running.pid)?;
    let count = if kind == Kind::Silent { count.min(SILENT_MAX) } else { count };
    match kind {
        Kind::SignedOn => load.sign_on(count, "i")?,
        Kind::Silent | Kind::Greeted => connect(&mut load, count)?,
    }
    if kind == Kind::Greeted {
        sleep(GREETED_WITHIN);
        if load.pump(Some(bounds::SETTLED), |_, _| {})? == 0 {
            return Ok(None);
        }
    }
    if kind == Kind::Silent {
        sleep(ACCEPTED_WITHIN);
    } else {
        load.settle()?;
    }
    let after = resident_bytes(running.pid)?;
    Ok(Some((after as f64 - before as f64) / count as f64))
}

fn connect(load: &mut Load, count: usize) -> Result<(), Error> {
    for made in 1..=count {
        load.connect()?;
        if made % bounds::CONNECTS_MAX == 0 {
            sleep(bounds::CONNECT_PAUSE);
        }
    }
    Ok(())
}
