//! The floor: a bare one-thread loop that checks nothing, and speaks just enough IRC to bear the same load. What a
//! chat server costs beyond it is the chat server's own. One of them stores what was said before anyone sees it, and
//! so shows what the disk alone costs whoever does that.

use crate::bounds;
use crate::error::Error;
use crate::poll::{Poll, Ready};
use crate::socket;
use parlor_wire::irc::message::Message;
use parlor_wire::lines::{Fed, LineBuffer};
use std::collections::HashMap;
use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::unix::fs::FileExt;
use std::path::Path;

/// How deliveries leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Mode {
    /// Each delivery is a send of its own, as soon as its message is read.
    Send,
    /// All that is ready is read; then there is one write a socket.
    Coalesce,
    /// The same, and before the writes all that was said is on the disk, by one write and one sync.
    Sync,
}

impl Mode {
    pub const ALL: [Self; 3] = [Self::Send, Self::Coalesce, Self::Sync];

    pub fn name(self) -> &'static str {
        match self {
            Self::Send => "each its own send",
            Self::Coalesce => "coalescing",
            Self::Sync => "coalescing and syncing",
        }
    }
}

/// Serves until it is killed. In this file is what was said, where that is stored.
pub(crate) fn run(mode: Mode, at: SocketAddr, log: Option<&Path>) -> Result<(), Error> {
    crate::process::raise_descriptors();
    let log = log.filter(|_| mode == Mode::Sync).map(Log::new).transpose();
    let log = log.map_err(Error::io("make a log"))?;
    let mut floor = Floor::listening(mode, at, log).map_err(Error::io("listen"))?;
    let mut ready = Vec::new();
    loop {
        floor.poll.wait(None, &mut ready).map_err(Error::io("wait for readiness"))?;
        for ready in &ready {
            floor.attend(*ready);
        }
        if let Some(log) = &mut floor.log {
            log.store().map_err(Error::io("store what was said"))?;
        }
        floor.flush_dirty();
    }
}

/// The token of the listener; a peer's is its place and one.
const LISTENER: usize = 0;

struct Floor {
    mode: Mode,
    poll: Poll,
    listener: TcpListener,
    peers: Vec<Option<Peer>>,
    /// Places of peers that left.
    free: Vec<usize>,
    channels: HashMap<String, Vec<usize>>,
    log: Option<Log>,
    /// Peers for whom something waits.
    dirty: Vec<usize>,
    scratch: Vec<u8>,
}

/// What was said, in a file that has its length from the beginning: a sync is of data alone.
struct Log {
    file: File,
    at: usize,
    /// What is not in the file yet.
    said: Vec<u8>,
}

struct Peer {
    stream: TcpStream,
    lines: LineBuffer,
    nick: String,
    out: Vec<u8>,
    is_dirty: bool,
    is_full: bool,
}

impl Floor {
    fn listening(mode: Mode, at: SocketAddr, log: Option<Log>) -> std::io::Result<Self> {
        let (poll, listener) = (Poll::new()?, socket::listen(at)?);
        poll.add(&listener, LISTENER)?;
        Ok(Self {
            mode,
            poll,
            listener,
            peers: Vec::new(),
            free: Vec::new(),
            channels: HashMap::new(),
            log,
            dirty: Vec::new(),
            scratch: vec![0; bounds::SCRATCH_BYTES],
        })
    }

    fn attend(&mut self, ready: Ready) {
        if ready.token == LISTENER {
            while let Ok((stream, _)) = self.listener.accept() {
                self.arrive(stream);
            }
            return;
        }
        let place = ready.token - 1;
        if ready.is_writable {
            self.flush(place);
        }
        if ready.is_readable {
            self.read(place);
        }
    }

    fn arrive(&mut self, stream: TcpStream) {
        let place = self.free.pop().unwrap_or(self.peers.len());
        let set = stream.set_nonblocking(true).and_then(|()| stream.set_nodelay(true));
        if set.and_then(|()| self.poll.add(&stream, place + 1)).is_err() {
            self.free.push(place);
            return;
        }
        let peer = Peer {
            stream,
            lines: LineBuffer::new(),
            nick: String::new(),
            out: Vec::new(),
            is_dirty: false,
            is_full: false,
        };
        if place == self.peers.len() {
            self.peers.push(Some(peer));
        } else {
            self.peers[place] = Some(peer);
        }
    }

