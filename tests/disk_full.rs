//! A full disk: nothing unsaved is shown, the server says so at both doors and in its log, and goes on
//! when there is room.

mod support;

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use support::history::{CAPABILITIES, Message, history};
use support::{Person, Server};
use tempfile::TempDir;

/// Room for the data of a server, and for some megabytes of messages.
const SIZE: &str = "size=16m";

const REFUSED_BY_IRC: &str = "cannot store anything just now";
const REFUSED_AT_A_LINE: &str = "cannot save anything right now";

#[test]
fn a_full_disk_is_said_and_nothing_unsaved_is_shown() {
    let Some(disk) = Disk::mount() else { return };
    let mut server = disk.server(Shards::Two);
    let (mut ada, mut watcher) = (enter(&server, "ada"), enter(&server, "watcher"));
    let mut grace = server.line("grace");
    let leaving = (enter(&server, "leaving-irc"), server.line("leaving-line"));
    ada.say("PRIVMSG #lobby :before");
    grace.sees("<ada> before");

    let ballast = disk.fill();
    let in_hand = talk_until_refused(&mut ada);
    server.logs("there is no room left", 1);
    // Her shard was told when ada's was, and knows it before it is asked a second thing.
    grace.say("/help nick");
    grace.sees("/nick");
    grace.say("refused at a terminal");
    grace.sees(REFUSED_AT_A_LINE);
    // Whoever asks whether the server is there is told, also while a message of theirs is in hand.
    for person in [&mut ada, &mut watcher] {
        person.settles();
    }
    // Whoever leaves is let go, and told so.
    let (mut irc, mut line) = (leaving.0, leaving.1);
    irc.say("QUIT :enough");
    assert!(irc.rest().contains("ERROR :"));
    line.say("/quit");
    assert!(line.rest().ends_with("* Goodbye.\r\n"));
    let shown = said(&watcher);
    assert!(in_hand.iter().all(|unsaved| !shown.contains(unsaved)), "unsaved, and shown");

    std::fs::remove_file(ballast).expect("the ballast");
    server.logs("commits again", 1);
    watcher.sees(":leaving-irc!~leaving-irc@127.0.0.1 QUIT :Quit: enough");
    watcher.sees(":leaving-line!~line@127.0.0.1 QUIT ");
    talk_until_accepted(&mut grace, "room at a terminal");
    watcher.sees("room at a terminal");
    ada.say("PRIVMSG #lobby :room for IRC");
    watcher.sees("room for IRC");
    grace.sees("<ada> room for IRC");
    let shown = said(&watcher);
    for unsaved in in_hand {
        assert_eq!(shown.iter().filter(|text| **text == unsaved).count(), 1, "{unsaved}");
    }
    assert!(!shown.iter().any(|text| text.contains("refused")));

    server.kill();
    server.start_again();
    let kept: Vec<_> = history(&server, "#lobby").into_iter().map(|message| message.text).collect();
    assert_eq!(kept, shown);
}

#[test]
fn a_server_that_is_stopped_while_its_disk_is_full_says_that_something_was_lost() {
    let Some(disk) = Disk::mount() else { return };
    let mut server = disk.server(Shards::Two);
    let (mut ada, mut watcher) = (enter(&server, "ada"), enter(&server, "watcher"));
    let ballast = disk.fill();
    let in_hand = talk_until_refused(&mut ada);
    server.signal("TERM");
    watcher.sees("ERROR");
    assert!(!server.ended_well());
    server.logs("could not be saved; nobody was shown them", 1);
    let shown = said(&watcher);
    assert!(in_hand.iter().all(|unsaved| !shown.contains(unsaved)), "unsaved, and shown");
    std::fs::remove_file(ballast).expect("the ballast");
    server.start_again();
    let kept: Vec<_> = history(&server, "#lobby").into_iter().map(|message| message.text).collect();
    assert_eq!(kept, shown);
}

