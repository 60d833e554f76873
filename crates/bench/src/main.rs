//! `parlor-bench`: what a delivery, a sign-on and an idle connection cost.
//!
//! Every figure stands beside the same of bare loops, measured in the same run under the same
//! load, because machines differ and so does one machine from minute to minute. The tour:
//!
//! - [`scenario`]: who talks to whom, and how much of it; a new scenario is a row there.
//! - [`subject`]: what is measured, how it is started, and that it ends with this program. In it `rivals`: other
//!   servers that are installed, started with equal settings.
//! - [`floor`]: the bare loops, as processes of their own.
//! - [`load`]: many IRC clients in one thread; `talk` sends and checks off, `idle` connects.
//! - [`process`]: what the kernel says a process has used.
//! - [`history`]: what a long history costs.
//! - [`kinds`]: what connections cost by TLS and by WebSocket, and the kernel's share.
//! - [`disks`]: what disks cost whose syncs take long.
//! - [`storms`]: what bystanders feel when thousands come, go and ask at once.
//! - [`sweep`]: how a cost changes with how many there are.
//! - [`report`]: the tables; in it `machine` says where it was measured, `plot` draws a sweep, and
//!   `document` keeps all of it.
//! - [`bounds`]: every limit, with its reason.
//!
//! Absent on purpose: everything of Parlor's but its grammars. The server is a process like any
//! other IRC server, so that others can be measured by the same load.

#![allow(clippy::cast_precision_loss, reason = "a figure has three digits")]

mod bounds;
mod cli;
mod disks;
mod error;
mod floor;
mod history;
mod kinds;
mod load;
mod poll;
mod process;
mod report;
mod scenario;
mod socket;
mod storms;
mod subject;
mod sweep;

use clap::Parser;
use cli::{Cli, Subcommand};
use error::Error;
use floor::Mode;
use history::Extent;
use load::idle::{self, Kind};
use report::{Row, Talks, document, machine, plot};
use scenario::{Scale, Scenario};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;
use subject::rivals::Rival;
use subject::{Home, Subject};
use sweep::Curve;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let result = match &cli.command {
        Some(Subcommand::Floor { mode, listen, log }) => floor::run(*mode, *listen, log.as_deref()),
        Some(Subcommand::History { server, data, keep, messages, asked }) => {
            let home = match keep {
                Some(directory) => Home::kept(server, directory),
                None => Home::new(server, &data.clone().unwrap_or_else(std::env::temp_dir)),
            };
            let extent = Extent { messages: *messages, asked: *asked };
            let found = home.and_then(|home| history::run(server, home, extent));
            found.map(|found| println!("{found}"))
        }
        Some(Subcommand::Guard { pid }) => subject::guard::stand(*pid),
        None => compare(&cli),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("parlor-bench: {error}");
            ExitCode::FAILURE
        }
    }
}

fn compare(cli: &Cli) -> Result<(), Error> {
    let mut scale = if cli.smoke { Scale::SMOKE } else { Scale::FULL };
    fit_descriptors(&mut scale)?;
    let subjects = subjects(cli);
    let scenarios = scale.scenarios();
    let scenarios: Vec<&Scenario> = scenarios.iter().filter(|s| cli.wants(s.name)).collect();
    let mut found = vec![method(cli, &scale)];
    let all = talk_all(cli.runs(), &scenarios, &subjects)?;
    if !all.is_empty() {
        found.push(report::talks(&all));
        found.push("Which threads took the processor's time:\n".to_owned());
        found.push(report::shares(&all));
    }
    if cli.wants("connections") {
        // What is stored makes no difference to who says nothing.
        let is_silent = |subject: &&Subject| !matches!(subject, Subject::Floor(Mode::Sync, _));
        let subjects: Vec<Subject> = subjects.iter().filter(is_silent).cloned().collect();
        found.push(connections(cli.runs(), &scale, &subjects)?);
    }
    if cli.wants("kinds") {
        found.push(kinds::compare(&scale, &subjects)?);
    }
    if cli.wants("storms") {
        found.push(storms::compare(&scale, &subjects)?);
    }
    if cli.wants("slow disks") {
        found.extend(disks::compare(&scale, &subjects)?);
    }
    if let Some(document) = &cli.write {
        found.extend(plots(&scale, &subjects, document)?);
        document::write(document, &found.join("\n"))?;
    }
    println!("{}", found.join("\n"));
    Ok(())
}

/// What is compared: the floors are last.
fn subjects(cli: &Cli) -> Vec<Subject> {
    let data = cli.data.clone().unwrap_or_else(std::env::temp_dir);
    let parlor = |binary: &PathBuf| Subject::Parlor(binary.clone(), data.clone());
    let mut subjects: Vec<Subject> = cli.server.iter().map(parlor).collect();
    if !cli.alone {
        let is_wanted = |rival: &Rival| !cli.without.iter().any(|word| rival.is_called(word));
        subjects.extend(Rival::installed().filter(is_wanted).map(Subject::Rival));
    }
    subjects.extend(cli.rival.iter().cloned().map(Subject::Other));
    subjects.extend(Mode::ALL.map(|mode| Subject::Floor(mode, data.clone())));
    subjects
}