    fn read(&mut self, place: usize) {
        let Some(peer) = &mut self.peers[place] else { return };
        let count = match peer.stream.read(&mut self.scratch) {
            Ok(0) => return self.leave(place),
            Ok(count) => count,
            Err(error) if error.kind() == ErrorKind::WouldBlock => return,
            Err(_) => return self.leave(place),
        };
        let scratch = std::mem::take(&mut self.scratch);
        let mut lines = std::mem::take(&mut peer.lines);
        let mut rest = &scratch[..count];
        loop {
            let (consumed, fed) = lines.feed(rest, bounds::LINE_BYTES_MAX);
            rest = &rest[consumed..];
            match fed {
                Fed::More => break,
                Fed::TooLong(_) => {}
                Fed::Line(line) => self.line(place, &line),
            }
        }
        if let Some(peer) = &mut self.peers[place] {
            peer.lines = lines;
        }
        self.scratch = scratch;
    }

    fn line(&mut self, place: usize, line: &[u8]) {
        let Ok(message) = Message::parse(line) else { return };
        match (message.command, message.param(0)) {
            ("PRIVMSG", Some(to)) => {
                let text = message.param(1).unwrap_or_default();
                self.say(place, to, text);
            }
            ("NICK", Some(nick)) => {
                if let Some(peer) = &mut self.peers[place] {
                    nick.clone_into(&mut peer.nick);
                }
            }
            ("USER", _) => self.answer(place, |nick| {
                format!(
                    ":floor 001 {nick} :Welcome\r\n:floor 422 {nick} :No message of the day\r\n"
                )
            }),
            ("JOIN", Some(channel)) => {
                self.channels.entry(channel.to_owned()).or_default().push(place);
                self.answer(place, |nick| {
                    format!(":{nick} JOIN {channel}\r\n:floor 366 {nick} {channel} :End\r\n")
                });
            }
            _ => {}
        }
    }

    fn answer(&mut self, place: usize, words: impl FnOnce(&str) -> String) {
        let Some(peer) = &mut self.peers[place] else { return };
        let answer = words(&peer.nick);
        self.deliver(place, answer.as_bytes());
    }

    /// The whole point: one message to everyone else in a channel.
    fn say(&mut self, place: usize, to: &str, text: &str) {
        let Some(peer) = &self.peers[place] else { return };
        let nick = &peer.nick;
        let line = format!(":{nick}!~{nick}@127.0.0.1 PRIVMSG {to} :{text}\r\n");
        if let Some(log) = &mut self.log {
            log.said.extend_from_slice(line.as_bytes());
        }
        let Some(members) = self.channels.get_mut(to).map(std::mem::take) else { return };
        for member in members.iter().filter(|member| **member != place) {
            self.deliver(*member, line.as_bytes());
        }
        self.channels.insert(to.to_owned(), members);
    }

    fn deliver(&mut self, place: usize, bytes: &[u8]) {
        let Some(peer) = &mut self.peers[place] else { return };
        let mut sent = 0;
        if self.mode == Mode::Send && peer.out.is_empty() {
            sent = peer.stream.write(bytes).unwrap_or(0);
        }
        if sent < bytes.len() && peer.out.len() < bounds::FLOOR_QUEUE_BYTES_MAX {
            peer.out.extend_from_slice(&bytes[sent..]);
            if !std::mem::replace(&mut peer.is_dirty, true) {
                self.dirty.push(place);
            }
        }
    }

    fn flush_dirty(&mut self) {
        let mut dirty = std::mem::take(&mut self.dirty);
        for place in dirty.drain(..) {
            self.flush(place);
        }
        self.dirty = dirty;
    }

    fn flush(&mut self, place: usize) {
        let Some(peer) = &mut self.peers[place] else { return };
        peer.is_dirty = false;
        match peer.stream.write(&peer.out) {
            Ok(count) => drop(peer.out.drain(..count)),
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            Err(_) => peer.out.clear(),
        }
        let is_full = !peer.out.is_empty();
        if std::mem::replace(&mut peer.is_full, is_full) != is_full {
            // Level-triggered: a peer that is gone is found out by its read.
            let _ = self.poll.want_room(&peer.stream, place + 1, is_full);
        }
    }

    fn leave(&mut self, place: usize) {
        self.peers[place] = None;
        self.free.push(place);
        for members in self.channels.values_mut() {
            members.retain(|member| *member != place);
        }
    }
}

impl Log {
    fn new(path: &Path) -> std::io::Result<Self> {
        let file = File::create(path)?;
        file.write_all_at(&vec![0; bounds::FLOOR_LOG_BYTES], 0)?;
        file.sync_all()?;
        Ok(Self { file, at: 0, said: Vec::new() })
    }

    fn store(&mut self) -> std::io::Result<()> {
        if self.said.is_empty() {
            return Ok(());
        }
        if self.at + self.said.len() > bounds::FLOOR_LOG_BYTES {
            self.at = 0;
        }
        self.file.write_all_at(&self.said, self.at as u64)?;
        self.at += self.said.len();
        self.said.clear();
        self.file.sync_data()
    }
}
