//! Every message there ever was, over all starts.

use crate::Wrong;
use crate::keeper::Keeper;
use crate::token::Token;
use parlor_hub::change::{Change, StoredMessage, Target};
use parlor_hub::id::{AccountId, MessageId};
use parlor_hub::{Audience, Event, Hub, Outcome, Step};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// What the hub made of what people said.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    messages: HashMap<MessageId, Said>,
    /// The last message of each connection that took effect.
    last: HashMap<u32, u32>,
    /// Kept messages that someone was shown.
    shown: BTreeSet<MessageId>,
    /// What else happened, and in which conversations it is kept.
    events: HashMap<MessageId, Vec<Target>>,
    /// What of that someone was shown.
    shown_events: BTreeSet<MessageId>,
}

/// One message.
#[derive(Debug)]
struct Said {
    message: Arc<StoredMessage>,
    is_kept: bool,
}

impl Ledger {
    /// Takes in what an entry caused, in the order of the entries.
    pub fn note(&mut self, outcome: &Outcome, hub: &Hub) -> Result<(), Wrong> {
        let mut stored = BTreeMap::new();
        for change in &outcome.changes {
            if let Change::Message(message) = change
                && stored.insert(message.id, message).is_some()
            {
                return Err(Wrong(format!("message {} is stored twice", message.id)));
            }
        }
        note_redacted(outcome)?;
        self.note_events(outcome, hub)?;
        let mut told = None;
        for step in &outcome.steps {
            let Step::Tell(audience, Event::Message { message, .. }) = step else { continue };
            // Sender and recipient are told apart.
            if told.replace(message.id) == Some(message.id) {
                continue;
            }
            let is_kept = is_to_be_kept(message, audience) && hub.keeps(message.target);
            let kept = stored.remove(&message.id);
            if kept.is_some() != is_kept || kept.is_some_and(|kept| kept != message) {
                return Err(Wrong(format!("message {} is not stored as it is told", message.id)));
            }
            let said = Said { message: Arc::clone(message), is_kept };
            if self.messages.insert(message.id, said).is_some() {
                return Err(Wrong(format!("message id {} was given twice", message.id)));
            }
            self.note_order(message)?;
        }
        match stored.into_keys().next() {
            Some(id) => Err(Wrong(format!("message {id} is stored, and nobody is told"))),
            None => Ok(()),
        }
    }

    /// What is told under an id is kept for each channel that hears of it as a whole, and nothing else is.
    fn note_events(&mut self, outcome: &Outcome, hub: &Hub) -> Result<(), Wrong> {
        let mut stored: BTreeMap<MessageId, Vec<Target>> = BTreeMap::new();
        for change in &outcome.changes {
            if let Change::Happened(target, event) = change {
                stored.entry(event.id).or_default().push(*target);
            }
        }
        let mut told: BTreeMap<MessageId, Vec<Target>> = BTreeMap::new();
        for step in &outcome.steps {
            let Step::TellKept(id, audience, event) = step else { continue };
            let targets = told.entry(*id).or_default();
            let channels = audience.channels().iter().copied().map(Target::Channel);
            // How much was kept of a channel that ended with the entry, the hub does not know any more.
            let of_it = stored.get(id);
            let is_stored = |target: &Target| of_it.is_some_and(|stored| stored.contains(target));
            targets.extend(channels.filter(|target| {
                if hub.is_there(*target) { hub.keeps(*target) } else { is_stored(target) }
            }));
            if let (true, Event::Tags { .. }) = (targets.is_empty(), event) {
                targets
                    .extend(stored.get(id).into_iter().flatten().filter(|target| is_pair(target)));
            }
        }
        Wrong::unless_equal("what events are stored", &stored, "what is told", &told)?;
        for (id, targets) in stored {
            if self.messages.contains_key(&id) || self.events.insert(id, targets).is_some() {
                return Err(Wrong(format!("event id {id} was given twice")));
            }
        }
        Ok(())
    }

