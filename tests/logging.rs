//! The log: nobody waits for whoever does not read it, and what is said last is read.

mod support;

use std::io::{ErrorKind, Read, Write};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::process::{Command, Stdio};
use support::{Person, Server, free_address};
use tempfile::TempDir;

/// The two ends of something that takes not one byte more.
fn full() -> (UnixStream, UnixStream) {
    let (end, mut stuck) = UnixStream::pair().expect("a pair");
    stuck.set_nonblocking(true).expect("a flag");
    let error = loop {
        if let Err(error) = stuck.write(&[b'.'; 4096]) {
            break error;
        }
    };
    assert_eq!(error.kind(), ErrorKind::WouldBlock);
    while stuck.write(b".").is_ok() {}
    stuck.set_nonblocking(false).expect("a flag");
    (end, stuck)
}

#[test]
fn a_log_that_nobody_reads_stops_nothing() {
    let (end, stuck) = full();
    let proxied = free_address();
    let settings = [("PARLOR_PROXY_TRUSTED", "192.0.2.0/24")];
    let arguments = [&*format!("--listen={proxied}+proxy")];
    let data = TempDir::new().expect("a folder");
    let stderr = Some(OwnedFd::from(stuck).into());
    let mut server = Server::logging_to(stderr, &settings, data, &arguments);
    let (mut ada, mut bob) = (server.irc("ada"), server.line("bob"));
    // The shard has something to log: this is no proxy that it trusts.
    assert_eq!(Person::connect(proxied).rest(), "");
    server.signal("HUP");
    ada.say("JOIN #lobby");
    ada.say("PRIVMSG #lobby :does anybody read this?");
    bob.sees("does anybody read this?");
    server.signal("TERM");
    ada.sees("ERROR :");
    assert!(server.ended_well());
    drop(end);
}

#[test]
fn a_log_that_is_read_late_is_there() {
    let (mut end, stuck) = full();
    let data = TempDir::new().expect("a folder");
    let stderr = Some(OwnedFd::from(stuck).into());
    let mut server = Server::logging_to(stderr, &[], data, &[]);
    let reading = std::thread::spawn(move || {
        let mut log = Vec::new();
        end.read_to_end(&mut log).map(|_| String::from_utf8_lossy(&log).into_owned())
    });
    server.stop();
    let log = reading.join().expect("it reads").expect("a log");
    assert_eq!(log.matches("listening").count(), 1, "{}", log.trim_start_matches('.'));
}

#[test]
fn why_the_server_ends_stands_behind_all_that_it_logged() {
    let server = Server::start();
    // It listens before it has opened its data.
    server.logs("listening", 1);
    // The address is free, and the data are in use.
    let ended = Command::new(env!("CARGO_BIN_EXE_parlor"))
        .args(["serve", "--listen", &free_address().to_string(), "--data"])
        .arg(server.data.path().join("data"))
        .stdin(Stdio::null())
        .output()
        .expect("the binary");
    let log = String::from_utf8(ended.stderr).expect("UTF-8");
    let last = log.lines().last().expect("a line");
    assert!(!ended.status.success() && last.starts_with("parlor: cannot open the data"), "{log}");
    assert!(log.lines().count() > 1, "{log}");
}
