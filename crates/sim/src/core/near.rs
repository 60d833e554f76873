//! The core beside the only shard, as `near.rs` of the server has it: what comes a moment after the last write of the
//! tail is held, and stored there together; what the tail has, the database gets later, while the tail goes on.
//! What meets a slow disk is for the database as it is, and nothing overtakes it.

use crate::Wrong;
use crate::bounds;
use crate::chance::Chance;
use crate::core::Batch;
use crate::keeper::Keeper;
use parlor_hub::Outcome;
use parlor_hub::id::Millis;
use std::collections::VecDeque;

/// What it has in hand.
#[derive(Debug, Default)]
pub(crate) struct Near {
    held: Batch,
    /// Until then what may wait is held.
    held_until: Millis,
    /// What the tail has, and the database was not sent.
    kept: Batch,
    /// When that is sent, if there is any.
    kept_until: Millis,
    /// Outcomes that were sent to the database and are not released.
    on_their_way: usize,
    /// The last write took long.
    is_slow: bool,
}

/// Where it stores.
pub(crate) struct Ways<'w> {
    pub keeper: &'w mut Keeper,
    /// On their way to the database.
    pub batches: &'w mut VecDeque<Batch>,
    pub chance: &'w mut Chance,
}

impl Near {
    /// Takes what came of a turn, and gives what may be released at once.
    pub fn turn(
        &mut self,
        made: Option<Batch>,
        now: Millis,
        ways: &mut Ways<'_>,
    ) -> Result<Batch, Wrong> {
        if let Some(batch) = made {
            self.held.add(batch);
        }
        let is_held = self.held.outcomes.is_empty() || self.waits(now);
        let stored = if is_held { Batch::default() } else { self.let_go(now, ways)? };
        if !self.kept.kept.is_empty() && now >= self.kept_until {
            self.pass_on(Batch::default(), ways);
        }
        Ok(stored)
    }

    fn waits(&self, now: Millis) -> bool {
        now < self.held_until
            && self.held.size() > 0
            && !self.held.outcomes.iter().any(Outcome::answers)
            && self.is_for_the_tail(&self.held)
    }

    fn let_go(&mut self, now: Millis, ways: &mut Ways<'_>) -> Result<Batch, Wrong> {
        let batch = std::mem::take(&mut self.held);
        let is_next_with_nothing = self.on_their_way == 0 && batch.size() == 0;
        if is_next_with_nothing {
            return Ok(batch);
        }
        if self.is_for_the_tail(&batch) && ways.keeper.append(&batch)? {
            self.held_until = now + ways.chance.below(bounds::HELD_MS_MAX) as Millis;
            self.is_slow = ways.chance.one_in(10);
            return Ok(self.keep(batch, now));
        }
        self.pass_on(batch, ways);
        Ok(Batch::default())
    }

    fn is_for_the_tail(&self, batch: &Batch) -> bool {
        let asks = batch.outcomes.iter().any(|outcome| outcome.asked.is_some());
        self.on_their_way == 0 && !self.is_slow && !asks
    }

    /// What is held, where the tail would be next to have it.
    pub fn take_for_the_tail(&mut self) -> Option<Batch> {
        let is_next = self.held.size() > 0 && self.is_for_the_tail(&self.held);
        is_next.then(|| std::mem::take(&mut self.held))
    }

    /// All that the database was not sent.
    pub fn into_rest(self) -> Batch {
        let mut rest = self.kept;
        rest.add(self.held);
        rest
    }

    /// The tail has it.
    fn keep(&mut self, mut batch: Batch, now: Millis) -> Batch {
        if self.kept.kept.is_empty() {
            self.kept_until = now + bounds::KEPT_FOR_MS;
        }
        (self.kept.seq, self.kept.at) = (batch.seq, batch.at);
        for outcome in &mut batch.outcomes {
            self.kept.kept.extend(outcome.changes.drain(..));
        }
        batch
    }

    /// Sends a batch to the database, behind all that was kept before it.
    fn pass_on(&mut self, batch: Batch, ways: &mut Ways<'_>) {
        let (seq, at) = (self.kept.seq, self.kept.at);
        let mut all = std::mem::take(&mut self.kept);
        (self.kept.seq, self.kept.at) = (seq, at);
        all.add(batch);
        if all.size() > 0 {
            ways.keeper.pass_on(all.seq);
        }
        self.on_their_way += all.outcomes.len();
        ways.batches.push_back(all);
    }

    /// The database gets what the tail has, for somebody who waits to read it.
    pub fn pass_on_for_readers(&mut self, ways: &mut Ways<'_>) {
        self.pass_on(Batch { is_for_readers: true, ..Batch::default() }, ways);
    }

    /// So many outcomes are released that were on their way.
    pub fn released(&mut self, count: usize, is_slow: bool) {
        self.on_their_way -= count;
        self.is_slow = is_slow;
    }

    /// When what is held need not wait any longer, if anything is.
    pub fn holds_until(&self) -> Option<Millis> {
        (!self.held.outcomes.is_empty()).then_some(self.held_until)
    }
}
