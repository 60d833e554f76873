//! Slow disks: the paced scenario while each sync takes longer. The server is started with a small library before the
//! C library (`slow_sync.c`), whose `fsync` and `fdatasync` sleep behind the sync; all other calls cost what they cost
//! without it.

use crate::error::Error;
use crate::load::talk::Pace;
use crate::report::Row;
use crate::scenario::Scale;
use crate::subject::Subject;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// How the server stores, and how much longer than here a sync takes.
#[derive(Debug, Clone)]
pub(crate) struct Disk {
    /// As in `[store] sync`.
    sync: &'static str,
    delay_ms: u32,
    /// What makes it slow.
    library: PathBuf,
}

/// The setting with which everyone waits for a sync.
const COMMIT: &str = "commit";

/// By which setting, and with which delays.
const SYNCS: [&str; 2] = [COMMIT, "checkpoint"];
const DELAYS_MS: [u32; 3] = [0, 10, 30];

const SLOW_SYNC: &str = include_str!("slow_sync.c");

impl Disk {
    /// The same server on this disk.
    pub fn put_under(&self, server: &Command) -> Command {
        let mut command = Command::new(server.get_program());
        command.args(server.get_args());
        command.envs(server.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command.env("PARLOR_STORE_SYNC", self.sync);
        command.env("LD_PRELOAD", &self.library).env("SLOW_SYNC_MS", self.delay_ms.to_string());
        command
    }

    /// Nobody sees what is not synced. So the disk was as quick as ever if half of all waited for less than a sync.
    fn was_slow(&self, half_ms: f64) -> bool {
        self.sync != COMMIT || half_ms >= f64::from(self.delay_ms)
    }
}

/// Measures each Parlor on each disk. Nothing where there is no compiler for the library.
pub(crate) fn compare(scale: &Scale, subjects: &[Subject]) -> Result<Option<String>, Error> {
    let directory = tempfile::tempdir().map_err(Error::io("make a directory"))?;
    let Some(library) = compile(directory.path())? else {
        eprintln!("slow disks: left out, for want of a C compiler (`cc`)");
        return Ok(None);
    };
    let scenarios = scale.scenarios();
    let paced = scenarios.iter().find(|one| matches!(one.plan.pace, Pace::PerSecond(_)));
    let Some(paced) = paced else { return Ok(None) };
    let mut out = format!(
        "Slow disks: {}, while each sync takes so much longer.\n\n\
         | server | `[store] sync` | each sync, ms more | CPU µs a delivery | deliveries/s | p50 ms | p99 ms |\n\
         |---|---|--:|--:|--:|--:|--:|\n",
        paced.name
    );
    for subject in subjects {
        let Subject::Parlor(binary, data) = subject else { continue };
        let name = subject.name();
        for (sync, delay_ms) in SYNCS.iter().flat_map(|sync| DELAYS_MS.map(|delay| (*sync, delay)))
        {
            eprintln!("slow disks: {sync}, {delay_ms} ms more: {name}");
            let disk = Disk { sync, delay_ms, library: library.clone() };
            let on_disk = Subject::OnDisk(binary.clone(), data.clone(), disk.clone());
            let row = Row::of(paced.run(&on_disk)?);
            let (half, most) = row.latency_ms.unwrap_or_default();
            if !disk.was_slow(half) {
                return Ok(Some(format!(
                    "Slow disks: left out. With {delay_ms} ms more for each sync, half of all messages to {name} \
                     arrived within {half:.2} ms, so no sync waited (is it linked statically?).\n"
                )));
            }
            let _ = writeln!(
                out,
                "| {name} | {sync} | {delay_ms} | {:.3} | {:.0} | {half:.2} | {most:.2} |",
                row.server_us, row.per_second,
            );
        }
    }
    Ok(Some(out))
}

/// Makes the library, if there is a compiler. It says by itself what it does not like.
fn compile(directory: &Path) -> Result<Option<PathBuf>, Error> {
    let [source, library] = ["slow_sync.c", "slow_sync.so"].map(|name| directory.join(name));
    fs::write(&source, SLOW_SYNC).map_err(Error::io("write the source of a library"))?;
    let mut cc = Command::new("cc");
    cc.args(["-O2", "-shared", "-fPIC", "-o"]).args([&library, &source]).arg("-ldl");
    let is_made = cc.status().is_ok_and(|status| status.success());
    Ok(is_made.then_some(library))
}
