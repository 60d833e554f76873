//! Lines from a standard input that is not edited: a pipe, a file, or a terminal whose output goes elsewhere.
//!
//! A thread reads, because a read from a pipe cannot be waited for in a loop on every system. It
//! stops reading while the loop has enough, and ends with the process.

use std::io::{self, BufRead, Read as _};
use std::thread;

use parlor_wire::text::decode;
use tokio::sync::mpsc;

use super::bounds;

/// The lines; the channel closes where the input ends.
pub type Lines = mpsc::Receiver<io::Result<String>>;

/// Begins to read standard input.
pub fn stdin_lines() -> io::Result<Lines> {
    let (sender, lines) = mpsc::channel(bounds::INPUT_LINES);
    thread::Builder::new().name("input".to_owned()).spawn(move || {
        let mut pieces = Pieces { input: io::stdin().lock(), carried: Vec::new() };
        while let Some(line) = pieces.next_line().transpose() {
            let failed = line.is_err();
            // A closed channel: nobody reads any more.
            if sender.blocking_send(line).is_err() || failed {
                return;
            }
        }
    })?;
    Ok(lines)
}

/// Reads lines, and longer ones in pieces.
#[derive(Debug)]
struct Pieces<I> {
    input: I,
    /// The beginning of a character that a piece's end cut in two.
    carried: Vec<u8>,
}

impl<I: BufRead> Pieces<I> {
    /// One line without its end, or a piece of one that ends between characters.
    fn next_line(&mut self) -> io::Result<Option<String>> {
        let mut line = std::mem::take(&mut self.carried);
        let room = bounds::INPUT_LINE_BYTES_MAX - line.len();
        self.input.by_ref().take(room as u64).read_until(b'\n', &mut line)?;
        if line.is_empty() {
            return Ok(None);
        }
        if line.last() == Some(&b'\n') {
            line.pop();
            if line.last() == Some(&b'\r') {
                line.pop();
            }
        } else if line.len() == bounds::INPUT_LINE_BYTES_MAX
            && let Err(cut) = str::from_utf8(&line)
            && cut.error_len().is_none()
        {
            self.carried = line.split_off(cut.valid_up_to());
        }
        Ok(Some(decode(&line).into_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(input: &[u8]) -> Vec<String> {
        let mut pieces = Pieces { input, carried: Vec::new() };
        std::iter::from_fn(|| pieces.next_line().expect("memory can be read")).collect()
    }

    #[test]
    fn lines_with_every_end() {
        assert_eq!(lines(b"a\nb\r\n\nc"), ["a", "b", "", "c"]);
        assert_eq!(lines(b""), [""; 0]);
    }

    #[test]
    fn a_line_without_end_comes_in_pieces_between_characters() {
        let text = "x".to_owned() + &"é".repeat(bounds::INPUT_LINE_BYTES_MAX);
        let pieces = lines(text.as_bytes());
        assert_eq!(pieces.len(), 3);
        assert_eq!(pieces.concat(), text);
    }
}
