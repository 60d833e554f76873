//! Each verb with too little, too much, too long, and what is no text: before the sign-on, as someone
//! who is here, and as an operator; with a label and without.

use crate::common::Town;
use crate::watcher::{Watcher, answer, commands};
use parlor_doors::irc::{VERBS, Verb, When};
use parlor_wire::bounds::MESSAGE_CONTENT_MAX;

/// What a client that is answered with labels asks for.
const LABELS: &str = "labeled-response batch standard-replies sasl";

/// So many lines are sent in one town: each client that left is one more to look after.
const LINES_A_TOWN: usize = 25;

/// Parameters that mean something somewhere.
const WORDS: &[&str] = &[
    "#a",
    "#b,#c",
    "#nowhere",
    "bob",
    "nobody",
    "*",
    "0",
    "-1",
    "99999999999999999999",
    "+",
    "+b",
    "+ovklbeI",
    "%tcn,1",
    ",",
    ",,,",
    "!",
    "$a",
    "@#a",
    "LS",
    "END",
    "LATEST",
    "TARGETS",
    "GET",
    "SET",
    "LIST",
    "REGISTER",
    "IDENTIFY",
    "PLAIN",
    "msgid=1-1-1",
    "timestamp=2026-01-01T00:00:00.000Z",
    "irc.example",
    "é",
    "\u{202e}",
    "\x01",
    ":",
    ":two words",
];

/// Who sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sender {
    /// They have not signed on.
    Stranger,
    /// They have begun to log in.
    LoggingIn,
    Person,
    /// With an account, of rank in #a, and a server operator.
    Operator,
}

#[test]
fn whoever_is_not_here_is_answered_once() {
    sweep(Sender::Stranger);
}

#[test]
fn whoever_is_logging_in_is_answered_once() {
    sweep(Sender::LoggingIn);
}

#[test]
fn whoever_is_here_is_answered_once() {
    sweep(Sender::Person);
}

#[test]
fn an_operator_is_answered_once() {
    sweep(Sender::Operator);
}

#[test]
fn who_asked_for_nothing_is_sent_no_tags() {
    for verb in VERBS {
        let mut town = with_neighbours();
        for (number, params) in parameters(verb).iter().enumerate() {
            if number % LINES_A_TOWN == 0 {
                town = with_neighbours();
            }
            let mut watcher = Watcher::sign_on(&mut town, &format!("x{number}"), "");
            let line = [verb.name.as_bytes(), params].concat();
            let seen = watcher.send(&mut town, &line);
            assert!(!seen.iter().any(|line| line.starts_with('@')), "{seen:#?}");
            finish(&mut town, &mut watcher, &line);
        }
    }
}

#[test]
fn a_line_that_is_too_long_is_dropped_and_said_once() {
    for verb in VERBS {
        let mut town = with_neighbours();
        for (sender, nick) in [(Sender::Stranger, "*"), (Sender::Person, "x1")] {
            let mut watcher = arrive(&mut town, sender, "x1", LABELS);
            let line = format!("@label=1 {} {}", verb.name, "x".repeat(MESSAGE_CONTENT_MAX));
            let seen = watcher.send(&mut town, line.as_bytes());
            assert_eq!(
                seen,
                [format!("@label=1 :irc.example 417 {nick} :Input line was too long")]
            );
            finish(&mut town, &mut watcher, line.as_bytes());
            watcher.mention(&mut town, "QUIT");
        }
    }
}

fn sweep(sender: Sender) {
    for verb in VERBS {
        let mut town = with_neighbours();
        for (number, params) in parameters(verb).iter().enumerate() {
            if number % LINES_A_TOWN == 0 {
                town = with_neighbours();
            }
            let mut watcher = arrive(&mut town, sender, &format!("x{number}"), LABELS);
            let line = [b"@label=7 ", verb.name.as_bytes(), params].concat();
            let seen = watcher.send(&mut town, &line);
            let shown = String::from_utf8_lossy(&line);
            let answer = if watcher.is_closed { seen } else { answer(&seen, "7") };
            expect(verb, sender, params, &answer, &shown);
            finish(&mut town, &mut watcher, &line);
        }
    }
}

