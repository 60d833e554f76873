//! A header is whole or is not, and what is behind it does not matter.

use parlor_wire::bounds::PROXY_HEADER_MAX;
use parlor_wire::proxy::{Proxy, read};

pub fn proxy(data: &[u8]) {
    let whole = read(data);
    match whole {
        Proxy::More => assert!(data.len() < PROXY_HEADER_MAX),
        Proxy::Wrong => {}
        Proxy::Header { length, .. } => {
            assert!(length <= PROXY_HEADER_MAX);
            assert_eq!(read(&data[..length]), whole);
        }
    }
    // An answer that is given once stays.
    let mut answer = Proxy::More;
    for end in 0..=data.len() {
        let now = read(&data[..end]);
        assert!(answer == Proxy::More || answer == now, "{answer:?} became {now:?} at {end}");
        answer = now;
    }
}
