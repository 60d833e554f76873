//! A caller who has not said yet what they speak.

use parlor_hub::id::Millis;
use parlor_wire::first::{First, sniff, sniff_greeted};

/// The first bytes, kept until they tell.
#[derive(Debug, Default)]
pub(crate) struct Sniffing {
    pub first: Vec<u8>,
    /// The number of the guest as whom a caller was greeted who was silent for long.
    pub greeted: Option<u32>,
    /// They have been here for long, and said something that told nothing.
    pub is_late: bool,
    /// Since when they could have said something.
    pub since: Millis,
    /// They are in a TLS handshake, and cannot say anything before its end.
    pub is_handshaking: bool,
}

impl Sniffing {
    /// A caller who is here since `now`.
    pub fn new(now: Millis) -> Self {
        Self { since: now, ..Self::default() }
    }

    /// What the bytes so far, with these behind them, mean.
    pub fn read(&mut self, bytes: &[u8]) -> First {
        self.first.extend_from_slice(bytes);
        let is_late = self.is_late || self.greeted.is_some();
        if is_late { sniff_greeted(&self.first) } else { sniff(&self.first) }
    }
}