/// Holds an answer to what the table says of its verb.
fn expect(verb: &Verb, sender: Sender, params: &[u8], answer: &[String], line: &str) {
    let is_here = matches!(sender, Sender::Person | Sender::Operator);
    let count = count(params);
    let only = |command: &str| assert_eq!(commands(answer), [command], "{line}: {answer:#?}");
    if str::from_utf8(params).is_err() {
        only("FAIL");
        assert!(answer[0].contains(&format!("FAIL {} INVALID_UTF8 :", verb.name)), "{answer:#?}");
    } else if verb.when == When::Here && !is_here {
        only("451");
    } else if verb.when == When::Before && is_here {
        only("462");
    } else if count < verb.least {
        only("461");
        assert!(answer[0].contains(&format!(" {} :Not enough", verb.name)), "{answer:#?}");
    }
}

/// The watcher is answered still, unless they were told goodbye, and so is everyone else.
fn finish(town: &mut Town, watcher: &mut Watcher, line: &[u8]) {
    let line = String::from_utf8_lossy(line);
    assert!(watcher.is_closed || watcher.is_answered(town), "nothing works behind {line}");
    town.take_bytes("cy");
    town.send("cy", "PING cy");
    let pong = String::from_utf8(town.take_bytes("cy")).expect("UTF-8");
    assert_eq!(pong, ":irc.example PONG irc.example :cy\r\n", "behind {line}");
    if !watcher.is_closed {
        watcher.mention(town, "QUIT");
    }
}

/// A town where bob may be put out, and cy sees whether all goes on.
fn with_neighbours() -> Town {
    let mut town = Town::new();
    for name in ["cy", "bob"] {
        town.sign_on(name, "");
        town.send(name, "JOIN #a");
        town.send(name, "PRIVMSG #a :hello");
    }
    town
}

fn arrive(town: &mut Town, sender: Sender, name: &str, caps: &str) -> Watcher {
    if matches!(sender, Sender::Stranger | Sender::LoggingIn) {
        let mut watcher = Watcher::arrive(town, name);
        watcher.mention(town, &format!("CAP REQ :{caps}"));
        if sender == Sender::LoggingIn {
            watcher.mention(town, "AUTHENTICATE PLAIN");
        }
        return watcher;
    }
    let mut watcher = Watcher::sign_on(town, name, caps);
    watcher.mention(town, "JOIN #a");
    if sender == Sender::Operator {
        watcher.mention(town, "REGISTER * * pw");
        watcher.mention(town, "OPER admin secret");
        town.send("cy", &format!("MODE #a +o {name}"));
        watcher.hear(town);
    }
    watcher
}

/// What is put behind a verb.
fn parameters(verb: &Verb) -> Vec<Vec<u8>> {
    let words = WORDS.iter().map(|word| format!(" {word}"));
    let pairs = WORDS.iter().enumerate().flat_map(|(number, one)| {
        // Each with some others, so that all come in either place.
        let others = [1, 7].map(|step| WORDS[(number + step) % WORDS.len()]);
        others.map(|other| format!(" {} {other}", one.trim_start_matches(':')))
    });
    let some = (0..=verb.least + 3).map(|count| " x".repeat(count));
    let room = MESSAGE_CONTENT_MAX - verb.name.len();
    let long = [
        format!(" {}", "x".repeat(room - 1)),
        format!(" {}", "é".repeat((room - 1) / 2)),
        format!(" #a :{}", "x".repeat(room - 5)),
        format!(" bob :{}", "é".repeat((room - 6) / 2)),
        format!(" #a {}", ",".repeat(room - 4)),
        format!(" {}", "#é,".repeat((room - 1) / 4)),
        " x".repeat(40),
        " :".into(),
        " x :".into(),
        " #a :".into(),
        " #a bob :".into(),
        " * * :".into(),
        " #a bob x y".into(),
        " #a +b x y z".into(),
        " LATEST #a * 5".into(),
        " LATEST bob * 0".into(),
        " BETWEEN #a timestamp=x msgid= 5".into(),
        " SET #a x :y".into(),
    ];
    let text = words.chain(pairs).chain(some).chain(long).map(String::into_bytes);
    let none = [b" \xff".to_vec(), b" #a :caf\xe9".to_vec(), b" bob \xed\xa0\x80 x".to_vec()];
    text.chain(none).collect()
}

/// How many parameters these are.
fn count(params: &[u8]) -> usize {
    let line = [b"X", params].concat();
    parlor_wire::irc::message::Message::parse(&line).map_or(0, |message| message.params.len())
}
