//! What is common to everything that amends a message which was said: where it is heard, and whose it is.

use crate::change::{Looked, Target};
use crate::command::Recipient;
use crate::event::Event;
use crate::id::{ChannelId, Seq, SessionId};
use crate::modes::Grants;
use crate::name::Text;
use crate::outcome::Audience;
use crate::query::Amending;
use crate::refusal::Refusal;
use crate::state::{Hub, User};
use crate::turn::Turn;

/// Where an amendment is heard.
pub(super) struct Place {
    /// As it is shown.
    pub to: Text,
    /// The channel, if it is one.
    pub channel: Option<ChannelId>,
    /// The sessions of the person at the other end, if it is one.
    theirs: Box<[SessionId]>,
}

/// The conversation in which someone may look for a message to amend. Server operators see to every
/// channel.
pub(super) fn open_to(hub: &Hub, user: &User, with: &Recipient) -> Option<(Text, Target, Seq)> {
    match with {
        Recipient::Channel(name, _) if user.may(Grants::SA) => {
            let row = &hub.channel_named(name)?.row;
            Some((row.name.shown().clone(), Target::Channel(row.id), row.since))
        }
        _ => hub.readable(user, with),
    }
}

/// Where a message is amended, if that is still where it was found, and it is still there. What was true when
/// it was looked up may not be so any more.
pub(super) fn place(
    hub: &Hub,
    actor: &User,
    (to, with): (Amending, &Recipient),
    message: &Looked,
) -> Result<Place, Refusal> {
    let elsewhere = || Refusal::NotYoursToAmend(to, with.shown().clone());
    let (shown, target, since) = open_to(hub, actor, with).ok_or_else(elsewhere)?;
    if target != message.target || message.id.seq <= since {
        return Err(elsewhere());
    }
    if message.at < hub.keep_of(target).since(hub.at) || is_forgotten(hub, message) {
        return Err(Refusal::NoSuchMessage(to, with.shown().clone(), message.id));
    }
    place_of(hub, actor, (shown, target, with)).ok_or_else(elsewhere)
}

fn is_forgotten(hub: &Hub, message: &Looked) -> bool {
    let mut lately = hub.forgotten_lately.iter();
    lately.any(|(account, upto)| message.author == Some(*account) && message.id.seq <= *upto)
}

fn place_of(
    hub: &Hub,
    actor: &User,
    (to, target, with): (Text, Target, &Recipient),
) -> Option<Place> {
    Some(match (target, with) {
        (Target::Channel(id), _) => Place { to, channel: Some(id), theirs: [].into() },
        (Target::Pair(..), Recipient::Nick(nick)) => {
            let other = hub.user_named(nick).filter(|other| other.id != actor.id);
            let theirs = other.map(User::sessions_boxed).unwrap_or_default();
            Place { to, channel: None, theirs }
        }
        (Target::Pair(..), Recipient::Channel(..)) => return None,
    })
}

/// Whether it is someone's own message.
pub(super) fn is_author(user: &User, message: &Looked) -> bool {
    user.account.is_some() && user.account == message.author
}

/// Tells everyone who could hear the message.
pub(super) fn tell(turn: &mut Turn<'_>, place: Place, event: Event) {
    let Some(id) = place.channel else {
        let own = turn.actor().map(User::sessions_boxed).unwrap_or_default();
        turn.tell(Audience::Sessions(own), event.clone());
        return turn.tell(Audience::Recipients(place.theirs), event);
    };
    turn.tell(Audience::Channel(id), event.clone());
    // A server operator need not be there.
    let actor = turn.actor().filter(|user| !user.channels.contains(&id));
    if let Some(own) = actor.map(User::sessions_boxed) {
        turn.tell(Audience::Sessions(own), event);
    }
}
