//! The load: many IRC clients in one thread, which cost less than the server that they burden.

pub(crate) mod flights;
pub(crate) mod idle;
pub(crate) mod latency;
pub(crate) mod member;
pub(crate) mod talk;

use crate::bounds;
use crate::error::Error;
use crate::poll::{Poll, Ready};
use crate::socket;
use member::Member;
use parlor_wire::irc::message::Message;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// All connections of a measurement. They close with it.
pub(crate) struct Load {
    address: SocketAddr,
    poll: Poll,
    members: Vec<Member>,
    ready: Vec<Ready>,
    scratch: Vec<u8>,
    /// It is given up then.
    until: Option<Instant>,
}

impl Load {
    pub fn new(address: SocketAddr) -> Result<Self, Error> {
        Ok(Self {
            address,
            poll: Poll::new().map_err(Error::io("make an epoll"))?,
            members: Vec::new(),
            ready: Vec::new(),
            scratch: vec![0; bounds::SCRATCH_BYTES],
            until: None,
        })
    }

    /// It may take so long from now on.
    pub fn end_within(&mut self, time: Duration) {
        self.until = Some(Instant::now() + time);
    }

    /// Makes one more connection, and returns its place.
    pub fn connect(&mut self) -> Result<usize, Error> {
        let place = self.members.len();
        let stream = socket::connect(self.address, place).map_err(Error::io("connect"))?;
        self.poll.add(&stream, place).map_err(Error::io("watch a connection"))?;
        self.members.push(Member::new(stream));
        Ok(place)
    }

    /// Sends bytes; what the server does not take now is sent when it does.
    pub fn send(&mut self, place: usize, bytes: &[u8]) -> Result<(), Error> {
        self.members[place].send(&self.poll, place, bytes)
    }

    /// Waits once, reads everything that is ready, and shows each line. Returns how many lines came.
    pub fn pump(
        &mut self,
        timeout: Option<Duration>,
        mut on_line: impl FnMut(usize, &[u8]),
    ) -> Result<usize, Error> {
        if self.until.is_some_and(|until| Instant::now() >= until) {
            return Err(Error::TooLong);
        }
        self.poll.wait(timeout, &mut self.ready).map_err(Error::io("wait for readiness"))?;
        let mut lines = 0;
        for ready in &self.ready {
            let member = &mut self.members[ready.token];
            if ready.is_writable {
                member.send(&self.poll, ready.token, &[])?;
            }
            if ready.is_readable {
                let is_pinged = member.read(&mut self.scratch, |line| {
                    lines += 1;
                    on_line(ready.token, line);
                })?;
                if let Some(pong) = is_pinged {
                    member.send(&self.poll, ready.token, &pong)?;
                }
            }
        }
        Ok(lines)
    }

    /// As [`Load::pump`], when something must come.
    pub fn expect(
        &mut self,
        doing: &'static str,
        on_line: impl FnMut(usize, &[u8]),
    ) -> Result<(), Error> {
        match self.pump(Some(bounds::STALL), on_line)? {
            0 => Err(Error::Stalled { doing, what: format!("{} are there", self.members.len()) }),
            _ => Ok(()),
        }
    }

    /// Brings people in, some at a time, and waits until each has been welcomed whole.
    pub fn sign_on(&mut self, count: usize, prefix: &str) -> Result<(), Error> {
        const DOING: &str = "signing on";
        let (mut begun, mut done, mut refused) = (0, 0, None);
        while done < count {
            while begun < count && begun - done < bounds::SIGN_ONS_MAX {
                let place = self.connect()?;
                let hello = format!("NICK {prefix}{place:05}\r\nUSER bench 0 * :bench\r\n");
                self.send(place, hello.as_bytes())?;
                begun += 1;
            }
            self.expect(DOING, |_, line| match command(line) {
                Some("376" | "422") => done += 1,
                Some("432" | "433" | "436" | "465" | "ERROR") => refused = Some(words(line)),
                _ => {}
            })?;
            if let Some(said) = refused.take() {
                return Err(Error::Refused { doing: DOING, said });
            }
        }
        Ok(())
    }

    /// These people join these channels; waits until all that it caused is read.
    pub fn join(&mut self, joins: impl Iterator<Item = (usize, String)>) -> Result<(), Error> {
        const DOING: &str = "joining";
        let mut begun = 0;
        for (place, channel) in joins {
            self.send(place, format!("JOIN {channel}\r\n").as_bytes())?;
            begun += 1;
        }
        let (mut joined, mut refused) = (0, None);
        while joined < begun {
            self.expect(DOING, |_, line| match command(line) {
                Some("366") => joined += 1,
                Some("403" | "405" | "471" | "473" | "474" | "475" | "476" | "ERROR") => {
                    refused = Some(words(line));
                }
                _ => {}
            })?;
            if let Some(said) = refused.take() {
                return Err(Error::Refused { doing: DOING, said });
            }
        }
        self.settle()
    }

    /// Reads until nothing more comes.
    pub fn settle(&mut self) -> Result<(), Error> {
        while self.pump(Some(bounds::SETTLED), |_, _| {})? > 0 {}
        Ok(())
    }
}

/// What a line is: a verb, or the number of an answer.
pub(crate) fn command(line: &[u8]) -> Option<&str> {
    Message::parse(line).ok().map(|message| message.command)
}

fn words(line: &[u8]) -> String {
    String::from_utf8_lossy(line).into_owned()
}
