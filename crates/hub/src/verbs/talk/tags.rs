//! TAGMSG: tags without words, such as who is typing. Nothing of it is kept.

use super::message::with_sign;
use crate::bounds;
use crate::command::Recipient;
use crate::event::Event;
use crate::modes::Ranks;
use crate::name::Text;
use crate::outcome::Audience;
use crate::query::TagMessage;
use crate::refusal::Refusal;
use crate::state::{HeardBy, User};
use crate::verbs::Asking;
use std::sync::Arc;

pub(crate) fn ask(asking: &mut Asking<'_>, message: TagMessage) {
    let Some(asker) = asking.asker() else { return };
    for recipient in message.targets.iter().take(bounds::TARGETS_PER_COMMAND_MAX) {
        match audience(asking, asker, recipient) {
            Err(refusal) => asking.refuse(refusal),
            Ok((audience, to)) => {
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

fn audience(
    asking: &Asking<'_>,
    asker: &User,
    recipient: &Recipient,
) -> Result<(Audience, Text), Refusal> {
    match recipient {
        Recipient::Channel(name, least) => {
            let (channel, heard_by) = asking.hub.speaks(asker, name)?;
            let to = channel.row.name.shown().clone();
            Ok(match least {
                None if heard_by == HeardBy::Operators => {
                    let operators = Ranks::HALF_OPERATOR;
                    let sessions = asking.hub.ranked_sessions(channel, operators, asker.id);
                    (Audience::Sessions(sessions), to)
                }
                None => (Audience::Channel(channel.id()), to),
                Some(rank) => {
                    let sessions = asking.hub.ranked_sessions(channel, *rank, asker.id);
                    (Audience::Sessions(sessions), with_sign(*rank, &to))
                }
            })
        }
        Recipient::Nick(nick) => {
            let user = asking.hub.user_named(nick);
            let user = user.ok_or_else(|| Refusal::NoSuchNick(nick.shown().clone()))?;
            user.takes_word_of(asker)?;
            Ok((Audience::Recipients(user.sessions_boxed()), user.nick().clone()))
        }
    }
}
