//! TAGMSG: tags without words. Those that say something of a message, as reactions do, are kept; those of the
//! moment, such as who is typing, change nothing.

use super::message::with_sign;
use crate::bounds;
use crate::change::Target;
use crate::command::Recipient;
use crate::event::Event;
use crate::modes::Ranks;
use crate::name::Text;
use crate::outcome::Audience;
use crate::query::TagMessage;
use crate::refusal::Refusal;
use crate::state::{HeardBy, Hub, User};
use crate::turn::Turn;
use crate::verbs::Asking;
use std::sync::Arc;

pub(crate) fn apply(turn: &mut Turn<'_>, message: TagMessage) {
    for recipient in message.targets.iter().take(bounds::TARGETS_PER_COMMAND_MAX) {
        let Some(actor) = turn.actor() else { return };
        let Heard { audience, to, target } = match heard(turn.hub, actor, recipient) {
            Ok(heard) => heard,
            Err(refusal) => {
                turn.refuse(refusal);
                continue;
            }
        };
        let (by, own) = (actor.id, actor.sessions_boxed());
        let event = Event::Tags { from: Arc::clone(&actor.person), to, tags: message.tags.clone() };
        let id = turn.keep_event(Some(by), target.as_slice(), &event);
        let mut tell = |audience, event| match id {
            Some(id) => turn.tell_kept(id, audience, event),
            None => turn.tell(audience, event),
        };
        if let Audience::Recipients(_) = audience {
            tell(Audience::Sessions(own), event.clone());
        }
        tell(audience, event);
    }
}

pub(crate) fn ask(asking: &mut Asking<'_>, message: TagMessage) {
    let Some(asker) = asking.asker() else { return };
    for recipient in message.targets.iter().take(bounds::TARGETS_PER_COMMAND_MAX) {
        match heard(asking.hub, asker, recipient) {
            Err(refusal) => asking.refuse(refusal),
            Ok(Heard { audience, to, .. }) => {
                let (from, tags) = (Arc::clone(&asker.person), message.tags.clone());
                let event = Event::Tags { from, to, tags };
                if let Audience::Recipients(_) = audience {
                    asking.tell(Audience::Sessions(asker.sessions_boxed()), event.clone());
                }
                asking.tell(audience, event);
            }
        }
    }
}

/// Where tags are heard.
struct Heard {
    audience: Audience,
    /// As it is shown.
    to: Text,
    /// Where they are kept, if they are.
    target: Option<Target>,
}

fn heard(hub: &Hub, asker: &User, recipient: &Recipient) -> Result<Heard, Refusal> {
    match recipient {
        Recipient::Channel(name, least) => {
            let (channel, heard_by) = hub.speaks(asker, name)?;
            let to = channel.row.name.shown().clone();
            let by_rank = |rank| Audience::Sessions(hub.ranked_sessions(channel, rank, asker.id));
            Ok(match least {
                None if heard_by == HeardBy::Operators => {
                    Heard { audience: by_rank(Ranks::HALF_OPERATOR), to, target: None }
                }
                None => {
                    let target = Some(Target::Channel(channel.id()));
                    Heard { audience: Audience::Channel(channel.id()), to, target }
                }
                Some(rank) => {
                    Heard { audience: by_rank(*rank), to: with_sign(*rank, &to), target: None }
                }
            })
        }
        Recipient::Nick(nick) => {
            let user = hub.user_named(nick);
            let user = user.ok_or_else(|| Refusal::NoSuchNick(nick.shown().clone()))?;
            user.takes_word_of(asker)?;
            let audience = Audience::Recipients(user.sessions_boxed());
            Ok(Heard { audience, to: user.nick().clone(), target: hub.conversation(asker, user) })
        }
    }
}
