//! What is not kept any longer is gone: from pages, lists and searches, and from the files.

use crate::conversations::{adas, listed, open_with_accounts, pair};
use crate::support::{
    ADA_AND_BOB, LOBBY, QUICK, directory, found, history, holds, open, say, texts,
};
use parlor_hub::change::Change;
use parlor_hub::id::{AccountId, Millis};
use parlor_store::{Indexer, Keep, Options, Reader, Store};
use std::path::Path;
use std::time::Duration;

/// Messages come at ten times their number.
const SECOND: Keep = Keep::For(Duration::from_secs(1));

fn open_with(directory: &Path, keep: Keep) -> Store {
    Store::open(directory, Options { keep, ..QUICK }).unwrap().0
}

/// How many steps it took.
fn expire_all(store: &mut Store, now: Millis) -> u32 {
    let mut steps = 1;
    while store.expire(now).unwrap() {
        steps += 1;
    }
    steps
}

fn index_all(directory: &Path) {
    let mut indexer = Indexer::open(directory).unwrap();
    for _ in 0..20 {
        indexer.step(1000).unwrap();
    }
}

#[test]
fn only_what_is_too_old_goes_and_in_pieces() {
    let directory = directory();
    let mut store = open_with(directory.path(), SECOND);
    for seq in 1..=600 {
        say(&mut store, 1, seq, LOBBY, &seq.to_string());
    }
    assert_eq!(expire_all(&mut store, 1010), 1);
    assert_eq!(texts(&history(directory.path(), LOBBY)).len(), 600, "a second is not over");
    assert_eq!(expire_all(&mut store, 6980), 3, "597 of them, 256 in a step");
    assert_eq!(texts(&history(directory.path(), LOBBY)), ["598", "599", "600"]);
    assert_eq!(expire_all(&mut store, Millis::MAX), 1);
    assert_eq!(history(directory.path(), LOBBY), []);
    say(&mut store, 1, 601, LOBBY, "goes on");
    assert_eq!(texts(&history(directory.path(), LOBBY)), ["goes on"]);
}

#[test]
fn a_conversation_of_which_nothing_is_left_is_listed_no_more() {
    let directory = directory();
    drop(open_with_accounts(directory.path()));
    let mut store = open_with(directory.path(), SECOND);
    for (seq, to) in [(2, ADA_AND_BOB), (3, pair(1, 3)), (4, LOBBY), (5, pair(1, 3))] {
        say(&mut store, 2, seq, to, "word");
    }
    let reader = Reader::open(directory.path()).unwrap();
    assert_eq!(listed(&reader, &adas()), "bob=20 #lobby=40 cyd=50");
    expire_all(&mut store, 1050);
    assert_eq!(listed(&reader, &adas()), "cyd=50");
    expire_all(&mut store, 1051);
    assert_eq!(listed(&reader, &adas()), "");
}

#[test]
fn a_read_mark_outlives_what_was_read() {
    let directory = directory();
    let mut store = open_with(directory.path(), SECOND);
    say(&mut store, 1, 1, LOBBY, "read");
    store.commit(2, 20, &[Change::Read(AccountId(1), "#lobby".into(), Some(10))]).unwrap();
    expire_all(&mut store, Millis::MAX);
    drop(store);
    let (_, durable) = Store::open(directory.path(), QUICK).unwrap();
    assert_eq!(durable.read.len(), 1);
    assert_eq!(durable.seq, 2, "numbers are not given again");
}

#[test]
fn an_index_follows_and_is_not_begun_again() {
    let directory = directory();
    let mut store = open_with(directory.path(), SECOND);
    for seq in 1..=300 {
        say(&mut store, 1, seq, LOBBY, "word");
    }
    index_all(directory.path());
    assert_eq!(found(directory.path(), "word").len(), 50);
    expire_all(&mut store, 3980);
    assert_eq!(found(directory.path(), "word"), [298, 299, 300], "the rows decide at once");
    index_all(directory.path());
    assert_eq!(found(directory.path(), "word"), [298, 299, 300]);
    // The last message that is indexed goes too, and what the index is marked with is not there.
    expire_all(&mut store, Millis::MAX);
    let mut indexer = Indexer::open(directory.path()).unwrap();
    assert_eq!(indexer.step(100).unwrap().indexed_to, 300, "it is the index that was");
    say(&mut store, 1, 301, LOBBY, "word");
    assert_eq!(indexer.step(100).unwrap().behind, 0);
    assert_eq!(found(directory.path(), "word"), [301]);
}

#[test]
fn nothing_of_it_is_left_in_the_files() {
    let directory = directory();
    let mut store = open_with(directory.path(), SECOND);
    // In the database as it was written, in the index, in one segment, without its case.
    for seq in 1..=30 {
        say(&mut store, 1, seq, LOBBY, &format!("{seq}Timbuktu"));
    }
    for seq in 31..=40 {
        say(&mut store, 1, seq, LOBBY, &format!("{seq}Samarkand"));
    }
    index_all(directory.path());
    store.checkpoint().unwrap();
    for word in ["Timbuktu", "timbuktu", "Samarkand", "samarkand"] {
        assert!(holds(directory.path(), word.as_bytes()), "{word}");
    }
    expire_all(&mut store, 1310);
    store.checkpoint().unwrap();
    index_all(directory.path());
    for (word, is_there) in
        [("Timbuktu", false), ("timbuktu", false), ("Samarkand", true), ("samarkand", true)]
    {
        assert_eq!(holds(directory.path(), word.as_bytes()), is_there, "{word}");
    }
}

#[test]
fn where_nothing_is_kept_nothing_is_written_and_what_was_is_removed() {
    let directory = directory();
    let mut store = open(directory.path());
    say(&mut store, 1, 1, LOBBY, "from before");
    say(&mut store, 1, 2, ADA_AND_BOB, "from before");
    drop(store);
    let mut store = open_with(directory.path(), Keep::Nothing);
    say(&mut store, 2, 3, LOBBY, "Zanzibarsecret");
    say(&mut store, 2, 4, ADA_AND_BOB, "Zanzibarsecret");
    assert!(!holds(directory.path(), b"Zanzibarsecret"), "not even in the log");
    expire_all(&mut store, 0);
    assert_eq!(history(directory.path(), LOBBY), []);
    assert_eq!(history(directory.path(), ADA_AND_BOB), []);
    drop(store);
    let (_, durable) = Store::open(directory.path(), QUICK).unwrap();
    assert_eq!(durable.seq, 4, "their ids are not given again");
}
