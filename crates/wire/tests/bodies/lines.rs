//! Split anywhere, a stream is the same lines, and they are those that a slow and simple reader finds.

use super::pieces;
use parlor_wire::lines::{Fed, IrcLimits, LineBuffer};

pub fn lines(data: &[u8]) {
    let limit = usize::from(data.first().copied().unwrap_or(0) % 32);
    let irc = IrcLimits { tags: limit / 2, rest: limit };
    // Ended, so that every line is either whole or too long.
    let data = [data, b"\n"].concat();
    let bytes = &data[1..];
    let ways = [vec![bytes], pieces(&data), bytes.iter().map(std::slice::from_ref).collect()];
    for pieces in ways {
        let found = read(&pieces, |buffer, input| buffer.feed(input, limit));
        assert_eq!(found, expected(bytes, |line| line.len() <= limit));
        let found = read(&pieces, |buffer, input| buffer.feed_irc(input, irc));
        assert_eq!(found, expected(bytes, |line| admitted(line, irc)));
    }
}

/// A line, or `None` for one that was too long.
type Found = Option<Vec<u8>>;

fn read(
    pieces: &[&[u8]],
    read_on: impl for<'a> Fn(&mut LineBuffer, &'a [u8]) -> (usize, Fed<'a>),
) -> Vec<Found> {
    let (mut buffer, mut found) = (LineBuffer::new(), Vec::new());
    for piece in pieces {
        let mut rest = *piece;
        loop {
            let (consumed, fed) = read_on(&mut buffer, rest);
            rest = &rest[consumed..];
            match fed {
                Fed::Line(line) => found.push(Some(line.into_owned())),
                Fed::TooLong(_) => found.push(None),
                Fed::More => break assert!(rest.is_empty(), "More leaves nothing"),
            }
        }
    }
    assert!(buffer.is_empty(), "after a line's end nothing is kept");
    found
}

/// Reads byte by byte.
fn expected(bytes: &[u8], admits: impl Fn(&[u8]) -> bool) -> Vec<Found> {
    let (mut found, mut line) = (Vec::new(), Vec::new());
    for &byte in bytes {
        let after_cr = line.last() == Some(&b'\r');
        if byte == b'\n' || (byte == 0 && after_cr) {
            if after_cr {
                line.pop();
            }
            found.push(admits(&line).then(|| line.clone()));
            line.clear();
        } else {
            line.push(byte);
        }
    }
    found
}

fn admitted(line: &[u8], limits: IrcLimits) -> bool {
    let tags = if line.first() == Some(&b'@') {
        line.iter().position(|&byte| byte == b' ').map_or(line.len(), |space| space + 1)
    } else {
        0
    };
    tags <= limits.tags && line.len() - tags <= limits.rest
}
