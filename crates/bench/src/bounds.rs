//! Every bound of the load generator, with its reason.

use std::time::Duration;

/// Bytes that are read from one connection at a time: what a coalescing server writes at once.
pub const SCRATCH_BYTES: usize = 64 * 1024;

/// Events taken from the kernel at a time: every member of the largest channel.
pub const EVENTS_MAX: usize = 4096;

/// Bytes of a line that a server may send: tags and all.
pub const LINE_BYTES_MAX: usize = 8191 + 512;

/// Sign-ons under way at a time: enough to keep a server busy, few enough for any backlog.
pub const SIGN_ONS_MAX: usize = 256;

/// The same where everyone comes back at once: as many as may wait to be accepted.
pub const RETURNS_MAX: usize = 2048;

/// People in each channel where all connections there can be are lost at once.
pub const CROWDED: usize = 100;

/// Connections made without a pause, when nothing tells that they were accepted.
pub const CONNECTS_MAX: usize = 128;

/// The pause after so many: a server must accept as quickly as that.
pub const CONNECT_PAUSE: Duration = Duration::from_millis(3);

/// Loopback addresses that connections come from, so that no address runs out of ports.
pub const SOURCES: u8 = 8;

/// Messages under way, a power of two: a minute of the paced scenario, behind a server that stalls.
pub const FLIGHTS_MAX: usize = 1 << 16;

/// Silence after which a server is taken to have lost something.
pub const STALL: Duration = Duration::from_secs(10);

/// Silence after which everything that joining caused has been read.
pub const SETTLED: Duration = Duration::from_millis(150);

/// How long a server may take to start and listen.
pub const START: Duration = Duration::from_secs(10);

/// The pause between two tries to reach a server that starts.
pub const START_PAUSE: Duration = Duration::from_millis(20);

/// Descriptors that are not connections.
pub const DESCRIPTORS_RESERVED: usize = 64;

/// Connections that wait for the floor to accept them.
pub const BACKLOG: i32 = 4096;

/// Bytes that wait for one of the floor's members before it gives up: the load always reads.
pub const FLOOR_QUEUE_BYTES_MAX: usize = 16 * 1024 * 1024;

/// What the floor that stores writes before it begins again: as much as Parlor's tail holds.
pub const FLOOR_LOG_BYTES: usize = 8 * 1024 * 1024;

/// How long somebody waits for an answer: a search of everything on a slow disk.
pub const ANSWER: Duration = Duration::from_secs(60);

/// How long a server may take until somebody is signed on, where its data is of an earlier version: it writes a long
/// history anew first.
pub const FIRST_ANSWER: Duration = Duration::from_secs(30 * 60);

/// How long the search index may take for what was written.
pub const INDEXED: Duration = Duration::from_secs(3600);

/// The pause between two looks whether it is done.
pub const INDEXED_PAUSE: Duration = Duration::from_millis(100);

/// How long a server may take to end: what is on its way is stored first.
pub const END: Duration = Duration::from_secs(30);

/// What is measured more than once takes less than this for one subject: some need a minute to let a thousand people
/// join one channel, and are measured once.
pub const REPEATED_WITHIN: Duration = Duration::from_secs(25);

/// How long one point of a sweep may be expected to take: ten thousand members take Parlor so long to come.
pub const POINT_WITHIN: Duration = Duration::from_secs(90);

/// The same for a rival, whose curves are there to be compared with.
pub const RIVAL_POINT_WITHIN: Duration = Duration::from_secs(20);

/// How long a rival may take for one scenario, its people's coming included.
pub const SCENARIO_WITHIN: Duration = Duration::from_secs(150);

/// Runs of everything: medians of more add little, and take minutes.
pub const RUNS_MAX: i64 = 99;
