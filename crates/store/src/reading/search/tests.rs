//! What a search says when there is more than it looks at.

use super::*;
use crate::{Indexer, Options, Store};
use parlor_hub::change::{Change, MessageKind, Sieve};
use parlor_hub::id::{ChannelId, MessageId};
use parlor_hub::person::Person;
use std::sync::Arc;
use tempfile::TempDir;

const ONE: Target = Target::Channel(ChannelId(1));
const OTHER: Target = Target::Channel(ChannelId(2));

/// One entry in which all of these said the same, each a millisecond after the one before, and the first of them at 0.
fn said(by: impl IntoIterator<Item = (Target, &'static str)>) -> (TempDir, Store, Reader) {
    let directory = tempfile::tempdir().unwrap();
    let (mut store, _) = Store::open(directory.path(), Options::default()).unwrap();
    let message = |(n, (target, nick)): (u16, (Target, &str))| {
        Change::Message(Arc::new(StoredMessage {
            id: MessageId { epoch: 1, seq: 1, n },
            target,
            at: n.into(),
            from: Arc::new(Person {
                nick: nick.into(),
                username: "~u".into(),
                host: "localhost".into(),
                account: None,
                bot: false,
                operator: false,
            }),
            author: None,
            to: "#channel".into(),
            kind: MessageKind::Privmsg,
            text: "a word".into(),
            tags: None,
            edit: None,
        }))
    };
    let changes: Vec<_> = (0..).zip(by).map(message).collect();
    store.commit(1, changes.len() as Millis, &changes).unwrap();
    Indexer::open(directory.path()).unwrap().step(usize::MAX).unwrap();
    let reader = Reader::open(directory.path()).unwrap();
    (directory, store, reader)
}

fn from(nick: &str) -> Search {
    Search {
        within: vec![(ONE, 0), (OTHER, 0)],
        upto: Seq::MAX,
        account: None,
        words: None,
        sieve: Sieve { from: Some(nick.into()), ..Sieve::default() },
        limit: 50,
    }
}

/// The times of what is found with so many looks, and what is missing.
fn found(reader: &Reader, search: &Search, looks: usize) -> (Vec<Millis>, Vec<Missing>) {
    let hits = reader.search_looking_at(search, looks).unwrap();
    (hits.messages.iter().map(|message| message.at).collect(), hits.missing)
}

/// The same search, without words and with one that everyone said.
fn with_and_without_words(search: &Search) -> [Search; 2] {
    [search.clone(), Search { words: Some("word".into()), ..search.clone() }]
}

#[test]
fn looks_are_spent_on_the_newest_messages_wherever_they_are() {
    // The conversation that comes first is the longer one, and the other goes on all the time.
    let (_directory, _store, reader) =
        said((0..40).map(|n| if n % 4 == 3 { (OTHER, "bob") } else { (ONE, "ada") }));
    let check = |search: &Search, looks, times: &[Millis], missing: &[Missing]| {
        for search in with_and_without_words(search) {
            let found = found(&reader, &search, looks);
            assert_eq!((&found.0[..], &found.1[..]), (times, missing), "{search:?}");
        }
    };
    let all: Vec<Millis> = (0..10).map(|n| n * 4 + 3).collect();
    check(&from("bob"), 40, &all, &[]);
    check(&from("bob"), 39, &all, &[Missing::Earlier(0)]);
    check(&from("bob"), 10, &[31, 35, 39], &[Missing::Earlier(29)]);
    check(&from("eve"), 10, &[], &[Missing::Earlier(29)]);
    // Where that goes on.
    let mut earlier = from("bob");
    earlier.sieve.before = Some(29);
    check(&earlier, 10, &[23, 27], &[Missing::Earlier(19)]);
    // From the other end.
    let mut later = from("bob");
    later.sieve.after = Some(2);
    check(&later, 10, &[3, 7, 11], &[Missing::Later(12)]);
    later.sieve.after = Some(12);
    check(&later, 50, &all[3..], &[]);
}

#[test]
fn nothing_is_missing_where_enough_was_found() {
    let (_directory, _store, reader) = said((0..40).map(|_| (ONE, "ada")));
    for search in with_and_without_words(&Search { limit: 3, ..from("ada") }) {
        assert_eq!(found(&reader, &search, 3), (vec![37, 38, 39], vec![]), "{search:?}");
        let two = found(&reader, &search, 2);
        assert_eq!(two, (vec![38, 39], vec![Missing::Earlier(37)]), "{search:?}");
    }
}

#[test]
fn very_many_conversations_have_their_looks_together() {
    let channel = |n: u32| Target::Channel(ChannelId(n % 500 + 1));
    let (_directory, _store, reader) = said((0..2000).map(|n| (channel(n), "ada")));
    let within = (0..500).map(|n| (channel(n), 0)).collect();
    for search in with_and_without_words(&Search { within, ..from("nobody") }) {
        let looks = SEARCH_ANYWHERE_MAX + 300;
        let missing = Missing::Earlier(2000 - looks as u64 - 1);
        assert_eq!(found(&reader, &search, looks), (vec![], vec![missing]), "{search:?}");
    }
}

#[test]
fn conversations_that_are_too_many_are_said_to_be_left_out() {
    let all = SEARCH_CONVERSATIONS_MAX + 2;
    let pair = |n| Target::Pair(AccountId(1), AccountId(n + 2));
    let (_directory, _store, reader) = said((0..all).map(|n| (pair(n), "ada")));
    let search = Search { account: Some(AccountId(1)), limit: u16::MAX, ..from("ada") };
    for search in with_and_without_words(&search) {
        let times = |first| (first..Millis::from(all)).collect::<Vec<_>>();
        let looks = SEARCH_CANDIDATES_MAX;
        assert_eq!(found(&reader, &search, looks), (times(2), vec![Missing::Earlier(1)]));
        let enough = Search { limit: 1000, ..search.clone() };
        assert_eq!(found(&reader, &enough, looks), (times(2), vec![]));
        let sieve = Sieve { after: Some(1), ..search.sieve.clone() };
        let from_one = found(&reader, &Search { sieve, ..search.clone() }, looks);
        assert_eq!(from_one, (times(2), vec![Missing::Later(1)]));
        let sieve = Sieve { after: Some(2), ..search.sieve.clone() };
        let from_two = found(&reader, &Search { sieve, ..search }, looks);
        assert_eq!(from_two, (times(2), vec![]));
    }
}
