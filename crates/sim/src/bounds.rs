//! Every bound of the simulator, with its reason.

/// Steps of a seed when none are asked for: some thousand lines, a crash or two.
pub const STEPS: u32 = 1500;

/// Clients of one world: enough to fill a few channels, few enough to collide all the time.
pub const CLIENTS_MAX: usize = 9;

/// Bytes that a client may have ready to send: more would only be sent later.
pub const OUTGOING_BYTES_MAX: usize = 3_000;

/// Bytes that a socket holds for a client that does not read.
pub const SOCKET_BYTES: usize = 8 * 1024;

/// Repeats of an entry that wait for their moment.
pub const REPEATS_MAX: usize = 8;

/// Rounds in which everything must come to rest: each round empties every queue, so that only an
/// endless echo needs more.
pub const REST_ROUNDS_MAX: usize = 400;

/// Entries between two comparisons of the saved bytes of the hub and its twin.
pub const SAVE_EVERY: u64 = 8;

/// How long something is held at most, in milliseconds: longer than the server's moment, so that much else happens
/// meanwhile.
pub const HELD_MS_MAX: usize = 400;

/// For how long the tail alone has something, in milliseconds, as in the server.
pub const KEPT_FOR_MS: u64 = 500;

/// Bytes of a disk that are written together or not at all.
pub const SECTOR_BYTES: usize = 512;

/// What the disk does at most before the power goes: with the first of these between a write of the tail and its sync,
/// with the last anywhere in a first start.
pub const OPERATIONS_MAX: [usize; 5] = [2, 4, 30, 300, 1000];
