//! Every bound of the server, with its reason.

use std::num::NonZeroU32;
use std::time::Duration;

/// Pending connections that the kernel keeps: a whole class reconnects at once.
pub const BACKLOG: i32 = 4096;

/// Sockets that one turn of a shard's loop reads: as many as a busy server has ready at a time, so that what they
/// say is handed on together.
pub const EVENTS_PER_TURN_MAX: usize = 1024;

/// Connections that a shard accepts in one turn, so that those who are here wait for no crowd.
pub const ACCEPTS_PER_TURN_MAX: usize = 128;

/// Steps of TLS handshakes that a shard takes in one turn: one costs some 0.2 ms, and five times that with an RSA
/// certificate, for which everyone who is here waits.
pub const HANDSHAKES_PER_TURN_MAX: usize = 8;

/// Connections at their end that a shard looks at in one turn: those that break all at once are no reason to
/// wait for anybody else.
pub const ENDS_PER_TURN_MAX: usize = 256;

/// The shortest time between two looks at what is due because time passes.
pub const TICK_MS_MIN: u64 = 10;

/// Shards that may be configured: more threads than that find no cores.
pub const SHARDS_MAX: usize = 256;

/// Bytes that a shard reads from one connection at a time, into a buffer that it owns: large enough
/// for a paste, small enough that no one has more than a turn.
pub const SCRATCH_BYTES: usize = 16 * 1024;

/// Bytes of several pieces that are put together to be written: copying a page costs less than the
/// kernel's work on a vector.
pub const GATHERED_BYTES_MAX: usize = 4 * 1024;

/// Outcomes that are released before those who are to see them are written to: far more than most ticks have, and far less
/// than a reader may let wait. A shard that was kept from its work finds tens of thousands.
pub const RELEASED_AT_ONCE: usize = 1024;

/// Bytes that are written to one reader of a large answer before others have their turn: two pieces of what is
/// drawn at a time, some hundred lines.
pub const WRITTEN_AT_ONCE: usize = 32 * 1024;

/// Readers of large answers who have a turn in one turn of a shard's loop: drawing so much takes some milliseconds,
/// for which everyone else waits.
pub const READERS_PER_TURN_MAX: usize = 8;

/// Members of a crowd that was told something together who are written to in one turn of a shard's loop, for the same
/// reason. What is told meanwhile is one write with it.
pub const CROWDED_PER_TURN_MAX: usize = 256;

/// The least time from one look through such a crowd to the next in a storm, in milliseconds: each piece of it would
/// otherwise be a write for every member. Those who are in the crowd wait for so long, as they do for its turns.
pub const CROWDED_APART_MS: u64 = 50;

/// How often what is asked for in a turn is handed on together with what the answers ask for: a page of history
/// takes two, a look through everything goes on in the next turn.
pub const HANDED_ON_PER_TURN_MAX: usize = 4;

/// Bytes that a TLS session takes before its socket has taken them: a few records, so that a burst is one write. What a reader
/// has not read waits in its queue, where it is seen.
pub const TLS_WAITING_BYTES_MAX: usize = 64 * 1024;

/// Bytes of TLS that are kept because they are not whole: a handshake's longest message, which is a chain of
/// certificates.
pub const TLS_UNREAD_BYTES_MAX: usize = 64 * 1024;

/// Silence after which the kernel asks whether the other end of a connection is there: nobody asks a person with `nc`
/// otherwise, and who vanished is gone two minutes later.
pub const KEEPALIVE_AFTER: Duration = Duration::from_secs(60);

/// How long it waits for an answer before it asks again.
pub const KEEPALIVE_EVERY: Duration = Duration::from_secs(15);

/// How often it asks in vain.
pub const KEEPALIVE_PROBES: u32 = 4;

/// How long a trusted proxy may take to say for whom it speaks: it does so at once.
pub const PROXY_HEADER_WITHIN: Duration = Duration::from_secs(5);

/// Connections in all, unless configured; the descriptor limit is a second bound.
pub const CONNECTIONS_MAX: usize = 1_000_000;

/// Connections from one address (of IPv6, from one network of 64 bits), unless configured or exempt: a
/// household or a small office.
pub const CONNECTIONS_PER_ADDRESS: u32 = 32;

/// Descriptors that are not connections: files, listeners, epoll, and some to spare.
pub const DESCRIPTORS_RESERVED: u64 = 64;

/// Threads that hash passwords. Each hash takes 19 MiB and some 20 ms, on a core that others need.
pub const HASHERS: usize = 1;

/// Iterations that make the keys of a SCRAM exchange (RFC 7677 asks for 4096 at least). A client makes as
/// many at each login, a phone too.
pub const SCRAM_ITERATIONS: NonZeroU32 = NonZeroU32::new(16_384).expect("more than none");

/// Passwords that may wait for a hasher: past some seconds of work it is kinder to say "try again".
pub const HASHES_WAITING_MAX: usize = 256;

/// Passwords from one address that may wait for a hasher, so that nobody has all places.
pub const HASHES_PER_ADDRESS_MAX: usize = 16;

/// Wrong passwords that an address may give in a row: a household whose clients all have an old one.
pub const GUESSES_AT_ONCE: u32 = 10;

/// After so long one of them is forgiven: an address that goes on has some 3,000 guesses a day, where the
/// hashing thread alone would let it have millions.
pub const GUESS_FORGIVEN_AFTER: Duration = Duration::from_secs(30);

/// Addresses whose wrong passwords are counted; beyond it the one is forgotten that would be soonest. Less than a MiB.
pub const GUESSERS_MAX: usize = 16_384;

/// Codes for new accounts that may wait to be sent.
pub const CODES_WAITING_MAX: usize = 64;

/// How long the command that sends a code may take.
pub const CODE_SENT_WITHIN: Duration = Duration::from_secs(30);

