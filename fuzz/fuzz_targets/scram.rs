//! See `crates/wire/tests/bodies/scram.rs` for what must hold.
#![no_main]

#[path = "../../crates/wire/tests/bodies/mod.rs"]
#[allow(dead_code, reason = "every fuzzer runs one of the bodies")]
mod bodies;

libfuzzer_sys::fuzz_target!(|data: &[u8]| bodies::scram::scram(data));
