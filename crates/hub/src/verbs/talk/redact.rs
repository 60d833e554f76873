//! REDACT: taking back what was said. Its author may, and who has a say where it was said.

use super::amending::{is_author, place, tell};
use crate::change::{Change, Looked};
use crate::command::Redact;
use crate::event::Event;
use crate::id::ChannelId;
use crate::modes::{Grants, Ranks};
use crate::query::Amending;
use crate::refusal::Refusal;
use crate::state::User;
use crate::turn::Turn;
use std::sync::Arc;

pub(crate) fn apply(turn: &mut Turn<'_>, redact: Redact) {
    let Some(actor) = turn.actor() else { return };
    let Redact { with, message, reason } = redact;
    let shown = with.shown().clone();
    let place = match place(turn.hub, actor, (Amending::Redact, &with), &message) {
        Ok(place) => place,
        Err(refusal) => return turn.refuse(refusal),
    };
    if !is_author(actor, &message) && !presides(turn, actor, place.channel) {
        return turn.refuse(Refusal::NotYourMessage(Amending::Redact, shown, message.id));
    }
    let by = Arc::clone(&actor.person);
    let may_speak = |id| turn.hub.may_speak(actor, turn.channel(id)).is_ok();
    let reason = reason.filter(|_| place.channel.is_none_or(may_speak));
    let Looked { id, target, at: said_at, nick, kind, .. } = message;
    turn.store(Change::Redacted(id, target));
    let (to, channel) = (place.to.clone(), place.channel);
    tell(turn, place, Event::Redacted { by, to, channel, id, kind, nick, said_at, reason });
}

/// Whether someone may take back what others said there.
fn presides(turn: &Turn<'_>, actor: &User, channel: Option<ChannelId>) -> bool {
    let Some(channel) = channel.map(|id| turn.channel(id)) else { return false };
    let ranks = turn.hub.authority(actor.id, channel);
    actor.may(Grants::SA) || ranks.at_least(Ranks::HALF_OPERATOR)
}
