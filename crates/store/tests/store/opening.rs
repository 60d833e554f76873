//! Who may open a data directory, and what a start finds in it.

use crate::support::{LOBBY, QUICK, directory, open, say};
use parlor_store::{Error, Options, Reader, Store};
use std::fs;

#[test]
fn two_servers_never_share_a_directory() {
    let directory = directory();
    let first = open(directory.path());
    let error = Store::open(directory.path(), QUICK).unwrap_err();
    assert!(matches!(error, Error::InUse { .. }), "{error}");
    assert!(error.to_string().contains(&directory.path().display().to_string()), "{error}");
    drop(first);
    open(directory.path());
}

#[test]
fn each_start_is_a_new_epoch_even_one_that_stored_nothing() {
    let directory = directory();
    for epoch in 1..=3 {
        let (store, durable) = Store::open(directory.path(), QUICK).unwrap();
        assert_eq!(durable.epoch, epoch);
        drop(store);
    }
}

#[test]
fn a_start_goes_on_where_the_last_one_stopped() {
    let directory = directory();
    let mut store = open(directory.path());
    say(&mut store, 1, 7, LOBBY, "hello");
    store.commit(9, 95, []).unwrap();
    store.checkpoint().unwrap();
    drop(store);
    let (_store, durable) = Store::open(directory.path(), QUICK).unwrap();
    assert_eq!((durable.seq, durable.at), (9, 95));
}

#[test]
fn the_key_of_cloaks_is_that_of_the_first_start() {
    let directory = directory();
    let key = |fresh: u8| open(directory.path()).cloak_key([fresh; 32]).unwrap();
    assert_eq!([key(1), key(2), key(3)], [[1; 32]; 3]);
}

#[test]
fn the_casemapping_is_fixed_at_the_first_start() {
    let directory = directory();
    let rfc1459 = Options { casemapping: "rfc1459", ..QUICK };
    drop(Store::open(directory.path(), rfc1459).unwrap());
    let error = Store::open(directory.path(), QUICK).unwrap_err();
    assert!(matches!(error, Error::CasemappingDiffers { .. }), "{error}");
    let (_store, durable) = Store::open(directory.path(), rfc1459).unwrap();
    assert_eq!(durable.epoch, 2, "a start that was refused is none");
}

#[test]
fn what_is_not_a_database_is_said_to_be_damaged() {
    let directory = directory();
    fs::write(directory.path().join("parlor.db"), "not a database at all".repeat(100)).unwrap();
    let error = Store::open(directory.path(), QUICK).unwrap_err();
    assert!(matches!(error, Error::Damaged(_)), "{error}");
    assert!(!error.may_pass());
}

#[test]
fn a_directory_that_cannot_be_made_is_named() {
    let directory = directory();
    let file = directory.path().join("file");
    fs::write(&file, "").unwrap();
    let error = Store::open(&file.join("data"), QUICK).unwrap_err();
    assert!(error.to_string().contains(&file.join("data").display().to_string()), "{error}");
}

#[cfg(unix)]
#[test]
fn nobody_else_reads_the_data() {
    use std::os::unix::fs::PermissionsExt;
    let directory = directory();
    let data = directory.path().join("some/where");
    let mut store = open(&data);
    say(&mut store, 1, 1, LOBBY, "a secret");
    let _reader = Reader::open(&data).unwrap();
    for name in ["parlor.db", "parlor.db-wal", "parlor.db-shm", "parlor.lock", ""] {
        let mode = fs::metadata(data.join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{name} has mode {mode:o}");
    }
}
