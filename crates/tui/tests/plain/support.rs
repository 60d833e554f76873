//! A scripted IRC server on loopback, and where the program is.

use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::time::Duration;

/// A test that waits this long for an event has failed; nothing is measured by it.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Everything that the client asks for.
pub const EVERYTHING: &str = "server-time message-tags echo-message batch labeled-response";

/// The example program, which cargo builds before it runs these tests.
pub fn program() -> PathBuf {
    let test = std::env::current_exe().expect("a test has a path");
    let directory = test.ancestors().nth(2).expect("tests are two directories deep");
    directory.join("examples").join("plain")
}

/// Waits for clients.
pub struct Server {
    listener: TcpListener,
}

impl Server {
    pub fn start() -> Self {
        Self { listener: TcpListener::bind("127.0.0.1:0").expect("a free port") }
    }

    pub fn address(&self) -> SocketAddr {
        self.listener.local_addr().expect("a bound socket")
    }

    /// The next client, before it is signed on.
    pub fn accept(&self) -> Peer {
        let (stream, _) = self.listener.accept().expect("a client");
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        let reader = BufReader::new(stream.try_clone().expect("a second handle"));
        Peer { stream, reader, capabilities: "" }
    }

    /// The next client, signed on with these capabilities and in its channel.
    pub fn welcome(&self, capabilities: &'static str) -> Peer {
        let mut peer = self.accept();
        peer.capabilities = capabilities;
        peer.until(|line| line.starts_with("JOIN "));
        peer
    }
}

/// One client, called ada.
pub struct Peer {
    stream: TcpStream,
    reader: BufReader<TcpStream>,
    capabilities: &'static str,
}

impl Peer {
    pub fn send(&mut self, line: &str) {
        self.stream.write_all(format!("{line}\r\n").as_bytes()).expect("the client reads");
    }

    /// The next line, unanswered; `None` at the end.
    pub fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        match self.reader.read_line(&mut line) {
            Ok(0) => None,
            Ok(_) => Some(line.trim_end_matches(['\r', '\n']).to_owned()),
            Err(error) if error.kind() == ErrorKind::ConnectionReset => None,
            Err(error) => panic!("waiting for a line: {error}"),
        }
    }

    /// Answers as a server does, up to and with the first line for which `last` holds. Returns all lines.
    pub fn until(&mut self, last: impl Fn(&str) -> bool) -> Vec<String> {
        let mut lines = Vec::new();
        loop {
            let line = self.line().unwrap_or_else(|| panic!("ended after {lines:?}"));
            self.answer(&line);
            let done = last(&line);
            lines.push(line);
            if done {
                return lines;
            }
        }
    }

    /// The texts of all messages until QUIT.
    pub fn texts_until_quit(&mut self) -> Vec<String> {
        let lines = self.until(|line| line.starts_with("QUIT"));
        lines.iter().filter_map(|line| Some(message(line)?.1.to_owned())).collect()
    }

    fn answer(&mut self, line: &str) {
        let (label, rest) = match line.strip_prefix('@').and_then(|line| line.split_once(' ')) {
            Some((label, rest)) => (format!("@{label} "), rest),
            None => (String::new(), line),
        };
        let (command, params) = rest.split_once(' ').unwrap_or((rest, ""));
        match command {
            "CAP" if params.starts_with("LS") && self.capabilities.is_empty() => {
                self.send(":srv 421 * CAP :Unknown command");
            }
            "CAP" if params.starts_with("LS") => {
                self.send(&format!(":srv CAP * LS :{}", self.capabilities));
            }
            "CAP" if params.starts_with("REQ") => {
                self.send(&format!(":srv CAP * ACK {}", &params[4..]));
            }
            "USER" if self.capabilities.is_empty() => self.send(":srv 001 ada :Welcome"),
            "CAP" if params == "END" => self.send(":srv 001 ada :Welcome"),
            "JOIN" => self.send(&format!(":ada!ada@host JOIN {params}")),
            "PING" => self.send(&format!(":srv PONG srv {params}")),
            "PRIVMSG" if self.capabilities.contains("echo-message") => {
                self.send(&format!("{label}:ada!ada@host PRIVMSG {params}"));
            }
            _ => {}
        }
    }
}

/// Target and text, if a line is a message.
pub fn message(line: &str) -> Option<(&str, &str)> {
    let (_, rest) = line.split_once("PRIVMSG ")?;
    rest.split_once(" :")
}
