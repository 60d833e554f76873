//! Every bound of the doors, with its reason.

/// Commands of one session that may be on their way through journal and store: enough to keep a
/// pasting or benchmarking client busy during a sync, few enough that thousands of such clients fit.
pub const IN_FLIGHT_MAX: u16 = 64;

/// What a session may be told behind its commands that are still on their way, before its next line is read: what
/// a door answers alone (a PING, a word that it does not know) costs no command, and a sync may hang.
pub const DEFERRED_MAX: usize = IN_FLIGHT_MAX as usize;

/// Bytes that may wait for one reader. A reader that has not taken this much is not reading.
pub const QUEUE_BYTES_MAX: u32 = 2 * 1024 * 1024;

/// Pieces that may wait for one reader: small ones cost more than their bytes.
pub const QUEUE_ITEMS_MAX: usize = 32 * 1024;

/// Bytes after which what a channel is told begins another block: far more than a tick has, and all
/// that a reader who is slow keeps of what the others have read.
pub const BLOCK_BYTES_MAX: usize = 64 * 1024;

/// Requests for which a tick has room from the start, if the tick before it had as many: 24 KiB.
pub const REQUESTS_EXPECTED_MAX: usize = 256;

/// Blocks and queues whose memory is kept for the next tick, and how large each may be: enough for a
/// thousand readers and a hundred channels that all have something, some hundred KiB in all.
pub const SPARE_BLOCKS_MAX: usize = 128;
/// See [`SPARE_BLOCKS_MAX`].
pub const SPARE_BLOCK_BYTES_MAX: usize = 4 * 1024;
/// See [`SPARE_BLOCKS_MAX`].
pub const SPARE_QUEUES_MAX: usize = 1024;
/// See [`SPARE_BLOCKS_MAX`].
pub const SPARE_QUEUE_ITEMS_MAX: usize = 4;

/// Large answers that may wait for one reader before its next line is read. Each may hold a row for
/// everyone who is here; of pages of history one is held, and the next is fetched when that is drawn. What a
/// client asks for as it comes in is within it, or waits a moment.
pub const LARGE_ANSWERS_MAX: u32 = 16;

/// Scans of everything (LIST, WHO by a mask) that are under way at once in one shard: each has a piece with the hub,
/// and everyone else's commands wait for so many pieces.
pub const SCANS_AT_ONCE: usize = 2;

/// How long a queue may hold something without anything leaving it.
pub const STALL_MS_MAX: u64 = 60_000;

/// More people than this who are told the same are a crowd: they are written to after all others, so many in each
/// turn, because some hundred writes take milliseconds.
pub const CROWD: usize = 64;

/// An answer with more rows is certainly long, and is drawn only as its reader reads; one with fewer is drawn first to
/// see whether it is.
pub const ROWS_MANY: usize = 500;

/// How much of a large answer is drawn at a time, while its reader reads.
pub const DRAW_BYTES: usize = 16 * 1024;

/// Slices of one vectored write (Linux takes 1,024; past some dozens a write is large anyway).
pub const WRITE_SLICES_MAX: usize = 64;

/// Silence after which a caller is greeted in plain text: a person waits, a program speaks first.
pub const GREET_AFTER_MS: u64 = 500;

/// How long a TLS handshake may take: two round trips of the slowest network, and a slow machine.
pub const HANDSHAKE_WITHIN_MS: u64 = 10_000;

/// Seats that are looked at in one go for what is due: a third of a millisecond.
pub const SWEPT_AT_ONCE: usize = 10_000;

/// Silence after which an IRC client is asked whether it is there.
pub const PING_AFTER_MS: u64 = 90_000;

/// Silence after that question, after which it is gone.
pub const PONG_WITHIN_MS: u64 = 90_000;

/// How long an IRC client may be silent that has not signed on.
pub const SIGN_ON_WITHIN_MS: u64 = 60_000;

/// How long it may take in all, whatever it says meanwhile: for somebody who types it, or waits for a code to come by mail.
pub const SIGN_ON_IN_ALL_MS: u64 = 180_000;

