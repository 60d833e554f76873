//! Pages of history, at their edges.

use crate::support::{ADA_AND_BOB, LOBBY, OPS, directory, everything, message, open, say, texts};
use parlor_hub::change::{Change, Page, Point, StoredMessage, Target};
use parlor_hub::id::{AccountId, MessageId, Millis, Seq};
use parlor_store::{Error, Reader};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use std::sync::Arc;

fn id(seq: Seq) -> MessageId {
    MessageId { epoch: 1, seq, n: 0 }
}

#[test]
fn a_page_is_the_newest_that_qualify_oldest_first() {
    let directory = directory();
    let mut store = open(directory.path());
    for (seq, to, text) in [
        (1, LOBBY, "one"),
        (2, OPS, "elsewhere"),
        (3, LOBBY, "three"),
        (4, ADA_AND_BOB, "between us"),
        (5, LOBBY, "five"),
        (7, LOBBY, "seven"),
    ] {
        say(&mut store, 1, seq, to, text);
    }
    let reader = Reader::open(directory.path()).unwrap();
    let check = |page: Page, expected: &[&str]| {
        assert_eq!(texts(&reader.page(&page).unwrap()), expected, "{page:?}");
    };
    let all = everything(LOBBY);
    check(all.clone(), &["one", "three", "five", "seven"]);
    check(Page { limit: 2, ..all.clone() }, &["five", "seven"]);
    check(Page { limit: 0, ..all.clone() }, &[]);
    check(Page { since: 1, ..all.clone() }, &["three", "five", "seven"]);
    check(Page { since: Seq::MAX, ..all.clone() }, &[]);
    check(Page { upto: 5, ..all.clone() }, &["one", "three", "five"]);
    check(Page { upto: 0, ..all.clone() }, &[]);
    check(everything(OPS), &["elsewhere"]);
    check(everything(ADA_AND_BOB), &["between us"]);
    check(everything(Target::Pair(AccountId(2), AccountId(1))), &["between us"]);
    check(everything(Target::pair(AccountId(1), AccountId(3))), &[]);

    let before = |point| Page { before: Some(point), ..all.clone() };
    check(before(Point::Message(id(5))), &["one", "three"]);
    check(before(Point::Message(id(1))), &[]);
    check(before(Point::At(50)), &["one", "three"]);
    check(before(Point::At(51)), &["one", "three", "five"]);
    check(before(Point::At(0)), &[]);
    check(before(Point::At(Millis::MAX)), &["one", "three", "five", "seven"]);
    check(Page { limit: 1, ..before(Point::At(45)) }, &["three"]);

    let after = |point| Page { after: Some(point), ..all.clone() };
    check(after(Point::Message(id(3))), &["five", "seven"]);
    check(after(Point::Message(id(7))), &[]);
    check(after(Point::At(30)), &["five", "seven"]);
    check(after(Point::At(29)), &["three", "five", "seven"]);
    check(after(Point::At(Millis::MAX)), &[]);
    check(Page { limit: 1, ..after(Point::At(0)) }, &["seven"]);

    let between = Page { after: Some(Point::Message(id(1))), ..before(Point::At(70)) };
    check(between, &["three", "five"]);
    check(Page { after: Some(Point::At(60)), ..before(Point::At(20)) }, &[]);
}

#[test]
fn a_message_that_is_not_in_this_history_is_unknown() {
    let directory = directory();
    let mut store = open(directory.path());
    say(&mut store, 1, 1, LOBBY, "here");
    say(&mut store, 1, 2, OPS, "elsewhere");
    let reader = Reader::open(directory.path()).unwrap();
    for wrong in
        [MessageId { epoch: 2, ..id(1) }, MessageId { n: 1, ..id(1) }, id(2), id(9), id(Seq::MAX)]
    {
        for page in [
            Page { before: Some(Point::Message(wrong)), ..everything(LOBBY) },
            Page { after: Some(Point::Message(wrong)), ..everything(LOBBY) },
        ] {
            let error = reader.page(&page).unwrap_err();
            assert!(matches!(error, Error::UnknownMessage(id) if id == wrong), "{error}");
        }
    }
}

#[test]
fn an_empty_history_has_no_moments() {
    let directory = directory();
    let _store = open(directory.path());
    let reader = Reader::open(directory.path()).unwrap();
    for point in [Point::At(0), Point::At(5), Point::At(Millis::MAX)] {
        let page = Page { before: Some(point), after: Some(point), ..everything(LOBBY) };
        assert_eq!(reader.page(&page).unwrap(), []);
    }
}

fn targets() -> impl Strategy<Value = Target> {
    prop_oneof![Just(LOBBY), Just(OPS), Just(ADA_AND_BOB)]
}

/// What a page must answer, said in the simplest way.
fn expected(stored: &[StoredMessage], page: &Page) -> Vec<StoredMessage> {
    let key = |id: MessageId| (id.seq, id.n);
    let before = |message: &StoredMessage| match page.before {
        None => true,
        Some(Point::At(at)) => message.at < at,
        Some(Point::Message(id)) => key(message.id) < key(id),
    };
    let after = |message: &StoredMessage| match page.after {
        None => true,
        Some(Point::At(at)) => message.at > at,
        Some(Point::Message(id)) => key(message.id) > key(id),
    };
    let mut qualify: Vec<_> = stored
        .iter()
        .filter(|m| m.target == page.target && m.id.seq > page.since && m.id.seq <= page.upto)
        .filter(|m| before(m) && after(m))
        .cloned()
        .collect();
    qualify.split_off(qualify.len().saturating_sub(page.limit.into()))
}

/// A point: a moment, or the message at this place of all that are stored.
type PointOf = Result<Millis, prop::sample::Index>;

fn points() -> impl Strategy<Value = Option<PointOf>> {
    option::of(prop_oneof![(0..60u64).prop_map(Ok), any::<prop::sample::Index>().prop_map(Err)])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn a_page_answers_what_it_says(
        // Pauses before messages: in the journal, and in time.
        said in vec((targets(), 0..3u64, 0..3u64), 1..40),
        pages in vec((targets(), 0..60u64, 0..60u64, points(), points(), 0..20u16), 20),
    ) {
        let directory = directory();
        let mut store = open(directory.path());
        let (mut seq, mut at, mut stored) = (1, 1, Vec::<StoredMessage>::new());
        for (target, entries, pause) in said {
            (seq, at) = (seq + entries, at + pause);
            let n = stored.last().filter(|m| m.id.seq == seq).map_or(0, |m| m.id.n + 1);
            stored.push(message(1, seq, n, at, target, "text"));
        }
        let changes: Vec<_> = stored.iter().cloned().map(Arc::new).map(Change::Message).collect();
        store.commit(seq, at, &changes).unwrap();
        let reader = Reader::open(directory.path()).unwrap();
        for (target, since, upto, before, after, limit) in pages {
            let mut own = stored.iter().filter(|m| m.target == target).peekable();
            if own.peek().is_none() {
                continue;
            }
            let own: Vec<_> = own.collect();
            let point = |point: PointOf| match point {
                Ok(at) => Point::At(at),
                Err(index) => Point::Message(own[index.index(own.len())].id),
            };
            let (before, after) = (before.map(point), after.map(point));
            let page = Page { target, since, upto, before, after, limit };
            prop_assert_eq!(reader.page(&page).unwrap(), expected(&stored, &page), "{:?}", page);
        }
    }
}
