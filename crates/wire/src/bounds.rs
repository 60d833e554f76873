//! Every limit of this crate, in bytes unless its name says otherwise.

/// How many bytes the sniffer reads before it decides by what is there. Twice an IRC line: whoever has not
/// ended a line by then is no client we know, and a caller not yet known must stay cheap.
pub const FIRST_LINE_MAX: usize = 1024;

/// A PROXY header: two addresses, and what a proxy may tell besides them (a certificate's name, the name that was asked for).
pub const PROXY_HEADER_MAX: usize = 2048;

/// One IRC message with its CR LF, without tags (RFC 1459 section 2.3; modern-irc, "Message Format").
pub const MESSAGE_MAX: usize = 512;

/// What is left of [`MESSAGE_MAX`] for the content once CR and LF are taken off.
pub const MESSAGE_CONTENT_MAX: usize = MESSAGE_MAX - 2;

/// The tag data that one side may add to a message (message-tags, "Size limit").
pub const TAG_DATA_MAX: usize = 4094;

/// The tags section of a line that a client sends: `@`, its tag data, a space (message-tags, `<client_max>`).
pub const CLIENT_TAGS_MAX: usize = TAG_DATA_MAX + 2;

/// The tags section of a line that a server sends: the client's tag data, `;` and its own, between `@` and a space
/// (message-tags, `<combined_max>`).
pub const SERVER_TAGS_MAX: usize = 2 * TAG_DATA_MAX + 3;

/// Parameters of one message, the last of which may hold spaces (RFC 1459 section 2.3). A line with more has
/// them all in its last one.
pub const PARAMS_MAX: usize = 15;
