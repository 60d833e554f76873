//! What an account wrote and did is forgotten: unread from the commit on, and gone from the files some steps
//! later, whatever happens in between.

use crate::conversations::{adas, listed, open_with_accounts, pair};
use crate::events::joined;
use crate::support::{
    LOBBY, OPS, directory, everything, found, history, holds, message, open, texts,
};
use parlor_hub::change::{Beside, Change, Look, Page, Point, Span, StoredMessage, Target};
use parlor_hub::id::{AccountId, ChannelId, MessageId, Seq};
use parlor_hub::person::Person;
use parlor_store::{Error, Indexer, Keeps, Reader, Store};
use std::path::Path;
use std::sync::Arc;

const EVE: u32 = 3;

fn id(seq: Seq) -> MessageId {
    MessageId { epoch: 1, seq, n: 0 }
}

/// One entry with a message of an account.
fn says(store: &mut Store, seq: Seq, author: u32, to: Target, text: &str) {
    let author = Some(AccountId(author));
    let said = StoredMessage { author, ..message(1, seq, 0, seq * 10, to, text) };
    store.commit(seq, seq * 10, &[Change::Message(Arc::new(said))]).unwrap();
}

/// Eve came into both channels.
fn comes(store: &mut Store, seq: Seq) {
    let in_channel = |target, channel| {
        let mut event = joined(id(seq), seq * 10, channel);
        event.author = Some(AccountId(EVE));
        Change::Happened(target, Arc::new(event))
    };
    let changes = [in_channel(LOBBY, ChannelId(1)), in_channel(OPS, ChannelId(2))];
    store.commit(seq, seq * 10, &changes).unwrap();
}

fn forget(store: &mut Store, seq: Seq) {
    store.commit(seq, seq * 10, &[Change::Forgotten(AccountId(EVE), seq)]).unwrap();
}

/// Whether there was anything to be done.
fn step(store: &mut Store) -> bool {
    store.expire(0, Keeps::default()).unwrap()
}

fn ids(directory: &Path, target: Target) -> Vec<Seq> {
    let page = Page { beside: Beside::EventsAndTags, ..everything(target) };
    let kept = Reader::open(directory).unwrap().page(&page).unwrap();
    kept.iter().map(|kept| kept.id().seq).collect()
}

fn index_all(directory: &Path) {
    let mut indexer = Indexer::open(directory).unwrap();
    for _ in 0..20 {
        indexer.step(1000).unwrap();
    }
}

#[test]
fn nobody_reads_it_from_the_commit_on() {
    let directory = directory();
    let mut store = open_with_accounts(directory.path());
    says(&mut store, 2, EVE, LOBBY, "word");
    says(&mut store, 3, 1, LOBBY, "word");
    comes(&mut store, 4);
    says(&mut store, 5, 1, pair(1, EVE), "word");
    says(&mut store, 6, EVE, pair(1, EVE), "word");
    says(&mut store, 7, EVE, pair(2, EVE), "word");
    store.commit(8, 80, &[Change::Redacted(id(2), LOBBY)]).unwrap();
    index_all(directory.path());
    forget(&mut store, 9);
    says(&mut store, 10, EVE, LOBBY, "word");
    index_all(directory.path());
    let check = || {
        assert_eq!(ids(directory.path(), LOBBY), [3, 10]);
        assert_eq!(ids(directory.path(), OPS), []);
        assert_eq!(ids(directory.path(), pair(1, EVE)), [5]);
        assert_eq!(found(directory.path(), "word"), [3, 10]);
        let reader = Reader::open(directory.path()).unwrap();
        assert_eq!(listed(&reader, &adas()), "cyd=50 #lobby=100");
        assert_eq!(
            listed(&reader, &{
                let mut bobs = adas();
                bobs.account = Some(AccountId(2));
                bobs
            }),
            "#lobby=100"
        );
        for (seq, is_there) in [(2, false), (3, true), (4, false), (10, true)] {
            let look = Look { target: LOBBY, since: 0, upto: 20, last: None, id: id(seq) };
            assert_eq!(reader.look(&look).unwrap().is_some(), is_there, "{seq}");
            let span = Span::After(Point::Message(id(seq)));
            let page = reader.page(&Page { span, ..everything(LOBBY) });
            let is_known = !matches!(page, Err(Error::UnknownMessage(_)));
            assert_eq!(is_known, is_there, "{seq} as a point");
        }
        // Two are kept, and of those that are newer one is forgotten.
        let look = Look { target: LOBBY, since: 0, upto: 20, last: Some(2), id: id(3) };
        assert!(reader.look(&look).unwrap().is_some());
    };
    check();
    assert!(step(&mut store));
    assert!(!step(&mut store), "it is done");
    check();
}

