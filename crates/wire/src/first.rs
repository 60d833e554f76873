//! Who is calling, from the first bytes.
//!
//! The bytes are walked once, one after another, and the first of them that settles the question settles it for good; so the
//! answer is the same however the bytes were split on their way, and never changes afterwards.

use crate::bounds::FIRST_LINE_MAX;
use crate::telnet::{State, Step};

/// What the first bytes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum First {
    /// Not enough to tell yet: read on, and ask again with everything.
    More,
    /// A TLS record (RFC 8446 section 5.1): sniff again inside.
    Tls,
    /// An SSH identification (RFC 4253 section 4.2).
    Ssh,
    /// An HTTP request line (RFC 9112 section 3) or the HTTP/2 preface (RFC 9113 section 3.4).
    Http,
    /// An IRC client, or a person who types like one. Bytes that begin with telnet negotiation may still be this.
    Irc,
    /// A person: text, and a line's end.
    Lines,
    /// A PROXY protocol header, version 1 or 2.
    Proxy,
    /// None of these.
    Unknown,
}

/// Tells who is calling from all bytes received so far. Looks at no more than [`FIRST_LINE_MAX`] of them, and always has an
/// answer by then.
///
/// While an Enter may still be the beginning of a PROXY v2 header, which starts with two of them, the answer is
/// [`First::More`]. A header comes at once; so ask [`sniff_greeted`] when a caller has been silent long enough to be greeted.
pub fn sniff(bytes: &[u8]) -> First {
    walk(bytes, LITERALS)
}

/// As [`sniff`], for a caller who was greeted: too late for a PROXY v2 header, so an Enter is a line.
pub fn sniff_greeted(bytes: &[u8]) -> First {
    walk(bytes, &LITERALS[1..])
}

/// What settles the question by standing at the very start. The PROXY v2 signature is the first.
const LITERALS: &[(&[u8], First)] = &[
    (crate::proxy::SIGNATURE, First::Proxy),
    (b"\x16", First::Tls),
    (b"SSH-", First::Ssh),
    (b"PROXY TCP4 ", First::Proxy),
    (b"PROXY TCP6 ", First::Proxy),
    (b"PROXY UNKNOWN", First::Proxy),
    (b"PRI * HTTP/2", First::Http),
];

const METHODS: &[&[u8]] =
    &[b"GET", b"HEAD", b"POST", b"PUT", b"DELETE", b"OPTIONS", b"PATCH", b"CONNECT", b"TRACE"];

/// How a request target begins that is not an authority (RFC 9112 section 3.2).
const TARGETS: &[&[u8]] = &[b"/", b"*", b"http://", b"https://"];

/// The commands with which an IRC client may begin (modern-irc, "Connection Registration").
const REGISTRATION: &[&[u8]] =
    &[b"CAP", b"NICK", b"USER", b"PASS", b"AUTHENTICATE", b"WEBIRC", b"STARTTLS"];

fn walk(bytes: &[u8], literals: &[(&[u8], First)]) -> First {
    let mut text = Text::default();
    for seen in 1..=bytes.len().min(FIRST_LINE_MAX) {
        let byte = bytes[seen - 1];
        // The text goes on being read, so that it has its answer ready when the start turns out to be no literal.
        text.step(byte);
        let answer = match literal(&bytes[..seen], literals) {
            Literal::Is(first) => first,
            Literal::Perhaps => First::More,
            Literal::No if text.answer == First::Lines && is_request(&bytes[..seen]) => First::Http,
            Literal::No => text.answer,
        };
        if answer != First::More {
            return answer;
        }
    }
    match text.answer {
        _ if bytes.len() < FIRST_LINE_MAX => First::More,
        First::More => First::Lines,
        answer => answer,
    }
}

/// How a beginning compares with what settles the question at once.
enum Literal {
    Is(First),
    Perhaps,
    No,
}

fn literal(seen: &[u8], literals: &[(&[u8], First)]) -> Literal {
    for &(whole, first) in literals {
        if whole.starts_with(seen) {
            return if whole.len() == seen.len() { Literal::Is(first) } else { Literal::Perhaps };
        }
    }
    for &method in METHODS {
        let Some(rest) = seen.strip_prefix(method) else {
            if method.starts_with(seen) {
                return Literal::Perhaps;
            }
            continue;
        };
        return match rest.split_first() {
            None => Literal::Perhaps,
            Some((b' ', target)) if method == b"CONNECT" => authority(target),
            Some((b' ', target)) => self::target(target),
            Some(_) => Literal::No,
        };
    }
    Literal::No
}

