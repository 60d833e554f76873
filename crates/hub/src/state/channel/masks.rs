//! A channel's lists of masks, and whom they let speak.

use crate::change::ListEntry;
use crate::id::UserId;
use crate::modes::ListKind;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The lists of a channel, in the order in which their masks were set.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Masks {
    entries: Vec<(ListKind, ListEntry)>,
    /// Members without voice who have spoken, and whom no mask kept from it: else all masks would be compared with
    /// them at every message. They are looked at again when a list changes, or something about them that masks
    /// are compared with.
    cleared: BTreeSet<UserId>,
}

impl Masks {
    pub fn of(entries: Vec<(ListKind, ListEntry)>) -> Self {
        Self { entries, cleared: BTreeSet::new() }
    }

    pub fn entries(&self) -> &[(ListKind, ListEntry)] {
        &self.entries
    }

    /// To change them: everyone is looked at again.
    pub fn change(&mut self) -> &mut Vec<(ListKind, ListEntry)> {
        self.cleared.clear();
        &mut self.entries
    }

    /// Whether it is known that no mask keeps someone from speaking.
    pub fn clears(&self, user: UserId) -> bool {
        self.entries.is_empty() || self.cleared.contains(&user)
    }

    /// No mask keeps a member from speaking.
    pub fn clear(&mut self, user: UserId) {
        self.cleared.insert(user);
    }

    /// A member is gone, or another than they were.
    pub fn look_again_at(&mut self, user: UserId) {
        self.cleared.remove(&user);
    }

    /// Everyone of whom it is known, for the invariants.
    pub fn all_cleared(&self) -> impl Iterator<Item = UserId> {
        self.cleared.iter().copied()
    }
}
