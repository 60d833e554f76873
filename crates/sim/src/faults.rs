//! What goes wrong, what takes its time, and what an operator changes meanwhile.

use crate::chance::Chance;
use crate::core::near::Near;
use crate::core::{Batch, Core};
use crate::grammar::{CODE, OPERATOR, SERVER_PASSWORD, phc};
use crate::keeper::InHand;
use crate::wing::ToHall;
use crate::world::World;
use crate::{Wrong, checks};
use parlor_doors::hall::{NewKeys, PasswordDone, PasswordWork, Scram};
use parlor_doors::names::Casemapping;
use parlor_doors::{Cloaks, Facts, Operator};
use parlor_hub::change::{HistoryRule, Keep, Keys};
use parlor_hub::modes::Grants;
use parlor_hub::name::ChannelName;
use parlor_hub::settings::Registration;
use parlor_hub::{Command, Settings};
use parlor_store::Keeps;
use std::sync::Arc;

/// Facts of a server.
pub(crate) fn facts(chance: &mut Chance) -> Facts {
    let casemappings = [Casemapping::Ascii, Casemapping::Rfc1459, Casemapping::Precis];
    let casemapping = casemappings[chance.below(3)];
    Facts {
        server: "sim.example".into(),
        network: "Sim".into(),
        description: "a world of its own".into(),
        version: "parlor-sim".into(),
        motd: if chance.one_in(2) { vec!["Be kind".into()] } else { Vec::new() },
        admin: "nobody".into(),
        casemapping,
        lobby: ChannelName::parse("#lobby", casemapping).expect("a name"),
        operators: vec![Operator {
            name: OPERATOR.0.into(),
            password: Some(phc(OPERATOR.1).into()),
            certificate: None,
            grants: if chance.one_in(6) { Grants::KILL } else { Grants::all() },
        }],
        password: chance.one_in(6).then(|| phc(SERVER_PASSWORD).into()),
        verification: chance.one_in(4),
        cloaks: chance.one_in(2).then(|| Cloaks::new(digest)),
        commands_per_second: if chance.one_in(5) { 4 } else { 0 },
        command_burst: 20,
        ..Facts::default()
    }
}

/// A digest under a key that everyone knows.
fn digest(bytes: &[u8]) -> [u8; 32] {
    let mut sum = 0x9e37_79b9_7f4a_7c15_u64;
    [(); 32].map(|()| {
        let mix = |sum: u64, byte: &u8| (sum ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3);
        sum = bytes.iter().fold(sum, mix);
        (sum >> 40) as u8
    })
}

/// Settings of a hub.
pub(crate) fn settings(facts: &Facts, chance: &mut Chance) -> Settings {
    let operators = facts.operators.iter().map(Operator::oper);
    let registration = [Registration::Open, Registration::Operators, Registration::Closed];
    Settings {
        server: facts.server.clone(),
        lobby: facts.lobby.clone(),
        registration: registration[chance.weighed(&[8, 1, 1])],
        verification: facts.verification,
        // The doors may still know one whom the hub no longer does.
        operators: if chance.one_in(8) { Vec::new() } else { operators.collect() },
        replay: [0, 3, 50][chance.below(3)],
        keep: keep(chance),
        channel_history: HistoryRule { keep: keep(chance), hides_earlier: chance.one_in(4) },
    }
}

/// In most cases for ever.
fn keep(chance: &mut Chance) -> Keep {
    match chance.below(10) {
        0 => Keep::NOTHING,
        1 => Keep { for_ms: Some(90_000), last: None },
        2 => Keep { for_ms: None, last: Some(3) },
        _ => Keep::FOREVER,
    }
}

impl World {
    /// A fault, or an operator's hand.
    pub fn something_goes_wrong(&mut self, step: u32) -> Result<(), Wrong> {
        // Something is held in one step of thirty, and that is when most may be lost.
        let ends = if self.held_until().is_some() { 60 } else { 3 };
        match self.chance.weighed(&[ends, 6, 10, 10, 20, 70]) {
            0 if step > 50 => self.crash()?,
            1 => self.disk_is_full = true,
            2 => self.disk_is_full = false,
            3 => self.configure(),
            4 => {
                let Settings { keep, channel_history, .. } = &self.settings;
                let kept = Keeps { all: *keep, channels: channel_history.keep };
                if self.settle()? {
                    self.keeper.expire(self.now, kept)?;
                }
            }
            _ if self.core.rehash => self.configure(),
            _ => {}
        }
        Ok(())
    }

    /// The configuration is read again.
    fn configure(&mut self) {
        self.core.rehash = false;
        self.settings = settings(&self.facts, &mut self.chance);
        let mut facts = Facts::clone(&self.facts);
        facts.motd = vec![format!("Be kind until {}", self.now).into()];
        self.facts = Arc::new(facts);
        for wing in &mut self.wings {
            wing.inbox.push_back(ToHall::Facts(Arc::clone(&self.facts)));
        }
        let command = Command::Configured(Box::new(self.settings.clone()));
        self.core.append_own(command, &mut self.chance);
    }

