//! The Lounge, from npm: its server connects as an IRC client, and what it shows to its user is read
//! from what it sends to their browser.

use crate::support::terminal::needed;
use crate::support::{PATIENCE, Person, Server, free_address};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use tempfile::TempDir;

/// What npm installs, and the one who sits in front of it.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients")
}

/// Installs The Lounge where it is not yet: by the lock file, and without running anything of it.
fn install() {
    needed("npm", "npm");
    // Tests run at the same time, each in a process of its own.
    let lock = std::fs::File::open(folder().join("package-lock.json")).expect("a lock file");
    lock.lock().expect("a turn");
    if folder().join("node_modules/.package-lock.json").exists() {
        return;
    }
    let arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    let status = Command::new("npm").args(arguments).current_dir(folder()).status();
    assert!(status.expect("npm").success(), "npm ci in tests/clients");
}

/// Someone in front of The Lounge.
struct Lounge {
    child: Child,
    lines: Receiver<String>,
    shown: Vec<String>,
    _home: TempDir,
}

impl Lounge {
    /// Starts it, and comes into the lobby by this nick.
    fn in_the_lobby(server: &Server, nick: &str) -> Self {
        install();
        let home = TempDir::new().expect("a home");
        let port = free_address().port();
        let settings = format!(
            "module.exports = {{ public: true, host: '127.0.0.1', port: {port}, prefetch: false, \
             messageStorage: [] }};"
        );
        std::fs::write(home.path().join("config.js"), settings).expect("its settings");
        let log = std::fs::File::create(home.path().join("log")).expect("its log");
        let mut child = Command::new("node")
            .arg(folder().join("lounge.js"))
            .args([port.to_string(), server.address.port().to_string(), nick.to_owned()])
            .env("THELOUNGE_HOME", home.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .expect("node");
        let output = BufReader::new(child.stdout.take().expect("its output"));
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        let mut lounge = Self { child, lines, shown: Vec::new(), _home: home };
        lounge.sees("#lobby", "names", "", nick);
        lounge
    }

    /// Types a line in a window.
    fn types(&mut self, window: &str, line: &str) {
        let input = self.child.stdin.as_mut().expect("its input");
        writeln!(input, "{window}\t{line}").expect("it reads");
    }

    /// Waits until a window shows this: its kind, who, and a part of the words.
    fn sees(&mut self, window: &str, kind: &str, who: &str, words: &str) {
        let start = format!("{window}\t{kind}\t{who}\t");
        loop {
            let line = self.lines.recv_timeout(PATIENCE);
            let line = line.unwrap_or_else(|_| panic!("no {start:?} {words:?}: {:#?}", self.shown));
            let is_it = line.strip_prefix(&start).is_some_and(|rest| rest.contains(words));
            self.shown.push(line);
            if is_it {
                return;
            }
        }
    }

    fn count(&self, text: &str) -> usize {
        self.shown.iter().filter(|line| line.contains(text)).count()
    }
}

impl Drop for Lounge {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Someone at a terminal, and someone in front of The Lounge, whom they saw coming.
fn two(server: &Server) -> (Person, Lounge) {
    let mut grace = server.line("grace");
    let lou = Lounge::in_the_lobby(server, "lou");
    grace.sees("* lou joined");
    (grace, lou)
}

#[test]
fn people_talk_both_ways() {
    let server = Server::start();
    let (mut grace, mut lou) = two(&server);
    lou.types("#lobby", "hello, grace: één kopje ☕?");
    grace.sees_next("<lou> hello, grace: één kopje ☕?");
    lou.sees("#lobby", "message", "lou", "hello, grace: één kopje ☕?");
    lou.types("#lobby", "/me pours");
    grace.sees_next("* lou pours");
    grace.say("ja, graag — žádný cukr");
    lou.sees("#lobby", "message", "grace", "ja, graag — žádný cukr");
    grace.say("/me sits down");
    lou.sees("#lobby", "action", "grace", "sits down");
    lou.types("#lobby", "/msg grace psst");
    grace.sees_next("[lou] psst");
    grace.say("/msg lou yes?");
    lou.sees("grace", "message", "grace", "yes?");
    // Echoed, and shown once.
    for words in ["één kopje", "pours"] {
        assert_eq!(lou.count(words), 1, "{words}: {:#?}", lou.shown);
    }
}

#[test]
fn what_was_said_before_is_played_as_a_channel_is_opened() {
    let server = Server::start();
    let (mut grace, mut lou) = two(&server);
    grace.say("/join #tea");
    grace.sees("* #tea");
    grace.say("the kettle is on ☕");
    grace.say("/me looks for cups");
    lou.types("#lobby", "/join #tea");
    lou.sees("#tea", "message", "grace", "the kettle is on ☕");
    lou.sees("#tea", "action", "grace", "looks for cups");
    assert_eq!(lou.count("the kettle is on"), 1, "{:#?}", lou.shown);
}

#[test]
fn a_channel_of_ones_own() {
    let server = Server::start();
    let (mut grace, mut lou) = two(&server);
    lou.types("#lobby", "/join #tea");
    lou.sees("#tea", "names", "", "@lou");
    lou.types("#tea", "/topic Tea at four ☕");
    lou.sees("#tea", "topic is", "", "Tea at four ☕");
    grace.say("/join #tea");
    grace.sees("* #tea is about: Tea at four ☕ (lou, ");
    lou.sees("#tea", "join", "grace", "");
    lou.types("#tea", "/nick louise");
    grace.sees("* lou is now louise");
    lou.sees("#tea", "nick", "lou", "");
    lou.sees("#tea", "names", "", "@louise grace");
    lou.types("#tea", "/kick grace no cups left");
    grace.sees("* louise put you out of #tea (no cups left)");
    lou.sees("#tea", "kick", "louise", "no cups left");
    lou.types("#tea", "/quit");
    grace.sees("* louise is gone");
}