#[test]
fn nothing_of_it_is_left_in_the_files() {
    let directory = directory();
    let mut store = open(directory.path());
    for seq in 1..=30 {
        says(&mut store, seq, EVE, LOBBY, &format!("{seq}Timbuktu"));
    }
    for seq in 31..=40 {
        says(&mut store, seq, 1, LOBBY, &format!("{seq}Samarkand"));
    }
    index_all(directory.path());
    forget(&mut store, 41);
    while step(&mut store) {}
    index_all(directory.path());
    store.checkpoint().unwrap();
    for (word, is_there) in
        [("Timbuktu", false), ("timbuktu", false), ("Samarkand", true), ("samarkand", true)]
    {
        assert_eq!(holds(directory.path(), word.as_bytes()), is_there, "{word}");
    }
}

#[test]
fn nor_is_who_said_it() {
    let directory = directory();
    let mut store = open(directory.path());
    let mut seq = 0;
    for (author, nick) in [(EVE, "Xanthippe"), (1, "Sokrates"), (EVE, "Xanthippe")] {
        seq += 1;
        let person = Person {
            nick: nick.into(),
            username: format!("{nick}-user").into(),
            host: format!("{nick}.example").into(),
            account: Some(format!("{nick}-account").into()),
            bot: false,
            operator: false,
        };
        let said = StoredMessage {
            from: Arc::new(person),
            author: Some(AccountId(author)),
            ..message(1, seq, 0, seq * 10, LOBBY, "word")
        };
        store.commit(seq, seq * 10, &[Change::Message(Arc::new(said))]).unwrap();
    }
    forget(&mut store, 4);
    while step(&mut store) {}
    store.checkpoint().unwrap();
    assert!(!holds(directory.path(), b"Xanthippe"));
    assert!(holds(directory.path(), b"Sokrates.example"));
}

#[test]
fn it_goes_in_pieces_and_a_restart_goes_on_with_it() {
    let directory = directory();
    let mut store = open(directory.path());
    for seq in 1..=600 {
        says(&mut store, seq, EVE, LOBBY, &format!("{seq}Timbuktu"));
    }
    says(&mut store, 601, 1, LOBBY, "stays");
    comes(&mut store, 602);
    forget(&mut store, 603);
    assert!(step(&mut store));
    drop(store);
    let mut store = open(directory.path());
    assert_eq!(texts(&history(directory.path(), LOBBY)), ["stays"], "it is hidden still");
    // Somebody says more, and has that forgotten too, before the first is done.
    store.commit(604, 6040, []).unwrap();
    let said = StoredMessage {
        author: Some(AccountId(EVE)),
        ..message(2, 605, 0, 6050, LOBBY, "605Timbuktu")
    };
    store.commit(605, 6050, &[Change::Message(Arc::new(said))]).unwrap();
    forget(&mut store, 606);
    let mut steps = 1;
    while step(&mut store) {
        steps += 1;
        drop(store);
        store = open(directory.path());
    }
    assert_eq!(steps, 3, "256, 256, and the rest");
    assert_eq!(texts(&history(directory.path(), LOBBY)), ["stays"]);
    store.checkpoint().unwrap();
    drop(store);
    assert!(!holds(directory.path(), b"Timbuktu"));
}
