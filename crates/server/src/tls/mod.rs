//! TLS: who the server is, and the sessions of its callers.
//!
//! - `identity`: certificates and what a handshake is answered with. `session`: one caller's TLS,
//!   without a socket.

mod identity;
mod session;

pub(crate) use identity::{Identity, fingerprint, load};
pub use identity::{TlsError, check_certificate};
pub(crate) use session::{Heard, Session};

/// The first byte of a TLS connection: a handshake record (RFC 8446, section 5.1).
pub(crate) const FIRST_BYTE: u8 = 0x16;
