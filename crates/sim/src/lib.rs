//! A seeded simulator: many users on all doors, a journal with faults, a store that crashes, and
//! invariants after every step. The same seed does the same again, so a failure replays.
//!
//! Nothing here has a thread, a socket or a clock. The parts of the server that know none of these
//! ([`parlor_doors::Hall`], [`parlor_hub::Hub`], [`parlor_store::Store`]) are the real ones; what
//! moves things between them in the server is played by:
//!
//! - `world`: one run. It picks what happens next; `faults` are what goes wrong.
//! - `wing`: a hall with the connections of its clients, as a shard has them. `core`: the journal,
//!   the hub, and a twin of the hub that is saved and loaded; what concerns many waits in the server's own
//!   [`parlor_doors::crowds`]; in it `near`, which holds and stores as the core beside the only shard does, in half
//!   of all worlds. `keeper`: what was stored, in a model of the store
//!   and, for some seeds, in real files, on a disk that loses what was not synced where the power goes
//!   (`keeper/disk.rs`).
//! - `client`: a caller and what they see, by a WebSocket too; `grammar/`: what they say.
//! - `ledger`: every message there was. `watching`: whom sessions watch for. `checks/`: the
//!   invariants, and who should be where.
//!
//! A new verb gets its lines in `grammar/`; a new invariant gets a function in `checks/`, and a line
//! in `world` where it is asked.
//!
//! Absent on purpose: anything of `parlor-server` (its threads are played here), and any opinion on
//! what a verb should do; transcript tests have those.

mod bounds;
mod chance;
mod checks;
mod client;
mod core;
mod faults;
mod grammar;
mod keeper;
mod ledger;
mod token;
mod watching;
mod wing;
mod world;

pub use bounds::STEPS;

use std::cell::Cell;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use world::World;

/// How a seed is run.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// How many things happen.
    pub steps: u32,
    /// Print what happens.
    pub verbose: bool,
}

/// What a seed came to.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tally {
    /// Entries that were applied.
    pub entries: u64,
    /// Messages that clients were shown.
    pub shown: u64,
    /// What else happened that they were shown.
    pub shown_events: u64,
    /// Conversations of which those who stay were shown what they missed.
    pub missed: u64,
    /// Crashes that it went on from.
    pub crashes: u32,
    /// Those of them that took something which was held, to be stored with what came next.
    pub while_held: u32,
    /// Those of them that took something from the disk that was not synced.
    pub losses: u32,
    /// It ran on real files.
    pub real: bool,
}

/// A seed that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Which.
    pub seed: u64,
    /// Behind so many steps.
    pub step: u32,
    /// What was wrong.
    pub wrong: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { seed, step, wrong } = self;
        write!(f, "seed {seed} failed at step {step}: {wrong}\n  replay it with: ")?;
        write!(f, "cargo run -p parlor-sim --release -- --seed {seed}")?;
        if *step >= STEPS { write!(f, " --steps {}", step + 1) } else { Ok(()) }
    }
}

impl std::error::Error for Failure {}

/// Runs one seed. A panic of anything in it is a failure of the seed.
pub fn run(seed: u64, options: Options) -> Result<Tally, Failure> {
    let step = Cell::new(0);
    let ran = catch_unwind(AssertUnwindSafe(|| {
        let mut world = World::new(seed, options.verbose)?;
        while step.get() < options.steps {
            world.step(step.get())?;
            step.set(step.get() + 1);
        }
        world.finish()
    }));
    let wrong = match ran {
        Ok(Ok(tally)) => return Ok(tally),
        Ok(Err(wrong)) => wrong.0,
        Err(panic) => panicked(&*panic),
    };
    Err(Failure { seed, step: step.get(), wrong })
}

fn panicked(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    format!("a panic: {}", text.unwrap_or("of no words"))
}

/// What was found wrong, in words: the one who reads them looks for its cause in the code.
#[derive(Debug)]
pub(crate) struct Wrong(pub String);

impl Wrong {
    /// Compares two things that must be equal, and shows where they begin to differ.
    fn unless_equal<T: PartialEq + fmt::Debug>(
        one_is: &str,
        one: &T,
        other_is: &str,
        other: &T,
    ) -> Result<(), Self> {
        if one == other {
            return Ok(());
        }
        let (one, other) = (format!("{one:?}"), format!("{other:?}"));
        let same = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
        let from = |text: &str| {
            let bytes = &text.as_bytes()[same.saturating_sub(160)..text.len().min(same + 240)];
            String::from_utf8_lossy(bytes).into_owned()
        };
        let (one, other) = (from(&one), from(&other));
        Err(Self(format!("{one_is} is not {other_is}:\n  …{one}…\n  …{other}…")))
    }
}
