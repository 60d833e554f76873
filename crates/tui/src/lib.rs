//! Parlor's terminal client.
//!
//! - [`plain`]: the classic client, `parlor chat --plain`: one loop over the socket and the keyboard, lines of text, and a
//!   tool in a pipe.
//!
//! A new face of the client is a new module here beside it; what speaks IRC (`plain::session`) knows no terminal and no
//! socket. Absent on purpose: everything of the server. The client speaks IRC and works with any server that does.

pub mod plain;