/// How long a connection that was told goodbye may take to read it. `nc` holds its own side open
/// until the next line that is typed, and that line should end it.
pub const FAREWELL_WITHIN_MS: u64 = 1_000;

/// Bytes of one line that a person at a terminal may send: a paragraph.
pub const LINE_BYTES_MAX: usize = 4096;

/// Labels that a session may have open: as many as commands.
pub const LABELS_MAX: usize = IN_FLIGHT_MAX as usize;

/// Bytes of the tags of clients that a configuration denies: they are told in one token, which has to fit a
/// line with the server's name and a nick.
pub const DENIED_TAGS_BYTES_MAX: usize = 300;

/// Bytes of a label (`IRCv3` labeled-response).
pub const LABEL_BYTES_MAX: usize = 64;

/// Bytes of a message of several lines (draft/multiline): two pages of prose or code. Each session may
/// be sending one, and holds it meanwhile.
pub const MULTILINE_BYTES_MAX: usize = 8192;

/// Lines of such a message: each costs every reader its source and its tags as well.
pub const MULTILINE_LINES_MAX: usize = 100;

/// How long nothing may come of a batch that a client has begun: a client sends it at once, and at the
/// lowest rate a line takes a second.
pub const BATCH_IDLE_MS_MAX: u64 = 30_000;

/// Bytes of a password: argon2 takes more, but nobody types it.
pub const PASSWORD_BYTES_MAX: usize = 300;

/// Wrong passwords that one connection may give: more than somebody mistypes. Each takes a hasher's
/// time from those who know theirs.
pub const WRONG_PASSWORDS_MAX: u8 = 8;

/// Channels that a line client is told about by name in one answer of `/list`.
pub const LINE_LIST_MAX: usize = 200;

/// Bytes of a stranger's word that an IRC error repeats: any name fits, and the words that follow it.
pub const ECHO_BYTES_MAX: usize = 200;

/// Bytes of a SASL exchange: two names and a password in base64, twice over.
pub const SASL_BYTES_MAX: usize = 1600;

/// Bytes of one AUTHENTICATE parameter; one that is full is continued (sasl-3.1).
pub const SASL_CHUNK_BYTES: usize = 400;

/// Bytes of a host, as `HOSTLEN` tells clients: a label of the domain name system, or an address.
pub const HOST_BYTES_MAX: usize = 63;

/// Bytes of one message of a line client; longer lines are said in several. With the longest name and
/// channel in front, so much still fits an IRC line.
pub const LINE_MESSAGE_BYTES_MAX: usize = 350;

/// Names that a line client reads in one line: what a person takes in.
pub const LINE_NAMES_MAX: usize = 40;

/// Bytes of the head of an HTTP request: what browsers send, with the cookies of a whole domain.
pub const HTTP_HEAD_BYTES_MAX: usize = 8 * 1024;

/// Headers of an HTTP request: browsers and proxies send some thirty.
pub const HTTP_HEADERS_MAX: usize = 64;

/// How long the head of an HTTP request may take from its first bytes.
pub const HTTP_HEAD_WITHIN_MS: u64 = 10_000;

/// How long a browser may keep a connection where nothing but HTTP is spoken, and ask for nothing: they open
/// some to spare.
pub const HTTP_IDLE_MS_MAX: u64 = 60_000;

/// Bytes of one message of a WebSocket: the longest IRC line with all its tags, with room for one too long to be
/// answered as such.
pub const WEBSOCKET_MESSAGE_BYTES_MAX: usize = 8 * 1024;

/// Requests of one connection: their number is what a repeated one is known by, and a line may make several.
/// Whoever says a thousand things a second is here for seven weeks first.
pub const LINES_MAX: u32 = u32::MAX - 1000;

/// Channel names that a hall caches once they were parsed: those that are being talked in, in few pages of memory. A
/// name has one slot, by its hash, and another name of that slot takes its place.
pub const NAMES_LATELY: usize = 256;
