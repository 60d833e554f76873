//! What a process costs, as the kernel counts it: processor time of every thread, and memory.

use crate::error::Error;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use rustix::time::{ClockId, clock_gettime};
use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

/// Processor time of a process up to now, in nanoseconds, by the names of its threads.
#[derive(Debug, Clone, Default)]
pub(crate) struct Usage(BTreeMap<String, u64>);

impl Usage {
    /// Reads it. Threads that ended meanwhile are not in it.
    pub fn of(pid: u32) -> Result<Self, Error> {
        let mut by_name = BTreeMap::<String, u64>::new();
        let tasks = fs::read_dir(format!("/proc/{pid}/task"));
        for task in tasks.map_err(Error::io("read the server's threads"))?.flatten() {
            let Ok(name) = fs::read_to_string(task.path().join("comm")) else { continue };
            let Ok(times) = fs::read_to_string(task.path().join("schedstat")) else { continue };
            let on_cpu = times.split(' ').next().and_then(|ns| ns.parse::<u64>().ok());
            *by_name.entry(name.trim().to_owned()).or_default() += on_cpu.unwrap_or_default();
        }
        Ok(Self(by_name))
    }

    /// What was used since an earlier time.
    pub fn since(&self, earlier: &Self) -> Self {
        let before = |name: &str| earlier.0.get(name).copied().unwrap_or_default();
        let used = self.0.iter().map(|(name, ns)| (name.clone(), ns.saturating_sub(before(name))));
        Self(used.collect())
    }

    /// Of all threads.
    pub fn total_ns(&self) -> u64 {
        self.0.values().sum()
    }

    /// Of the threads of this name.
    pub fn of_thread_ns(&self, name: &str) -> u64 {
        self.0.get(name).copied().unwrap_or_default()
    }

    /// Threads that took at least a hundredth, and which share: `parlor-shard-0 71 %`.
    pub fn shares(&self) -> String {
        let total = self.total_ns().max(1);
        let mut shares: Vec<(u64, &str)> =
            self.0.iter().map(|(name, ns)| (ns * 100 / total, name.as_str())).collect();
        shares.sort_unstable_by(|a, b| b.cmp(a));
        let told = shares.iter().filter(|(share, _)| *share > 0);
        told.map(|(share, name)| format!("{name} {share} %")).collect::<Vec<_>>().join(", ")
    }
}

/// Pieces of data that this machine's TCP has sent, of all processes: over loopback, one for each write.
pub(crate) fn writes_sent() -> Result<u64, Error> {
    const NAME: &str = "TCPOrigDataSent";
    let all = fs::read_to_string("/proc/net/netstat");
    let all = all.map_err(Error::io("read what TCP has sent"))?;
    let mut lines = all.lines().filter(|line| line.starts_with("TcpExt:"));
    let (names, values) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    let place = names.split(' ').position(|name| name == NAME);
    let value = place.and_then(|place| values.split(' ').nth(place)?.parse().ok());
    Ok(value.unwrap_or_default())
}

/// Processor time of this process, in nanoseconds.
pub(crate) fn own_ns() -> u64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::try_from(time).map_or(0, |time| time.as_nanos() as u64)
}

/// Resident bytes of a process.
pub(crate) fn resident_bytes(pid: u32) -> Result<u64, Error> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"));
    let status = status.map_err(Error::io("read the server's memory"))?;
    Ok(kilobytes(&status, "VmRSS:") * 1024)
}

/// Bytes of what the kernel itself has allocated in small pieces, for all processes.
pub(crate) fn slab_bytes() -> Result<u64, Error> {
    let all = fs::read_to_string("/proc/meminfo").map_err(Error::io("read the kernel's memory"))?;
    Ok(kilobytes(&all, "Slab:") * 1024)
}

/// A line of the kernel's that is a name and a number of kilobytes; 0 where there is none.
fn kilobytes(text: &str, name: &str) -> u64 {
    let line = text.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse().unwrap_or_default()
}

/// Raises the soft descriptor limit to the hard one, and says what it is now.
pub(crate) fn raise_descriptors() -> usize {
    let limit = getrlimit(Resource::Nofile);
    // A limit that cannot be raised is still a limit: the caller compares.
    let _ = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum });
    let now = getrlimit(Resource::Nofile).current;
    now.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX))
}