/// Draws how costs change, beside the document. Returns the words that show the pictures.
fn plots(scale: &Scale, subjects: &[Subject], document: &Path) -> Result<Vec<String>, Error> {
    let mut shown = Vec::new();
    for sweep in sweep::all(scale.idle) {
        // Who sends each delivery by itself is five times as dear everywhere, and would flatten the rest.
        let drawn =
            |subject: &&Subject| !matches!(subject, Subject::Floor(Mode::Send | Mode::Sync, _));
        let subjects: Vec<Subject> = subjects.iter().filter(drawn).cloned().collect();
        let curves = sweep.run(&subjects)?;
        let name = format!("{}.svg", sweep.name);
        let picture = document.with_file_name(&name);
        fs::write(picture, plot::svg(sweep.title, sweep.along, &curves))
            .map_err(Error::io("write a plot"))?;
        shown.push(format!("![{}]({name})\n", sweep.title));
        shown.extend(curves.iter().filter_map(Curve::told));
        shown.push(String::new());
    }
    Ok(shown)
}

/// As many idle connections as descriptors allow.
fn fit_descriptors(scale: &mut Scale) -> Result<(), Error> {
    let limit = process::raise_descriptors();
    let room = limit.saturating_sub(bounds::DESCRIPTORS_RESERVED);
    let needed = scale.people.max(scale.sign_ons);
    if room < needed {
        return Err(Error::Descriptors {
            needed,
            limit,
            hint: "raise the hard limit (ulimit -Hn)",
        });
    }
    for count in [&mut scale.idle, &mut scale.kinds, &mut scale.crowd, &mut scale.everyone] {
        *count = room.min(*count);
    }
    Ok(())
}

fn method(cli: &Cli, scale: &Scale) -> String {
    let servers = cli.server.as_slice();
    format!(
        "{}\nMethod: {} runs, interleaved, each with a server newly started on loopback; {:?} of \
         warm-up, {:?} measured; {} people; texts of {} bytes; no rate limits, nothing replayed on \
         joining. Medians of the runs; ratios are made within a run. Processor time is that of all \
         of the server's threads, by the kernel's account. A message is under way until all have \
         received it, and every delivery is checked off once. Latency counts from the time at which \
         a message was due. Each floor is one bare loop that checks nothing; the last writes and syncs \
         what it read before it tells it, and the others store nothing. Parlor stores and syncs every \
         message before anyone sees it; filling its search index, which is done \
         behind, is a column of its own. No other server stores anything.\n",
        machine::describe(servers),
        cli.runs(),
        scale.warm_up,
        scale.measured,
        scale.people,
        load::flights::TEXT_BYTES,
    )
}

fn talk_all<'n>(
    runs: usize,
    scenarios: &[&'n Scenario],
    subjects: &[Subject],
) -> Result<Vec<Talks<'n>>, Error> {
    let empty = |scenario: &&'n Scenario| Talks {
        scenario: scenario.name,
        subjects: subjects.iter().map(|subject| (subject.name(), Vec::new())).collect(),
    };
    let mut all: Vec<Talks<'n>> = scenarios.iter().map(empty).collect();
    let mut once = Vec::new();
    for run in 0..runs {
        for (scenario, talks) in scenarios.iter().zip(&mut all) {
            for turn in in_turn(run, subjects.len()) {
                let subject = &subjects[turn];
                let (name, rows) = &mut talks.subjects[turn];
                // Once it took too long or failed, it is not tried again.
                if rows.len() < run || run > 0 && once.contains(&(scenario.name, turn)) {
                    continue;
                }
                eprintln!("run {} of {runs}: {}: {name}", run + 1, scenario.name);
                let begun = Instant::now();
                let talked = scenario.attempt(subject)?;
                if run == 0 && begun.elapsed() > bounds::REPEATED_WITHIN {
                    once.push((scenario.name, turn));
                }
                rows.extend(talked.map(Row::of));
            }
        }
    }
    Ok(all)
}

/// Every run begins with another subject, so that none is always the one after a pause.
fn in_turn(run: usize, count: usize) -> impl Iterator<Item = usize> {
    (0..count).map(move |turn| (run + turn) % count)
}

fn connections(runs: usize, scale: &Scale, subjects: &[Subject]) -> Result<String, Error> {
    let mut resident = Vec::new();
    for subject in subjects {
        let mut bytes = [None; Kind::ALL.len()];
        for (kind, bytes) in Kind::ALL.iter().zip(&mut bytes) {
            eprintln!("{} connections, {}: {}", scale.idle, kind.name(), subject.name());
            *bytes = subject.borne(idle::resident(subject, *kind, scale.idle))?.flatten();
        }
        resident.push((subject.name(), bytes));
    }
    let mut slow = vec![false; subjects.len()];
    let mut sign_ons: Vec<_> = subjects.iter().map(|s| (s.name(), Vec::new())).collect();
    for run in 0..runs {
        for turn in in_turn(run, subjects.len()) {
            if slow[turn] {
                continue;
            }
            eprintln!("run {} of {runs}: sign-on: {}", run + 1, subjects[turn].name());
            let begun = Instant::now();
            let found = subjects[turn].borne(idle::sign_on(&subjects[turn], scale.sign_ons))?;
            slow[turn] |= found.is_none() || begun.elapsed() > bounds::REPEATED_WITHIN;
            sign_ons[turn].1.extend(found);
        }
    }
    Ok(report::connections(&sign_ons, &resident))
}
