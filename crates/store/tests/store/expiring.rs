//! What is not kept any longer is gone: from pages, lists and searches, and from the files.

use crate::conversations::{adas, listed, open_with_accounts, pair};
use crate::support::{
    ADA_AND_BOB, LOBBY, OPS, QUICK, directory, found, history, holds, open, say, texts,
};
use parlor_hub::change::{Change, ChannelHistory, ChannelRow, Keep, Look, Target};
use parlor_hub::id::{AccountId, ChannelId, MessageId, Millis, Seq};
use parlor_hub::modes::ChannelFlags;
use parlor_hub::name::{ChannelName, Forms};
use parlor_store::{Indexer, Keeps, Reader, Store};
use std::path::Path;

/// Messages come at ten times their number.
const SECOND: Keep = Keep { for_ms: Some(1000), last: None };

/// What is older than a second goes. How many steps it took.
fn expire_all(store: &mut Store, now: Millis) -> u32 {
    expire(store, now, Keeps { all: SECOND, channels: Keep::FOREVER })
}

fn expire(store: &mut Store, now: Millis, kept: Keeps) -> u32 {
    let mut steps = 1;
    while store.expire(now, kept).unwrap() {
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
    let mut store = open(directory.path());
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
fn the_next_start_knows_that_the_clock_was_doubted() {
    let directory = directory();
    assert_eq!(open(directory.path()).doubted_from().unwrap(), None);
    for from in [Some(1010), None] {
        open(directory.path()).note_doubted_from(from).unwrap();
        assert_eq!(open(directory.path()).doubted_from().unwrap(), from);
    }
}

#[test]
fn a_conversation_of_which_nothing_is_left_is_listed_no_more() {
    let directory = directory();
    drop(open_with_accounts(directory.path()));
    let mut store = open(directory.path());
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
    let mut store = open(directory.path());
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
    let mut store = open(directory.path());
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
    let mut store = open(directory.path());
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
fn where_nothing_is_kept_what_was_is_removed() {
    let directory = directory();
    let mut store = open(directory.path());
    say(&mut store, 1, 1, LOBBY, "from before");
    say(&mut store, 1, 2, ADA_AND_BOB, "from before");
    expire(&mut store, 0, Keeps { all: Keep::NOTHING, channels: Keep::FOREVER });
    assert_eq!(history(directory.path(), LOBBY), []);
    assert_eq!(history(directory.path(), ADA_AND_BOB), []);
    drop(store);
    let (_, durable) = Store::open(directory.path(), QUICK).unwrap();
    assert_eq!(durable.seq, 2, "their ids are not given again");
}

/// A channel whose founder decided how much of it is kept.
fn decided(id: u32, keep: Option<Keep>) -> Change {
    let name = Forms { shown: "#a".into(), folded: format!("#{id}").into(), skeleton: None };
    Change::Channel(Box::new(ChannelRow {
        id: ChannelId(id),
        name: ChannelName::kept(name),
        made_at: 0,
        since: 0,
        registered: true,
        topic: None,
        flags: ChannelFlags::none(),
        key: None,
        limit: None,
        forward: None,
        rejoin_s: None,
        history: ChannelHistory { keep, hides_earlier: None },
    }))
}

fn id(seq: Seq) -> MessageId {
    MessageId { epoch: 1, seq, n: 0 }
}

#[test]
fn each_channel_keeps_what_its_founder_decided() {
    let directory = directory();
    let mut store = open(directory.path());
    let (short, ended) = (Target::Channel(ChannelId(3)), Target::Channel(ChannelId(4)));
    let changes = [decided(3, Some(SECOND)), decided(4, Some(SECOND))];
    store.commit(1, 10, &changes).unwrap();
    for seq in (2..=600).step_by(4) {
        for (n, to) in [LOBBY, ADA_AND_BOB, short, ended].into_iter().enumerate() {
            say(&mut store, 1, seq + n as u64, to, "word");
        }
    }
    store
        .commit(700, 7000, &[Change::Redacted(id(4), short), Change::ChannelEnded(ChannelId(4))])
        .unwrap();
    let forever = Keeps::default();
    expire(&mut store, 6000, forever);
    let count = |to| history(directory.path(), to).len();
    assert_eq!((count(LOBBY), count(ADA_AND_BOB)), (150, 150));
    assert_eq!((count(short), count(ended)), (26, 26));
    // Whoever has nothing decided has what the server has; and within that alone.
    let month = Keep { for_ms: Some(2000), last: None };
    expire(&mut store, 6000, Keeps { all: Keep::FOREVER, channels: month });
    assert_eq!((count(LOBBY), count(ADA_AND_BOB), count(short)), (50, 150, 26));
    let tight = Keep { for_ms: Some(500), last: None };
    expire(&mut store, 6000, Keeps { all: tight, channels: month });
    assert_eq!((count(LOBBY), count(ADA_AND_BOB), count(short)), (13, 13, 13));
    store.commit(701, 7001, &[decided(3, None)]).unwrap();
    expire(&mut store, Millis::MAX, forever);
    assert_eq!((count(LOBBY), count(short), count(ended)), (13, 13, 0));
}

#[test]
fn as_many_are_kept_as_there_may_be_and_what_was_looked_up_stays_for_a_while() {
    let directory = directory();
    let mut store = open(directory.path());
    let three = Keep { for_ms: None, last: Some(3) };
    store.commit(1, 10, &[decided(2, Some(three))]).unwrap();
    for seq in 2..=11 {
        say(&mut store, 1, seq, if seq % 2 == 0 { OPS } else { LOBBY }, &seq.to_string());
    }
    let reader = Reader::open(directory.path()).unwrap();
    let look = |seq, last| Look { target: OPS, since: 0, upto: 11, last, id: id(seq) };
    assert!(reader.look(&look(6, Some(3))).unwrap().is_some());
    assert!(reader.look(&look(4, Some(3))).unwrap().is_none(), "three are newer");
    assert!(reader.look(&look(4, None)).unwrap().is_some());
    let minute = 60_000;
    expire(&mut store, 100 + minute, Keeps::default());
    assert_eq!(texts(&history(directory.path(), OPS)), ["4", "6", "8", "10"], "the last is new");
    expire(&mut store, 101 + minute, Keeps::default());
    assert_eq!(texts(&history(directory.path(), OPS)), ["6", "8", "10"]);
    assert_eq!(history(directory.path(), LOBBY).len(), 5);
    expire(
        &mut store,
        Millis::MAX,
        Keeps { all: Keep { last: Some(2), ..three }, ..Keeps::default() },
    );
    assert_eq!(texts(&history(directory.path(), OPS)), ["8", "10"]);
    assert_eq!(texts(&history(directory.path(), LOBBY)), ["9", "11"]);
}

#[test]
fn an_index_follows_what_is_removed_from_the_middle_and_the_end() {
    let directory = directory();
    let mut store = open(directory.path());
    for seq in 1..=20 {
        say(&mut store, 1, seq, if seq > 18 { OPS } else { LOBBY }, "word");
    }
    index_all(directory.path());
    store.commit(21, 210, &[decided(2, Some(SECOND))]).unwrap();
    expire(&mut store, Millis::MAX, Keeps::default());
    // The last message of the index is gone, and it has not heard of that.
    assert_eq!(found(directory.path(), "word"), (1..=18).collect::<Vec<_>>());
    let mut indexer = Indexer::open(directory.path()).unwrap();
    assert_eq!(indexer.step(100).unwrap().indexed_to, 18, "it is the index that was");
    drop(indexer);
    assert_eq!(Indexer::open(directory.path()).unwrap().step(100).unwrap().indexed_to, 18);
    say(&mut store, 1, 22, LOBBY, "word");
    index_all(directory.path());
    let expected: Vec<Seq> = (1..=18).chain([22]).collect();
    assert_eq!(found(directory.path(), "word"), expected);
}
