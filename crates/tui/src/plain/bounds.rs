//! Every bound of the plain client, each with its reason.

use std::time::Duration;

/// A server that says nothing for this long is asked whether it is still there.
/// Routers forget idle connections after a few minutes; a minute stays below that.
pub const SILENCE: Duration = Duration::from_secs(60);

/// How long it then has to say anything at all before it counts as gone.
pub const SILENCE_ANSWER: Duration = Duration::from_secs(60);

/// A TCP connection that is not made by now will not be made: the kernel's own
/// patience (two minutes and more) is longer than a person's.
pub const CONNECT: Duration = Duration::from_secs(15);

/// From connected to welcomed. Servers that look up our host name and ident take up to half a minute.
pub const SIGN_ON: Duration = Duration::from_secs(60);

/// An echo that has not come by the fence may still be on its way behind a
/// bouncer, which answers PING itself. After this long the message counts as refused.
pub const ECHO_GRACE: Duration = Duration::from_secs(10);

/// After QUIT we wait this long for the server to close, so that closing our
/// side first does not destroy the QUIT on its way. "At once" to a person.
pub const GOODBYE: Duration = Duration::from_millis(400);

/// In a pipe the same, but nobody is waiting at a prompt.
pub const GOODBYE_PIPE: Duration = Duration::from_secs(2);

/// The whole goodbye of a pipe after its last line: the final PING's answer may
/// stand behind flood control, which answers about one line in two seconds.
pub const FENCE: Duration = Duration::from_secs(120);

/// IRC's line: 512 bytes with CR LF (RFC 1459 section 2.3), tags not counted.
pub const LINE_BYTES_MAX: usize = 512;

/// A user name and a host as long as servers make them (10 and 63), reserved in
/// each message for the prefix that the server puts before it.
pub const USER_HOST_BYTES: usize = 10 + 1 + 63;

/// However long the target's name is, a message carries at least this much text.
pub const TEXT_BYTES_MIN: usize = 32;

/// Lines on their way that the server has not confirmed. Servers that queue
/// instead of answering hold 8 KiB before they speak of a flood; the older ones
/// count lines and allow ten.
pub const WINDOW_LINES: usize = 8;

/// Bytes on their way, for the same reason: a quarter of the usual 8 KiB.
pub const WINDOW_BYTES: usize = 2048;

/// Typed or piped lines that wait for room in the window. A pipe is read only
/// while there is room; a person who pastes more is told so.
pub const QUEUE_LINES_MAX: usize = 1024;

/// One line of the server's, tags included: 8,191 bytes of tags, 512 of message
/// and room for the servers that allow longer ones. A longer one is cut.
pub const SERVER_LINE_BYTES_MAX: usize = 32 * 1024;

/// What one read takes from the socket.
pub const READ_BYTES: usize = 16 * 1024;

/// What may wait to be written. More than this unread by the server means that
/// it has stopped reading; PING's silence then ends the connection.
pub const OUTGOING_BYTES_MAX: usize = 64 * 1024;

/// One line of the pipe's. A longer one is taken in pieces of this size.
pub const INPUT_LINE_BYTES_MAX: usize = 64 * 1024;

/// Input lines between the reading thread and the loop: enough that neither waits
/// for the other, few enough that a huge file is not read into memory.
pub const INPUT_LINES: usize = 64;

/// Nicknames tried one after the other when ours is in use.
pub const NICK_TRIES: u32 = 8;

/// The shortest nickname limit in use is nine; digits are appended to so much of the name.
pub const NICK_STEM_CHARS: usize = 6;

/// Channels that we remember being in, and the channels of one `--join`.
pub const CHANNELS_MAX: usize = 256;

/// Names that wait for the end of a NAMES answer, over all channels.
pub const NAMES_MAX: usize = 20_000;

/// Batches open at the same time; a server that opens more is not believed.
pub const BATCHES_MAX: usize = 64;

/// Capabilities taken from a server's list.
pub const CAPABILITIES_MAX: usize = 256;

/// Lines of the editor's history.
pub const HISTORY_LINES_MAX: usize = 1000;

/// The first pause before connecting again…
pub const BACKOFF_FIRST: Duration = Duration::from_secs(1);

/// …the longest: a server that restarts is found again within a minute…
pub const BACKOFF_LONGEST: Duration = Duration::from_secs(60);

/// …and how many times in a row: about a day, then a person should look.
pub const BACKOFF_TRIES: u32 = 1500;
