//! What clients say: lines of every verb that the doors know, plausible and not. The pools of names
//! are small, so that people meet and collide.

mod accounts;
pub(crate) mod irc;
pub(crate) mod line;
mod words;

pub(crate) use words::{CODE, OPERATOR, SERVER_PASSWORD, phc};

use crate::chance::Chance;

/// The first bytes of callers for whom there is no door.
pub(crate) fn stranger(chance: &mut Chance) -> Vec<u8> {
    let first: [&[u8]; 5] = [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / HTTP/1.1\r\nHost: chat\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"POST /hook HTTP/1.0\r\n\r\n~1.1~",
        b"\x00\x01\x02\x03\xff\xfe\xfd\r\n",
    ];
    first[chance.below(first.len())].to_vec()
}
