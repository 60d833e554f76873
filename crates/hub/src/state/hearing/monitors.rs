//! Who watches for whom to come and go.

use crate::bounds;
use crate::id::SessionId;
use crate::name::{Nick, Text};
use crate::state::{ById, ByName};
use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;
use serde::{Deserialize, Serialize};

/// The list of each session that has one, and who watches for a nick.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Monitors {
    lists: ById<SessionId, Vec<Nick>>,
    watchers: ByName<IndexSet<SessionId, FxBuildHasher>>,
}

/// What became of a nick that was to be put on a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Noted {
    /// It is on it.
    Now,
    /// It was on it.
    Already,
    /// There is no room.
    Full,
}

impl Monitors {
    pub fn add(&mut self, session: SessionId, nick: &Nick) -> Noted {
        if self.watchers.get(nick.folded()).is_some_and(|known| known.contains(&session)) {
            return Noted::Already;
        }
        let list = self.lists.entry(session).or_default();
        if list.len() >= bounds::MONITOR_TARGETS_MAX {
            return Noted::Full;
        }
        list.push(nick.clone());
        self.watchers.entry(nick.folded().clone()).or_default().insert(session);
        Noted::Now
    }

    pub fn remove(&mut self, session: SessionId, nick: &Nick) {
        let Some(list) = self.lists.get_mut(&session) else { return };
        list.retain(|known| known.folded() != nick.folded());
        if list.is_empty() {
            self.lists.swap_remove(&session);
        }
        self.forget(session, nick.folded());
    }

    /// A session watches for nobody any more.
    pub fn end(&mut self, session: SessionId) {
        for nick in self.lists.swap_remove(&session).unwrap_or_default() {
            self.forget(session, nick.folded());
        }
    }

    fn forget(&mut self, session: SessionId, folded: &Text) {
        let Some(watchers) = self.watchers.get_mut(folded) else { return };
        watchers.swap_remove(&session);
        if watchers.is_empty() {
            self.watchers.swap_remove(folded);
        }
    }

    /// The list of a session, in its order.
    pub fn of(&self, session: SessionId) -> &[Nick] {
        self.lists.get(&session).map_or(&[], Vec::as_slice)
    }

    /// The sessions that watch for a nick.
    pub fn watchers(&self, folded: &str) -> impl Iterator<Item = SessionId> {
        self.watchers.get(folded).into_iter().flatten().copied()
    }

    /// Whether a session watches for a nick.
    pub fn watches(&self, session: SessionId, folded: &str) -> bool {
        self.watchers.get(folded).is_some_and(|watchers| watchers.contains(&session))
    }

    /// Every session with every nick that it watches for.
    pub fn all(&self) -> impl Iterator<Item = (SessionId, &Nick)> {
        self.lists.iter().flat_map(|(id, list)| list.iter().map(move |nick| (*id, nick)))
    }

    /// Whether lists and watchers say the same. The error names the first thing that is wrong.
    pub fn check(&self) -> Result<(), String> {
        for (session, nick) in self.all() {
            if !self.watchers(nick.folded()).any(|watcher| watcher == session) {
                return Err(format!("{session:?} is no watcher for {}", nick.shown()));
            }
        }
        if self.lists.values().any(|l| l.is_empty() || l.len() > bounds::MONITOR_TARGETS_MAX) {
            return Err("a list of those watched for is empty, or too long".into());
        }
        let listed: usize = self.lists.values().map(Vec::len).sum();
        let watching: usize = self.watchers.values().map(IndexSet::len).sum();
        if listed != watching || self.watchers.values().any(IndexSet::is_empty) {
            return Err(format!("{listed} watched for, and {watching} watchers"));
        }
        Ok(())
    }
}
