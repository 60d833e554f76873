//! One query being answered: the state as it is, and the answer as it grows.

use crate::answer::Answer;
use crate::entry::Origin;
use crate::event::Event;
use crate::id::Millis;
use crate::modes::Grants;
use crate::name::ChannelName;
use crate::outcome::{Audience, Few, Outcome, Step};
use crate::refusal::Refusal;
use crate::state::{Channel, Hub, User};

/// The hub during one query.
pub(crate) struct Asking<'h> {
    pub hub: &'h Hub,
    pub origin: Origin,
    /// The time of asking, never before that of the last entry.
    pub now: Millis,
    steps: Few<Step>,
}

impl<'h> Asking<'h> {
    pub fn new(hub: &'h Hub, origin: Origin, now: Millis) -> Self {
        Self { hub, origin, now, steps: Few::new() }
    }

    pub fn end(self) -> Outcome {
        Outcome {
            origin: self.origin,
            at: self.now,
            steps: self.steps,
            changes: Few::new(),
            asked: None,
            repeated: false,
        }
    }

    /// Who asks; none when the session never signed on or is over.
    pub fn asker(&self) -> Option<&'h User> {
        self.hub.user_of(self.origin.session)
    }

    /// Who asks, if they may do this as a server operator; if not, they are told.
    pub fn operator(&mut self, grant: Grants) -> Option<&'h User> {
        let asker = self.asker()?;
        if asker.may(grant) {
            return Some(asker);
        }
        let is_one = asker.is_operator();
        self.refuse(if is_one { Refusal::NotGranted(grant) } else { Refusal::NotOperator });
        None
    }

    pub fn answer(&mut self, answer: Answer) {
        self.steps.push(Step::Answer(answer));
    }

    pub fn refuse(&mut self, refusal: Refusal) {
        self.steps.push(Step::Refuse(refusal));
    }

    pub fn tell(&mut self, audience: Audience, event: Event) {
        self.steps.push(Step::Tell(audience, event));
    }

    /// A channel that the asker may know of.
    pub fn visible(&self, asker: &User, name: &ChannelName) -> Option<&'h Channel> {
        self.hub.channel_named(name).filter(|channel| asker.sees(channel))
    }
}
