//! What is left when the process, or the machine, ends in the middle.

use crate::support::{LOBBY, QUICK, copy_as_if_crashed, directory, history, message, open, say};
use parlor_hub::change::Change;
use parlor_store::Store;
use std::fs::{self, OpenOptions};
use std::sync::Arc;

#[test]
fn what_was_committed_is_there_after_the_process_ended_without_a_word() {
    let (directory, copy) = (directory(), directory());
    let mut store = open(directory.path());
    for seq in 1..=50 {
        say(&mut store, 1, seq, LOBBY, &format!("message {seq}"));
        copy_as_if_crashed(directory.path(), copy.path());
        let (_store, durable) = Store::open(copy.path(), QUICK).unwrap();
        assert_eq!((durable.seq, durable.at, durable.epoch), (seq, seq * 10, 2));
        assert_eq!(history(copy.path(), LOBBY).len() as u64, seq);
    }
}

#[test]
fn a_log_cut_anywhere_gives_whole_batches_and_their_entry() {
    const PER_BATCH: u16 = 5;
    let (directory, copy) = (directory(), directory());
    let mut store = open(directory.path());
    for seq in 1..=6 {
        let long = "a text that takes its room ".repeat(20);
        let batch: Vec<_> = (0..PER_BATCH)
            .map(|n| Change::Message(Arc::new(message(1, seq, n, seq, LOBBY, &long))))
            .collect();
        store.commit(seq, seq, &batch).unwrap();
    }
    let wal = fs::metadata(directory.path().join("parlor.db-wal")).unwrap().len();
    let mut seen = Vec::new();
    // The schema and the epoch are in the log too; from the first batch on nothing may be by halves.
    for length in (0..=wal).rev().step_by(997) {
        copy_as_if_crashed(directory.path(), copy.path());
        let log = OpenOptions::new().write(true).open(copy.path().join("parlor.db-wal")).unwrap();
        log.set_len(length).unwrap();
        let (_store, durable) = Store::open(copy.path(), QUICK).unwrap();
        let stored = history(copy.path(), LOBBY);
        assert_eq!(stored.len() as u64, durable.seq * u64::from(PER_BATCH), "cut at {length}");
        assert!(stored.iter().all(|message| message.id.seq <= durable.seq));
        seen.push(durable.seq);
        if durable.seq == 0 {
            break;
        }
    }
    seen.dedup();
    assert_eq!(seen, [6, 5, 4, 3, 2, 1, 0]);
}

#[test]
fn a_number_that_a_crash_took_back_is_not_given_again_as_the_same_id() {
    let (directory, copy) = (directory(), directory());
    let mut store = open(directory.path());
    copy_as_if_crashed(directory.path(), copy.path());
    say(&mut store, 1, 1, LOBBY, "taken back");
    let (mut again, durable) = Store::open(copy.path(), QUICK).unwrap();
    say(&mut again, durable.epoch, 1, LOBBY, "said later");
    let id = |directory| history(directory, LOBBY)[0].id;
    assert_ne!(id(directory.path()), id(copy.path()));
}
