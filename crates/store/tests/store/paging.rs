//! Pages of history, at their edges.

use crate::events::joined;
use crate::support::{
    ADA_AND_BOB, LOBBY, OPS, directory, everything, message, messages, open, say, texts,
};
use parlor_hub::change::{Beside, Change, Kept, Page, Point, Span, StoredMessage, Target};
use parlor_hub::id::{AccountId, MessageId, Millis, Seq};
use parlor_store::{Error, Reader};
use proptest::collection::vec;
use proptest::prelude::*;
use std::sync::Arc;

fn id(seq: Seq) -> MessageId {
    MessageId { epoch: 1, seq, n: 0 }
}

/// However long what was said is, a page is bounded; the next one goes on where it ends.
#[test]
fn a_page_of_long_messages_has_fewer_of_them() {
    const EACH: usize = 8000;
    let directory = directory();
    let mut store = open(directory.path());
    let said = |seq| message(1, seq, 0, seq * 10, LOBBY, &"x".repeat(EACH));
    let all: Vec<_> = (1..=300).map(|seq| Change::Message(Arc::new(said(seq)))).collect();
    store.commit(300, 3000, &all).unwrap();
    let reader = Reader::open(directory.path()).unwrap();
    let page = |span| messages(&reader, &Page { span, ..everything(LOBBY) });
    let seqs = |page: &[_]| (page.first().map(seq_of), page.last().map(seq_of), page.len());

    let newest = page(Span::Latest(None));
    let (first, last, count) = seqs(&newest);
    assert_eq!(last, Some(300));
    assert!((100..140).contains(&count), "{count} of {EACH} bytes are 1 MiB");
    let first = first.unwrap();
    let before = page(Span::Before(Point::Message(id(first))));
    assert_eq!(seqs(&before).1, Some(first - 1));
    let oldest = page(Span::After(Point::At(0)));
    assert_eq!(seqs(&oldest), (Some(1), Some(count as Seq), count));
    let around = page(Span::Around(Point::Message(id(150))));
    assert!(around.len() <= 2 * count && around.iter().any(|message| seq_of(message) == 150));
}

fn seq_of(message: &StoredMessage) -> Seq {
    message.id.seq
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
        assert_eq!(texts(&messages(&reader, &page)), expected, "{page:?}");
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

    let part = |span| Page { span, ..all.clone() };
    let message = |seq| Point::Message(id(seq));
    let before = |point| part(Span::Before(point));
    check(before(message(5)), &["one", "three"]);
    check(before(message(1)), &[]);
    check(before(Point::At(50)), &["one", "three"]);
    check(before(Point::At(51)), &["one", "three", "five"]);
    check(before(Point::At(0)), &[]);
    check(before(Point::At(Millis::MAX)), &["one", "three", "five", "seven"]);
    check(Page { limit: 1, ..before(Point::At(45)) }, &["three"]);

    let latest = |point| part(Span::Latest(Some(point)));
    let after = |point| part(Span::After(point));
    for (point, expected) in [
        (message(3), &["five", "seven"][..]),
        (message(7), &[]),
        (Point::At(30), &["five", "seven"]),
        (Point::At(29), &["three", "five", "seven"]),
        (Point::At(Millis::MAX), &[]),
    ] {
        check(latest(point), expected);
        check(after(point), expected);
    }
    check(Page { limit: 1, ..latest(Point::At(0)) }, &["seven"]);
    check(Page { limit: 1, ..after(Point::At(0)) }, &["one"]);
}

#[test]
fn a_page_between_two_points_is_counted_from_the_first() {
    let (_directory, reader) = five();
    let (at, message) = (Point::At, |seq| Point::Message(id(seq)));
    for (one, other, limit, expected) in [
        (message(1), message(5), 9, "2 3 4"),
        (message(5), message(1), 9, "2 3 4"),
        (message(1), message(5), 2, "2 3"),
        (message(5), message(1), 2, "3 4"),
        (at(10), at(50), 2, "2 3"),
        (at(50), at(10), 2, "3 4"),
        (at(9), at(51), 9, "1 2 3 4 5"),
        (message(2), at(50), 1, "3"),
        (at(50), message(2), 1, "4"),
        (message(2), at(20), 9, ""),
        (at(20), message(2), 9, ""),
        (message(2), message(2), 9, ""),
        (message(2), message(3), 9, ""),
        (at(0), at(Millis::MAX), 9, "1 2 3 4 5"),
        (at(Millis::MAX), at(0), 1, "5"),
    ] {
        let page = Page { span: Span::Between(one, other), limit, ..everything(LOBBY) };
        assert_eq!(texts(&messages(&reader, &page)).join(" "), expected, "{page:?}");
    }
}

