//! Where and with what it was measured.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// One paragraph: processor, cores, memory, kernel, versions.
pub(crate) fn describe(servers: &[PathBuf]) -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let processor = field("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown".into());
    let memory = field("/proc/meminfo", "MemTotal").unwrap_or_else(|| "unknown".into());
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let mut versions: Vec<String> = servers.iter().map(|server| version_of(server)).collect();
    versions.push(format!("parlor-bench {}", env!("CARGO_PKG_VERSION")));
    let versions = versions.join("; ");
    let built = if cfg!(debug_assertions) { " (a debug build: no figure counts)" } else { "" };
    format!(
        "Machine: {processor}, {cores} cores, {memory} of memory, Linux {}.\n\
         Versions: {versions}{built}.",
        kernel.trim(),
    )
}

fn field(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

fn version_of(server: &Path) -> String {
    let said = Command::new(server).arg("--version").output();
    said.map_or_else(
        |_| "parlor".to_owned(),
        |said| String::from_utf8_lossy(&said.stdout).trim().to_owned(),
    )
}
