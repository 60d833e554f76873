//! What was stored by itself is there after the process, or the machine, ended in the middle.

use crate::support::{LOBBY, QUICK, copy_as_if_crashed, directory, history, message, texts};
use parlor_hub::change::{Change, Durable};
use parlor_hub::id::Seq;
use parlor_store::{Error, Store, Tail};
use proptest::prelude::*;
use std::fs::{self, OpenOptions};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

/// A store and its tail, as a server has them.
struct Data {
    directory: TempDir,
    store: Store,
    tail: Tail,
    epoch: u32,
    /// What the tail alone has.
    kept: Vec<Change>,
    last: Seq,
    in_database: Seq,
}

impl Data {
    fn new() -> Self {
        Self::open(directory())
    }

    fn open(directory: TempDir) -> Self {
        let (store, durable) = Store::open(directory.path(), QUICK).unwrap();
        let tail = Tail::open(directory.path(), QUICK, &durable).unwrap();
        let Durable { epoch, seq, .. } = durable;
        Self { directory, store, tail, epoch, kept: Vec::new(), last: seq, in_database: seq }
    }

    /// The process ended without a word, and another starts.
    fn crash(&self) -> Self {
        let copy = directory();
        copy_as_if_crashed(self.path(), copy.path());
        Self::open(copy)
    }

    fn path(&self) -> &Path {
        self.directory.path()
    }

    fn tail(&self) -> PathBuf {
        self.path().join("parlor.tail")
    }

    fn said(&self, seq: Seq, text: &str) -> Change {
        Change::Message(Arc::new(message(self.epoch, seq, 0, seq * 10, LOBBY, text)))
    }

    /// Says something by itself; entries between are of what is not stored.
    fn append(&mut self, seq: Seq, text: &str) -> bool {
        let said = self.said(seq, text);
        let is_stored = self.tail.append((seq, seq * 10), [&said], self.in_database).unwrap();
        if is_stored {
            self.last = seq;
            self.kept.push(said);
        }
        is_stored
    }

    /// Somebody reads: the database gets what was kept, and has it on the disk some time later.
    fn settle(&mut self) {
        if !self.kept.is_empty() {
            self.store.commit_unsynced(self.last, self.last * 10, &self.kept).unwrap();
            self.kept.clear();
        }
    }

    /// The database gets what was kept, and something that the tail never had.
    fn commit(&mut self, seq: Seq, text: &str) {
        self.kept.push(self.said(seq, text));
        self.store.commit(seq, seq * 10, &self.kept).unwrap();
        self.tail.note_stored(seq);
        self.kept.clear();
        (self.last, self.in_database) = (seq, seq);
    }
}

/// The length of the first record, behind its prefix.
fn first_length(tail: &[u8]) -> usize {
    u32::from_le_bytes(tail[..4].try_into().unwrap()) as usize
}

/// What a start after a crash finds: the last entry, and what was said.
fn after_a_crash(data: &Data) -> (Seq, Vec<String>) {
    let found = data.crash();
    (found.last, texts(&history(found.path(), LOBBY)).into_iter().map(str::to_owned).collect())
}

#[test]
fn what_the_tail_alone_has_is_in_the_history_after_the_process_ended_without_a_word() {
    let mut data = Data::new();
    assert!(data.append(2, "one") && data.append(3, "two"));
    assert!(history(data.path(), LOBBY).is_empty(), "the database does not have it yet");
    assert_eq!(after_a_crash(&data), (3, vec!["one".into(), "two".into()]));
    data.settle();
    assert_eq!(texts(&history(data.path(), LOBBY)), ["one", "two"], "for whoever reads it has");
    data.commit(5, "three");
    assert!(data.append(6, "four"));
    let everything: Vec<String> = ["one", "two", "three", "four"].map(Into::into).into();
    assert_eq!(after_a_crash(&data), (6, everything.clone()));
    assert_eq!(after_a_crash(&data.crash()), (6, everything), "and once, however often it starts");
}

