//! Talking: a number of messages always under way, or so many a second.

use super::Load;
use super::flights::{Flights, TEXT_BYTES};
use super::latency::Latencies;
use crate::bounds;
use crate::error::Error;
use crate::process::{Usage, own_ns, writes_sent};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Who says how much to whom.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    /// Who is there in all. Where channels have more seats than that, everyone sits in several.
    pub people: usize,
    pub channels: usize,
    /// In each channel.
    pub members: usize,
    /// Of them, those who talk.
    pub senders: usize,
    pub pace: Pace,
    pub warm_up: Duration,
    pub measured: Duration,
}

/// When the next message is sent.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Pace {
    /// When everyone has received one of so many, its sender's next turn comes.
    UnderWay(usize),
    /// At its time, whatever happened to those before it: its latency counts from that time.
    PerSecond(u32),
}

/// What was measured.
#[derive(Debug)]
pub(crate) struct Talked {
    pub deliveries: u64,
    pub took: Duration,
    /// Processor time of the server.
    pub server: Usage,
    /// Processor time of the load itself.
    pub own_ns: u64,
    /// Writes that brought the deliveries.
    pub writes: u64,
    /// Only when it was paced.
    pub latencies: Latencies,
}

impl Plan {
    /// Who has a seat in a channel.
    fn place(&self, channel: usize, seat: usize) -> usize {
        (channel * self.members + seat) % self.people
    }

    /// Who joins what, channel by channel.
    pub fn joins(&self) -> impl Iterator<Item = (usize, String)> + '_ {
        (0..self.channels).flat_map(move |channel| {
            (0..self.members).map(move |seat| (self.place(channel, seat), name_of(channel)))
        })
    }
}

fn name_of(channel: usize) -> String {
    format!("#bench{channel:03}")
}

/// Talks according to plan; everyone has joined. Every delivery is checked off, once.
pub(crate) fn talk(load: &mut Load, plan: &Plan, pid: u32) -> Result<Talked, Error> {
    let mut talk = Talk::new(load, plan);
    let from = talk.start + plan.warm_up;
    talk.latencies_from = matches!(plan.pace, Pace::PerSecond(_)).then_some(from);
    talk.until(from)?;
    let begun = Sample::take(&talk, pid)?;
    talk.until(from + plan.measured)?;
    let ended = Sample::take(&talk, pid)?;
    talk.drain()?;
    Ok(Talked {
        deliveries: ended.delivered - begun.delivered,
        took: ended.at - begun.at,
        server: ended.server.since(&begun.server),
        own_ns: ended.own_ns - begun.own_ns,
        writes: ended.writes - begun.writes,
        latencies: talk.latencies,
    })
}

/// Talks according to plan until told to stop, and says how long everything took that was said.
pub(crate) fn talk_on(
    load: &mut Load,
    plan: &Plan,
    is_over: &AtomicBool,
) -> Result<Latencies, Error> {
    let mut talk = Talk::new(load, plan);
    talk.latencies_from = Some(talk.start);
    while !is_over.load(Ordering::Relaxed) {
        talk.until(Instant::now() + bounds::SETTLED)?;
    }
    talk.drain()?;
    Ok(talk.latencies)
}

/// What is read at the beginning and at the end of a measurement.
struct Sample {
    at: Instant,
    delivered: u64,
    server: Usage,
    own_ns: u64,
    writes: u64,
}

impl Sample {
    fn take(talk: &Talk<'_>, pid: u32) -> Result<Self, Error> {
        let server = Usage::of(pid)?;
        let (delivered, own_ns) = (talk.flights.delivered, own_ns());
        // The load's own are one for each message.
        let writes = writes_sent()?.saturating_sub(talk.flights.departed);
        Ok(Self { at: Instant::now(), delivered, server, own_ns, writes })
    }
}

struct Talk<'l> {
    load: &'l mut Load,
    plan: Plan,
    flights: Flights,
    start: Instant,
    /// Senders whose turn comes, in order.
    waiting: VecDeque<usize>,
    /// Messages that were due so far, when paced.
    due: u32,
    line: Vec<u8>,
    latencies: Latencies,
    latencies_from: Option<Instant>,
}

impl<'l> Talk<'l> {
    fn new(load: &'l mut Load, plan: &Plan) -> Self {
        Self {
            load,
            plan: *plan,
            flights: Flights::new(),
            start: Instant::now(),
            waiting: (0..plan.channels * plan.senders).collect(),
            due: 0,
            line: Vec::with_capacity(TEXT_BYTES * 2),
            latencies: Latencies::default(),
            latencies_from: None,
        }
    }

    fn until(&mut self, end: Instant) -> Result<(), Error> {
        while Instant::now() < end {
            let wait = match self.plan.pace {
                Pace::UnderWay(count) => self.keep_under_way(count)?,
                Pace::PerSecond(rate) => self.send_due(rate)?,
            };
            let lines = self.receive(wait)?;
            if lines == 0 && matches!(self.plan.pace, Pace::UnderWay(_)) {
                return Err(self.stalled());
            }
        }
        Ok(())
    }

    fn keep_under_way(&mut self, count: usize) -> Result<Duration, Error> {
        while self.flights.under_way() < count {
            let Some(sender) = self.waiting.pop_front() else { break };
            self.send(sender, Instant::now())?;
        }
        Ok(bounds::STALL)
    }

    /// Sends what is due by now, and returns how long the next may wait.
    fn send_due(&mut self, rate: u32) -> Result<Duration, Error> {
        let gap = Duration::from_secs(1) / rate;
        loop {
            let due = self.start + gap * self.due;
            if let Some(wait) = due.checked_duration_since(Instant::now())
                && !wait.is_zero()
            {
                return Ok(wait);
            }
            let sender = self.due as usize % (self.plan.channels * self.plan.senders);
            self.send(sender, due)?;
            self.due += 1;
        }
    }

    /// Neighbouring senders are in different channels.
    fn send(&mut self, sender: usize, due: Instant) -> Result<(), Error> {
        let (channel, seat) = (sender % self.plan.channels, sender / self.plan.channels);
        let place = self.plan.place(channel, seat);
        self.line.clear();
        self.line.extend_from_slice(b"PRIVMSG ");
        self.line.extend_from_slice(name_of(channel).as_bytes());
        self.line.extend_from_slice(b" :");
        let recipients = self.plan.members as u32 - 1;
        self.flights.depart(sender, recipients, due, &mut self.line)?;
        self.line.extend_from_slice(b"\r\n");
        self.load.send(place, &self.line)
    }

    fn receive(&mut self, wait: Duration) -> Result<usize, Error> {
        let Self { load, flights, latencies, latencies_from, .. } = self;
        let lines = load.pump(Some(wait), |_, line| {
            let due = flights.arrive(line);
            if let (Some(due), Some(from)) = (due, *latencies_from)
                && due >= from
            {
                latencies.note(due);
            }
        })?;
        if let Some(error) = flights.error.take() {
            return Err(error);
        }
        self.waiting.extend(flights.landed.drain(..));
        Ok(lines)
    }

    /// Everything that was said must arrive.
    fn drain(&mut self) -> Result<(), Error> {
        while self.flights.under_way() > 0 {
            if self.receive(bounds::STALL)? == 0 {
                return Err(self.stalled());
            }
        }
        Ok(())
    }

    fn stalled(&self) -> Error {
        let under_way = self.flights.under_way();
        Error::Stalled { doing: "talking", what: format!("{under_way} messages are under way") }
    }
}
