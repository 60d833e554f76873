//! PRIVMSG and NOTICE: where a message gets its id, its audience, and its history row.

use super::missed;
use crate::answer::{Answer, away_is_told};
use crate::bounds;
use crate::change::{MessageKind, StoredMessage, Target, tags};
use crate::command::{Message, Recipient};
use crate::event::Event;
use crate::id::{AccountId, UserId};
use crate::modes::Ranks;
use crate::name::{ChannelName, Nick, Text};
use crate::outcome::Audience;
use crate::person::Person;
use crate::refusal::Refusal;
use crate::state::{HeardBy, Hub, User};
use crate::turn::Turn;
use std::sync::Arc;

pub(crate) fn apply(turn: &mut Turn<'_>, message: Message) {
    let now = turn.hub.at;
    let Some(actor) = turn.actor_mut() else { return };
    actor.active_at = now;
    let actor = actor.id;
    for recipient in message.targets.iter().take(bounds::TARGETS_PER_COMMAND_MAX) {
        let said = match recipient {
            Recipient::Channel(name, least) => to_channel(turn, actor, name, *least, &message),
            Recipient::Nick(nick) => to_person(turn, actor, nick, &message),
        };
        match said {
            Err(refusal) if message.kind == MessageKind::Privmsg => turn.refuse(refusal),
            // A notice is never answered (RFC 2812, section 3.3.2).
            Err(_) | Ok(()) => {}
        }
    }
}

/// Who speaks, as far as a message says it.
struct Sender {
    from: Arc<Person>,
    author: Option<AccountId>,
    is_operator: bool,
}

impl Sender {
    fn of(user: &User) -> Self {
        let (from, author) = (user.person.as_kept(), user.account);
        Self { from, author, is_operator: user.is_operator() }
    }
}

fn to_channel(
    turn: &mut Turn<'_>,
    actor: UserId,
    name: &ChannelName,
    least: Option<Ranks>,
    message: &Message,
) -> Result<(), Refusal> {
    let user = &turn.hub.users[&actor];
    let (channel, heard_by) = turn.hub.speaks(user, name)?;
    let sender = Sender::of(user);
    let operator = sender.is_operator;
    let may_not = |why| Refusal::MayNotSpeak(name.shown().clone(), why);
    let text = channel.takes(message.kind, &message.text).map_err(may_not)?;
    let id = channel.id();
    let is_cleared = !channel.lists.clears(actor)
        && channel.members.get(&actor).is_some_and(|held| !held.at_least(Ranks::VOICE));
    let to = channel.row.name.shown().clone();
    let to_all = least.is_none() && heard_by == HeardBy::Everyone;
    let target = Some(Target::Channel(id));
    if is_cleared {
        turn.channel_mut(id).lists.clear(actor);
    }
    let kept = keep(turn, sender, (target, to.clone(), text), message, to_all);
    let (audience, to) = match least {
        None if heard_by == HeardBy::Operators => {
            let operators = Ranks::HALF_OPERATOR;
            let sessions = turn.hub.ranked_sessions(turn.channel(id), operators, actor);
            (Audience::Sessions(sessions), to)
        }
        None => (Audience::Channel(id), to),
        Some(rank) => {
            let sessions = turn.hub.ranked_sessions(turn.channel(id), rank, actor);
            (Audience::Sessions(sessions), with_sign(rank, &to))
        }
    };
    let tags = message.tags.clone();
    turn.tell(audience, Event::Message { message: kept, to, channel: Some(id), tags, operator });
    Ok(())
}

fn to_person(
    turn: &mut Turn<'_>,
    actor: UserId,
    nick: &Nick,
    message: &Message,
) -> Result<(), Refusal> {
    let user = turn.hub.user_named(nick);
    let user = user.ok_or_else(|| Refusal::NoSuchNick(nick.shown().clone()))?;
    let sender = &turn.hub.users[&actor];
    user.takes_word_of(sender)?;
    let target = turn.hub.conversation(sender, user);
    let (to, away) = (user.nick().clone(), user.away());
    // Who writes to themselves hears it at each other connection once.
    let is_to_oneself = user.id == actor;
    let own = if is_to_oneself { [turn.session()].into() } else { sender.sessions_boxed() };
    let theirs = user.sessions_boxed();
    // What nobody keeps cannot be read later.
    let is_kept = target.is_some_and(|target| turn.hub.keeps(target));
    let is_missed = is_kept && user.sessions.is_empty();
    let missed_by = user.account.zip(sender.account).filter(|_| is_missed);
    let said = (target, to.clone(), message.text.clone());
    let speaker = Sender::of(sender);
    let operator = speaker.is_operator;
    let kept = keep(turn, speaker, said, message, true);
    let tags = message.tags.clone();
    let event = Event::Message { message: kept, to: to.clone(), channel: None, tags, operator };
    turn.tell(Audience::Sessions(own), event.clone());
    turn.tell(Audience::Recipients(theirs), event);
    if let Some((theirs, mine)) = missed_by {
        missed::note(turn, theirs, mine);
    }
    if let Some(away) = away.filter(|_| away_is_told(message.kind)) {
        turn.answer(Answer::TheyAreAway(to, away));
    }
    Ok(())
}

/// Makes the message, and stores it when it belongs to a history: every message to a whole channel,
/// and those between two accounts.
fn keep(
    turn: &mut Turn<'_>,
    sender: Sender,
    (target, to, text): (Option<Target>, Text, Text),
    message: &Message,
    to_all: bool,
) -> Arc<StoredMessage> {
    let id = turn.next_message_id();
    let message = Arc::new(StoredMessage {
        id,
        // What is between people without accounts is in nobody's history.
        target: target.unwrap_or(NOBODYS),
        at: turn.hub.at,
        from: sender.from,
        author: sender.author,
        to,
        kind: message.kind,
        text,
        tags: message.tags.as_ref().and_then(tags::kept),
        edit: None,
    });
    if target.is_some() && to_all {
        turn.keep(&message);
    }
    message
}

impl Hub {
    /// Where what two people say to each other is kept: between accounts that both want it.
    pub(super) fn conversation(&self, one: &User, other: &User) -> Option<Target> {
        let keeps = |account: &AccountId| self.accounts[account].preferences.direct_history;
        let both = one.account.filter(keeps).zip(other.account.filter(keeps));
        both.map(|(one, other)| Target::pair(one, other))
    }
}

/// The conversation of no two accounts: account ids begin at 1.
const NOBODYS: Target = Target::Pair(AccountId(0), AccountId(0));

/// The channel as those of a rank in it are spoken to (STATUSMSG).
pub(super) fn with_sign(rank: Ranks, channel: &str) -> Text {
    let sign = Ranks::sign(rank.letters().next().unwrap_or('v'));
    format!("{sign}{channel}").into()
}