/// A target in origin, asterisk or absolute form. "GET THE DOOR" has none of them.
fn target(target: &[u8]) -> Literal {
    let same = |whole: &[u8], part: &[u8]| {
        whole.get(..part.len()).is_some_and(|whole| whole.eq_ignore_ascii_case(part))
    };
    if TARGETS.iter().any(|start| target.len() >= start.len() && same(target, start)) {
        return Literal::Is(First::Http);
    }
    if TARGETS.iter().any(|start| same(start, target)) { Literal::Perhaps } else { Literal::No }
}

/// A target in authority form, which only its `HTTP/` tells from a sentence (RFC 9112 section 3.2.3).
fn authority(target: &[u8]) -> Literal {
    let end = memchr::memchr2(b' ', b'\n', target).unwrap_or(target.len());
    let (host, version) = (&target[..end], &target[end..]);
    if version.is_empty() {
        return Literal::Perhaps;
    }
    if version.starts_with(b" HTTP/") && host.contains(&b':') {
        return Literal::Is(First::Http);
    }
    if b" HTTP/".starts_with(version) { Literal::Perhaps } else { Literal::No }
}

/// Whether a whole line is a request of HTTP, or of a protocol made like it, whatever its method: those who look for open
/// ports send such lines, and nobody begins to talk with one.
fn is_request(line: &[u8]) -> bool {
    let mut words = line.trim_ascii().split(|byte| *byte == b' ');
    let (Some(_), Some(target), Some(version), None) =
        (words.next(), words.next(), words.next(), words.next())
    else {
        return false;
    };
    let is_target = target.starts_with(b"/") || target == b"*" || target.contains(&b':');
    let versions = [b"HTTP/".as_slice(), b"SIP/", b"RTSP/"];
    let is_version = |name: &&[u8]| {
        version.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
    };
    is_target && versions.iter().any(is_version)
}

/// A first line of text, read byte by byte through telnet negotiation.
#[derive(Debug)]
struct Text {
    telnet: State,
    part: Part,
    word: Word,
    after_cr: bool,
    answer: First,
}

impl Default for Text {
    fn default() -> Self {
        Self {
            telnet: State::default(),
            part: Part::Start,
            word: Word::default(),
            after_cr: false,
            answer: First::More,
        }
    }
}

/// Where in an IRC line the text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Start,
    Tags,
    AfterTags,
    Source,
    AfterSource,
    Command,
    /// No IRC registration, whatever follows.
    Other,
}

impl Text {
    fn step(&mut self, byte: u8) {
        if self.answer != First::More {
            return;
        }
        if let Step::Text(byte) = self.telnet.step(byte) {
            self.answer = self.text(byte);
            self.after_cr = byte == b'\r';
        }
    }

    fn text(&mut self, byte: u8) -> First {
        let line_end = byte == b'\n' || (byte == 0 && self.after_cr);
        // What a terminal's keys send before Enter is text: tab, backspace, escape (the arrows), delete.
        let is_text = byte >= b' ' || matches!(byte, b'\t' | b'\r' | 0x08 | 0x1b);
        if !line_end && !is_text {
            return First::Unknown;
        }
        let word_end = line_end || matches!(byte, b' ' | b'\r');
        if word_end && self.part == Part::Command && self.word.registers() {
            return First::Irc;
        }
        if line_end {
            return First::Lines;
        }
        self.part = match (self.part, byte) {
            (Part::Start, b'@') => Part::Tags,
            (Part::Start | Part::AfterTags, b':') => Part::Source,
            (Part::Tags | Part::AfterTags, b' ') => Part::AfterTags,
            (Part::Source | Part::AfterSource, b' ') => Part::AfterSource,
            (part @ (Part::Tags | Part::Source), _) => part,
            (_, b' ' | b'\r') | (Part::Other, _) => Part::Other,
            (Part::Start | Part::AfterTags | Part::AfterSource | Part::Command, letter) => {
                self.word.push(letter);
                Part::Command
            }
        };
        First::More
    }
}

/// The command word, as far as it can be one that registers.
#[derive(Debug, Default)]
struct Word {
    letters: [u8; 12],
    len: usize,
}

impl Word {
    fn push(&mut self, letter: u8) {
        if let Some(place) = self.letters.get_mut(self.len) {
            *place = letter;
        }
        // A word that is too long stays too long.
        self.len += 1;
    }

