//! Lists of conversations, at their edges.

use crate::support::{LOBBY, OPS, directory, message, open, say};
use parlor_hub::change::{
    AccountRow, Change, Conversations, Kept, Keys, LastSaid, Playback, Point, Span, StoredMessage,
    Target,
};
use parlor_hub::id::{AccountId, ChannelId, MessageId, Millis, Seq};
use parlor_hub::name::{Forms, Nick, Text};
use parlor_store::{Reader, Store};
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

const NAMES: [&str; 4] = ["ada", "bob", "cyd", "dan"];

fn account(id: u32) -> Change {
    let name: Text = NAMES[id as usize - 1].into();
    let name = Nick::kept(Forms { shown: name.clone(), folded: name, skeleton: None });
    let keys = Keys { password: "phc".into(), scram: None };
    Change::Account(Arc::new(AccountRow::new(AccountId(id), name, keys, 0)))
}

/// The accounts are there, by entry 1 at 10 ms.
pub fn open_with_accounts(directory: &std::path::Path) -> Store {
    let mut store = open(directory);
    store.commit(1, 10, &(1..=4).map(account).collect::<Vec<_>>()).unwrap();
    store
}

pub fn pair(one: u32, other: u32) -> Target {
    Target::pair(AccountId(one), AccountId(other))
}

/// Ada, in the lobby, asks for all there is.
pub fn adas() -> Conversations {
    Conversations {
        channels: vec![(ChannelId(1), "#lobby".into(), 0)],
        account: Some(AccountId(1)),
        upto: Seq::MAX,
        from: 0,
        to: Millis::MAX,
        limit: 100,
    }
}

