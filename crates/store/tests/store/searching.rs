//! Searches: words, rights, and an index that is derived.

use crate::support::{ADA_AND_BOB, LOBBY, OPS, copy_as_if_crashed, directory, message, open, say};
use parlor_hub::change::{Change, Missing, Search, Sieve, Target};
use parlor_hub::id::{AccountId, ChannelId, Seq};
use parlor_store::{Hits, Indexer, Progress, Reader};
use proptest::prelude::*;
use std::fs;
use std::path::Path;
use std::sync::Arc;

fn search(words: &str) -> Search {
    Search {
        within: vec![(LOBBY, 0)],
        upto: Seq::MAX,
        account: None,
        words: Some(words.into()),
        sieve: Sieve::default(),
        limit: 50,
    }
}

fn hits(directory: &Path, search: &Search) -> Hits {
    Reader::open(directory).unwrap().search(search).unwrap()
}

/// The entries of the hits of a search that is complete.
fn found(directory: &Path, search: &Search) -> Vec<Seq> {
    let hits = hits(directory, search);
    assert_eq!(hits.missing, [], "{search:?}");
    hits.messages.iter().map(|message| message.id.seq).collect()
}

fn index_all(directory: &Path) -> Progress {
    Indexer::open(directory).unwrap().step(usize::MAX).unwrap()
}

#[test]
fn who_said_it_and_when_is_asked_of_the_messages_themselves() {
    let directory = directory();
    let mut store = open(directory.path());
    for (seq, to, text) in
        [(1, LOBBY, "one"), (2, OPS, "two"), (3, ADA_AND_BOB, "three"), (4, LOBBY, "four word")]
    {
        say(&mut store, 1, seq, to, text);
    }
    index_all(directory.path());
    let all = Search { account: Some(AccountId(1)), words: None, ..search("") };
    let sieve =
        |from: Option<&str>, after, before| Sieve { from: from.map(Into::into), after, before };
    for (sieve, limit, expected) in [
        (sieve(None, None, None), 50, &[1, 3, 4][..]),
        (sieve(None, None, None), 2, &[3, 4]),
        (sieve(None, Some(0), None), 2, &[1, 3]),
        (sieve(None, Some(11), None), 50, &[3, 4]),
        (sieve(None, Some(30), Some(30)), 50, &[3]),
        (sieve(None, None, Some(29)), 50, &[1]),
        (sieve(Some("ADA"), None, None), 50, &[1, 3, 4]),
        (sieve(Some("bob"), None, None), 50, &[]),
    ] {
        let search = Search { sieve, limit, ..all.clone() };
        assert_eq!(found(directory.path(), &search), expected, "{search:?}");
    }
    let late = Search { sieve: sieve(None, Some(40), None), ..search("word") };
    assert_eq!(found(directory.path(), &late), [4]);
    let early = Search { sieve: sieve(None, None, Some(39)), ..search("word") };
    assert_eq!(found(directory.path(), &early), [] as [Seq; 0]);
}

#[test]
fn words_are_found() {
    let directory = directory();
    let mut store = open(directory.path());
    for (text, seq) in [
        "The deployment is done",
        "\x01ACTION deploys the \x02dat\x02abase\x01",
        "Příliš žluťoučký kůň",
        "foo-bar and \"quoted\" c1",
        "NOT done OR undone",
        "\x0304red\x03 alert",
    ]
    .iter()
    .zip(1..)
    {
        say(&mut store, 1, seq, LOBBY, text);
    }
    index_all(directory.path());
    for (words, expected) in [
        ("done", &[1, 5][..]),
        ("DONE deployment", &[1]),
        ("done the", &[1]),
        ("deploy", &[]),
        ("deploy*", &[1, 2]),
        ("the deploy*", &[1, 2]),
        ("deploy* the", &[]),
        ("action", &[]),
        ("database", &[2]),
        ("prilis kun", &[3]),
        ("ŽLUŤOUČKÝ", &[3]),
        ("foo", &[4]),
        ("foo-bar", &[4]),
        ("bar-foo", &[]),
        ("\"quoted\"", &[4]),
        ("not", &[5]),
        ("done OR deployment", &[]),
        ("red", &[6]),
        ("04red", &[]),
        ("c1", &[4]),
        ("target:c1", &[]),
        ("", &[]),
        ("*", &[]),
        ("!!! done ...", &[1, 5]),
    ] {
        assert_eq!(found(directory.path(), &search(words)), expected, "{words:?}");
    }
    let newest = Search { limit: 1, ..search("done") };
    assert_eq!(found(directory.path(), &newest), [5]);
    let earlier = Search { upto: 4, ..search("done") };
    assert_eq!(found(directory.path(), &earlier), [1]);
}