#[test]
fn a_page_around_a_point_is_full_while_there_is_enough() {
    let (_directory, reader) = five();
    let (at, message) = (Point::At, |seq| Point::Message(id(seq)));
    for (point, limit, expected) in [
        (message(3), 3, "2 3 4"),
        (message(3), 4, "1 2 3 4"),
        (message(3), 1, "3"),
        (message(1), 3, "1 2 3"),
        (message(5), 3, "3 4 5"),
        (message(3), 99, "1 2 3 4 5"),
        (at(30), 3, "2 3 4"),
        (at(35), 2, "3 4"),
        (at(0), 2, "1 2"),
        (at(Millis::MAX), 2, "4 5"),
    ] {
        let page = Page { span: Span::Around(point), limit, ..everything(LOBBY) };
        assert_eq!(texts(&messages(&reader, &page)).join(" "), expected, "{page:?}");
    }
}

/// Five messages, one to five, at ten times their numbers.
fn five() -> (tempfile::TempDir, Reader) {
    let directory = directory();
    let mut store = open(directory.path());
    for seq in 1..=5 {
        say(&mut store, 1, seq, LOBBY, &seq.to_string());
    }
    let reader = Reader::open(directory.path()).unwrap();
    (directory, reader)
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
        let (known, wrong_point) = (Point::Message(id(1)), Point::Message(wrong));
        for span in [
            Span::Latest(Some(wrong_point)),
            Span::Before(wrong_point),
            Span::After(wrong_point),
            Span::Around(wrong_point),
            Span::Between(known, wrong_point),
            Span::Between(wrong_point, known),
        ] {
            let page = Page { span, ..everything(LOBBY) };
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
        for span in [
            Span::Latest(Some(point)),
            Span::Before(point),
            Span::After(point),
            Span::Around(point),
            Span::Between(point, point),
        ] {
            assert_eq!(reader.page(&Page { span, ..everything(LOBBY) }).unwrap(), []);
        }
    }
}

fn targets() -> impl Strategy<Value = Target> {
    prop_oneof![Just(LOBBY), Just(OPS), Just(ADA_AND_BOB)]
}

/// What a page must answer, said in the simplest way.
fn expected(stored: &[(Target, Kept)], page: &Page) -> Vec<Kept> {
    let order = |kept: &Kept, point: Point| match point {
        Point::At(at) => kept.at().cmp(&at),
        Point::Message(id) => kept.id().cmp(&id),
    };
    let is_there = |(target, kept): &&(Target, Kept)| {
        let seq = kept.id().seq;
        let is_wanted = kept.message().is_some() || page.beside != Beside::Nothing;
        *target == page.target && page.since < seq && seq <= page.upto && is_wanted
    };
    let there: Vec<Kept> = stored.iter().filter(is_there).map(|(_, kept)| kept.clone()).collect();
    let limit = usize::from(page.limit);
    let between = |after: Option<Point>, before: Option<Point>| -> Vec<Kept> {
        let is_after = |kept: &&Kept| after.is_none_or(|point| order(kept, point).is_gt());
        let is_before = |kept: &&Kept| before.is_none_or(|point| order(kept, point).is_lt());
        there.iter().filter(is_after).filter(is_before).cloned().collect()
    };
    let newest = |mut all: Vec<_>| all.split_off(all.len().saturating_sub(limit));
    let oldest = |all: Vec<_>| all.into_iter().take(limit).collect();
    match page.span {
        Span::Latest(after) => newest(between(after, None)),
        Span::Before(point) => newest(between(None, Some(point))),
        Span::After(point) => oldest(between(Some(point), None)),
        Span::Around(point) => {
            let before = between(None, Some(point)).len();
            let behind = there.len() - before;
            let older = (limit / 2).max(limit.saturating_sub(behind)).min(before);
            oldest(there[before - older..].to_vec())
        }
        // One of the two directions is empty.
        Span::Between(one, other) => {
            let (forth, back) = (between(Some(one), Some(other)), between(Some(other), Some(one)));
            if back.is_empty() { oldest(forth) } else { newest(back) }
        }
    }
}