    /// The process ends where it stands. Everything that was not committed is lost, and so are all
    /// connections. Another one starts from what is stored.
    pub fn crash(&mut self) -> Result<(), Wrong> {
        self.tell(|| format!("{:>6} a crash", self.now));
        self.tally.crashes += 1;
        self.tally.while_held += u32::from(self.held_until().is_some());
        let in_hand = self.in_hand();
        let lost = self.keeper.crash(in_hand, &mut self.chance)?;
        self.tell(|| format!("{:>6} {lost} sectors of the disk are lost", self.now));
        self.tally.losses += u32::from(lost > 0);
        self.near = self.near.take().map(|_| Near::default());
        self.batches.clear();
        self.concerning.clear();
        self.tally.entries += self.core.entries;
        self.tally.missed += self.core.missed.given;
        self.clients.iter_mut().for_each(|client| *client = None);
        self.hashing.clear();
        self.reading.clear();
        self.is_failing = false;
        self.disk_is_full = false;
        let durable = self.keeper.start(&mut self.chance)?;
        self.ledger.check_stored(&self.keeper)?;
        let casemapping = self.facts.casemapping;
        let settings = self.settings.clone();
        self.core = Core::start(durable.clone(), settings, casemapping, &mut self.chance);
        self.core.verbose = self.verbose;
        checks::applied::hub(&self.core.hub, &self.core.rooms)?;
        Wrong::unless_equal(
            "a fresh hub",
            &self.core.hub.durable(),
            "what it started from",
            &durable,
        )?;
        self.open_halls();
        Ok(())
    }

    /// What the store would do next; or the process ends in order.
    fn in_hand(&mut self) -> InHand {
        if self.chance.one_in(5) {
            let near = self.near.as_mut().map(|near| std::mem::take(near).into_rest());
            let mut rest = Batch::default();
            self.batches.drain(..).chain(near).for_each(|batch| rest.add(batch));
            return InHand::Shutdown(rest);
        }
        if let Some(held) = self.near.as_mut().and_then(Near::take_for_the_tail) {
            return InHand::ForTail(held);
        }
        match self.batches.pop_front() {
            Some(batch) if batch.size() > 0 => InHand::ForDatabase(batch),
            _ => InHand::Nothing,
        }
    }

    /// Some time passes: seconds for most things that are due, a quarter of an hour for the rest.
    pub fn time_passes(&mut self) {
        self.now += match self.chance.weighed(&[50, 20, 6, 2]) {
            0 => self.chance.below(50),
            1 => 600,
            2 => self.chance.between(5_000, 70_000),
            _ => 16 * 60_000,
        } as u64;
        for (number, wing) in self.wings.iter_mut().enumerate() {
            wing.hall.tick(self.now);
            for client in self.clients.iter_mut().flatten().filter(|c| c.hall == number) {
                client.greeted = true;
            }
        }
        if self.core.hub.deadline().is_some_and(|deadline| self.now >= deadline) {
            self.core.append_own(Command::Elapsed, &mut self.chance);
        }
    }

    /// A password has been worked on; or there was no time for it.
    pub fn a_password_is_done(&mut self) {
        if self.hashing.is_empty() {
            return;
        }
        let place = self.chance.below(self.hashing.len());
        let (hall, session, work) = self.hashing.remove(place);
        let done = match work {
            _ if self.chance.one_in(10) => PasswordDone::Busy,
            _ if self.chance.one_in(20) => PasswordDone::TooManyWrong,
            PasswordWork::Unknown => PasswordDone::Verified(false),
            PasswordWork::Verify { phc: kept, password } => {
                PasswordDone::Verified(*kept == phc(&password))
            }
            PasswordWork::New { password } => {
                let keys =
                    Keys { password: phc(&password).into(), scram: Some(phc(&password).into()) };
                PasswordDone::New(NewKeys { keys, code: CODE.into() })
            }
            PasswordWork::ScramFirst { keys, message } => {
                let challenge = format!("r={message},s=c2FsdA==,i=4096");
                PasswordDone::Begun(Some(Scram { keys, first: message, challenge }))
            }
            // The fake's proof is the password.
            PasswordWork::ScramFinal { scram, message } => {
                let proof = message.rsplit_once(",p=").map(|(_, proof)| phc(proof));
                let is_right = proof.is_some_and(|proof| *proof == *scram.keys);
                PasswordDone::Proven(is_right.then(|| "v=proof".to_owned()))
            }
        };
        self.wings[hall].inbox.push_back(ToHall::Hashed(session, done));
    }
}
