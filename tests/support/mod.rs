//! A real server, and people who talk to it over real sockets.
//!
//! Every wait ends by an event or, when something is broken, by [`PATIENCE`]; nothing here asserts
//! how long anything took.
#![allow(dead_code, reason = "each test file uses a part of it")]

pub mod crowd;
pub mod history;
pub mod secure;
pub mod terminal;

use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long a test waits for something that should happen before it fails.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// How many shards a server has whose test does not say: what this says in the environment, or one. With one, the core
/// runs on the shard's thread and stores in the tail; with more it has a thread of its own, and there is no tail.
/// `./check` runs the tests with both.
const SHARDS: &str = "PARLOR_SERVER_SHARDS";

/// A `parlor serve` on loopback with its own data, stopped when this is dropped.
pub struct Server {
    child: Option<Child>,
    pub address: SocketAddr,
    pub data: TempDir,
    settings: Vec<(String, String)>,
    /// Where its log goes; else to a file.
    stderr: Option<Stdio>,
    /// What stands behind `serve` beside its address and its data.
    arguments: Vec<String>,
}

impl Server {
    /// A server with the defaults, and no limit on the rate of commands.
    pub fn start() -> Self {
        Self::with(&[("PARLOR_LIMITS_COMMANDS_PER_SECOND", "0")])
    }

    /// A server with these settings in its environment.
    pub fn with(settings: &[(&str, &str)]) -> Self {
        Self::with_data(settings, TempDir::new().expect("a temporary folder"))
    }

    /// A server with these settings and this data.
    pub fn with_data(settings: &[(&str, &str)], data: TempDir) -> Self {
        Self::with_arguments(settings, data, &[])
    }

    /// A server with these settings, this data, and more on its command line.
    pub fn with_arguments(settings: &[(&str, &str)], data: TempDir, arguments: &[&str]) -> Self {
        Self::logging_to(None, settings, data, arguments)
    }

    /// The same, with its log there and not in a file.
    pub fn logging_to(
        stderr: Option<Stdio>,
        settings: &[(&str, &str)],
        data: TempDir,
        arguments: &[&str],
    ) -> Self {
        let settings = settings.iter().map(|(k, v)| ((*k).into(), (*v).into())).collect();
        let arguments = arguments.iter().map(|argument| (*argument).into()).collect();
        let address = free_address();
        let mut server = Self { child: None, address, data, settings, stderr, arguments };
        server.start_again();
        server
    }

