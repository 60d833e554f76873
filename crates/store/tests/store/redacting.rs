//! What is taken back is gone: from pages, from searches, from the files.

use crate::support::{
    ADA_AND_BOB, LOBBY, directory, found, history, holds, messages, open, say, texts,
};
use parlor_hub::change::{Beside, Change, Look, Page, Point, Span, Target};
use parlor_hub::id::{AccountId, MessageId, Seq};
use parlor_store::{Indexer, Reader, Store};

fn id(seq: Seq) -> MessageId {
    MessageId { epoch: 1, seq, n: 0 }
}

fn redact(store: &mut Store, seq: Seq, message: Seq, target: Target) {
    store.commit(seq, seq * 10, &[Change::Redacted(id(message), target)]).unwrap();
}

#[test]
fn it_is_on_no_page_and_its_id_is_a_point_still() {
    let directory = directory();
    let mut store = open(directory.path());
    for (seq, text) in [(1, "one"), (2, "two"), (3, "three")] {
        say(&mut store, 1, seq, LOBBY, text);
    }
    redact(&mut store, 4, 2, LOBBY);
    assert_eq!(texts(&history(directory.path(), LOBBY)), ["one", "three"]);
    let reader = Reader::open(directory.path()).unwrap();
    for (span, expected) in [
        (Span::Before(Point::Message(id(2))), &["one"][..]),
        (Span::After(Point::Message(id(2))), &["three"]),
        (Span::Around(Point::Message(id(2))), &["one", "three"]),
    ] {
        let page =
            Page { target: LOBBY, since: 0, upto: 9, span, beside: Beside::Nothing, limit: 10 };
        assert_eq!(texts(&messages(&reader, &page)), expected, "{span:?}");
    }
    // The last two count, whatever lies between them.
    let page = Page {
        target: LOBBY,
        since: 0,
        upto: 9,
        span: Span::Latest(None),
        beside: Beside::Nothing,
        limit: 2,
    };
    assert_eq!(texts(&messages(&reader, &page)), ["one", "three"]);
}

#[test]
fn only_what_is_there_and_may_be_read_is_looked_up() {
    let directory = directory();
    let mut store = open(directory.path());
    for seq in 1..=3 {
        say(&mut store, 1, seq, LOBBY, "word");
    }
    redact(&mut store, 4, 3, LOBBY);
    let reader = Reader::open(directory.path()).unwrap();
    let look = Look { target: LOBBY, since: 1, upto: 9, last: None, id: id(2) };
    let found = reader.look(&look).unwrap().unwrap();
    assert_eq!((found.author, &*found.nick, found.at), (Some(AccountId(7)), "ada", 20));
    for missing in [
        Look { id: id(1), ..look.clone() },
        Look { id: id(3), ..look.clone() },
        Look { id: id(4), ..look.clone() },
        Look { id: MessageId { epoch: 2, ..id(2) }, ..look.clone() },
        Look { target: ADA_AND_BOB, ..look.clone() },
        Look { upto: 1, ..look.clone() },
        Look { id: id(Seq::MAX), ..look },
    ] {
        assert_eq!(reader.look(&missing).unwrap(), None, "{missing:?}");
    }
}

#[test]
fn an_index_that_had_it_forgets_it_and_one_that_had_not_never_knows_it() {
    let directory = directory();
    let mut store = open(directory.path());
    say(&mut store, 1, 1, LOBBY, "word early");
    let mut indexer = Indexer::open(directory.path()).unwrap();
    indexer.step(100).unwrap();
    say(&mut store, 1, 2, LOBBY, "word late");
    assert_eq!(found(directory.path(), "word"), [1]);
    redact(&mut store, 3, 1, LOBBY);
    // The index is behind; what decides is the message itself.
    assert_eq!(found(directory.path(), "word"), [] as [Seq; 0]);
    redact(&mut store, 4, 2, LOBBY);
    say(&mut store, 1, 5, LOBBY, "word last");
    indexer.step(100).unwrap();
    assert_eq!(found(directory.path(), "word"), [5]);
    drop(indexer);
    Indexer::open(directory.path()).unwrap().begin_again().unwrap();
    Indexer::open(directory.path()).unwrap().step(100).unwrap();
    assert_eq!(found(directory.path(), "word"), [5]);
}

#[test]
fn nothing_of_its_words_is_left_in_the_files() {
    let directory = directory();
    let mut store = open(directory.path());
    for seq in 1..=200 {
        say(&mut store, 1, seq, LOBBY, &format!("Zanzibarsecret {seq} and more of it"));
    }
    store.checkpoint().unwrap();
    assert!(holds(directory.path(), b"Zanzibarsecret"));
    for seq in 1..=200 {
        redact(&mut store, 200 + seq, seq, LOBBY);
    }
    store.checkpoint().unwrap();
    assert!(!holds(directory.path(), b"Zanzibarsecret"));
}
