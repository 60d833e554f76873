//! What happened beside messages: stored as it was, on the pages that ask for it, and gone with what it was
//! about or when its time is over.

use crate::support::{ADA_AND_BOB, LOBBY, OPS, directory, everything, holds, open, say};
use parlor_hub::change::{
    Beside, Change, Keep, Kept, Look, Page, Point, Span, StoredEvent, Target,
};
use parlor_hub::event::{ChannelRef, Event, ModeShown};
use parlor_hub::id::{AccountId, ChannelId, MessageId, Millis, Seq};
use parlor_hub::person::Person;
use parlor_store::{Error, Keeps, Reader, Store};
use std::path::Path;
use std::sync::Arc;

fn bob() -> Arc<Person> {
    let (nick, username, host) = ("bob".into(), "~bob".into(), "10.0.0.2".into());
    Arc::new(Person {
        nick,
        username,
        host,
        account: Some("Bob".into()),
        bot: true,
        operator: false,
    })
}

fn id(seq: Seq) -> MessageId {
    MessageId { epoch: 1, seq, n: 0 }
}

fn lobby() -> ChannelRef {
    ChannelRef { id: ChannelId(1), name: "#lobby".into() }
}

/// Somebody came into a channel.
pub fn joined(id: MessageId, at: Millis, channel: ChannelId) -> StoredEvent {
    let channel = ChannelRef { id: channel, name: "#a".into() };
    let event = Event::Joined { who: bob(), realname: "Bob".into(), channel };
    StoredEvent { id, at, author: None, about: None, event }
}

/// Stores an event of an entry of its own, at ten times its number, in each of these.
fn happens(store: &mut Store, seq: Seq, targets: &[Target], event: Event) -> StoredEvent {
    let about = match &event {
        Event::Tags { tags, .. } => parlor_hub::change::tags::about(tags),
        _ => None,
    };
    let author = Some(AccountId(7));
    let stored = StoredEvent { id: id(seq), at: seq * 10, author, about, event };
    let shared = Arc::new(stored.clone());
    let changes: Vec<_> =
        targets.iter().map(|target| Change::Happened(*target, Arc::clone(&shared))).collect();
    store.commit(seq, seq * 10, &changes).unwrap();
    stored
}

fn reacts(to: Seq) -> Event {
    let tags = format!("+draft/react=Zanzibar;+reply={}", id(to)).into();
    Event::Tags { from: bob(), to: "#lobby".into(), tags }
}

fn page_of(target: Target, beside: Beside) -> Page {
    Page { beside, ..everything(target) }
}

fn seqs(directory: &Path, page: &Page) -> Vec<Seq> {
    let reader = Reader::open(directory).unwrap();
    reader.page(page).unwrap().iter().map(|kept| kept.id().seq).collect()
}

#[test]
fn each_kind_reads_back_as_it_was_stored() {
    let directory = directory();
    let mut store = open(directory.path());
    let shown = |set, letter, parameter: Option<&str>| ModeShown {
        set,
        letter,
        parameter: parameter.map(Into::into),
    };
    let changes =
        vec![shown(true, 'o', Some("ada")), shown(false, 'm', None), shown(true, 'k', Some("a b"))];
    let by = bob;
    let events = [
        Event::Joined { who: by(), realname: "Bob of Example".into(), channel: lobby() },
        Event::Parted { who: by(), channel: lobby(), reason: None },
        Event::Parted { who: by(), channel: lobby(), reason: Some("so long".into()) },
        Event::Kicked { by: by(), nick: "eve".into(), channel: lobby(), reason: "spam".into() },
        Event::Quit { who: by(), reason: String::new().into() },
        Event::Renamed { who: by(), nick: "rob".into() },
        Event::Topic { by: by(), channel: lobby(), text: "tea".into() },
        Event::Modes { by: Some(by()), channel: lobby(), changes: changes.clone() },
        Event::Modes { by: None, channel: lobby(), changes },
        reacts(1),
    ];
    let mut stored = Vec::new();
    for (seq, event) in (1..).zip(events) {
        stored.push(Kept::Event(Box::new(happens(&mut store, seq, &[LOBBY], event))));
    }
    let reader = Reader::open(directory.path()).unwrap();
    assert_eq!(reader.page(&page_of(LOBBY, Beside::EventsAndTags)).unwrap(), stored);
    stored.pop();
    assert_eq!(reader.page(&page_of(LOBBY, Beside::Events)).unwrap(), stored);
    assert_eq!(reader.page(&page_of(LOBBY, Beside::Nothing)).unwrap(), []);
    let notice = Change::Happened(
        LOBBY,
        Arc::new(StoredEvent {
            event: Event::Notice { text: "hidden".into() },
            ..joined(id(99), 990, ChannelId(1))
        }),
    );
    let error = store.commit(99, 990, &[notice]).unwrap_err();
    assert!(matches!(error, Error::NotKept(_)) && !error.may_pass(), "{error}");
}

