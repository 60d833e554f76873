//! What is noted of people and channels by keys (draft/metadata-2), and who wants to hear of it.

use crate::bounds;
use crate::change::MetadataOf;
use crate::id::{AccountId, ChannelId, Millis, SessionId, UserId};
use crate::name::Text;
use crate::state::{Hub, User};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Keys and their values.
pub(crate) type Values = BTreeMap<Text, Text>;

static NONE: Values = Values::new();

/// Whose something is. What is noted of a person is their account's; of somebody without one, it is
/// gone with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Owner {
    Account(AccountId),
    Channel(ChannelId),
    Guest(UserId),
}

impl Owner {
    /// Whose it is what is noted of a person.
    pub fn of(user: &User) -> Self {
        user.account.map_or(Self::Guest(user.id), Self::Account)
    }

    /// Under what it is stored, if it is.
    pub fn stored(self) -> Option<MetadataOf> {
        match self {
            Self::Account(account) => Some(MetadataOf::Account(account)),
            Self::Channel(channel) => Some(MetadataOf::Channel(channel)),
            Self::Guest(_) => None,
        }
    }
}

/// All of it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Metadata {
    values: BTreeMap<Owner, Values>,
    /// The keys of each session that has any, and the sessions of each key.
    subscriptions: BTreeMap<SessionId, BTreeSet<Text>>,
    subscribers: BTreeMap<Text, BTreeSet<SessionId>>,
    /// When the rate would be used up to the last change that someone made.
    changed_until: BTreeMap<UserId, Millis>,
}

impl Metadata {
    /// As it was stored.
    pub fn start(stored: Vec<(MetadataOf, Text, Text)>) -> Self {
        let mut metadata = Self::default();
        for (of, key, value) in stored {
            let owner = match of {
                MetadataOf::Account(account) => Owner::Account(account),
                MetadataOf::Channel(channel) => Owner::Channel(channel),
            };
            metadata.put(owner, &key, Some(value));
        }
        metadata
    }

    /// What is to be stored, by owner and key.
    pub fn stored(&self) -> Vec<(MetadataOf, Text, Text)> {
        let all = self.values.iter().filter_map(|(owner, values)| Some((owner.stored()?, values)));
        all.flat_map(|(of, values)| values.iter().map(move |(k, v)| (of, k.clone(), v.clone())))
            .collect()
    }

    /// How many values there are.
    pub fn values_len(&self) -> usize {
        self.values.values().map(Values::len).sum()
    }

    /// How many keys sessions hear of, each counted for each session.
    pub fn subscriptions_len(&self) -> usize {
        self.subscriptions.values().map(BTreeSet::len).sum()
    }

    pub fn of(&self, owner: Owner) -> &Values {
        self.values.get(&owner).unwrap_or(&NONE)
    }

    pub fn put(&mut self, owner: Owner, key: &Text, value: Option<Text>) {
        let values = self.values.entry(owner).or_default();
        match value {
            Some(value) => drop(values.insert(key.clone(), value)),
            None => drop(values.remove(key)),
        }
        if values.is_empty() {
            self.values.remove(&owner);
        }
    }

    /// Nothing is noted any more of somebody or something. Returns what was.
    pub fn forget(&mut self, owner: Owner) -> Values {
        self.values.remove(&owner).unwrap_or_default()
    }

    /// Someone is gone.
    pub fn forget_person(&mut self, id: UserId) {
        self.forget(Owner::Guest(id));
        self.changed_until.remove(&id);
    }

    /// Whether someone may change something now; if not, after how many seconds.
    pub fn charge(&mut self, id: UserId, at: Millis) -> Result<(), u64> {
        const BURST_MS: Millis = bounds::METADATA_CHANGES_BURST * bounds::METADATA_CHANGE_MS;
        let until = self.changed_until.get(&id).copied().unwrap_or(0).max(at);
        let over_ms = (until + bounds::METADATA_CHANGE_MS).saturating_sub(at + BURST_MS);
        if over_ms > 0 {
            return Err(over_ms.div_ceil(1000));
        }
        self.changed_until.insert(id, until + bounds::METADATA_CHANGE_MS);
        Ok(())
    }

    /// Whether a session is told of a key from now on, which it may have been before: it is not when
    /// it has as many as it can.
    pub fn subscribe(&mut self, session: SessionId, key: &Text) -> bool {
        let keys = self.subscriptions.entry(session).or_default();
        if keys.len() >= bounds::METADATA_SUBSCRIPTIONS_MAX && !keys.contains(key) {
            return false;
        }
        keys.insert(key.clone());
        self.subscribers.entry(key.clone()).or_default().insert(session);
        true
    }

    pub fn unsubscribe(&mut self, session: SessionId, key: &Text) {
        if let Some(keys) = self.subscriptions.get_mut(&session) {
            keys.remove(key);
            if keys.is_empty() {
                self.subscriptions.remove(&session);
            }
        }
        if let Some(sessions) = self.subscribers.get_mut(key) {
            sessions.remove(&session);
            if sessions.is_empty() {
                self.subscribers.remove(key);
            }
        }
    }

    /// A session is over.
    pub fn end(&mut self, session: SessionId) {
        for key in self.subscriptions.get(&session).cloned().unwrap_or_default() {
            self.unsubscribe(session, &key);
        }
    }

    /// The keys that a session is told of.
    pub fn keys(&self, session: SessionId) -> impl Iterator<Item = &Text> {
        self.subscriptions.get(&session).into_iter().flatten()
    }

    /// Whether a session is told of a key.
    pub fn hears(&self, session: SessionId, key: &str) -> bool {
        self.subscriptions.get(&session).is_some_and(|keys| keys.contains(key))
    }

    /// The sessions that are told of a key.
    pub fn subscribers(&self, key: &str) -> impl Iterator<Item = SessionId> {
        self.subscribers.get(key).into_iter().flatten().copied()
    }

    /// Whether it is within its bounds, and of those who are. The error names the first thing that is
    /// wrong.
    pub fn check(&self, hub: &Hub) -> Result<(), String> {
        for (owner, values) in &self.values {
            let is_there = match owner {
                Owner::Account(account) => hub.accounts.contains_key(account),
                Owner::Channel(channel) => hub.channels.contains_key(channel),
                Owner::Guest(user) => hub.users.get(user).is_some_and(|u| u.account.is_none()),
            };
            if !is_there || values.is_empty() || values.len() > bounds::METADATA_KEYS_MAX {
                return Err(format!("of {owner:?} {} keys are noted", values.len()));
            }
        }
        if let Some(user) = self.changed_until.keys().find(|user| !hub.users.contains_key(*user)) {
            return Err(format!("{user:?}, who is gone, has changed something"));
        }
        for (session, keys) in &self.subscriptions {
            let known = keys.iter().all(|key| self.subscribers(key).any(|id| id == *session));
            if !hub.sessions.contains_key(session) || !known || keys.is_empty() {
                return Err(format!("{session:?} is told of keys that do not know it"));
            }
        }
        let told: usize = self.subscriptions.values().map(BTreeSet::len).sum();
        let telling: usize = self.subscribers.values().map(BTreeSet::len).sum();
        if told == telling { Ok(()) } else { Err(format!("{told} keys of {telling}")) }
    }
}

impl Hub {
    /// What is noted of a person.
    pub(crate) fn noted_of(&self, user: &User) -> &Values {
        self.metadata.of(Owner::of(user))
    }
}
