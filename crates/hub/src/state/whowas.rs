//! People who were here.

use crate::answer::Was;
use crate::bounds;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// The last people who left or changed their nick.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Whowas(VecDeque<Was>);

impl Whowas {
    pub fn note(&mut self, was: Was) {
        if self.0.len() == bounds::WHOWAS_MAX {
            self.0.pop_front();
        }
        self.0.push_back(was);
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Those who had this nick, the latest first.
    pub fn of<'a>(&'a self, folded: &'a str) -> impl Iterator<Item = &'a Was> {
        self.0.iter().rev().filter(move |was| &*was.folded == folded)
    }
}