#[test]
fn what_was_shown_while_the_disk_was_full_outlives_the_server() {
    let Some(disk) = Disk::mount() else { return };
    let mut server = disk.server(Shards::One);
    let (mut ada, mut watcher) = (enter(&server, "ada"), enter(&server, "watcher"));
    let ballast = disk.fill();
    // Each by itself goes to the tail, which has its room.
    for number in 0.. {
        ada.say(&format!("PRIVMSG #lobby :{number}"));
        ada.settles();
        if ada.seen.iter().any(|line| line.contains(REFUSED_BY_IRC)) {
            break;
        }
    }
    watcher.settles();
    let shown = said(&watcher);
    assert!(!shown.is_empty());
    server.kill();
    std::fs::remove_file(ballast).expect("the ballast");
    server.start_again();
    let kept: Vec<_> = history(&server, "#lobby").into_iter().map(|message| message.text).collect();
    assert_eq!(kept, shown);
}

fn enter(server: &Server, nick: &str) -> Person {
    let mut person = server.irc_with(nick, CAPABILITIES);
    person.say("JOIN #lobby");
    person.settles();
    person
}

/// What someone saw in the lobby.
fn said(person: &Person) -> Vec<String> {
    let messages = person.seen.iter().filter_map(|line| Message::read(line, "#lobby"));
    messages.map(|message| message.text).collect()
}

/// Says things until one is refused. Returns those that were neither refused nor shown: they are in
/// hand.
fn talk_until_refused(ada: &mut Person) -> Vec<String> {
    let mut in_hand = Vec::new();
    for number in 0.. {
        let text = format!("{number} {}", "x".repeat(300));
        ada.say(&format!("PRIVMSG #lobby :{text}"));
        in_hand.push(text);
        // Each waits for the fate of the one before: an echo, a refusal, or nothing at all yet.
        ada.settles();
        if ada.seen.iter().any(|line| line.contains(REFUSED_BY_IRC)) {
            in_hand.pop();
            break;
        }
    }
    let shown = said(ada);
    in_hand.retain(|text| !shown.contains(text));
    assert!(!in_hand.is_empty(), "the first that cannot be stored is in hand");
    in_hand
}

/// Those who talk are still refused for the moment in which their shard is told.
fn talk_until_accepted(grace: &mut Person, text: &str) {
    loop {
        grace.say(text);
        grace.say("/away");
        let mut refused = false;
        loop {
            let line = grace.next_line().expect("an answer");
            refused |= line.contains(REFUSED_AT_A_LINE);
            if line.contains("You are back") {
                break;
            }
        }
        if !refused {
            return;
        }
    }
}

/// Where a message is stored first: the only shard has the tail, several have the database alone.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shards {
    One,
    Two,
}

/// A small file system of its own, gone when this is dropped.
struct Disk(TempDir);

impl Disk {
    fn mount() -> Option<Self> {
        let directory = TempDir::new().expect("a temporary folder");
        let mut command = Command::new("mount");
        command.args(["-t", "tmpfs", "-o", SIZE, "tmpfs"]).arg(directory.path());
        let mounted = command.output().is_ok_and(|output| output.status.success());
        if !mounted {
            eprintln!("SKIPPED: a full disk, because no tmpfs can be mounted here (it takes root)");
        }
        mounted.then(|| Self(directory))
    }

    /// A server that keeps its data on this disk, and its log elsewhere.
    fn server(&self, shards: Shards) -> Server {
        let data = TempDir::new().expect("a temporary folder");
        std::os::unix::fs::symlink(self.0.path(), data.path().join("data")).expect("a link");
        let shards = if shards == Shards::One { "1" } else { "2" };
        let settings =
            [("PARLOR_LIMITS_COMMANDS_PER_SECOND", "0"), ("PARLOR_SERVER_SHARDS", shards)];
        Server::with_data(&settings, data)
    }

    /// Fills it with a file, to the last byte.
    fn fill(&self) -> PathBuf {
        let path = self.0.path().join("ballast");
        fill(&path);
        path
    }
}

fn fill(path: &Path) {
    let mut file = File::create(path).expect("a file");
    for piece in [64 * 1024, 4096, 1] {
        let piece = vec![b'x'; piece];
        while file.write_all(&piece).is_ok() {}
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Lazily: the server may still be ending.
        let unmounted = Command::new("umount").arg("-l").arg(self.0.path()).status();
        if !unmounted.is_ok_and(|status| status.success()) {
            eprintln!("could not unmount {}", self.0.path().display());
        }
    }
}