#[test]
fn a_tail_damaged_anywhere_gives_whole_entries_up_to_there() {
    let mut data = Data::new();
    for seq in 1..=8 {
        assert!(data.append(seq, "something to say"));
    }
    let tail = data.tail();
    let bytes = fs::read(&tail).unwrap();
    let end = bytes.iter().rposition(|byte| *byte != 0).unwrap();
    let mut seen = Vec::new();
    for place in (0..=end).rev().step_by(7) {
        let file = OpenOptions::new().write(true).open(&tail).unwrap();
        file.write_all_at(&[!bytes[place]], place as u64).unwrap();
        let (last, said) = after_a_crash(&data);
        assert_eq!(said.len() as u64, last, "one message an entry; damaged at {place}");
        seen.push(last);
        file.write_all_at(&[bytes[place]], place as u64).unwrap();
    }
    seen.dedup();
    assert_eq!(seen, [7, 6, 5, 4, 3, 2, 1, 0]);
}

#[test]
fn a_tail_without_room_waits_for_the_database() {
    let mut data = Data::new();
    let long = "a text that takes its room ".repeat(4000);
    let mut seq = 1;
    while data.append(seq, &long) {
        seq += 1;
    }
    assert!(seq > 70, "both halves were filled");
    assert_eq!(after_a_crash(&data).0, seq - 1);
    data.commit(seq, "behind it");
    for later in seq + 1..3 * seq {
        if !data.append(later, &long) {
            data.commit(later, &long);
        }
        if later % 30 == 0 {
            let (last, said) = after_a_crash(&data);
            assert_eq!((last, said.len() as u64), (later, later));
        }
    }
}

#[test]
fn what_an_earlier_process_left_in_the_tail_counts_no_second_time() {
    let mut first = Data::new();
    for seq in 1..=5 {
        assert!(first.append(seq, "of the first process"));
    }
    let mut data = first.crash();
    assert!(data.append(6, "of the second"));
    // As if what the second process wrote over were there still.
    let (old, mut tail) = (fs::read(first.tail()).unwrap(), fs::read(data.tail()).unwrap());
    let end = 8 + first_length(&tail);
    let half = old.len() / 2;
    tail[end..half].copy_from_slice(&old[end..half]);
    tail[half..].copy_from_slice(&old[..half]);
    fs::write(data.tail(), tail).unwrap();
    let (last, said) = after_a_crash(&data);
    assert_eq!((last, said.len()), (6, 6));
    assert_eq!(said.last().unwrap(), "of the second");
}

#[test]
fn a_record_that_this_program_cannot_read_keeps_it_from_starting() {
    let mut data = Data::new();
    assert!(data.append(1, "said"));
    let path = data.tail();
    let mut tail = fs::read(&path).unwrap();
    let length = first_length(&tail);
    tail[8] += 1;
    let sum = crc32fast::hash(&tail[8..8 + length]);
    tail[4..8].copy_from_slice(&sum.to_le_bytes());
    fs::write(&path, tail).unwrap();
    let copy = directory();
    copy_as_if_crashed(data.path(), copy.path());
    let refused = Store::open(copy.path(), QUICK).unwrap_err();
    assert!(matches!(refused, Error::TailOfAnotherVersion), "{refused}");
}

#[test]
fn after_an_orderly_end_the_database_has_everything_and_the_tail_nothing() {
    let mut data = Data::new();
    assert!(data.append(1, "one"));
    data.commit(2, "two");
    assert!(data.append(3, "three"));
    data.settle();
    data.store.finish().unwrap();
    let tail = fs::read(data.tail()).unwrap();
    assert!(tail.iter().all(|byte| *byte == 0));
    let everything = ["one", "two", "three"].map(Into::into).into();
    assert_eq!(after_a_crash(&data), (3, everything));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever was stored where, and wherever it ended: all of it is there, once and in order.
    #[test]
    fn whatever_ends_when_all_that_was_stored_is_there(
        steps in prop::collection::vec((0..6_u8, 1..4_u64, 1..6_000_usize), 1..60),
    ) {
        let mut data = Data::new();
        let mut said = Vec::new();
        for (step, gap, length) in steps {
            let (seq, text) = (data.last + gap, "x".repeat(length));
            match step {
                0 => data = data.crash(),
                1 => {
                    data.commit(seq, &text);
                    said.push(text);
                }
                2 => data.settle(),
                _ => if data.append(seq, &text) {
                    said.push(text);
                },
            }
        }
        prop_assert_eq!(after_a_crash(&data), (data.last, said));
    }
}
