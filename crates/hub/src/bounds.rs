//! Every bound of the hub, with its reason.

/// Bytes of a nick. Long enough for a full name, short enough for `:nick!user@host PRIVMSG` to
/// leave room in 512 bytes.
pub const NICK_BYTES_MAX: usize = 32;

/// Bytes of the name of someone elsewhere (RELAYMSG): a nick, and where they are.
pub const RELAYED_NICK_BYTES_MAX: usize = 2 * NICK_BYTES_MAX;

/// Bytes of a username, as most servers and `USERLEN` have it.
pub const USERNAME_BYTES_MAX: usize = 16;

/// Bytes of a real name: what a WHOIS line has room for besides the rest.
pub const REALNAME_BYTES_MAX: usize = 150;

/// Bytes of a channel's name, `#` included (RFC 2812 says 50; today's servers 64).
pub const CHANNEL_NAME_BYTES_MAX: usize = 64;

/// Bytes of a topic: one line with its sender in front must hold it.
pub const TOPIC_BYTES_MAX: usize = 390;

/// Bytes of a reason for leaving, kicking, killing, and of an away message.
pub const REASON_BYTES_MAX: usize = 300;

/// Bytes of a channel key: RFC 2812 says 23.
pub const KEY_BYTES_MAX: usize = 23;

/// Bytes of one ban mask: three names of the longest kind.
pub const MASK_BYTES_MAX: usize = 200;

/// Connections of one person at the same time: a phone, a desk, a laptop, and some that linger.
pub const SESSIONS_PER_USER_MAX: usize = 16;

/// Channels that one person may be in: a member costs memory in each.
pub const CHANNELS_PER_USER_MAX: usize = 100;

/// Entries in all lists (b, e, I) of one channel: each is matched against every newcomer.
pub const LIST_ENTRIES_MAX: usize = 100;

/// Registered channels of one account: more than one person looks after, and far from all there can be.
pub const CHANNELS_FOUNDED_MAX: u32 = 20;

/// Accounts that always have a rank in one channel: each is stored for ever.
pub const ACCESS_MAX: usize = 100;

/// Seconds for which a channel may keep out who was put out (+J): a day. Beyond it, that is a ban.
pub const REJOIN_S_MAX: u32 = 24 * 60 * 60;

/// Between two names of one channel: clients that do not know of renaming leave and come, all at once.
pub const RENAME_EVERY_MS: u64 = 60_000;

/// How long joins of a channel's old name are redirected to the new one: everyone who was away over a weekend will
/// notice.
pub const RENAMED_KNOWN_MS: u64 = 3 * 24 * 60 * 60 * 1000;

/// Between two knocks at one channel: those inside have time to answer, and are not rung out of it.
pub const KNOCK_EVERY_MS: u64 = 60_000;

/// Bans from the server: each is compared with everyone who comes in.
pub const SERVER_BANS_MAX: usize = 1000;

/// How long a ban that ends may hold: a decade. What is longer is for ever.
pub const BAN_MS_MAX: u64 = 10 * 365 * 24 * 60 * 60 * 1000;

/// Ranks, modes and masks that one MODE command may change, so that what it tells fits a line.
pub const MODES_PER_COMMAND_MAX: usize = 12;

/// Targets of one command (`TARGMAX`): each costs a fan-out of its own.
pub const TARGETS_PER_COMMAND_MAX: usize = 10;

/// Nicks that one session watches for (`MONITOR`): a long list of friends; each costs memory, and a
/// line when they come or go.
pub const MONITOR_TARGETS_MAX: usize = 100;

/// Keys that are noted of a person, or of a channel (draft/metadata-2): more than clients have uses for.
pub const METADATA_KEYS_MAX: usize = 32;

/// Keys that a session hears of: those that its client shows, and some to grow.
pub const METADATA_SUBSCRIPTIONS_MAX: usize = 50;

/// Bytes of a key, its vendor's name included.
pub const METADATA_KEY_BYTES_MAX: usize = 48;

/// Bytes of a value: with the longest of all names before it, it still fits a line.
pub const METADATA_VALUE_BYTES_MAX: usize = 256;

/// Changes of what is noted that a person may make at once: a client sets all that it has, twice over.
pub const METADATA_CHANGES_BURST: u64 = 2 * METADATA_KEYS_MAX as u64;

/// After that burst, one change in so many milliseconds: each is stored, and told to whoever hears of the key.
pub const METADATA_CHANGE_MS: u64 = 1000;

/// Invitations that a person holds: the oldest is forgotten.
pub const INVITES_PER_USER_MAX: usize = 20;

