//! Telnet negotiation, taken out of a stream and refused (RFC 854, RFC 855).
//!
//! Parlor speaks plain lines; it wants no option, so it refuses whatever is offered or asked and strips the rest. Each option
//! is refused once, so two stubborn ends cannot answer each other for ever.

/// "Interpret as command": the byte that begins all negotiation.
pub const IAC: u8 = 255;

const DONT: u8 = 254;
const DO: u8 = 253;
const WONT: u8 = 252;
const WILL: u8 = 251;
const SB: u8 = 250;
const SE: u8 = 240;

/// One connection's telnet state: two words until the caller negotiates.
#[derive(Debug, Default, Clone)]
pub struct Telnet {
    state: State,
    refused: Option<Box<Refused>>,
}

impl Telnet {
    /// A connection that has not negotiated anything.
    pub fn new() -> Self {
        Self::default()
    }

    /// Moves the text of `bytes` to its front and returns how many bytes of text there are. Sequences may be split
    /// anywhere between calls. Refusals that are due are appended to `answers`: at most 512 of three bytes in the life of a
    /// connection. A doubled IAC is one byte 0xFF of text.
    #[must_use]
    pub fn strip(&mut self, bytes: &mut [u8], answers: &mut Vec<u8>) -> usize {
        let mut read = 0;
        if self.state == State::Text {
            match memchr::memchr(IAC, bytes) {
                None => return bytes.len(),
                Some(iac) => read = iac,
            }
        }
        let mut written = read;
        while let Some(&byte) = bytes.get(read) {
            match self.state.step(byte) {
                Step::Text(text) => {
                    bytes[written] = text;
                    written += 1;
                }
                Step::Silent => {}
                Step::Asks(verb, option) => self.refuse(verb, option, answers),
            }
            read += 1;
        }
        written
    }

    fn refuse(&mut self, verb: u8, option: u8, answers: &mut Vec<u8>) {
        let (answer, side) = match verb {
            DO => (WONT, 0),
            WILL => (DONT, 1),
            // DONT and WONT ask for what is already so; answering them is how loops begin (RFC 854, "Negotiation").
            _ => return,
        };
        let refused = &mut self.refused.get_or_insert_default().sides[side];
        let (word, bit) = (usize::from(option / 64), 1_u64 << (option % 64));
        if refused[word] & bit == 0 {
            refused[word] |= bit;
            answers.extend_from_slice(&[IAC, answer, option]);
        }
    }
}

/// Which of the 256 options were refused: ours (the answers to DO), theirs (the answers to WILL).
#[derive(Debug, Default, Clone)]
struct Refused {
    sides: [[u64; 4]; 2],
}

/// Where in a sequence the stream stands. The sniffer walks it too.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    #[default]
    Text,
    Command,
    Option(u8),
    Subnegotiation,
    SubnegotiationCommand,
}

/// What one byte amounted to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    Text(u8),
    Silent,
    Asks(u8, u8),
}

impl State {
    pub(crate) fn step(&mut self, byte: u8) -> Step {
        let (next, step) = match (*self, byte) {
            (Self::Text, IAC) => (Self::Command, Step::Silent),
            (Self::Text, text) => (Self::Text, Step::Text(text)),
            (Self::Command, IAC) => (Self::Text, Step::Text(IAC)),
            (Self::Command, WILL | WONT | DO | DONT) => (Self::Option(byte), Step::Silent),
            (Self::Command, SB) => (Self::Subnegotiation, Step::Silent),
            (Self::Command, _) => (Self::Text, Step::Silent),
            (Self::Option(verb), option) => (Self::Text, Step::Asks(verb, option)),
            (Self::Subnegotiation, IAC) => (Self::SubnegotiationCommand, Step::Silent),
            (Self::Subnegotiation, _) => (Self::Subnegotiation, Step::Silent),
            (Self::SubnegotiationCommand, SE) => (Self::Text, Step::Silent),
            (Self::SubnegotiationCommand, _) => (Self::Subnegotiation, Step::Silent),
        };
        *self = next;
        step
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(sent: &[u8], text: &[u8], answers: &[u8]) {
        let mut telnet = Telnet::new();
        let (mut bytes, mut said) = (sent.to_vec(), Vec::new());
        let length = telnet.strip(&mut bytes, &mut said);
        assert_eq!((&bytes[..length], &said[..]), (text, answers));
    }

    #[test]
    fn negotiation_is_stripped_and_refused() {
        check(b"hello\r\n", b"hello\r\n", b"");
        check(b"\xff\xfd\x01hi", b"hi", b"\xff\xfc\x01");
        check(b"a\xff\xfb\x1fb", b"ab", b"\xff\xfe\x1f");
        check(b"\xff\xfe\x01\xff\xfc\x01x", b"x", b"");
        check(b"\xff\xfa\x18\x00xterm\xff\xf0ok", b"ok", b"");
        check(b"y\xff\xffz", b"y\xffz", b"");
        check(b"\xff\xf6there", b"there", b"");
    }

    #[test]
    fn each_option_is_refused_once() {
        check(b"\xff\xfd\x03\xff\xfd\x03\xff\xfb\x03", b"", b"\xff\xfc\x03\xff\xfe\x03");
    }

    #[test]
    fn all_options_asked_for_ever_get_a_bounded_answer() {
        let (mut telnet, mut said) = (Telnet::new(), Vec::new());
        for _ in 0..3 {
            for option in 0..=255 {
                let mut bytes = [IAC, DO, option, IAC, WILL, option];
                assert_eq!(telnet.strip(&mut bytes, &mut said), 0);
            }
        }
        assert_eq!(said.len(), 512 * 3);
    }

    #[test]
    fn a_doubled_iac_inside_a_subnegotiation_does_not_end_it() {
        check(b"\xff\xfa\x1f\xff\xff\xf0\xff\xf0.", b".", b"");
    }

    #[test]
    fn a_caller_who_does_not_negotiate_costs_two_words() {
        assert!(size_of::<Telnet>() <= 16);
    }
}
