//! What transcripts do not show: lines of strangers, and hosts that look like parameters.

mod refusals;

use super::IrcDoor;
use crate::desk::{Asked, Desk, HashWork, Hashed};
use crate::door::Caller;
use crate::facts::{Facts, Operator};
use crate::hall::NewKeys;
use crate::queue::Content;
use parlor_hub::Answer;
use parlor_hub::answer::{Counts, Welcome, WhoAre, WhoRow};
use parlor_hub::change::Keys;
use parlor_hub::id::SessionId;
use parlor_hub::modes::{Grants, Ranks, UserFlags};
use parlor_hub::name::Text;
use parlor_hub::person::{Peer, Person, Transport};
use std::net::Ipv6Addr;
use std::sync::Arc;

fn facts() -> Facts {
    Facts {
        server: "s".into(),
        network: "Net work".into(),
        description: "d".into(),
        operators: vec![Operator {
            name: "admin".into(),
            password: Some("phc".into()),
            certificate: None,
            grants: Grants::all(),
        }],
        ..Facts::default()
    }
}

fn localhost() -> Peer {
    facts().peer(Ipv6Addr::LOCALHOST.into(), None)
}

fn ada() -> Arc<Person> {
    let host: Text = "::1".into();
    Arc::new(Person {
        nick: "ada".into(),
        username: "~ada".into(),
        host,
        account: None,
        bot: false,
        operator: false,
    })
}

/// A door whose client signed on as ada.
fn signed_on() -> IrcDoor {
    let caller = Caller::new(SessionId(1), localhost());
    let mut door = IrcDoor::new(&caller, 0);
    let welcome = Welcome {
        person: ada(),
        realname: "Ada".into(),
        flags: UserFlags::none(),
        counts: Counts::default(),
        metadata: Vec::new(),
    };
    assert!(door.note(&Answer::Welcome(Box::new(welcome))));
    door
}

fn draw(door: &IrcDoor, answer: Answer) -> String {
    let mut out = Vec::new();
    let mut from = Some(0);
    while let Some(next) = from {
        from = door.draw(&Content::Answer(answer.clone()), next, 0, &facts(), &mut out);
    }
    String::from_utf8(out).expect("UTF-8")
}

#[test]
fn a_host_that_begins_with_a_colon_stays_a_parameter() {
    let row = WhoRow {
        channel: Some(("#a".into(), Ranks::none())),
        person: ada(),
        address: None,
        realname: "Ada".into(),
        away: false,
        operator: false,
        idle_ms: 0,
    };
    let who = |fields| WhoAre { asked: "x".into(), fields, rows: vec![row.clone()] };
    let door = signed_on();
    assert_eq!(
        draw(&door, Answer::Who(Arc::new(who(None)))),
        ":s 352 ada #a ~ada 0::1 s ada H :0 Ada\r\n:s 315 ada x :End of WHO list\r\n"
    );
    assert_eq!(
        draw(&door, Answer::Who(Arc::new(who(Some(("ih".into(), "0".into())))))),
        ":s 354 ada 0::1 0::1\r\n:s 315 ada x :End of WHO list\r\n"
    );
}

#[test]
fn a_large_answer_is_drawn_in_pieces() {
    let row = WhoRow {
        channel: None,
        person: ada(),
        address: None,
        realname: "Ada".into(),
        away: true,
        operator: false,
        idle_ms: 0,
    };
    let who = WhoAre { asked: "*".into(), fields: None, rows: vec![row; 1000] };
    let content = Content::Answer(Answer::Who(Arc::new(who)));
    let door = signed_on();
    let (mut from, mut pieces, mut all) = (Some(0), 0, Vec::new());
    while let Some(next) = from {
        let before = all.len();
        from = door.draw(&content, next, 0, &facts(), &mut all);
        assert!(all.len() - before < crate::bounds::DRAW_BYTES + 512);
        pieces += 1;
    }
    assert_eq!((pieces, all.split(|byte| *byte == b'\n').count()), (3, 1002));
}

#[test]
fn whatever_strangers_send_is_read() {
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    let verbs: Vec<&str> = super::VERBS.iter().map(|verb| verb.name).collect();
    let mut hashed = 0;
    for round in 0..20_000 {
        let caller = Caller::new(SessionId(1), localhost());
        let mut door = if round % 2 == 0 { IrcDoor::new(&caller, 0) } else { signed_on() };
        for _ in 0..4 {
            let words: Vec<&str> = (0..random.below(6)).map(|_| random.one_of(WORDS)).collect();
            let line = format!("{} {}\r\n", random.one_of(&verbs), words.join(" "));
            hashed += read(&mut door, &line);
        }
    }
    assert!(hashed > 0, "some lines ask for work on a password");
}

/// Reads a line, and looks at what comes of it. Returns how many passwords were to be worked on.
fn read(door: &mut IrcDoor, line: &str) -> usize {
    let (facts, transport) = (facts(), Transport::default());
    let peer = Arc::new(localhost());
    let mut desk = Desk::new(&facts, (&peer, &transport), (1, 1), 0);
    assert_eq!(door.read(line.as_bytes(), &mut desk), line.len());
    let mut hashed = 0;
    for asked in std::mem::take(&mut desk.asked) {
        match asked {
            Asked::Say(bytes) => {
                let lines = String::from_utf8(bytes).expect("UTF-8");
                assert!(lines.ends_with("\r\n"), "{lines:?}");
                assert!(lines.split("\r\n").all(|line| line.len() <= 510), "{lines:?}");
            }
            Asked::Hash(work) => {
                hashed += 1;
                let result = match work {
                    HashWork::New { .. } => Hashed::New(NewKeys {
                        keys: Keys { password: "phc".into(), scram: None },
                        code: "code".into(),
                    }),
                    _ => Hashed::Wrong,
                };
                door.hashed(result, &mut desk);
            }
            Asked::Upgrade(_) => unreachable!("this is no web page"),
            Asked::Command(..)
            | Asked::Query(..)
            | Asked::Amend(_)
            | Asked::Vouch(_)
            | Asked::Close(_) => {}
        }
    }
    hashed
}

/// Numbers that are the same in each run (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, count: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % count as u64).expect("a small number")
    }

    fn one_of<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.below(words.len())]
    }
}

/// Words that mean something somewhere.
const WORDS: &[&str] = &[
    "#a",
    "#A,#b",
    "ada",
    "*",
    "0",
    ":",
    "",
    "+b",
    "-k",
    "+ovlkbeIz",
    "%tcn,1",
    "é",
    "\x01",
    "timestamp=2026-01-01T00:00:00.000Z",
    "msgid=1-1-1",
    "LS",
    "REQ",
    "302",
    "PLAIN",
    "+",
    "AGE=",
    "!",
    "<5",
    "C>1",
    ",,,",
    "@+#a",
    "999999999999999999999",
    "REGISTER",
    "IDENTIFY",
    "\u{202e}",
];