    fn registers(&self) -> bool {
        let word = self.letters.get(..self.len).unwrap_or_default();
        REGISTRATION.iter().any(|command| command.eq_ignore_ascii_case(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn callers_are_recognised() {
        let table: &[(&[u8], First)] = &[
            (b"", First::More),
            (b"\x16\x03\x01", First::Tls),
            (b"SSH-2.0-OpenSSH_9.9\r\n", First::Ssh),
            (b"SSH", First::More),
            (b"SSH is nice\n", First::Lines),
            (b"GET / HTTP/1.1\r\n", First::Http),
            (b"GET /", First::Http),
            (b"GET ", First::More),
            (b"GET THE DOOR\n", First::Lines),
            (b"get the door\n", First::Lines),
            (b"get / please\n", First::Lines),
            (b"POST\n", First::Lines),
            (b"POSTED it\n", First::Lines),
            (b"OPTIONS * HTTP/1.1\r\n", First::Http),
            (b"GET HTTP://a/ HTTP/1.1\r\n", First::Http),
            (b"GET http", First::More),
            (b"CONNECT a.example:443 HTTP/1.1\r\n", First::Http),
            (b"CONNECT me please\n", First::Lines),
            (b"CONNECT me\n", First::Lines),
            (b"PROPFIND / HTTP/1.1\r\n", First::Http),
            (b"get / http/1.1\n", First::Http),
            (b"OPTIONS sip:nm SIP/2.0\r\n", First::Http),
            (b"we like HTTP/1.1\n", First::Lines),
            (b"so / and HTTP/1.1\n", First::Lines),
            (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", First::Http),
            (b"PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n", First::Proxy),
            (b"PROXY UNKNOWN\r\n", First::Proxy),
            (b"PROXY is what we need\n", First::Lines),
            (b"\r\n\r\n\0\r\nQUIT\n\x21\x11", First::Proxy),
            (b"\r\n\r\n", First::More),
            (b"\r\n\r\nhello", First::Lines),
            (b"\n", First::Lines),
            (b"\r\0", First::Lines),
            (b"hello", First::More),
            (b"hello\r\n", First::Lines),
            ("grüße\n".as_bytes(), First::Lines),
            (b"gr\xfc\xdfe\n", First::Lines),
            (b"\x1b[Ahi\x08\x7f\n", First::Lines),
            (b"\0", First::Unknown),
            (b"\x03\0\0\x13", First::Unknown),
            (b"hello\0", First::Unknown),
            (b"hi\x04", First::Unknown),
        ];
        for &(bytes, expected) in table {
            assert_eq!(sniff(bytes), expected, "{}", bytes.escape_ascii());
        }
    }

    #[test]
    fn irc_is_recognised_by_its_registration() {
        let table: &[(&[u8], First)] = &[
            (b"CAP LS 302\r\n", First::Irc),
            (b"NICK ada", First::Irc),
            (b"nick", First::More),
            (b"nick\n", First::Irc),
            (b"nick\r\n", First::Irc),
            (b"nickname?\n", First::Lines),
            (b"starttls\r\n", First::Irc),
            (b"AUTHENTICATE PLAIN\n", First::Irc),
            (b"@a=b :ada  USER a 0 * :A\r\n", First::Irc),
            (b":ada NICK ada\r\n", First::Irc),
            (b":-) hello\n", First::Lines),
            (b"@ada hello\n", First::Lines),
            (b" NICK ada\n", First::Lines),
            (b"JOIN #a\r\n", First::Lines),
            (b"what NICK is it\n", First::Lines),
            (b"AUTHENTICATEAUTHENTICATE \n", First::Lines),
        ];
        for &(bytes, expected) in table {
            assert_eq!(sniff(bytes), expected, "{}", bytes.escape_ascii());
        }
    }

    #[test]
    fn telnet_negotiation_is_walked_through() {
        let table: &[(&[u8], First)] = &[
            (b"\xff", First::More),
            (b"\xff\xfd\x01\xff\xfb\x1f", First::More),
            (b"\xff\xfd\x01hello\r\n", First::Lines),
            (b"\xff\xfd\x01NICK ada\r\n", First::Irc),
            (b"\xff\xfa\x18\0xterm\xff\xf0\r\0", First::Lines),
            (b"hel\xff\xfd\x06lo\n", First::Lines),
        ];
        for &(bytes, expected) in table {
            assert_eq!(sniff(bytes), expected, "{}", bytes.escape_ascii());
        }
    }

    #[test]
    fn enter_after_a_greeting_is_a_line_at_once() {
        assert_eq!((sniff(b"\r\n"), sniff_greeted(b"\r\n")), (First::More, First::Lines));
        assert_eq!((sniff_greeted(b"\r"), sniff_greeted(b"\r\0")), (First::More, First::Lines));
        assert_eq!(sniff_greeted(b"GET / HTTP/1.1"), First::Http);
    }

    #[test]
    fn whoever_never_ends_a_line_gets_an_answer() {
        assert_eq!(sniff(&[b'a'; FIRST_LINE_MAX - 1]), First::More);
        assert_eq!(sniff(&[b'a'; FIRST_LINE_MAX]), First::Lines);
        let endless = [b"CONNECT ".as_slice(), &[b'a'; FIRST_LINE_MAX]].concat();
        assert_eq!(sniff(&endless), First::Lines);
        let subnegotiation = [b"\xff\xfa".as_slice(), &[1; FIRST_LINE_MAX]].concat();
        assert_eq!(sniff(&subnegotiation), First::Lines);
    }
}
