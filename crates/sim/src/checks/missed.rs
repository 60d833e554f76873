//! What was written to accounts while no connection of theirs was there: the first that comes is given all of it to
//! read, and nobody is a second time. Kept without the hub's note of it.

use crate::Wrong;
use crate::checks::rooms::Rooms;
use parlor_hub::answer::WhyHistory;
use parlor_hub::change::{Change, Durable, Page, StoredMessage, Target};
use parlor_hub::id::{AccountId, Seq};
use parlor_hub::{Answer, Command, Hub, Outcome, Route, Step};
use std::collections::BTreeMap;

/// The first and the last entry of which accounts have missed what another wrote, by both.
#[derive(Debug)]
pub(crate) struct Missed {
    entries: BTreeMap<(AccountId, AccountId), (Seq, Seq)>,
    /// Messages of a conversation that are shown unasked.
    replay: u16,
    /// Conversations that somebody was given.
    pub given: u64,
}

impl Missed {
    pub fn new(durable: &Durable, replay: u16) -> Self {
        let known = durable.missed.iter();
        let entries =
            known.map(|(account, with, since)| ((*account, *with), (since + 1, since + 1)));
        Self { entries: entries.collect(), replay, given: 0 }
    }

    /// Takes in what is about to be applied.
    pub fn before(&mut self, command: &Command) {
        if let Command::Configured(settings) = command {
            self.replay = settings.replay;
        }
    }

    /// Takes in what an entry changed, with everyone who is there behind it, and checks what it gives to read.
    pub fn note(&mut self, outcome: &Outcome, rooms: &Rooms, hub: &Hub) -> Result<(), Wrong> {
        for change in &outcome.changes {
            match change {
                Change::Message(message) => self.written(message, rooms),
                Change::AccountEnded(gone) => {
                    self.entries.retain(|(account, with), _| account != gone && with != gone);
                }
                _ => {}
            }
        }
        let given = outcome.steps.iter().filter_map(|step| match step {
            Step::Answer(Answer::History(history)) => {
                (history.why == WhyHistory::Missed).then_some(&history.page)
            }
            _ => None,
        });
        let given: Vec<&Page> = given.collect();
        let own = outcome.origin.session;
        let came = |step: &Step| matches!(step, Step::Route(Route::Known(id, _)) if *id == own);
        let account = match outcome.steps.iter().any(came).then(|| hub.wearer(own)) {
            Some(Some((_, Some(account)))) => account,
            _ if given.is_empty() => return Ok(()),
            _ => return Err(Wrong(format!("{own:?} did not come, and is given {given:?}"))),
        };
        let entries = self.entries.iter().filter(|((missing, _), _)| *missing == account);
        let missed: Vec<_> = entries.map(|((_, with), entries)| (*with, *entries)).collect();
        self.entries.retain(|(missing, _), _| *missing != account);
        let expected = if self.replay == 0 { 0 } else { missed.len() };
        let has_all = missed.iter().take(expected).all(|(with, (first, last))| {
            let target = Target::pair(account, *with);
            given
                .iter()
                .any(|page| page.target == target && page.since < *first && page.upto >= *last)
        });
        if given.len() != expected || !has_all {
            let wrong = format!("{account:?} missed {missed:?}, and is given {given:?}");
            return Err(Wrong(wrong));
        }
        self.given += expected as u64;
        Ok(())
    }

    fn written(&mut self, message: &StoredMessage, rooms: &Rooms) {
        let (Target::Pair(one, other), Some(author)) = (message.target, message.author) else {
            return;
        };
        let is_there = rooms.nicks.values().any(|nick| **nick == *message.to);
        if !is_there {
            let reader = if one == author { other } else { one };
            let seq = message.id.seq;
            self.entries.entry((reader, author)).or_insert((seq, seq)).1 = seq;
        }
    }
}