    /// A session's lines take effect in the order sent.
    fn note_order(&mut self, message: &StoredMessage) -> Result<(), Wrong> {
        let Some(Token { connection, number }) = Token::find(&message.text) else { return Ok(()) };
        let last = self.last.entry(connection).or_insert(0);
        // A line with several targets is several messages.
        if number < *last {
            return Err(Wrong(format!("line {number} of connection {connection} after {last}")));
        }
        *last = number;
        Ok(())
    }

    /// Someone is shown a message. It must be stored, if it is of a kind that is.
    pub fn note_shown(&mut self, id: MessageId, keeper: &Keeper) -> Result<(), Wrong> {
        if let Some(targets) = self.events.get(&id) {
            let is_stored = |target: &Target| {
                keeper.is_kept(*target, id) || keeper.gone.contains(&(*target, id))
            };
            let wrong = || Wrong(format!("event {id} is shown before it is stored"));
            self.shown_events.insert(id);
            return targets.iter().all(is_stored).then_some(()).ok_or_else(wrong);
        }
        let Some(said) = self.messages.get(&id) else {
            return Err(Wrong(format!("message {id} is shown, and nobody said it")));
        };
        if said.is_kept {
            let place = (said.message.target, id);
            let was_there = keeper.redacted.contains(&place) || keeper.gone.contains(&place);
            if keeper.message(id).is_none() && !was_there {
                return Err(Wrong(format!("message {id} is shown before it is stored")));
            }
            self.shown.insert(id);
        }
        Ok(())
    }

    pub fn text(&self, id: MessageId) -> Option<&str> {
        self.messages.get(&id).map(|said| &*said.message.text)
    }

    /// Whatever anyone was shown is there, once and as it was, whatever happened since; unless it was
    /// taken back, and then it is not.
    pub fn check_stored(&self, keeper: &Keeper) -> Result<(), Wrong> {
        for id in &self.shown {
            if keeper.redacted.contains(&(self.messages[id].message.target, *id)) {
                match keeper.message(*id) {
                    None => continue,
                    Some(_) => {
                        return Err(Wrong(format!("message {id} was taken back, and is there")));
                    }
                }
            }
            if keeper.gone.contains(&(self.messages[id].message.target, *id)) {
                match keeper.message(*id) {
                    None => continue,
                    Some(_) => {
                        return Err(Wrong(format!("message {id} is kept no longer, and is there")));
                    }
                }
            }
            if keeper.edited.contains(id) {
                continue;
            }
            let Some(stored) = keeper.message(*id) else {
                return Err(Wrong(format!("message {id} was shown, and is not stored any more")));
            };
            Wrong::unless_equal(
                "what is stored",
                stored,
                "what was said",
                &self.messages[id].message,
            )?;
        }
        for id in &self.shown_events {
            let was_kept = |target: &Target| {
                keeper.is_kept(*target, *id) || keeper.gone.contains(&(*target, *id))
            };
            if !self.events[id].iter().all(was_kept) {
                return Err(Wrong(format!("event {id} was shown, and is not stored any more")));
            }
        }
        Ok(())
    }

    /// How many messages, and how much of what else happened.
    pub fn shown(&self) -> (u64, u64) {
        (self.shown.len() as u64, self.shown_events.len() as u64)
    }
}

fn is_pair(target: &Target) -> bool {
    matches!(target, Target::Pair(..))
}

/// What people are told is taken back is taken back in the store, and nothing else is.
fn note_redacted(outcome: &Outcome) -> Result<(), Wrong> {
    let stored: BTreeSet<MessageId> = outcome
        .changes
        .iter()
        .filter_map(|change| match change {
            Change::Redacted(id, _) => Some(*id),
            _ => None,
        })
        .collect();
    let told: BTreeSet<MessageId> = outcome
        .steps
        .iter()
        .filter_map(|step| match step {
            Step::Tell(_, Event::Redacted { id, .. }) => Some(*id),
            _ => None,
        })
        .collect();
    Wrong::unless_equal("what is taken back", &stored, "what is told", &told)
}

/// What a whole channel hears is kept, and what is between two accounts.
fn is_to_be_kept(message: &StoredMessage, audience: &Audience) -> bool {
    match message.target {
        Target::Channel(_) => matches!(audience, Audience::Channel(_)),
        Target::Pair(one, other) => one > AccountId(0) && other > AccountId(0),
    }
}
