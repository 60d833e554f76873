//! Slow disks: the paced scenario while each sync takes longer, by `strace`, which delays the return of the calls
//! that sync. It looks at those alone, so that all others cost what they cost without it.

use crate::error::Error;
use crate::load::talk::Pace;
use crate::report::Row;
use crate::scenario::Scale;
use crate::subject::Subject;
use std::fmt::Write;
use std::process::{Command, Stdio};

/// How the server stores, and how much longer than here a sync takes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Disk {
    /// As in `[store] sync`.
    sync: &'static str,
    delay_ms: u32,
}

/// By which setting, and with which delays.
const SYNCS: [&str; 2] = ["commit", "checkpoint"];
const DELAYS_MS: [u32; 3] = [0, 10, 30];

const TRACER: &str = "strace";

impl Disk {
    /// The same server on this disk. It keeps its process: the tracer is the one that moves.
    pub fn put_under(self, server: &Command) -> Command {
        let mut command = if self.delay_ms == 0 {
            Command::new(server.get_program())
        } else {
            let mut tracer = Command::new(TRACER);
            let delay = format!("inject=fsync,fdatasync:delay_exit={}ms", self.delay_ms);
            tracer.args(["-D", "-f", "--seccomp-bpf", "-o", "/dev/null"]);
            tracer.args(["-e", "trace=fsync,fdatasync", "-e", &delay]).arg(server.get_program());
            tracer
        };
        command.args(server.get_args()).env("PARLOR_STORE_SYNC", self.sync);
        command.envs(server.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command
    }
}

/// Measures each Parlor on each disk. Nothing where there is no tracer.
pub(crate) fn compare(scale: &Scale, subjects: &[Subject]) -> Result<Option<String>, Error> {
    let has_tracer = Command::new(TRACER).arg("-V").stdout(Stdio::null()).status().is_ok();
    let scenarios = scale.scenarios();
    let paced = scenarios.iter().find(|one| matches!(one.plan.pace, Pace::PerSecond(_)));
    let Some(paced) = paced.filter(|_| has_tracer) else { return Ok(None) };
    let mut out = format!(
        "Slow disks: {}, while each sync takes so much longer.\n\n\
         | server | `[store] sync` | each sync, ms more | CPU µs a delivery | deliveries/s | p50 ms | p99 ms |\n\
         |---|---|--:|--:|--:|--:|--:|\n",
        paced.name
    );
    for subject in subjects {
        let Subject::Parlor(binary, data) = subject else { continue };
        for (sync, delay_ms) in SYNCS.iter().flat_map(|sync| DELAYS_MS.map(|delay| (*sync, delay)))
        {
            eprintln!("slow disks: {sync}, {delay_ms} ms more: {}", subject.name());
            let disk = Disk { sync, delay_ms };
            let on_disk = Subject::OnDisk(binary.clone(), data.clone(), disk);
            let row = Row::of(paced.run(&on_disk)?);
            let (half, most) = row.latency_ms.unwrap_or_default();
            let _ = writeln!(
                out,
                "| {} | {sync} | {delay_ms} | {:.3} | {:.0} | {half:.2} | {most:.2} |",
                subject.name(),
                row.server_us,
                row.per_second,
            );
        }
    }
    Ok(Some(out))
}