#[test]
fn one_event_of_several_channels_has_one_id_in_all() {
    let directory = directory();
    let mut store = open(directory.path());
    say(&mut store, 1, 1, OPS, "before");
    happens(&mut store, 2, &[LOBBY, OPS], Event::Quit { who: bob(), reason: "bye".into() });
    say(&mut store, 1, 3, LOBBY, "behind");
    say(&mut store, 1, 4, OPS, "behind");
    let point = Point::Message(id(2));
    for (target, span, expected) in [
        (LOBBY, Span::Latest(None), &[2, 3][..]),
        (OPS, Span::Latest(None), &[1, 2, 4]),
        (OPS, Span::Before(point), &[1]),
        (OPS, Span::After(point), &[4]),
        (OPS, Span::Around(point), &[1, 2, 4]),
        (OPS, Span::Between(Point::At(10), Point::At(40)), &[2]),
    ] {
        let page = Page { span, ..page_of(target, Beside::Events) };
        assert_eq!(seqs(directory.path(), &page), expected, "{page:?}");
    }
    // It is a point for those as well who are not shown it.
    let page = Page { span: Span::Around(point), ..everything(OPS) };
    assert_eq!(seqs(directory.path(), &page), [1, 4]);
    let page = Page { span: Span::After(point), ..everything(ADA_AND_BOB) };
    let error = Reader::open(directory.path()).unwrap().page(&page).unwrap_err();
    assert!(matches!(error, Error::UnknownMessage(_)), "{error}");
}

#[test]
fn what_was_said_of_a_message_goes_with_it() {
    let directory = directory();
    let mut store = open(directory.path());
    for seq in [1, 2] {
        say(&mut store, 1, seq, LOBBY, "word");
    }
    happens(&mut store, 3, &[LOBBY], reacts(1));
    happens(&mut store, 4, &[LOBBY], reacts(2));
    happens(&mut store, 5, &[OPS], reacts(1));
    store.commit(6, 60, &[Change::Redacted(id(1), LOBBY)]).unwrap();
    let page = page_of(LOBBY, Beside::EventsAndTags);
    assert_eq!(seqs(directory.path(), &page), [2, 4]);
    let before = Page { span: Span::Before(Point::Message(id(3))), ..page };
    assert_eq!(seqs(directory.path(), &before), [2], "its id is a point still");
    // Elsewhere the id is that of no message.
    assert_eq!(seqs(directory.path(), &page_of(OPS, Beside::EventsAndTags)), [5]);
    let reader = Reader::open(directory.path()).unwrap();
    let looked = |seq, target| {
        let look = Look { target, since: 0, upto: 9, last: None, id: id(seq) };
        reader.look(&look).unwrap().map(|looked| (looked.author, looked.kind))
    };
    assert_eq!(looked(4, LOBBY), Some((Some(AccountId(7)), None)), "a reaction can be taken back");
    assert_eq!((looked(3, LOBBY), looked(4, OPS)), (None, None), "gone, or never there");
    store.commit(7, 70, &[Change::Redacted(id(4), LOBBY), Change::Redacted(id(1), OPS)]).unwrap();
    assert_eq!(seqs(directory.path(), &page_of(LOBBY, Beside::EventsAndTags)), [2]);
    store.checkpoint().unwrap();
    assert!(!holds(directory.path(), b"Zanzibar"), "nothing of it is left in the files");
}

#[test]
fn events_expire_as_messages_do_in_pieces_and_from_all_channels() {
    let directory = directory();
    let mut store = open(directory.path());
    let second = Keep { for_ms: Some(1000), last: None };
    let keeps = Keeps { all: second, channels: Keep::FOREVER };
    let quit = || Event::Quit { who: bob(), reason: "bye".into() };
    for seq in 1..=300 {
        happens(&mut store, seq, &[LOBBY, OPS], quit());
    }
    say(&mut store, 1, 301, LOBBY, "last");
    let mut steps = 1;
    while store.expire(3990, keeps).unwrap() {
        steps += 1;
    }
    assert_eq!(steps, 3, "598 rows, 256 in a step");
    assert_eq!(seqs(directory.path(), &page_of(LOBBY, Beside::Events)), [299, 300, 301]);
    assert_eq!(seqs(directory.path(), &page_of(OPS, Beside::Events)), [299, 300]);
    store.expire(Millis::MAX, keeps).unwrap();
    assert_eq!(seqs(directory.path(), &page_of(LOBBY, Beside::Events)), [] as [Seq; 0]);
    // Of one channel alone, as many of them as of messages.
    for seq in 400..=700 {
        happens(&mut store, seq, &[LOBBY, OPS], quit());
    }
    let channels = Keep { for_ms: None, last: Some(2) };
    while store.expire(Millis::MAX, Keeps { all: Keep::FOREVER, channels }).unwrap() {}
    assert_eq!(seqs(directory.path(), &page_of(OPS, Beside::Events)), [699, 700]);
}
