//! Names that look like others.
//!
//! A name that is written in another script may pass for one that is not: its skeleton is what all
//! have in common that look like it. Only names whose skeleton is another than what is compared are
//! kept here; for all others the indexes of names will do, so a network of ASCII names keeps nothing.

use super::{ByName, Hub};
use crate::id::{AccountId, UserId};
use crate::name::{ChannelName, Forms, Nick, Text};
use serde::{Deserialize, Serialize};

/// The folded name for each skeleton. A name that is worn no more may still be here: who looks for
/// one asks whether it is.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Looks {
    people: ByName<Text>,
    channels: ByName<Text>,
}

/// How many names are kept at least, before those that are worn no more are dropped.
const KEPT_AT_LEAST: usize = 64;

fn note(kept: &mut ByName<Text>, forms: &Forms, is_worn: impl Fn(&str) -> bool, worn: usize) {
    let Some(skeleton) = &forms.skeleton else { return };
    kept.insert(skeleton.clone(), forms.folded.clone());
    // At most twice as many as there are names: dropping some is paid for by those that came.
    if kept.len() > 2 * worn + KEPT_AT_LEAST {
        kept.retain(|_, folded| is_worn(folded));
    }
}

/// Another name that looks like this one, whether it is worn or not.
fn alike<'k>(kept: &'k ByName<Text>, forms: &'k Forms) -> impl Iterator<Item = &'k Text> {
    // Drawn in another script, or the very characters that this one only looks like.
    let drawn = kept.get(forms.looks());
    drawn.into_iter().chain(&forms.skeleton).filter(|other| **other != forms.folded)
}

impl Hub {
    /// A nick or an account has this name now.
    pub(crate) fn note_looks_of_person(&mut self, nick: &Nick) {
        let (nicks, accounts) = (&self.nicks, &self.account_names);
        let is_worn = |name: &str| nicks.contains_key(name) || accounts.contains_key(name);
        let worn = nicks.len() + accounts.len();
        note(&mut self.looks.people, nick.forms(), is_worn, worn);
    }

    /// A channel has this name now.
    pub(crate) fn note_looks_of_channel(&mut self, name: &ChannelName) {
        let names = &self.channel_names;
        let is_worn = |name: &str| names.contains_key(name);
        note(&mut self.looks.channels, name.forms(), is_worn, names.len());
    }

    /// Whether somebody else wears or owns a name that looks like this one.
    pub(crate) fn looks_like_another(
        &self,
        nick: &Nick,
        account: Option<AccountId>,
        wearer: Option<UserId>,
    ) -> bool {
        // It was looked at when the account was made, by the tables of its day.
        if account.is_some() && self.owner_of(nick.folded()) == account {
            return false;
        }
        let is_anothers = |name: &Text| {
            self.nicks.get(name).is_some_and(|user| Some(*user) != wearer)
                || self.owner_of(name).is_some_and(|owner| Some(owner) != account)
        };
        alike(&self.looks.people, nick.forms()).any(is_anothers)
    }

    /// Whether there is a channel with a name that looks like this one.
    pub(crate) fn looks_like_another_channel(&self, name: &ChannelName) -> bool {
        let mut alike = alike(&self.looks.channels, name.forms());
        alike.any(|other| self.channel_names.contains_key(other))
    }
}