pub fn listed(reader: &Reader, asked: &Conversations) -> String {
    let found = reader.conversations(asked).unwrap();
    let words = found.iter().map(|LastSaid { with, at }| format!("{with}={at}"));
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn conversations_are_told_with_the_time_of_their_last_message() {
    let directory = directory();
    let mut store = open_with_accounts(directory.path());
    for (seq, to) in [
        (2, LOBBY),
        (3, pair(1, 2)),
        (4, pair(3, 1)),
        (5, pair(2, 3)),
        (6, OPS),
        (7, pair(1, 1)),
        (8, pair(2, 1)),
        (9, LOBBY),
    ] {
        say(&mut store, 1, seq, to, "x");
    }
    let reader = Reader::open(directory.path()).unwrap();
    let check = |asked: Conversations, expected: &str| {
        assert_eq!(listed(&reader, &asked), expected, "{asked:?}");
    };
    check(adas(), "cyd=40 ada=70 bob=80 #lobby=90");
    check(Conversations { limit: 2, ..adas() }, "cyd=40 ada=70");
    let back = Conversations { from: Millis::MAX, to: 0, ..adas() };
    check(back.clone(), "cyd=40 ada=70 bob=80 #lobby=90");
    check(Conversations { limit: 2, ..back }, "bob=80 #lobby=90");
    check(Conversations { from: 40, to: 90, ..adas() }, "ada=70 bob=80");
    check(Conversations { from: 90, to: 40, ..adas() }, "ada=70 bob=80");
    check(Conversations { from: 39, to: 71, ..adas() }, "cyd=40 ada=70");
    check(Conversations { from: 70, to: 70, ..adas() }, "");
    // As of an earlier place: nothing that was said behind it shows.
    check(Conversations { upto: 7, ..adas() }, "#lobby=20 bob=30 cyd=40 ada=70");
    check(Conversations { upto: 7, to: 40, ..adas() }, "#lobby=20 bob=30");
    check(Conversations { upto: 2, ..adas() }, "#lobby=20");
    check(Conversations { upto: 0, ..adas() }, "");
    // Without an account there are channels alone, of their present lives.
    check(Conversations { account: None, ..adas() }, "#lobby=90");
    let ended = vec![(ChannelId(1), "#lobby".into(), 9)];
    check(Conversations { account: None, channels: ended, ..adas() }, "");
    check(Conversations { account: Some(AccountId(4)), channels: vec![], ..adas() }, "");
}

#[test]
fn a_part_of_each_is_played_and_the_newest_get_what_there_is_of_lines() {
    let directory = directory();
    let mut store = open_with_accounts(directory.path());
    let said = [LOBBY, pair(1, 2), pair(2, 3), pair(3, 1), OPS, LOBBY, pair(2, 1), LOBBY];
    for (seq, to) in (2..).zip(said) {
        say(&mut store, 1, seq, to, &format!("{seq}"));
    }
    let reader = Reader::open(directory.path()).unwrap();
    let check = |conversations: Conversations, span: Span, lines_max: u32, expected: &str| {
        let asked = Playback { conversations, span, lines_max };
        let played = reader.playback(&asked).unwrap().into_iter().map(|(with, rows)| {
            let texts: Vec<_> =
                rows.iter().filter_map(Kept::message).map(|said| &*said.text).collect();
            format!("{with}: {}", texts.join(" "))
        });
        assert_eq!(played.collect::<Vec<_>>().join(", "), expected, "{asked:?}");
    };
    let since = |from| Conversations { from: Millis::MAX, to: from, ..adas() };
    let all = Span::Latest(None);
    check(since(0), all, 99, "cyd: 5, bob: 3 8, #lobby: 2 7 9");
    check(since(0), all, 4, "bob: 8, #lobby: 2 7 9");
    check(since(0), all, 0, "");
    let later = |from| Span::Latest(Some(Point::At(from)));
    check(since(50), later(50), 99, "bob: 8, #lobby: 7 9");
    check(since(90), later(90), 99, "");
    // Those in which something was said since: but not before the end of the part.
    let between = Span::Between(Point::At(80), Point::At(20));
    check(since(20), between, 99, "cyd: 5, bob: 3, #lobby: 7");
    check(Conversations { upto: 7, ..since(0) }, all, 99, "bob: 3, cyd: 5, #lobby: 2 7");
    check(Conversations { account: None, ..since(0) }, all, 99, "#lobby: 2 7 9");
    let ended = vec![(ChannelId(1), "#lobby".into(), 7)];
    check(Conversations { account: None, channels: ended, ..since(0) }, all, 99, "#lobby: 9");
}

/// What must be listed, said in the simplest way.
fn expected(stored: &[StoredMessage], asked: &Conversations) -> Vec<LastSaid> {
    let own = asked.account.unwrap_or(AccountId(0));
    let mut last = BTreeMap::new();
    for message in stored.iter().filter(|m| m.id.seq <= asked.upto) {
        let with = match message.target {
            Target::Channel(id) => asked
                .channels
                .iter()
                .find(|(channel, _, since)| *channel == id && *since < message.id.seq)
                .map(|(_, name, _)| name.to_string()),
            Target::Pair(one, other) if one == own => Some(NAMES[other.0 as usize - 1].to_owned()),
            Target::Pair(one, other) if other == own => Some(NAMES[one.0 as usize - 1].to_owned()),
            Target::Pair(..) => None,
        };
        last.extend(with.map(|with| (with, (message.id.seq, message.at))));
    }
    let mut last: Vec<_> = last.into_iter().collect();
    last.sort_by_key(|(_, (seq, _))| *seq);
    let (earlier, later) = (asked.from.min(asked.to), asked.from.max(asked.to));
    last.retain(|(_, (_, at))| earlier < *at && *at < later);
    if asked.from > asked.to {
        last.reverse();
    }
    last.truncate(asked.limit.into());
    last.sort_by_key(|(_, (seq, _))| *seq);
    last.into_iter().map(|(with, (_, at))| LastSaid { with: with.into(), at }).collect()
}

fn targets() -> impl Strategy<Value = Target> {
    prop_oneof![Just(LOBBY), Just(OPS), (1..5u32, 1..5u32).prop_map(|(a, b)| pair(a, b))]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn a_list_is_what_it_says(
        said in vec((targets(), 0..3u64), 1..40),
        asked in vec((0..5u32, 0..20u64, 0..50u64, 0..80u64, 0..80u64, 1..9u16), 20),
    ) {
        let directory = directory();
        let mut store = open_with_accounts(directory.path());
        let (mut seq, mut at, mut stored) = (1, 10, Vec::<StoredMessage>::new());
        for (target, pause) in said {
            (seq, at) = (seq + 1, at + pause);
            stored.push(message(1, seq, 0, at, target, "text"));
        }
        let changes: Vec<_> = stored.iter().cloned().map(Arc::new).map(Change::Message).collect();
        store.commit(seq, at, &changes).unwrap();
        let reader = Reader::open(directory.path()).unwrap();
        for (account, since, upto, from, to, limit) in asked {
            let account = (account > 0).then_some(AccountId(account));
            let channels = vec![(ChannelId(1), "#lobby".into(), since)];
            let asked = Conversations { channels, account, upto, from, to, limit };
            prop_assert_eq!(reader.conversations(&asked).unwrap(), expected(&stored, &asked));
        }
    }
}

#[test]
fn a_conversation_is_as_old_as_what_is_left_of_it() {
    let directory = directory();
    let mut store = open_with_accounts(directory.path());
    let target = Target::pair(AccountId(1), AccountId(2));
    say(&mut store, 1, 2, target, "one");
    say(&mut store, 1, 3, target, "two");
    let reader = Reader::open(directory.path()).unwrap();
    let mut listed = Vec::new();
    for (seq, message) in [(4, 3), (5, 2)] {
        let asked = Conversations {
            channels: Vec::new(),
            account: Some(AccountId(1)),
            upto: 9,
            from: 0,
            to: 1000,
            limit: 10,
        };
        let found = reader.conversations(&asked).unwrap();
        listed.extend(found.iter().map(|last| last.at));
        let id = MessageId { epoch: 1, seq: message, n: 0 };
        store.commit(seq, seq * 10, &[Change::Redacted(id, target)]).unwrap();
        if message == 2 {
            assert_eq!(reader.conversations(&asked).unwrap(), []);
        }
    }
    assert_eq!(listed, [30, 20]);
}
