//! The scenarios, and one run of one of them.

use crate::error::Error;
use crate::load::talk::{self, Pace, Plan, Talked};
use crate::subject::Subject;
use std::time::Duration;

/// One row of the comparison.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scenario {
    pub name: &'static str,
    pub plan: Plan,
    /// Who is signed on beside them and says nothing.
    pub idle: usize,
}

/// How large everything is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scale {
    /// Who is there to be talked to, in all.
    pub people: usize,
    /// Who signs on.
    pub sign_ons: usize,
    /// Connections that do nothing, in each state.
    pub idle: usize,
    /// The same of each kind, by TLS and by WebSocket too.
    pub kinds: usize,
    /// Who is in one channel when a storm breaks out.
    pub crowd: usize,
    /// Who is connected when all connections break, as far as descriptors allow.
    pub everyone: usize,
    /// Channels of which a list is asked for.
    pub listed: usize,
    pub warm_up: Duration,
    pub measured: Duration,
}

impl Scale {
    /// What the numbers are quoted for.
    pub const FULL: Self = Self {
        people: 1000,
        sign_ons: 5000,
        idle: 15_000,
        kinds: 5000,
        crowd: 5000,
        everyone: 20_000,
        listed: 10_000,
        warm_up: Duration::from_millis(700),
        measured: Duration::from_secs(3),
    };

    /// Whether it works at all, in less than twenty seconds.
    pub const SMOKE: Self = Self {
        people: 200,
        sign_ons: 300,
        idle: 500,
        kinds: 100,
        crowd: 200,
        everyone: 500,
        listed: 500,
        warm_up: Duration::from_millis(50),
        measured: Duration::from_millis(250),
    };

    /// All scenarios.
    pub fn scenarios(&self) -> [Scenario; 4] {
        let Self { people, warm_up, measured, .. } = *self;
        let plan = |channels: usize, senders: usize, pace: Pace| Plan {
            people,
            channels,
            members: people / channels,
            senders,
            pace,
            warm_up,
            measured,
        };
        [
            Scenario {
                name: "one sender, one message at a time",
                plan: plan(1, 1, Pace::UnderWay(1)),
                idle: 0,
            },
            Scenario {
                name: "100 senders, 64 under way",
                plan: plan(1, people / 10, Pace::UnderWay(people * 64 / 1000)),
                idle: 0,
            },
            Scenario {
                name: "channels of 10, all under way",
                plan: plan(people / 10, 10, Pace::UnderWay(people)),
                idle: 0,
            },
            Scenario {
                name: "paced, channels of 50",
                plan: plan(people / 50, 50, Pace::PerSecond(people as u32)),
                idle: 0,
            },
        ]
    }
}

impl Scenario {
    /// As [`Scenario::run`]. Nothing of a rival that does not bear it: then the others are still compared.
    pub fn attempt(&self, subject: &Subject) -> Result<Option<Talked>, Error> {
        subject.borne(self.run(subject))
    }

    /// Starts a server, fills it, talks, and ends it.
    pub fn run(&self, subject: &Subject) -> Result<Talked, Error> {
        let running = subject.start()?;
        let mut load = subject.load(&running)?;
        load.sign_on(self.plan.people + self.idle, "b")?;
        load.join(self.plan.joins())?;
        let talked = talk::talk(&mut load, &self.plan, running.pid)?;
        running.end()?;
        Ok(talked)
    }
}