#[test]
fn nobody_finds_what_they_may_not_read() {
    let directory = directory();
    let mut store = open(directory.path());
    for (seq, to) in
        [(1, LOBBY), (2, OPS), (3, ADA_AND_BOB), (4, LOBBY), (5, OPS), (6, ADA_AND_BOB)]
    {
        say(&mut store, 1, seq, to, "word");
    }
    index_all(directory.path());
    let check = |within: &[(Target, Seq)], upto, expected: &[Seq]| {
        let search = Search { within: within.into(), upto, ..search("word") };
        assert_eq!(found(directory.path(), &search), expected, "{within:?}");
    };
    check(&[], Seq::MAX, &[]);
    check(&[(LOBBY, 0)], Seq::MAX, &[1, 4]);
    check(&[(LOBBY, 1)], Seq::MAX, &[4]);
    check(&[(LOBBY, 1), (OPS, 0)], Seq::MAX, &[2, 4, 5]);
    check(&[(LOBBY, 0), (OPS, 4)], Seq::MAX, &[1, 4, 5]);
    check(&[(LOBBY, 0), (OPS, 4)], 4, &[1, 4]);
    check(&[(ADA_AND_BOB, 3)], Seq::MAX, &[6]);
    check(&[(Target::Channel(ChannelId(12)), 0)], Seq::MAX, &[]);
    check(&[(LOBBY, 4)], Seq::MAX, &[]);
}

#[test]
fn what_is_said_elsewhere_again_and_again_hides_nothing() {
    let directory = directory();
    let mut store = open(directory.path());
    for seq in 1..=5 {
        // More at a time than a search looks at before it asks the index for its own conversations alone.
        let (to, times) = if seq % 2 == 0 { (OPS, 1500) } else { (LOBBY, 1) };
        let said = |n| Change::Message(Arc::new(message(1, seq, n, seq, to, "word")));
        store.commit(seq, seq, &(0..times).map(said).collect::<Vec<_>>()).unwrap();
    }
    index_all(directory.path());
    let from_the_first = Sieve { after: Some(0), ..Sieve::default() };
    for (since, sieve, limit, expected) in [
        (0, Sieve::default(), 50, &[1, 3, 5][..]),
        (0, Sieve::default(), 2, &[3, 5]),
        (0, Sieve::default(), 1, &[5]),
        (1, Sieve::default(), 50, &[3, 5]),
        (0, from_the_first.clone(), 50, &[1, 3, 5]),
        (0, from_the_first.clone(), 2, &[1, 3]),
        (3, from_the_first, 2, &[5]),
    ] {
        let search = Search { within: vec![(LOBBY, since)], sieve, limit, ..search("word") };
        assert_eq!(found(directory.path(), &search), expected, "{search:?}");
    }
}

#[test]
fn a_person_may_be_in_very_many_conversations() {
    let directory = directory();
    let mut store = open(directory.path());
    let channel = |seq: Seq| Target::Channel(ChannelId(seq as u32));
    for seq in 1..=1000 {
        say(&mut store, 1, seq, channel(seq), "word");
    }
    index_all(directory.path());
    let within = (1..=900).map(|seq| (channel(seq), 0)).collect();
    let search = Search { within, ..search(&"word ".repeat(200)) };
    assert_eq!(found(directory.path(), &search), (851..=900).collect::<Vec<_>>());
}

#[test]
fn a_search_says_up_to_when_the_index_is_complete() {
    let directory = directory();
    let mut store = open(directory.path());
    say(&mut store, 1, 1, LOBBY, "word");
    assert_eq!(
        hits(directory.path(), &search("word")).missing,
        [Missing::NotIndexed(0)],
        "no index at all"
    );
    let mut indexer = Indexer::open(directory.path()).unwrap();
    assert_eq!(
        hits(directory.path(), &search("word")).missing,
        [Missing::NotIndexed(0)],
        "an empty index"
    );
    assert_eq!(indexer.step(10).unwrap(), Progress { indexed_to: 1, behind: 0 });
    assert_eq!(found(directory.path(), &search("word")), [1]);
    say(&mut store, 1, 4, LOBBY, "word");
    let late = hits(directory.path(), &search("word"));
    assert_eq!((late.messages.len(), late.missing), (1, vec![Missing::NotIndexed(10)]));
    assert_eq!(found(directory.path(), &Search { upto: 3, ..search("word") }), [1]);
    assert_eq!(indexer.step(10).unwrap(), Progress { indexed_to: 4, behind: 0 });
    assert_eq!(found(directory.path(), &search("word")), [1, 4]);
}

#[test]
fn a_step_takes_whole_entries() {
    let directory = directory();
    let mut store = open(directory.path());
    for seq in 1..=3 {
        let said = |n| Change::Message(Arc::new(message(1, seq, n, seq, LOBBY, "word")));
        store.commit(seq, seq, &[said(0), said(1), said(2)]).unwrap();
    }
    let mut indexer = Indexer::open(directory.path()).unwrap();
    assert_eq!(indexer.step(2).unwrap(), Progress { indexed_to: 1, behind: 2 });
    assert_eq!(indexer.step(0).unwrap(), Progress { indexed_to: 2, behind: 1 });
    drop(indexer);
    let mut indexer = Indexer::open(directory.path()).unwrap();
    assert_eq!(indexer.step(3).unwrap(), Progress { indexed_to: 3, behind: 0 });
    assert_eq!(indexer.step(3).unwrap(), Progress { indexed_to: 3, behind: 0 });
    assert_eq!(found(directory.path(), &search("word")), [1, 1, 1, 2, 2, 2, 3, 3, 3]);
}

