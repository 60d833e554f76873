//! Grammars over bytes: what strangers send, made into views that cannot lie.
//!
//! Nothing here does I/O, knows a clock or keeps a connection. Bytes come in, borrowed views or answers go out, and no
//! bytes whatever make it panic. The tour, in the order in which a connection meets it:
//!
//! - [`proxy`]: for whom a proxy speaks, where one has to say so.
//! - [`first`]: who is calling, from the first bytes.
//! - [`telnet`]: negotiation is taken out of the stream and refused.
//! - [`lines`]: the stream becomes lines, borrowed where they arrive whole.
//! - [`text`]: a stranger's words become safe for somebody's terminal.
//! - [`irc`]: a line becomes a message, and a message a line; mode strings and numerics.
//! - [`scram`]: what a client says to prove that it knows a password.
//! - [`bounds`]: every limit, with its reason.
//!
//! A new grammar is a new file here, named by its noun, with a body in `tests/bodies` that both the fuzzer and the ordinary
//! tests run. Absent on purpose: capabilities and verbs (they are `doors`'), masks and case folding (the hub decides by them).

pub mod bounds;
pub mod first;
pub mod irc;
pub mod lines;
pub mod proxy;
pub mod scram;
pub mod telnet;
pub mod text;
