//! A caller who has not said yet what they speak.

use parlor_wire::first::{First, sniff, sniff_greeted};

/// The first bytes, kept until they tell.
#[derive(Debug, Default)]
pub(crate) struct Sniffing {
    pub first: Vec<u8>,
    /// The caller was silent for so long that they were greeted as a person.
    pub greeted: bool,
}

impl Sniffing {
    /// What the bytes so far, with these behind them, mean.
    pub fn read(&mut self, bytes: &[u8]) -> First {
        self.first.extend_from_slice(bytes);
        if self.greeted { sniff_greeted(&self.first) } else { sniff(&self.first) }
    }
}