/// The first point of a page that names a message which may not be read there.
fn unknown(page: &Page) -> Option<MessageId> {
    let points = match page.span {
        Span::Latest(point) => [point, None],
        Span::Before(point) | Span::After(point) | Span::Around(point) => [Some(point), None],
        Span::Between(one, other) => [Some(one), Some(other)],
    };
    points.into_iter().flatten().find_map(|point| match point {
        Point::Message(id) if id.seq <= page.since || page.upto < id.seq => Some(id),
        Point::Message(_) | Point::At(_) => None,
    })
}

/// A point: a moment, or the message or event at this place of all that are stored.
type PointOf = Result<Millis, prop::sample::Index>;

fn points() -> impl Strategy<Value = PointOf> {
    prop_oneof![(0..60u64).prop_map(Ok), any::<prop::sample::Index>().prop_map(Err)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn a_page_answers_what_it_says(
        // Pauses before messages and events: in the journal, and in time.
        said in vec((targets(), any::<bool>(), 0..3u64, 0..3u64), 1..40),
        pages in vec((targets(), 0..60u64, 0..60u64, 0..12u8, points(), points(), 0..20u16), 20),
    ) {
        let directory = directory();
        let mut store = open(directory.path());
        let (mut seq, mut at, mut stored) = (1, 1, Vec::<(Target, Kept)>::new());
        for (target, is_event, entries, pause) in said {
            (seq, at) = (seq + entries, at + pause);
            let last = stored.last().map(|(_, kept)| kept.id()).filter(|id| id.seq == seq);
            let n = last.map_or(0, |id| id.n + 1);
            stored.push((target, match target {
                Target::Channel(channel) if is_event => {
                    Kept::Event(Box::new(joined(MessageId { epoch: 1, seq, n }, at, channel)))
                }
                _ => Kept::Message(message(1, seq, n, at, target, "text")),
            }));
        }
        let change = |(target, kept): &(Target, Kept)| match kept {
            Kept::Message(message) => Change::Message(Arc::new(message.clone())),
            Kept::Event(event) => Change::Happened(*target, Arc::new((**event).clone())),
        };
        let changes: Vec<_> = stored.iter().map(change).collect();
        store.commit(seq, at, &changes).unwrap();
        let reader = Reader::open(directory.path()).unwrap();
        for (target, since, upto, kind, one, other, limit) in pages {
            let own: Vec<_> = stored.iter().filter(|(to, _)| *to == target).collect();
            if own.is_empty() {
                continue;
            }
            let point = |point: PointOf| match point {
                Ok(at) => Point::At(at),
                Err(index) => Point::Message(own[index.index(own.len())].1.id()),
            };
            let (one, other) = (point(one), point(other));
            let beside = if kind < 6 { Beside::Nothing } else { Beside::Events };
            let span = match kind % 6 {
                0 => Span::Latest(None),
                1 => Span::Latest(Some(one)),
                2 => Span::Before(one),
                3 => Span::After(one),
                4 => Span::Around(one),
                _ => Span::Between(one, other),
            };
            let page = Page { target, since, upto, span, beside, limit };
            let found = reader.page(&page);
            match unknown(&page) {
                None => {
                    prop_assert_eq!(found.unwrap(), expected(&stored, &page), "{:?}", page);
                }
                Some(hidden) => {
                    let is_refused = matches!(found, Err(Error::UnknownMessage(id)) if id == hidden);
                    prop_assert!(is_refused, "{:?}: {:?}", page, found);
                }
            }
        }
    }
}
