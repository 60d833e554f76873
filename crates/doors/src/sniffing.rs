//! A caller who has not said yet what they speak.

use parlor_wire::first::{First, sniff, sniff_greeted};

/// The first bytes, kept until they tell.
#[derive(Debug, Default)]
pub(crate) struct Sniffing {
    pub first: Vec<u8>,
    /// The number of the guest as whom a caller was greeted who was silent for long.
    pub greeted: Option<u32>,
}

impl Sniffing {
    /// What the bytes so far, with these behind them, mean.
    pub fn read(&mut self, bytes: &[u8]) -> First {
        self.first.extend_from_slice(bytes);
        if self.greeted.is_some() { sniff_greeted(&self.first) } else { sniff(&self.first) }
    }
}
