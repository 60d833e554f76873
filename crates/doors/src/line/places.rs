//! Which channels a person is in, and where what they type goes.

use crate::names::Casemapping;
use parlor_hub::id::ChannelId;
use parlor_hub::name::Text;

/// The channels of one session, in the order in which they were last looked at.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// The last one is looked at.
    entered: Vec<(ChannelId, Text)>,
    /// A channel that was asked for and not entered yet. What is typed after `/join` goes there, even
    /// when it is read before the answer has come.
    aim: Option<Text>,
    /// Put out of the channel that was looked at: what is typed goes nowhere, rather than to others
    /// than it was meant for.
    nowhere: bool,
}

impl Places {
    /// Where what is typed goes.
    pub fn target(&self) -> Option<&Text> {
        self.aim.as_ref().or_else(|| self.looked_at().map(|(_, name)| name))
    }

    /// Whether a channel is the one that is looked at.
    pub fn is_here(&self, id: ChannelId) -> bool {
        self.looked_at().is_some_and(|(here, _)| *here == id)
    }

    /// Whether someone who is in several channels looks at this one.
    pub fn is_one_of_several(&self, name: &str) -> bool {
        self.entered.len() > 1 && self.looked_at().is_some_and(|(_, here)| &**here == name)
    }

    /// Whether the channel was entered, and by which name, in any case of letters.
    pub fn find(&self, name: &str, casemapping: Casemapping) -> Option<Text> {
        let folded = casemapping.fold(name);
        let mut names = self.entered.iter().map(|(_, name)| name);
        names.find(|name| casemapping.fold(name) == folded).cloned()
    }

    /// All names.
    pub fn names(&self) -> impl Iterator<Item = &Text> {
        self.entered.iter().map(|(_, name)| name)
    }

    /// A channel was asked for.
    pub fn head_to(&mut self, name: &Text) {
        self.aim = Some(name.clone());
    }

    /// A channel that was asked for could not be entered. Whether what is typed was to go there.
    pub fn turned_away(&mut self, name: &str, casemapping: Casemapping) -> bool {
        let turned = self.is_aim(name, casemapping);
        if turned {
            self.aim = None;
        }
        turned
    }

    /// Looks at a channel that was entered.
    pub fn look_at(&mut self, name: &Text) {
        self.aim = None;
        self.nowhere = false;
        if let Some(place) = self.entered.iter().position(|(_, other)| other == name) {
            let place = self.entered.remove(place);
            self.entered.push(place);
        }
    }

    /// The session came into a channel.
    pub fn enter(&mut self, id: ChannelId, name: &Text, casemapping: Casemapping) {
        if let Some((_, known)) = self.entered.iter_mut().find(|(other, _)| *other == id) {
            // It has another name now.
            known.clone_from(name);
            return;
        }
        let aimed = self.is_aim(name, casemapping);
        let at = if aimed || self.entered.is_empty() {
            self.nowhere = false;
            self.entered.len()
        } else {
            self.entered.len() - 1
        };
        if aimed {
            self.aim = None;
        }
        self.entered.reserve_exact(1);
        self.entered.insert(at, (id, name.clone()));
    }

    /// The session left a channel, or was put out of it.
    pub fn leave(&mut self, id: ChannelId) {
        if self.is_here(id) {
            self.nowhere = true;
        }
        self.entered.retain(|(other, _)| *other != id);
    }

    /// The session asked to leave a channel: at once, nothing typed goes there any more.
    pub fn give_up(&mut self, name: &str, casemapping: Casemapping) {
        if !self.turned_away(name, casemapping) {
            let folded = casemapping.fold(name);
            self.entered.retain(|(_, name)| casemapping.fold(name) != folded);
        }
    }

    fn looked_at(&self) -> Option<&(ChannelId, Text)> {
        if self.nowhere { None } else { self.entered.last() }
    }

    fn is_aim(&self, name: &str, casemapping: Casemapping) -> bool {
        self.aim.as_ref().is_some_and(|aim| casemapping.fold(aim) == casemapping.fold(name))
    }
}