/// How long it may go on when the server is told to end: what is nearly done is done.
pub const CODE_STOPPED_WITHIN: Duration = Duration::from_secs(2);

/// How often it is looked whether that command has ended.
pub const CODE_LOOKED_AFTER: Duration = Duration::from_millis(50);

/// Passwords verified lately that a reconnect storm does not verify again.
pub const VERIFIED_MAX: usize = 4096;

/// Threads that read pages of history: one takes well under a millisecond.
pub const READERS: usize = 2;

/// Pages and the like that may wait for one household: what two hundred and more connections ask for at once when they come
/// back. They have turns with everyone else's, so that no more stands in anybody's way than their number.
pub const READS_PER_ADDRESS_MAX: usize = 4096;

/// Searches that may wait for one household: as many as four clients ask for before they have an answer. One that finds
/// nothing in much takes a fifth of a second.
pub const SEARCHES_PER_ADDRESS_MAX: usize = 64;

/// Threads that search: a wide search takes long, and leaves the other cores to those who talk.
pub const SEARCHERS: usize = 1;

/// Messages from other threads that core and shards take at a time, before they hand on what came of
/// them: enough to gather whatever came meanwhile, few enough that nobody waits for all that comes.
pub const MESSAGES_PER_TURN_MAX: usize = 256;

/// How many people may be concerned by comings, goings and questions for who is there that were taken in and are not
/// told by all shards yet; beyond it the next ones wait, so that a storm of them is done in pieces of some milliseconds
/// and those who talk are heard in between.
pub const CONCERNED_MAX: usize = 50_000;

/// What is told together and concerns so many is a piece of a storm: mostly such a piece is as large as there is room.
pub const STORM: usize = CONCERNED_MAX / 2;

/// What one of those counts at least, however few it concerns: applying it and storing it takes time too.
pub const CONCERNED_MIN: usize = 50;

/// What concerns so few never waits.
pub const FEW: usize = 64;

/// Changes in one transaction: a longer one would delay everyone in it.
pub const CHANGES_PER_COMMIT_MAX: usize = 20_000;

/// Changes that the only shard, which has the core on its thread, stores in the tail at a time: as many as one tick
/// of a busy server has. More would keep everyone from being read for many milliseconds.
pub const CHANGES_AT_ONCE_MAX: usize = 4096;

/// A disk is quick if the last write took no longer than this, for which everyone who is read or
/// answered next has to wait.
pub const STORED_AT_ONCE_WITHIN: Duration = Duration::from_millis(8);

/// A write of the tail that took so long is a stall of its disk: everybody waited for it.
pub const STALL: Duration = Duration::from_millis(50);

/// For how long the tail is left alone then: a disk that stalls again and again holds the shard up at most so often.
pub const REST_AFTER_STALL: Duration = Duration::from_secs(10);

/// Changes in a commit whose time says how quick the disk is: with more it is the work that takes long.
pub const CHANGES_THAT_TELL_MAX: usize = 64;

/// The least time from one write of the tail to the next: a burst from many is stored together. With 1.5 ms a thousand
/// messages a second cost 3 to 5 % less, and everyone in such a flow waited a millisecond longer. The loop waits in whole
/// milliseconds, so that whoever speaks a moment after somebody else, and before nobody, waits one.
pub const SYNCS_APART: Duration = Duration::from_micros(700);

/// For how long the tail alone has something: many messages then reach the database together. Who
/// asks for history does not wait for that.
pub const KEPT_FOR: Duration = Duration::from_millis(500);

/// At most so many changes are in the tail and not yet in the database: what half the file holds, and one transaction.
pub const KEPT_MAX: usize = 20_000;

/// The first wait after a commit that failed; it doubles up to [`COMMIT_RETRY_MAX`].
pub const COMMIT_RETRY_MIN: Duration = Duration::from_millis(50);

/// The longest wait between two tries of a commit.
pub const COMMIT_RETRY_MAX: Duration = Duration::from_secs(2);

/// How often messages that are not to be kept any longer are looked for.
pub const EXPIRE_EVERY: Duration = Duration::from_secs(60);

/// How far ahead the clock may be of the last time that was believed, in milliseconds, for anything to be removed for
/// its age: a server that is off for a night is none to doubt its clock.
pub const CLOCK_AHEAD_MS_MAX: u64 = 24 * 3600 * 1000;

/// For how long a clock that is further ahead is doubted: clocks are put right by the network within minutes, and
/// by who reads the log within a working day.
pub const CLOCK_DOUBTED_FOR: Duration = Duration::from_secs(6 * 3600);

/// How far behind the last time that was stored the clock may be at a start without a word about it, in milliseconds.
pub const CLOCK_BEHIND_MS_MAX: u64 = 60 * 1000;

/// The pause between two pieces of them: commits go before.
pub const EXPIRE_PAUSE: Duration = Duration::from_millis(50);

/// Messages that the search index takes at a time.
pub const INDEX_ROWS_MAX: usize = 2_000;

/// How long the search index lets messages gather, so that a busy server indexes in bulk.
pub const INDEX_EVERY: Duration = Duration::from_millis(200);

/// How long a server that stops lets its clients read the farewell.
pub const FAREWELL: Duration = Duration::from_millis(1500);

/// The least time between two lines in the log about callers who came without a trusted proxy.
pub const STRANGERS_SAID_EVERY: Duration = Duration::from_secs(60);

/// How long accepting pauses when there are no descriptors left.
pub const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// A commit that takes longer than this is worth a line in the log.
pub const SLOW_COMMIT: Duration = Duration::from_millis(500);

/// How often the log says how far the data is on its way to a new schema.
pub const UPGRADE_SAID_EVERY: Duration = Duration::from_secs(3);
