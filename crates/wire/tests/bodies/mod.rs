//! What must hold for any bytes at all: one body a grammar, run by the fuzzer (`fuzz/`) and by `tests/strangers.rs`.

pub mod first;
pub mod lines;
pub mod message;
pub mod proxy;
pub mod scram;
pub mod telnet;

/// Cuts `data` in pieces whose lengths its first byte chooses, so that a fuzzer steers the cuts. Empty pieces included.
pub fn pieces(data: &[u8]) -> Vec<&[u8]> {
    let Some((&seed, mut rest)) = data.split_first() else { return Vec::new() };
    let (mut pieces, mut random) = (Vec::new(), u32::from(seed));
    while !rest.is_empty() {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let length = (random >> 24) as usize % (usize::from(seed % 16) + 2);
        let (piece, after) = rest.split_at(length.min(rest.len()));
        pieces.push(piece);
        rest = after;
    }
    pieces
}