type Damage = fn(&Path);

#[test]
fn an_index_that_is_missing_or_damaged_is_made_again() {
    let directory = directory();
    let mut store = open(directory.path());
    for seq in 1..=200 {
        say(&mut store, 1, seq, LOBBY, &format!("word number{seq}"));
    }
    let path = directory.path().join("search.db");
    let damages: [Damage; 4] = [
        |path| fs::remove_file(path).unwrap(),
        |path| fs::write(path, "").unwrap(),
        |path| fs::write(path, "not a database".repeat(1000)).unwrap(),
        |path| {
            let bytes = fs::read(path).unwrap();
            fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
        },
    ];
    for damage in damages {
        index_all(directory.path());
        damage(&path);
        assert_eq!(index_all(directory.path()), Progress { indexed_to: 200, behind: 0 });
        assert_eq!(found(directory.path(), &search("number77")), [77]);
        assert_eq!(found(directory.path(), &search("word")).len(), 50);
    }
    let mut indexer = Indexer::open(directory.path()).unwrap();
    indexer.begin_again().unwrap();
    assert_eq!(hits(directory.path(), &search("word")).missing, [Missing::NotIndexed(0)]);
    assert_eq!(indexer.step(500).unwrap(), Progress { indexed_to: 200, behind: 0 });
    assert_eq!(found(directory.path(), &search("number200")), [200]);
}

#[test]
fn who_has_searched_finds_what_is_in_whatever_index_there_is_now() {
    let directory = directory();
    let mut store = open(directory.path());
    let reader = Reader::open(directory.path()).unwrap();
    let check = |expected: &[Seq], missing: Option<Missing>| {
        let hits = reader.search(&search("word")).unwrap();
        let found: Vec<_> = hits.messages.iter().map(|message| message.id.seq).collect();
        assert_eq!((&found[..], hits.missing.first().copied()), (expected, missing));
    };
    say(&mut store, 1, 1, LOBBY, "word");
    check(&[], Some(Missing::NotIndexed(0)));
    let mut indexer = Indexer::open(directory.path()).unwrap();
    check(&[], Some(Missing::NotIndexed(0)));
    indexer.step(usize::MAX).unwrap();
    check(&[1], None);
    say(&mut store, 1, 2, LOBBY, "word again");
    check(&[1], Some(Missing::NotIndexed(10)));
    indexer.step(usize::MAX).unwrap();
    check(&[1, 2], None);
    for seq in 3..6 {
        indexer.begin_again().unwrap();
        check(&[], Some(Missing::NotIndexed(0)));
        say(&mut store, 1, seq, LOBBY, "a word more");
        indexer.step(usize::MAX).unwrap();
        check(&(1..=seq).collect::<Vec<_>>(), None);
    }
    drop(indexer);
    fs::remove_file(directory.path().join("search.db")).unwrap();
    check(&[], Some(Missing::NotIndexed(0)));
}

#[test]
fn an_index_ahead_of_the_database_is_made_again() {
    let (directory, copy) = (directory(), directory());
    let mut store = open(directory.path());
    say(&mut store, 1, 1, LOBBY, "kept");
    copy_as_if_crashed(directory.path(), copy.path());
    say(&mut store, 1, 2, LOBBY, "lost");
    index_all(directory.path());
    fs::copy(directory.path().join("search.db"), copy.path().join("search.db")).unwrap();

    // The power came back: entry 2 is given again, in another epoch, to something else.
    let mut store = open(copy.path());
    for seq in [2, 3] {
        say(&mut store, 2, seq, LOBBY, "new");
    }
    let stale = hits(copy.path(), &search("lost"));
    assert_eq!((stale.messages.len(), stale.missing), (0, vec![Missing::NotIndexed(0)]));
    index_all(copy.path());
    assert_eq!(found(copy.path(), &search("kept")), [1]);
    assert_eq!(found(copy.path(), &search("lost")), [] as [Seq; 0]);
    assert_eq!(found(copy.path(), &search("new")), [2, 3]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn nothing_that_a_person_writes_is_syntax(
        words in proptest::collection::vec("[\"*():^{}+\\-,ANDORT a\u{0}\u{1}ž😀]{0,12}", 20),
        any in any::<String>(),
    ) {
        let directory = directory();
        let mut store = open(directory.path());
        say(&mut store, 1, 1, OPS, "a AND OR NOT NEAR");
        say(&mut store, 1, 2, LOBBY, &any);
        index_all(directory.path());
        let reader = Reader::open(directory.path()).unwrap();
        for words in words.iter().chain([&any]) {
            let hits = reader.search(&search(words)).unwrap();
            prop_assert!(hits.messages.iter().all(|message| message.target == LOBBY));
        }
    }
}
