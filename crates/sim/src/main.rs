//! `sim`: runs seeds of the simulator, and prints those that fail with the command that replays them.

use clap::Parser;
use parlor_sim::{Options, STEPS, Tally, run};
use std::ops::Range;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// A seeded simulation of the whole server, with invariants after every step.
#[derive(Debug, Parser)]
#[command(name = "sim")]
struct Arguments {
    /// Run this one seed.
    #[arg(long, conflicts_with = "seeds")]
    seed: Option<u64>,
    /// Run these seeds, the last excluded.
    #[arg(long, value_name = "FROM..TO", value_parser = range)]
    seeds: Option<Range<u64>>,
    /// Things that happen in each.
    #[arg(long, default_value_t = STEPS)]
    steps: u32,
    /// Stop beginning seeds after so many seconds.
    #[arg(long)]
    seconds: Option<u64>,
    /// Stop beginning seeds after so many minutes.
    #[arg(long, conflicts_with = "seconds")]
    minutes: Option<u64>,
    /// Print all that happens.
    #[arg(long)]
    verbose: bool,
    /// Go on behind a seed that failed, up to so many.
    #[arg(long, default_value_t = 1, value_name = "FAILURES")]
    keep_going: usize,
}

fn range(word: &str) -> Result<Range<u64>, String> {
    let numbers = word.split_once("..").map(|(from, to)| (from.parse(), to.parse()));
    match numbers {
        Some((Ok(from), Ok(to))) => Ok(from..to),
        _ => Err("expected two numbers, such as 0..1000".to_owned()),
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let seconds = arguments.seconds.or(arguments.minutes.map(|minutes| minutes * 60));
    let until = seconds.map(|seconds| Instant::now() + Duration::from_secs(seconds));
    let seeds = match (arguments.seed, arguments.seeds) {
        (Some(seed), _) => seed..seed + 1,
        (None, Some(seeds)) => seeds,
        // With a time, as many as there are in it.
        (None, None) if until.is_some() => 0..u64::MAX,
        (None, None) => 0..1000,
    };
    let options = Options { steps: arguments.steps, verbose: arguments.verbose };
    if !arguments.verbose {
        // What a panic says is in the report of its seed.
        std::panic::set_hook(Box::new(|_| {}));
    }
    run_all(seeds, options, until, arguments.keep_going)
}

fn run_all(
    seeds: Range<u64>,
    options: Options,
    until: Option<Instant>,
    failures_max: usize,
) -> ExitCode {
    let begun = Instant::now();
    let (mut ran, mut real, mut failures) = (0u32, 0u32, 0);
    let mut total = Tally::default();
    for seed in seeds {
        if until.is_some_and(|until| Instant::now() >= until) || failures >= failures_max.max(1) {
            break;
        }
        ran += 1;
        match run(seed, options) {
            Ok(tally) => {
                real += u32::from(tally.real);
                total.entries += tally.entries;
                total.shown += tally.shown;
                total.shown_events += tally.shown_events;
                total.missed += tally.missed;
                total.crashes += tally.crashes;
                total.while_held += tally.while_held;
                total.losses += tally.losses;
            }
            Err(failure) => {
                failures += 1;
                println!("{failure}");
            }
        }
    }
    let took = begun.elapsed().as_secs_f64();
    println!(
        "{ran} seeds in {took:.1} s ({:.0} a second; {real} on real files): {} entries, {} messages and {} events \
         shown, {} conversations with what was missed, {} crashes, {} of them while something was held and {} with a loss on the disk, {failures} failed",
        f64::from(ran) / took.max(0.001),
        total.entries,
        total.shown,
        total.shown_events,
        total.missed,
        total.crashes,
        total.while_held,
        total.losses,
    );
    if failures == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
