//! What is kept no longer: removed from the model, and by the real store beside it.

use super::Keeper;
use crate::Wrong;
use parlor_hub::change::{Keep, StoredEvent, StoredMessage, Target};
use parlor_hub::id::{AccountId, MessageId, Millis, Seq};
use parlor_store::Keeps;
use std::collections::BTreeSet;

/// As long as the store lets what is too much stay.
const SETTLED_AFTER_MS: Millis = 60_000;

/// What is known of what was kept once, whatever became of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    pub at: Millis,
    pub is_event: bool,
    pub author: Option<AccountId>,
}

impl Known {
    pub fn message(message: &StoredMessage) -> Self {
        Self { at: message.at, is_event: false, author: message.author }
    }

    pub fn event(event: &StoredEvent) -> Self {
        Self { at: event.at, is_event: true, author: event.author }
    }
}

impl Keeper {
    /// All that an account wrote and did up to an entry is there no more: the real store says so at once, and
    /// removes it later.
    pub fn forget(&mut self, account: AccountId, upto: Seq) {
        self.remove(|_, known, id| known.author == Some(account) && id.seq <= upto);
    }

    /// Removes all that is not to be kept at this time. The database has all that was shown.
    pub fn expire(&mut self, now: Millis, kept: Keeps) -> Result<(), Wrong> {
        if let Some(open) = self.open() {
            while open.store.expire(now, kept)? {}
        }
        let since = if kept.all.is_nothing() { Millis::MAX } else { kept.all.since(now) };
        self.remove(|_, known, _| known.at < since);
        let targets: BTreeSet<Target> = self.everything().map(|(target, _)| target).collect();
        for target in targets {
            let keep = self.keep_of(target, kept);
            let too_old = keep.since(now);
            let beyond = keep.last.map(|last| self.last_beyond(target, last as usize, now));
            let (messages, events) = beyond.unwrap_or_default();
            self.remove(|of, known, id| {
                let much = if known.is_event { messages.max(events) } else { messages };
                of == target && (known.at < too_old || much.is_some_and(|much| id <= much))
            });
        }
        self.compare_messages()
    }

    /// Nothing of these is there any more.
    fn remove(&mut self, goes: impl Fn(Target, Known, MessageId) -> bool) {
        let gone: Vec<_> =
            self.everything().filter(|(target, id)| goes(*target, self.known[id], *id)).collect();
        for (target, id) in gone {
            self.messages.remove(&(id.seq, id.n));
            self.events.remove(&(target, id));
            self.redacted.remove(&(target, id));
            self.gone.insert((target, id));
        }
    }

    fn everything(&self) -> impl Iterator<Item = (Target, MessageId)> {
        let messages = self.messages.values().map(|message| (message.target, message.id));
        messages.chain(self.events.keys().copied()).chain(self.redacted.iter().copied())
    }

    fn keep_of(&self, target: Target, kept: Keeps) -> Keep {
        let decided = match target {
            Target::Pair(..) => return kept.all,
            Target::Channel(id) => self.decided.get(&id).copied(),
        };
        decided.unwrap_or(kept.channels).and(kept.all)
    }

    /// The last messages and events before as many of each as there may be.
    fn last_beyond(
        &self,
        target: Target,
        last: usize,
        now: Millis,
    ) -> (Option<MessageId>, Option<MessageId>) {
        let settled = |at: Millis| at < now.saturating_sub(SETTLED_AFTER_MS);
        let messages = self.messages.values().filter(|message| message.target == target);
        let messages = messages.filter(|message| settled(message.at)).map(|message| message.id);
        let events =
            self.events.iter().filter(|((of, _), event)| *of == target && settled(event.at));
        let events = events.map(|((_, id), _)| *id);
        (messages.rev().nth(last), events.rev().nth(last))
    }
}
