//! Messages under way: sent, and not yet received by all.

use crate::bounds;
use crate::error::Error;
use std::time::Instant;

/// Bytes of every message's text.
pub(crate) const TEXT_BYTES: usize = 100;

/// What a text begins with; its number follows, in eight hexadecimal digits.
const MARK: u8 = b'~';

/// All messages of a measurement.
pub(super) struct Flights {
    ring: Vec<Flight>,
    next: u32,
    under_way: usize,
    /// Messages that were sent.
    pub departed: u64,
    /// Deliveries that have arrived.
    pub delivered: u64,
    /// Senders whose message everyone has, since they were last taken.
    pub landed: Vec<usize>,
    pub error: Option<Error>,
}

#[derive(Clone, Copy)]
struct Flight {
    number: u32,
    sender: usize,
    remaining: u32,
    due: Instant,
}

impl Flights {
    pub fn new() -> Self {
        let none = Flight { number: u32::MAX, sender: 0, remaining: 0, due: Instant::now() };
        Self {
            ring: vec![none; bounds::FLIGHTS_MAX],
            next: 0,
            under_way: 0,
            departed: 0,
            delivered: 0,
            landed: Vec::new(),
            error: None,
        }
    }

    pub fn under_way(&self) -> usize {
        self.under_way
    }

    /// A message that so many will receive, and which was due at this time. Writes its text.
    pub fn depart(
        &mut self,
        sender: usize,
        recipients: u32,
        due: Instant,
        text: &mut Vec<u8>,
    ) -> Result<(), Error> {
        let number = self.next;
        let flight = &mut self.ring[number as usize % bounds::FLIGHTS_MAX];
        if flight.remaining > 0 {
            return Err(Error::TooMany);
        }
        *flight = Flight { number, sender, remaining: recipients, due };
        self.next = self.next.wrapping_add(1);
        self.under_way += 1;
        self.departed += 1;
        let start = text.len();
        text.push(MARK);
        text.extend_from_slice(format!("{number:08x} ").as_bytes());
        text.resize(start + TEXT_BYTES, b'x');
        Ok(())
    }

    /// Someone received a line. If it was one of the messages: when that was due.
    pub fn arrive(&mut self, line: &[u8]) -> Option<Instant> {
        let number = number_in(line)?;
        let flight = &mut self.ring[number as usize % bounds::FLIGHTS_MAX];
        if flight.number != number || flight.remaining == 0 {
            self.error = Some(Error::Unexpected(number));
            return None;
        }
        flight.remaining -= 1;
        self.delivered += 1;
        if flight.remaining == 0 {
            self.landed.push(flight.sender);
            self.under_way -= 1;
        }
        Some(flight.due)
    }
}

/// The number of a message, if the line ends with the text of one.
fn number_in(line: &[u8]) -> Option<u32> {
    let text = &line[line.len().checked_sub(TEXT_BYTES)?..];
    let (&mark, text) = text.split_first()?;
    if mark != MARK {
        return None;
    }
    let mut number = 0;
    for &digit in &text[..8] {
        number = number << 4 | char::from(digit).to_digit(16)?;
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_lands_when_all_have_it_and_never_twice() {
        let mut flights = Flights::new();
        let mut line = b":a!a@h PRIVMSG #b :".to_vec();
        flights.depart(7, 2, Instant::now(), &mut line).unwrap();
        assert_eq!(line.len(), 19 + TEXT_BYTES);
        assert!(flights.arrive(b":s NOTICE a :something else").is_none());
        assert!(flights.arrive(&line).is_some());
        assert!(flights.landed.is_empty());
        assert!(flights.arrive(&line).is_some());
        assert_eq!((flights.landed.as_slice(), flights.under_way()), (&[7][..], 0));
        assert!(flights.error.is_none());
        assert!(flights.arrive(&line).is_none());
        assert!(matches!(flights.error, Some(Error::Unexpected(0))));
    }
}
