//! The kernel's readiness, level-triggered.

use crate::bounds;
use rustix::buffer::spare_capacity;
use rustix::event::{Timespec, epoll};
use rustix::io::Errno;
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::time::Duration;

/// One epoll.
pub(crate) struct Poll {
    epoll: OwnedFd,
    events: Vec<epoll::Event>,
}

/// What is ready.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ready {
    pub token: usize,
    /// There are bytes to read, or the end of them.
    pub is_readable: bool,
    pub is_writable: bool,
}

impl Poll {
    pub fn new() -> io::Result<Self> {
        let epoll = epoll::create(epoll::CreateFlags::CLOEXEC)?;
        Ok(Self { epoll, events: Vec::with_capacity(bounds::EVENTS_MAX) })
    }

    /// Tells when there is something to read.
    pub fn add(&self, source: impl AsFd, token: usize) -> io::Result<()> {
        let data = epoll::EventData::new_u64(token as u64);
        Ok(epoll::add(&self.epoll, source, data, epoll::EventFlags::IN)?)
    }

    /// Tells also when there is room to write, or no longer.
    pub fn want_room(&self, source: impl AsFd, token: usize, wanted: bool) -> io::Result<()> {
        let data = epoll::EventData::new_u64(token as u64);
        let room = if wanted { epoll::EventFlags::OUT } else { epoll::EventFlags::empty() };
        Ok(epoll::modify(&self.epoll, source, data, epoll::EventFlags::IN | room)?)
    }

    /// Waits until something is ready, to the microsecond; `into` is empty when the time is over.
    pub fn wait(&mut self, timeout: Option<Duration>, into: &mut Vec<Ready>) -> io::Result<()> {
        into.clear();
        self.events.clear();
        let timeout = timeout.and_then(|timeout| Timespec::try_from(timeout).ok());
        match epoll::wait(&self.epoll, spare_capacity(&mut self.events), timeout.as_ref()) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        into.extend(self.events.iter().map(|event| {
            let (flags, data) = (event.flags, event.data);
            let readable = epoll::EventFlags::IN | epoll::EventFlags::HUP | epoll::EventFlags::ERR;
            Ready {
                token: usize::try_from(data.u64()).unwrap_or(usize::MAX),
                is_readable: flags.intersects(readable),
                is_writable: flags.contains(epoll::EventFlags::OUT),
            }
        }));
        Ok(())
    }
}
