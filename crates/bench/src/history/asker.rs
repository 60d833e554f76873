//! Someone who asks, and waits for the answer before they ask again.

use crate::bounds;
use crate::error::Error;
use crate::load::latency::Latencies;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

/// A client that reads line by line.
pub(super) struct Asker {
    stream: BufReader<TcpStream>,
    line: String,
}

impl Asker {
    /// Signs on with what history is asked with.
    pub fn sign_on(address: SocketAddr, nick: &str) -> Result<Self, Error> {
        Self::sign_on_within(bounds::ANSWER, address, nick)
    }

    /// The same, with as long for each answer.
    pub fn sign_on_within(wait: Duration, address: SocketAddr, nick: &str) -> Result<Self, Error> {
        let stream = TcpStream::connect(address).map_err(Error::io("connect"))?;
        stream.set_nodelay(true).map_err(Error::io("set up a socket"))?;
        stream.set_read_timeout(Some(wait)).map_err(Error::io("set up a socket"))?;
        let mut asker = Self { stream: BufReader::new(stream), line: String::new() };
        asker.say("CAP REQ :batch draft/chathistory draft/search message-tags server-time")?;
        asker.say(&format!("NICK {nick}\r\nUSER bench 0 * :bench\r\nCAP END"))?;
        asker.until("signing on", |line| line.contains(" 376 ") || line.contains(" 422 "))?;
        Ok(asker)
    }

    pub fn say(&mut self, line: &str) -> Result<(), Error> {
        let stream = self.stream.get_mut();
        stream.write_all(format!("{line}\r\n").as_bytes()).map_err(Error::io("ask the server"))
    }

    /// Reads up to a line like this, and returns how many came before it.
    pub fn until(
        &mut self,
        doing: &'static str,
        is_last: impl Fn(&str) -> bool,
    ) -> Result<usize, Error> {
        let mut before = 0;
        loop {
            self.line.clear();
            let read =
                self.stream.read_line(&mut self.line).map_err(Error::io("read an answer"))?;
            if read == 0 || self.line.starts_with("ERROR ") {
                return Err(Error::Closed(self.line.clone()));
            }
            if self.line.contains(" FAIL ") {
                return Err(Error::Refused { doing, said: self.line.clone() });
            }
            if is_last(&self.line) {
                return Ok(before);
            }
            before += 1;
        }
    }

    /// Says something, and waits until all of it is done.
    pub fn finish(&mut self, doing: &'static str, lines: &str) -> Result<(), Error> {
        self.say(&format!("{lines}\r\nPING done"))?;
        self.until(doing, |line| line.contains(" PONG ")).map(drop)
    }

    /// Asks for a batch, and returns how many lines were in it.
    pub fn ask(&mut self, question: &str) -> Result<usize, Error> {
        self.say(question)?;
        self.until("asking", |line| line.contains(" BATCH +"))?;
        self.until("asking", |line| line.contains(" BATCH -"))
    }

    /// Asks so often, each time something else, and notes how long each answer took. Returns how many
    /// lines they had.
    pub fn ask_all(
        &mut self,
        times: u32,
        latencies: &mut Latencies,
        mut question: impl FnMut() -> String,
    ) -> Result<usize, Error> {
        let mut lines = 0;
        for _ in 0..times {
            let question = question();
            let asked = Instant::now();
            lines += self.ask(&question)?;
            latencies.note(asked);
        }
        Ok(lines)
    }
}
