//! Whatever anyone sends, what a person at a terminal reads is harmless lines.

use crate::common::Town;
use proptest::prelude::*;

/// Bytes that do something, among any others.
fn fragment() -> impl Strategy<Value = Vec<u8>> {
    let words: &[&[u8]] = &[
        b"\n",
        b"\r\n",
        b"\r\0",
        b"/me ",
        b"/nick ",
        b"/topic ",
        b"/away ",
        b"/join #",
        b"/part ",
        b"/msg bob ",
        b"/kick bob ",
        b"/mode +b ",
        b"\x1b[",
        b"\x1b]0;",
        b"\x07",
        b"\x9b",
        b"\xc2\x9b",
        b"\xe2\x80\xae",
        b"\xff\xfb",
        b"\xff\xfa",
        b"\xff\xf0",
        b"\x01ACTION ",
        b"\x03",
        b"\x7f",
    ];
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..12),
        prop::sample::select(words).prop_map(<[u8]>::to_vec),
        "[a-z ]{0,20}".prop_map(String::into_bytes),
    ]
}

/// What bob at a terminal and an IRC client read while one of them, or ada, sends this; bob asks about
/// it afterwards.
fn read_by_others(sender: &str, sent: &[Vec<u8>]) -> (String, String) {
    let mut town = Town::new();
    for name in ["bob", "ada"] {
        town.connect(name);
        town.feed(name, format!("/nick {name}\n").as_bytes());
    }
    town.sign_on("irc", "");
    town.send("irc", "JOIN #lobby");
    for piece in sent {
        town.feed(sender, piece);
    }
    town.feed(sender, b"\n");
    for asked in ["/names", "/who", "/whois ada", "/list", "/topic", "/history 99", "/search a"] {
        town.feed("bob", format!("{asked}\n/msg ada hi\n").as_bytes());
    }
    let read = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (read(town.take_bytes("bob")), read(town.take_bytes("irc")))
}

fn is_harmless(text: &str) -> bool {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.lines().all(|line| !line.contains(|c: char| c.is_control() || turns(c)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn whatever_is_typed_others_read_harmless_lines(sent in prop::collection::vec(fragment(), 0..40)) {
        let (terminal, irc) = read_by_others("ada", &sent);
        prop_assert!(is_harmless(&terminal), "{terminal:?}");
        // Nor is anything else kept in the history, but the frame of an action.
        prop_assert!(is_harmless(&irc.replace('\x01', "")), "{irc:?}");
    }

    #[test]
    fn whatever_comes_from_irc_is_harmless(
        words in prop::collection::vec((0..7_usize, prop::collection::vec(fragment(), 0..6)), 0..12)
    ) {
        const LINES: [&str; 7] = [
            "PRIVMSG #lobby :", "NOTICE #lobby :", "PRIVMSG bob :", "TOPIC #lobby :", "AWAY :",
            "PART #lobby :", "PRIVMSG #lobby :\x01ACTION ",
        ];
        let sent: Vec<Vec<u8>> = words
            .iter()
            .map(|(line, said)| [LINES[*line].as_bytes(), &said.concat(), b"\r\nJOIN #lobby\r\n"].concat())
            .collect();
        let (terminal, _) = read_by_others("irc", &sent);
        prop_assert!(is_harmless(&terminal), "{terminal:?}");
    }
}
