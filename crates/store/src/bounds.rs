//! Every bound of the store, with its reason.

use std::time::Duration;

/// The greatest entry number whose messages fit a row id: 47 bits beside the 16 that count within
/// an entry. A million entries a second reach it after four years of never pausing.
pub const SEQ_MAX: u64 = (1 << 47) - 1;

/// The greatest account id that fits one half of a packed pair of accounts.
pub const ACCOUNT_ID_MAX: u32 = (1 << 31) - 1;

/// Pages of the write-ahead log (4 KiB each, 16 MiB in all) after which a commit also moves them to
/// the database. Four times `SQLite`'s own: each move costs two more syncs and writes all over the
/// file, and reading 16 MiB again after a crash still takes a fraction of a second.
pub const WAL_PAGES_BEFORE_CHECKPOINT: u32 = 4000;

/// Memory for pages of the connection that writes, in KiB. The pages that one commit changes have room in it, up to
/// some 20,000 messages: with the 2 MiB that `SQLite` takes by itself they are written before the commit is, some
/// of them several times.
pub const WRITER_CACHE_KIB: i64 = 8192;

/// Bytes that the write-ahead log may come to while readers overlap so that it never starts
/// again from its beginning. Past it a commit waits for the readers of the moment.
pub const WAL_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// Bytes of half the tail: some 20,000 messages, which is what a busy server has in a quarter of a second, and as long
/// as the database takes for them.
pub const TAIL_HALF_BYTES: usize = 4 * 1024 * 1024;

/// How long such a commit waits for readers: far longer than a page takes, too short to be felt.
pub const WAL_RESTART_WAIT: Duration = Duration::from_millis(50);

/// How long a statement waits for another connection's lock. The store is the only writer, so this
/// is met only around recovery and the end of a process.
pub const BUSY_WAIT: Duration = Duration::from_secs(5);

/// Prepared statements that a connection keeps: more than one uses. There are some 130 in this crate, of which
/// the store's connection, a reader's and the index's each use a part.
pub const STATEMENTS_KEPT: usize = 128;

/// Messages that one statement writes, where there are so many. With more, the texts of their parameters are more
/// than `SQLite` has room for at hand, and it costs more again: 16 are 11,540 instructions a message, 64 are 12,650.
pub const MESSAGES_IN_A_STATEMENT: usize = 16;

/// Conversations of which they are. Of more, what `SQLite` copies of their pages costs more than a statement for each
/// message does; once it comes to 64 KiB it goes through a file, for the rest of the transaction.
pub const CONVERSATIONS_IN_A_STATEMENT: usize = 3;

/// Envelopes whose numbers are remembered, some 250 bytes each with the person: whoever speaks on a busy server, and
/// where. Beyond it all are forgotten, and made once more for those who go on.
pub const ENVELOPES_REMEMBERED: usize = 50_000;

/// Messages that are counted in their envelopes in one transaction, some milliseconds: more than come to a busy server
/// between two steps of what removes messages.
pub const COUNTED_TOGETHER_MAX: u32 = 8192;

/// Changes of stored messages that are remembered for the search index: beyond it, an index that has
/// not followed is begun again, which is what it would come to anyway.
pub const AMENDED_MAX: i64 = 100_000;

/// Messages that expire in one transaction, and as many of what else happened, and pages of the index that are merged in one: a commit that
/// waits meanwhile waits for some milliseconds.
pub const EXPIRED_TOGETHER_MAX: usize = 256;
/// Rows that are looked at in one step for those of an account that is to be forgotten: some milliseconds, where
/// they are on the disk and not in memory.
pub const FORGOTTEN_LOOKED_AT_MAX: u32 = 4096;

/// Conversations that are looked at in one step of a sweep, some dozens of looks each.
pub const TARGETS_SWEPT_TOGETHER_MAX: usize = 64;

/// For how long a message stays after so many newer ones came that it is not to be kept: far longer than it
/// takes to look one up and to store what is done with it, in milliseconds.
pub const SETTLED_AFTER_MS: u64 = 60_000;

/// See [`EXPIRED_TOGETHER_MAX`].
pub const INDEX_PAGES_MERGED_MAX: u32 = 256;

/// Bytes of what was said on one page of history: of a thousand lines, each as long as a line of IRC can be, it is
/// half. A page of messages of many lines each has fewer of them. Each reader holds one page.
pub const PAGE_BYTES_MAX: usize = 1024 * 1024;

/// Bytes after which a playback of all conversations tells no more of them: as much as four such pages.
pub const PLAYBACK_BYTES_MAX: usize = 4 * PAGE_BYTES_MAX;

/// Messages that one search looks at, in all conversations together, before it says what it found and how far it
/// looked: one for a nick that said nothing would otherwise look at all there are.
pub const SEARCH_CANDIDATES_MAX: usize = 50_000;

/// Messages with the words of a search that it looks at wherever they were said, before it has the index leave out
/// those of other conversations: a row each, some milliseconds in all.
pub const SEARCH_ANYWHERE_MAX: usize = 1000;

/// Conversations of an account that a search goes through, the latest ones. Where there are more it says so.
pub const SEARCH_CONVERSATIONS_MAX: u32 = 1000;

/// Messages of one conversation that a search without words finds at a time: few, as there may be very many
/// conversations of which it looks at one message each.
pub const SEARCH_ROWS_TOGETHER: u32 = 16;

/// Targets in one full-text query: a person's channels and some conversations. More are looked up
/// in several queries, because the depth of one expression is limited.
pub const SEARCH_TARGETS_PER_QUERY: usize = 200;

/// Words of one search that are looked at, each an iterator over its own list of messages. The
/// rest of a pasted paragraph changes nothing in practice.
pub const SEARCH_WORDS_MAX: usize = 64;

/// Characters in front of a `*` that make it a prefix. Fewer would gather a good part of the whole
/// index in memory, and are looked up as a word.
pub const SEARCH_PREFIX_CHARS_MIN: usize = 3;

/// Messages that a new schema takes over in one piece, before it says how far it is: a second on a slow disk.
pub const MIGRATED_TOGETHER: u32 = 20_000;
