//! EDIT: saying something else instead of what was said. Its author may, where they may speak.

use super::amending::{Place, is_author, place, tell};
use crate::change::{Change, Edit, Edited, Looked};
use crate::command::EditMessage;
use crate::event::Event;
use crate::name::Text;
use crate::query::Amending;
use crate::refusal::Refusal;
use crate::state::{HeardBy, User};
use crate::turn::Turn;
use std::sync::Arc;

pub(crate) fn apply(turn: &mut Turn<'_>, edit: EditMessage) {
    let Some(actor) = turn.actor() else { return };
    let EditMessage { with, message, text } = edit;
    let shown = with.shown().clone();
    let place = match place(turn.hub, actor, (Amending::Edit, &with), &message) {
        Ok(place) => place,
        Err(refusal) => return turn.refuse(refusal),
    };
    let allowed = is_author(actor, &message).then(|| sayable(turn, actor, &place, &message, &text));
    let Some(text) = allowed.flatten() else {
        return turn.refuse(Refusal::NotYourMessage(Amending::Edit, shown, message.id));
    };
    let by = Arc::clone(&actor.person);
    let id = turn.next_message_id();
    let edit = Edit { id, at: turn.hub.at };
    let Looked { id: message, target, at: said_at, .. } = message;
    turn.store(Change::Edited(Box::new(Edited { id: message, target, text: text.clone(), edit })));
    let (to, channel) = (place.to.clone(), place.channel);
    tell(turn, place, Event::Edited { by, to, channel, id, message, said_at, text });
}

/// The text as it could be said there now, by someone who may still speak.
fn sayable(
    turn: &Turn<'_>,
    actor: &User,
    place: &Place,
    message: &Looked,
    text: &Text,
) -> Option<Text> {
    // Tags alone have no text.
    let kind = message.kind?;
    let Some(channel) = place.channel.map(|id| turn.channel(id)) else { return Some(text.clone()) };
    let heard_by = turn.hub.may_speak(actor, channel).ok()?;
    let is_heard = heard_by == HeardBy::Everyone;
    channel.takes(kind, text).ok().filter(|_| is_heard)
}
