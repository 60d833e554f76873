//! Bans from the server, and when they end.

use crate::change::{BanKind, ServerBan};
use crate::id::Millis;
use crate::name::Text;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

type Key = (BanKind, Text);

/// One of a kind for each mask.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Bans {
    all: BTreeMap<Key, ServerBan>,
    /// Those that are not for ever, the first to end first: asked for after every entry.
    ends: BTreeSet<(Millis, Key)>,
}

impl Bans {
    pub fn len(&self) -> usize {
        self.all.len()
    }

    pub fn has(&self, kind: BanKind, mask: &Text) -> bool {
        self.all.contains_key(&(kind, mask.clone()))
    }

    pub fn get(&self, kind: BanKind, mask: &Text) -> Option<&ServerBan> {
        self.all.get(&(kind, mask.clone()))
    }

    pub fn iter(&self) -> impl Iterator<Item = &ServerBan> {
        self.all.values()
    }

    /// Takes the place of the one there was.
    pub fn insert(&mut self, ban: ServerBan) {
        self.remove(ban.kind, &ban.mask);
        let key = (ban.kind, ban.mask.clone());
        self.ends.extend(ban.until.map(|until| (until, key.clone())));
        self.all.insert(key, ban);
    }

    pub fn remove(&mut self, kind: BanKind, mask: &Text) -> Option<ServerBan> {
        let key = (kind, mask.clone());
        let ban = self.all.remove(&key)?;
        if let Some(until) = ban.until {
            self.ends.remove(&(until, key));
        }
        Some(ban)
    }

    /// When the next one ends.
    pub fn next_end(&self) -> Option<Millis> {
        self.ends.first().map(|(until, _)| *until)
    }

    /// Takes out the next one that holds no longer.
    pub fn take_expired(&mut self, at: Millis) -> Option<ServerBan> {
        let (until, (kind, mask)) = self.ends.first()?.clone();
        if until <= at { self.remove(kind, &mask) } else { None }
    }

    /// Checks the index of their ends.
    pub fn check(&self) -> Result<(), String> {
        let ending = self.all.values().filter(|ban| ban.until.is_some()).count();
        if ending != self.ends.len() {
            return Err(format!("{ending} bans end, {} ends are known", self.ends.len()));
        }
        let is_lost = |((kind, mask), ban): &(&Key, &ServerBan)| {
            let key = (*kind, mask.clone());
            (ban.kind, &ban.mask) != (*kind, mask)
                || ban.until.is_some_and(|until| !self.ends.contains(&(until, key)))
        };
        match self.all.iter().find(is_lost) {
            Some(((_, mask), _)) => Err(format!("the ban of {mask} is not found")),
            None => Ok(()),
        }
    }
}

impl FromIterator<ServerBan> for Bans {
    fn from_iter<I: IntoIterator<Item = ServerBan>>(bans: I) -> Self {
        let mut all = Self::default();
        bans.into_iter().for_each(|ban| all.insert(ban));
        all
    }
}
