//! The answer comes once, and stays.

use parlor_wire::bounds::FIRST_LINE_MAX;
use parlor_wire::first::{First, sniff, sniff_greeted};

pub fn first(data: &[u8]) {
    for sniff in [sniff, sniff_greeted] {
        let mut answer = sniff(&[]);
        assert_eq!(answer, First::More);
        for end in 1..=data.len().min(FIRST_LINE_MAX + 2) {
            let now = sniff(&data[..end]);
            assert!(answer == First::More || answer == now, "{answer:?} became {now:?} at {end}");
            assert!(end < FIRST_LINE_MAX || now != First::More, "no answer after {end} bytes");
            answer = now;
        }
        if data.len() <= FIRST_LINE_MAX + 2 || answer != First::More {
            assert_eq!(sniff(data), answer);
        }
    }
}
