//! Words under another name: of someone elsewhere whom a bridge relays (draft/relaymsg), of a person
//! that is played, of the scene (NPC, SCENE).

use crate::change::{MessageKind, StoredMessage, Target, tags};
use crate::command::{Relay, Voice};
use crate::event::Event;
use crate::id::UserId;
use crate::mask::{self, Of};
use crate::modes::{ChannelFlags, ListKind, Ranks};
use crate::name::Text;
use crate::outcome::Audience;
use crate::person::Person;
use crate::refusal::Refusal;
use crate::state::{Channel, HeardBy, Hub};
use crate::turn::Turn;
use std::sync::Arc;

/// The host of those who are played: there is none of that name.
const NOWHERE: &str = "npc.fakeuser.invalid";

pub(crate) fn apply(turn: &mut Turn<'_>, relay: Relay) {
    let Some(actor) = turn.actor().map(|user| user.id) else { return };
    let now = turn.hub.at;
    turn.user_mut(actor).active_at = now;
    if let Err(refusal) = say(turn, actor, relay) {
        turn.refuse(refusal);
    }
}

fn say(turn: &mut Turn<'_>, actor: UserId, relay: Relay) -> Result<(), Refusal> {
    let (channel, from, heard_by) = speaker(turn.hub, actor, &relay)?;
    let may_not = |why| Refusal::MayNotSpeak(relay.channel.shown().clone(), why);
    let text = channel.takes(MessageKind::Privmsg, &relay.text).map_err(may_not)?;
    let (id, to) = (channel.id(), channel.row.name.shown().clone());
    let by = &turn.hub.users[&actor].person;
    let tags = match relay.voice {
        Voice::Relayed(_) => Some(with_relayer(&by.nick, relay.tags.as_deref())),
        Voice::Played(_) | Voice::Scene => relay.tags,
    };
    let author = turn.hub.users[&actor].account;
    let audience = match heard_by {
        HeardBy::Everyone => Audience::Channel(id),
        HeardBy::Operators => {
            Audience::Sessions(turn.hub.ranked_sessions(channel, Ranks::HALF_OPERATOR, actor))
        }
    };
    let message = Arc::new(StoredMessage {
        id: turn.next_message_id(),
        target: Target::Channel(id),
        at: turn.hub.at,
        from: Arc::new(from),
        author,
        to: to.clone(),
        kind: MessageKind::Privmsg,
        text,
        tags: tags.as_ref().and_then(tags::kept),
        edit: None,
    });
    if heard_by == HeardBy::Everyone {
        turn.keep(&message);
    }
    turn.tell(audience, Event::Message { message, to, channel: Some(id), tags, operator: false });
    Ok(())
}

/// Where it is said, who is seen to say it, and who hears it.
fn speaker<'h>(
    hub: &'h Hub,
    actor: UserId,
    relay: &Relay,
) -> Result<(&'h Channel, Person, HeardBy), Refusal> {
    let user = &hub.users[&actor];
    let Person { nick, username, host, .. } = &*user.person;
    let person = |nick: Text, username: &Text, host: Text| Person {
        nick,
        username: username.clone(),
        host,
        account: None,
        bot: user.person.bot,
        operator: false,
    };
    match &relay.voice {
        Voice::Relayed(name) => {
            let channel = hub.channel_for(user, &relay.channel)?;
            if !hub.authority(actor, channel).at_least(Ranks::OPERATOR) {
                return Err(Refusal::MayNotRelay(relay.channel.shown().clone()));
            }
            let from = person(name.shown().clone(), username, host.clone());
            if is_unwelcome(channel, &from) {
                return Err(Refusal::RelayedIsBanned(name.shown().clone()));
            }
            Ok((channel, from, HeardBy::Everyone))
        }
        Voice::Played(name) => {
            let (channel, heard_by) = roleplay(hub, actor, relay)?;
            let name = format!("*{}*", name.shown());
            Ok((channel, person(name.into(), nick, NOWHERE.into()), heard_by))
        }
        Voice::Scene => {
            let (channel, heard_by) = roleplay(hub, actor, relay)?;
            Ok((channel, person("=Scene=".into(), nick, NOWHERE.into()), heard_by))
        }
    }
}

/// A channel in which roles are played (+E), for someone who may speak there.
fn roleplay<'h>(
    hub: &'h Hub,
    actor: UserId,
    relay: &Relay,
) -> Result<(&'h Channel, HeardBy), Refusal> {
    let (channel, heard_by) = hub.speaks(&hub.users[&actor], &relay.channel)?;
    if channel.row.flags.has(ChannelFlags::ROLEPLAY) {
        return Ok((channel, heard_by));
    }
    Err(Refusal::NobodyPlays(channel.row.name.shown().clone()))
}

/// Whether a ban or a mute names someone who is not here.
fn is_unwelcome(channel: &Channel, person: &Person) -> bool {
    let whole = person.to_string();
    channel.masks(ListKind::Ban).filter_map(|entry| mask::read(&entry.mask)).any(|read| {
        // A ban of everyone is about those who come in: the bridge did.
        read.of == Of::Person && read.pattern != "*!*@*" && mask::matches(read.pattern, &whole)
    })
}

fn with_relayer(nick: &str, tags: Option<&str>) -> Text {
    let tag = format!("{}={nick}", crate::change::RELAYED_BY);
    tags.map_or(tag.clone(), |tags| format!("{tag};{tags}")).into()
}
