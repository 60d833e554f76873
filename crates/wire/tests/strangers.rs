//! The fuzzers' bodies as ordinary tests, on bytes made of the pieces that each grammar trips over; and the round trip of
//! every message that can be written.

mod bodies;

use parlor_wire::irc::format::Line;
use parlor_wire::irc::message::{Message, unescape};
use proptest::prelude::*;

/// Bytes that are now random, now one of `pieces`.
fn bytes(pieces: &'static [&'static [u8]]) -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        3 => prop::sample::select(pieces).prop_map(<[u8]>::to_vec),
        1 => prop::collection::vec(any::<u8>(), 0..12),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

const FIRST: &[&[u8]] = &[
    b"GET ",
    b"POST ",
    b"/",
    b"http://",
    b"CONNECT ",
    b"a:1",
    b" HTTP/1.1",
    b"SSH-",
    b"PROXY ",
    b"TCP4 ",
    b"\r\n\r\n\0\r\nQUIT\n",
    b"\r\n",
    b"\n",
    b"\r\0",
    b"NICK",
    b"cap ",
    b"@a ",
    b":b ",
    b" ",
    b"PRI * HTTP/2.0",
    b"\xff\xfd\x01",
    b"\xff\xfa",
    b"\xff\xf0",
    b"\xff",
    b"\x16",
    b"hi",
    b"\x1b[A",
    "ü".as_bytes(),
];
const LINES: &[&[u8]] =
    &[b"\r\n", b"\n", b"\r", b"\0", b"@", b" ", b"abc", b"\r\0", b"0123456789abcdef"];
const TELNET: &[&[u8]] = &[
    b"\xff",
    b"\xfd",
    b"\xfb",
    b"\xfa",
    b"\xf0",
    b"\xff\xfd\x01",
    b"\xff\xfb\x03",
    b"\xff\xfa\x18",
    b"\xff\xf0",
    b"hi",
];
const SCRAM: &[&[u8]] = &[
    b"n,,", b"y,", b"a=", b"n=ada", b",r=x", b"=2C", b"=3D", b"=", b",", b"c=biws", b",p=",
    b"p=tls,,", b"m=1",
];
const PROXY: &[&[u8]] = &[
    b"PROXY ",
    b"TCP4 ",
    b"TCP6 ",
    b"UNKNOWN",
    b"192.0.2.1 ",
    b"::1 ",
    b"1 ",
    b"2",
    b"\r\n",
    b"\r\n\r\n\0\r\nQUIT\n",
    b"\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c",
    b"\x20\0\0\0",
    b"\x21\x21\0\x24",
    b"0123456789ab",
    b"\xff\xff",
];
const MESSAGE: &[&[u8]] = &[
    b"@",
    b";",
    b"=",
    b"\\",
    b"\\s",
    b" ",
    b"  ",
    b":",
    b"!",
    b"key",
    b"PRIVMSG",
    b"#a",
    b"\r",
    b"\x1b[31m",
    b"\x1b]",
    b"\x07",
    b"\x0312,4",
    b"\x04ff00ff",
    b"\x02",
    b"\xe2\x80\xae",
    b"\xc2\x9b",
    "日本語".as_bytes(),
    b"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_000) })]

    #[test]
    fn first_answers_once(data in bytes(FIRST)) {
        bodies::first::first(&data);
    }

    #[test]
    fn lines_are_the_same_however_split(data in bytes(LINES)) {
        bodies::lines::lines(&data);
    }

    #[test]
    fn telnet_is_the_same_however_split(data in bytes(TELNET)) {
        bodies::telnet::telnet(&data);
    }

    #[test]
    fn proxy_headers_are_whole_or_not(data in bytes(PROXY)) {
        bodies::proxy::proxy(&data);
    }

    #[test]
    fn scram_messages_add_up(data in bytes(SCRAM)) {
        bodies::scram::scram(&data);
    }

    #[test]
    fn messages_survive_anything(data in bytes(MESSAGE)) {
        bodies::message::message(&data);
    }

    #[test]
    fn what_is_written_is_read(
        tags in prop::collection::vec(("\\+?[a-z./-]{1,9}", "[^\0]{0,12}"), 0..4),
        source in "([a-z.]{1,9}(![a-z]{1,5})?(@[a-z.:]{1,9})?)?",
        command in "[A-Z]{1,9}|[0-9]{3}",
        middle in prop::collection::vec("[^\0\r\n :][^\0\r\n ]{0,4}", 0..14),
        last in "[^\0\r\n]{0,20}",
    ) {
        let mut out = Vec::new();
        let line = tags.iter().fold(Line::new(&mut out), |line, (key, value)| line.tag(key, value));
        let body = line.source(&source).command(&command);
        middle.iter().fold(body, |body, param| body.param(param)).param(&last).end();

        let message = Message::parse(&out[..out.len() - 2]).expect("what was written can be read");
        let read: Vec<_> =
            message.tags().map(|tag| (tag.key.to_owned(), tag.value().into_owned())).collect();
        prop_assert_eq!(read, tags);
        prop_assert_eq!(message.source.map(|source| source.to_string()).unwrap_or_default(), source);
        prop_assert_eq!(message.command, command);
        let wanted: Vec<&str> = middle.iter().chain([&last]).map(String::as_str).collect();
        prop_assert_eq!(&message.params[..], &wanted[..]);
    }

    #[test]
    fn a_value_of_a_tag_comes_back_whatever_it_holds(value in "[\\PC\\s;\\\\:=]{0,40}", other in "[ -~]{0,20}") {
        let mut out = Vec::new();
        Line::new(&mut out).tag("+one", &value).tag("two", &other).command("TAGMSG").param("#a").end();
        let message = Message::parse(&out[..out.len() - 2]).expect("what was written can be read");
        let read = |key| message.tag(key).map(std::borrow::Cow::into_owned);
        // A NUL has no escape.
        prop_assert_eq!(read("+one"), Some(value.replace('\0', "")));
        prop_assert_eq!(read("two"), Some(other));
    }

    #[test]
    fn an_escaped_value_is_written_as_it_would_be(escaped in "([a-z]|\\\\[:snr\\\\]){0,12}") {
        let value = unescape(&escaped);
        let mut out = Vec::new();
        Line::new(&mut out).tag("k", &value).command("X").end();
        let line = String::from_utf8(out).expect("UTF-8");
        let message = Message::parse(line.trim_end().as_bytes()).expect("a message");
        // The escapes that there are have one spelling each, but for letters that need none.
        prop_assert_eq!(unescape(message.tags().next().map_or("", |tag| tag.escaped)), value);
    }

    #[test]
    fn parameters_stay_in_their_places_however_they_end(
        middle in prop::collection::vec("[^\0\r\n :][^\0\r\n ]{0,4}", 0..14),
        last in prop_oneof![Just(String::new()), Just(" ".into()), Just(":".into()), ":[ -~]{0,9}", " [ -~]{0,9}"],
    ) {
        let mut out = Vec::new();
        let body = Line::new(&mut out).source("s").command("X");
        middle.iter().fold(body, |body, param| body.param(param)).trailing(&last).end();
        let message = Message::parse(&out[..out.len() - 2]).expect("what was written can be read");
        let wanted: Vec<&str> = middle.iter().chain([&last]).map(String::as_str).collect();
        prop_assert_eq!(&message.params[..], &wanted[..]);
    }
}