/// People who left that WHOWAS remembers: the last ones of a busy day.
pub const WHOWAS_MAX: usize = 500;

/// Sessions without a person whose last line is remembered, so that a repeated entry of theirs is
/// void: more than sign on or leave while a journal may still give an entry a second time.
pub const STRANGERS_MAX: usize = 4096;

/// Channels on this server: a bound for LIST and for memory.
pub const CHANNELS_MAX: usize = 50_000;

/// How long after a restart ranks are kept for those who had them, before the first member account that returned is
/// given op: time for a person to notice and reconnect.
pub const RETURN_MS_MAX: u64 = 15 * 60 * 1000;

/// Events of one entry that are kept, each counted once for every channel in which it is seen: who kills
/// a thousand people at once makes a transaction that is still short. Those beyond it are told alone.
pub const EVENTS_KEPT_PER_ENTRY_MAX: usize = 10_000;

/// Lines of one history page (`CHATHISTORY` in ISUPPORT).
pub const HISTORY_PAGE_MAX: u16 = 1000;

/// Bytes of a client's tags that are kept with what was said: what it answers, a reaction, the channel it belongs to,
/// and as much again. All of them (4 KiB) would make a page of a thousand lines ten times as long as what was said.
pub const KEPT_TAGS_BYTES_MAX: usize = 512;

/// Lines of each channel that an account may have shown unasked as it comes in: it may be in a hundred
/// channels, and all their pages are held until they are read.
pub const REPLAY_LINES_MAX: u16 = 200;

/// Lines that one playback of all conversations tells (znc.in/playback): as many as a client may ask for at
/// once otherwise, which a reader holds until they are read.
pub const PLAYBACK_LINES_MAX: u32 = 16 * HISTORY_PAGE_MAX as u32;

/// The greatest number that `keep = "last N"` may name: to find the oldest message that is kept, so many are counted,
/// in some milliseconds.
pub const KEPT_LAST_MAX: u32 = 100_000;

/// Read markers of one account: beyond it, the one that marks the oldest time is forgotten.
pub const READ_MARKS_PER_ACCOUNT_MAX: usize = 1000;

/// Conversations of one account in which missed messages are noted: as many as somebody reads when they come back.
pub const MISSED_CONVERSATIONS_MAX: usize = 50;

/// Accounts that are registered from one address within [`REGISTRATION_WINDOW_MS`]: a household.
pub const REGISTRATIONS_PER_ADDRESS_MAX: usize = 6;

/// How long a registration counts for its address.
pub const REGISTRATION_WINDOW_MS: u64 = 60 * 60 * 1000;

/// Registrations that are remembered for it: more than a busy hour has; the oldest is forgotten.
pub const REGISTRATIONS_REMEMBERED_MAX: usize = 4096;

/// Accounts whose request to be forgotten is remembered: more than make one while a message that was looked up is on
/// its way to be edited. Of earlier ones the store knows.
pub const FORGOTTEN_REMEMBERED_MAX: usize = 256;

/// How long a new account waits for its code: until tomorrow's mail was read.
pub const UNVERIFIED_MS_MAX: u64 = 24 * 60 * 60 * 1000;

/// Certificates that stand for one password: one a device.
pub const CERTIFICATES_PER_ACCOUNT_MAX: usize = 8;

/// Nicks that belong to one account besides its name: each is one that nobody else can have.
pub const NICKS_PER_ACCOUNT_MAX: usize = 5;

/// Bytes of an address: RFC 5321 says 254.
pub const EMAIL_BYTES_MAX: usize = 254;

/// Names in one list of accounts: as many as an operator reads.
pub const ACCOUNTS_LISTED_MAX: usize = 100;

/// Bytes of the text that a message is given by an edit: with its sender in front it is a line.
pub const EDIT_BYTES_MAX: usize = 400;

/// Hits of one search: as many as clients ask for.
pub const SEARCH_HITS_MAX: u16 = 100;

/// Hits of a search by a person at a terminal: as many as they read.
pub const SEARCH_HITS: u16 = 50;

/// People or channels that are looked at in one go for LIST or WHO by a mask: everybody's commands wait
/// meanwhile, for less than a millisecond.
pub const SCANNED_AT_ONCE: usize = 1000;

/// Registered channels in one answer to an operator: as many as they read.
pub const REGISTERED_LISTED_MAX: usize = 200;

/// Rows that WHO answers a stranger's wide mask with; members of a channel are always all told.
pub const WHO_ROWS_MAX: usize = 1000;