    /// Starts it, with the data it has, at the address it had.
    pub fn start_again(&mut self) {
        assert!(self.child.is_none(), "it runs already");
        let log = File::options().create(true).append(true).open(self.log()).expect("a log");
        let child = Command::new(env!("CARGO_BIN_EXE_parlor"))
            .args(["serve", "--listen", &self.address.to_string(), "--data"])
            .arg(self.data.path().join("data"))
            .args(&self.arguments)
            .env(SHARDS, std::env::var(SHARDS).unwrap_or_else(|_| "1".into()))
            .envs(self.settings.iter().map(|(k, v)| (k, v)))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(self.stderr.take().unwrap_or_else(|| log.into()))
            .spawn()
            .expect("the binary");
        self.child = Some(child);
        let until = Instant::now() + PATIENCE;
        while TcpStream::connect(self.address).is_err() {
            assert!(Instant::now() < until, "it did not start: {}", self.logged());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        let mut child = self.child.take().expect("it runs");
        child.kill().expect("kill");
        child.wait().expect("wait");
    }

    /// Sends a signal by name: `TERM`, `HUP`.
    pub fn signal(&self, name: &str) {
        let arguments = [format!("-{name}"), self.pid().to_string()];
        let status = Command::new("kill").args(arguments).status().expect("kill");
        assert!(status.success());
    }

    /// Stops it as a service manager does, and sees it end well.
    pub fn stop(&mut self) {
        self.signal("TERM");
        assert!(self.ended_well());
    }

    /// Waits until it has ended by itself; whether it ended well.
    pub fn ended_well(&mut self) -> bool {
        self.child.take().expect("it runs").wait().expect("wait").success()
    }

    /// Waits until this text has been logged so many times.
    pub fn logs(&self, text: &str, times: usize) {
        let until = Instant::now() + PATIENCE;
        while self.logged().matches(text).count() < times {
            assert!(Instant::now() < until, "it did not log {text:?}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    pub fn pid(&self) -> u32 {
        self.child.as_ref().expect("it runs").id()
    }

    fn log(&self) -> std::path::PathBuf {
        self.data.path().join("log")
    }

    /// What it has logged so far.
    pub fn logged(&self) -> String {
        std::fs::read_to_string(self.log()).unwrap_or_default()
    }

    /// Resident bytes of its process.
    pub fn resident_bytes(&self) -> u64 {
        let path = format!("/proc/{}/status", self.pid());
        let status = std::fs::read_to_string(Path::new(&path)).expect("a Linux process");
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).expect("VmRSS");
        let kib = line.split_whitespace().nth(1).and_then(|n| n.parse::<u64>().ok());
        kib.expect("a number") * 1024
    }

    /// Connects, and says nothing.
    pub fn connect(&self) -> Person {
        Person::connect(self.address)
    }

    /// A person at a line client with this nick, who is in the lobby.
    pub fn line(&self, nick: &str) -> Person {
        let mut person = self.connect();
        person.say(&format!("/nick {nick}"));
        person.sees(&format!("You are {nick}"));
        person.sees("#lobby");
        person
    }

    /// A person at an IRC client with this nick, signed on, in no channel.
    pub fn irc(&self, nick: &str) -> Person {
        self.irc_with(nick, "")
    }

    /// The same, with these capabilities.
    pub fn irc_with(&self, nick: &str, capabilities: &str) -> Person {
        let mut person = self.connect();
        if !capabilities.is_empty() {
            person.say("CAP LS 302");
            person.say(&format!("CAP REQ :{capabilities}"));
        }
        person.say(&format!("NICK {nick}"));
        person.say(&format!("USER {nick} 0 * :{nick}"));
        if !capabilities.is_empty() {
            person.sees(" ACK ");
            person.say("CAP END");
        }
        person.sees(" 001 ");
        person.sees(" 422 ");
        person
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
        if std::thread::panicking() {
            eprintln!("--- the server's log ---\n{}", self.logged());
        }
    }
}

/// An address on loopback that nobody listens at. It is below those that connections are given, so
/// that none of the thousands that other tests open has taken it when a server starts again.
pub fn free_address() -> SocketAddr {
    static GIVEN: AtomicU16 = AtomicU16::new(0);
    let first = (std::process::id() % 1000) as u16 * 12;
    let port = || 20_000 + (first + GIVEN.fetch_add(1, Ordering::Relaxed)) % 12_000;
    let mut addresses = std::iter::repeat_with(|| SocketAddr::from(([127, 0, 0, 1], port())));
    addresses.find(|address| TcpListener::bind(address).is_ok()).expect("a free port")
}

/// Someone at the other end of a socket.
pub struct Person {
    pub stream: TcpStream,
    reader: BufReader<TcpStream>,
    /// Every line seen so far.
    pub seen: Vec<String>,
}

impl Person {
    /// Connects, and says nothing.
    pub fn connect(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).expect("a connection");
        stream.set_nodelay(true).expect("nodelay");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time-out");
        let reader = BufReader::new(stream.try_clone().expect("a second handle"));
        Self { stream, reader, seen: Vec::new() }
    }

    /// Sends a line.
    pub fn say(&mut self, line: &str) {
        self.send(format!("{line}\r\n").as_bytes());
    }

    /// Sends bytes as they are.
    pub fn send(&mut self, bytes: &[u8]) {
        self.stream.write_all(bytes).expect("the server reads");
    }

    /// The next line, without its end; none at the end of the connection, even within a line.
    pub fn next_line(&mut self) -> Option<String> {
        let mut line = Vec::new();
        match self.reader.read_until(b'\n', &mut line) {
            Ok(_) if !line.ends_with(b"\n") => None,
            Ok(_) => {
                let line = String::from_utf8(line).expect("UTF-8 from the server");
                let line = line.trim_end_matches(['\r', '\n']).to_owned();
                self.seen.push(line.clone());
                Some(line)
            }
            Err(error) if error.kind() == ErrorKind::ConnectionReset => None,
            Err(error) => panic!("waiting for a line: {error}; seen: {:#?}", self.seen),
        }
    }

    /// Reads on until a line holds `text`; returns that line.
    pub fn sees(&mut self, text: &str) -> String {
        loop {
            match self.next_line() {
                Some(line) if line.contains(text) => return line,
                Some(_) => {}
                None => panic!("closed before {text:?}; seen: {:#?}", self.seen),
            }
        }
    }

    /// The next line is exactly this.
    pub fn sees_next(&mut self, line: &str) {
        let next = self.next_line();
        assert_eq!(next.as_deref(), Some(line), "seen: {:#?}", self.seen);
    }

    /// Reads until the connection ends; returns what came.
    pub fn rest(&mut self) -> String {
        let mut rest = String::new();
        match self.reader.read_to_string(&mut rest) {
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::ConnectionReset => {}
            Err(error) => panic!("waiting for the end: {error}; so far {rest:?}"),
        }
        rest
    }

    /// An IRC client's proof that everything it sent before has taken effect, and that it has seen
    /// everything up to there.
    pub fn settles(&mut self) {
        let token = format!("settled-{}", self.seen.len());
        self.say(&format!("PING {token}"));
        self.sees(&token);
    }
}
