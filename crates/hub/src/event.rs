//! What others hear. Each event carries all that any door needs to render it.

use crate::change::{HistoryRule, MessageKind, StoredMessage, tags};
use crate::id::{ChannelId, MessageId, Millis};
use crate::name::Text;
use crate::person::Person;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// Someone spoke. `channel` is where; none for a direct message.
    Message {
        /// What was said; what is stored, if it is of a kind that is.
        message: Arc<StoredMessage>,
        /// The name as the sender gave it, with the sign of STATUSMSG if there was one.
        to: Text,
        /// Where it is heard.
        channel: Option<ChannelId>,
        /// Client-only tags (`+…`) as they came, without the `@`.
        tags: Option<Text>,
        /// A server operator spoke.
        operator: bool,
    },
    /// What someone said says something else now.
    Edited {
        /// Who, as they are now.
        by: Arc<Person>,
        /// Where it was said, or to whom.
        to: Text,
        /// Where it is heard; none for a direct message.
        channel: Option<ChannelId>,
        /// The edit itself.
        id: MessageId,
        /// Which message.
        message: MessageId,
        /// When it was said.
        said_at: Millis,
        /// What it says.
        text: Text,
    },
    /// What someone said was taken back.
    Redacted {
        /// By whom.
        by: Arc<Person>,
        /// Where it was said, or to whom `by` takes it back.
        to: Text,
        /// Where it is heard; none for a direct message.
        channel: Option<ChannelId>,
        /// Which message.
        id: MessageId,
        /// How it asked to be taken; none where it was tags alone.
        kind: Option<MessageKind>,
        /// The nick under which it was said.
        nick: Text,
        /// When it was said.
        said_at: Millis,
        /// Why, if it was said.
        reason: Option<Text>,
    },
    /// A message of tags alone (TAGMSG).
    Tags {
        /// Who.
        from: Arc<Person>,
        /// To whom.
        to: Text,
        /// Client-only tags.
        tags: Text,
    },
    /// Someone came in.
    Joined {
        /// Who.
        who: Arc<Person>,
        /// Their real name.
        realname: Text,
        /// Where.
        channel: ChannelRef,
    },
    /// Someone left a channel.
    Parted {
        /// Who.
        who: Arc<Person>,
        /// From where.
        channel: ChannelRef,
        /// Why, if they said.
        reason: Option<Text>,
    },
    /// Someone was put out of a channel.
    Kicked {
        /// By whom.
        by: Arc<Person>,
        /// Who.
        nick: Text,
        /// From where.
        channel: ChannelRef,
        /// Why.
        reason: Text,
    },
    /// Someone is gone.
    Quit {
        /// Who.
        who: Arc<Person>,
        /// Why.
        reason: Text,
    },
    /// Someone has another nick.
    Renamed {
        /// As they were.
        who: Arc<Person>,
        /// The new nick.
        nick: Text,
    },
    /// Someone is away, or back.
    Away {
        /// Who.
        who: Arc<Person>,
        /// Why; none when they are back.
        message: Option<Text>,
    },
    /// Someone logged in or out.
    Account {
        /// Who, with the account that they have now.
        who: Arc<Person>,
    },
    /// Someone has another real name.
    SetName {
        /// Who.
        who: Arc<Person>,
        /// What it is now.
        realname: Text,
    },
    /// Someone is seen to come from elsewhere.
    HostChanged {
        /// As they were.
        who: Arc<Person>,
        /// From where now.
        host: Text,
    },
    /// Someone whose host changed is in a channel still, as those hear who were told that they left.
    CameBack {
        /// Who.
        who: Arc<Person>,
        /// Their real name.
        realname: Text,
        /// Where.
        channel: ChannelRef,
        /// Their ranks there.
        ranks: Vec<ModeShown>,
        /// Their away message.
        away: Option<Text>,
    },
    /// Someone is here under this nick, as those who watch for it hear.
    Online {
        /// Who.
        who: Arc<Person>,
    },
    /// Nobody is here under this nick any more, as those who watch for it hear.
    Offline {
        /// As it was worn.
        nick: Text,
    },
    /// A topic was set, or cleared.
    Topic {
        /// By whom.
        by: Arc<Person>,
        /// Where.
        channel: ChannelRef,
        /// What it says now; empty when cleared.
        text: Text,
    },
    /// A channel's modes changed.
    Modes {
        /// By whom; none for the server itself.
        by: Option<Arc<Person>>,
        /// Where.
        channel: ChannelRef,
        /// What changed, in order.
        changes: Vec<ModeShown>,
    },
    /// How it is with a channel's history was decided anew.
    HistorySet {
        /// By whom.
        by: Arc<Person>,
        /// Where.
        channel: ChannelRef,
        /// What is so now.
        history: HistoryRule,
    },
    /// Someone is asked to come: heard by them, and by those who could have asked.
    Invited {
        /// By whom.
        by: Arc<Person>,
        /// Who.
        nick: Text,
        /// Where to.
        channel: ChannelRef,
    },
    /// A channel has another name.
    ChannelRenamed {
        /// By whom.
        by: Arc<Person>,
        /// The old name.
        from: Text,
        /// With the new one.
        channel: ChannelRef,
        /// Why, if said.
        reason: Option<Text>,
    },
    /// Someone asks to be let in, as those hear who could do that.
    Knocked {
        /// Who.
        who: Arc<Person>,
        /// Where.
        channel: ChannelRef,
    },
    /// Something else is noted of someone or something, as those hear who asked for the key.
    Metadata {
        /// By whom; none where nobody of them is here any more.
        by: Option<Arc<Person>>,
        /// Whose.
        of: Subject,
        /// The key.
        key: Text,
        /// Its value, if it has one.
        value: Option<Text>,
    },
    /// An operator ends someone's connections: heard by those alone.
    Killed {
        /// By whom.
        by: Arc<Person>,
        /// Who.
        nick: Text,
        /// Why.
        reason: Text,
    },
    /// What the server tells operators of what they and others do.
    Notice {
        /// In a sentence.
        text: Text,
    },
    /// An operator speaks to those who listen for it.
    Wallops {
        /// Who.
        by: Arc<Person>,
        /// What.
        text: Text,
    },
}

impl Event {
    /// The channel in which it is heard, when it is one.
    pub fn channel(&self) -> Option<ChannelId> {
        match self {
            Self::Message { channel, .. }
            | Self::Edited { channel, .. }
            | Self::Redacted { channel, .. } => *channel,
            Self::Joined { channel, .. }
            | Self::Parted { channel, .. }
            | Self::Kicked { channel, .. }
            | Self::Topic { channel, .. }
            | Self::Modes { channel, .. }
            | Self::HistorySet { channel, .. }
            | Self::ChannelRenamed { channel, .. }
            | Self::Knocked { channel, .. }
            | Self::CameBack { channel, .. }
            | Self::Invited { channel, .. } => Some(channel.id),
            Self::Tags { .. }
            | Self::Quit { .. }
            | Self::Renamed { .. }
            | Self::Away { .. }
            | Self::SetName { .. }
            | Self::HostChanged { .. }
            | Self::Online { .. }
            | Self::Offline { .. }
            | Self::Metadata { .. }
            | Self::Account { .. }
            | Self::Killed { .. }
            | Self::Notice { .. }
            | Self::Wallops { .. } => None,
        }
    }

    /// Calls the channel that it names by this name.
    pub fn rename_channel(&mut self, now: &Text) {
        match self {
            Self::Joined { channel, .. }
            | Self::Parted { channel, .. }
            | Self::Kicked { channel, .. }
            | Self::Topic { channel, .. }
            | Self::Modes { channel, .. } => channel.name = now.clone(),
            Self::Tags { to, .. } if to.starts_with('#') => *to = now.clone(),
            _ => {}
        }
    }

    /// Whether a bot did it.
    pub fn is_by_bot(&self) -> bool {
        match self {
            Self::Message { message, .. } => message.from.bot,
            _ => self.by().is_some_and(|who| who.bot),
        }
    }

    /// Whether a server operator did it.
    pub fn is_by_operator(&self) -> bool {
        match self {
            Self::Message { operator, .. } => *operator,
            _ => self.by().is_some_and(|who| who.operator),
        }
    }

    /// Who did it, as they are now.
    fn by(&self) -> Option<&Person> {
        match self {
            Self::Tags { from: who, .. }
            | Self::Joined { who, .. }
            | Self::Parted { who, .. }
            | Self::Kicked { by: who, .. }
            | Self::Edited { by: who, .. }
            | Self::Redacted { by: who, .. }
            | Self::Quit { who, .. }
            | Self::Renamed { who, .. }
            | Self::Away { who, .. }
            | Self::Account { who }
            | Self::SetName { who, .. }
            | Self::HostChanged { who, .. }
            | Self::CameBack { who, .. }
            | Self::ChannelRenamed { by: who, .. }
            | Self::Knocked { who, .. }
            | Self::Topic { by: who, .. }
            | Self::Modes { by: Some(who), .. }
            | Self::HistorySet { by: who, .. }
            | Self::Invited { by: who, .. }
            | Self::Killed { by: who, .. }
            | Self::Wallops { by: who, .. } => Some(who),
            Self::Message { .. }
            | Self::Modes { by: None, .. }
            | Self::Online { .. }
            | Self::Offline { .. }
            | Self::Metadata { .. }
            | Self::Notice { .. } => None,
        }
    }

    /// Whether it is of a kind that a history holds besides messages.
    pub fn is_kept(&self) -> bool {
        matches!(
            self,
            Self::Joined { .. }
                | Self::Parted { .. }
                | Self::Kicked { .. }
                | Self::Quit { .. }
                | Self::Renamed { .. }
                | Self::Topic { .. }
                | Self::Modes { .. }
                | Self::Tags { .. }
        )
    }

    /// As a history keeps it: that a server operator did it is no part of it, nor who was typing.
    pub(crate) fn as_kept(&self) -> Self {
        let mut kept = self.clone();
        match &mut kept {
            Self::Joined { who, .. }
            | Self::Parted { who, .. }
            | Self::Kicked { by: who, .. }
            | Self::Quit { who, .. }
            | Self::Renamed { who, .. }
            | Self::Topic { by: who, .. }
            | Self::Modes { by: Some(who), .. } => *who = who.as_kept(),
            Self::Tags { from, tags, .. } => {
                *from = from.as_kept();
                *tags = tags::kept(tags).unwrap_or_default();
            }
            _ => {}
        }
        kept
    }

    /// Whether it is a NOTICE.
    pub fn is_notice(&self) -> bool {
        matches!(self, Self::Message { message, .. } if message.kind == MessageKind::Notice)
    }
}

/// Whose metadata it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Subject {
    /// Of a person, by nick.
    Person(Text),
    /// Of a channel.
    Channel(ChannelRef),
}

impl Subject {
    /// As shown.
    pub fn name(&self) -> &Text {
        match self {
            Self::Person(nick) => nick,
            Self::Channel(channel) => &channel.name,
        }
    }
}

/// A channel as an event names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelRef {
    /// Which.
    pub id: ChannelId,
    /// As shown.
    pub name: Text,
}

/// One change of a mode, as MODE shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModeShown {
    /// `+` or `-`.
    pub set: bool,
    /// Its letter.
    pub letter: char,
    /// The nick, mask, key or number that goes with it.
    pub parameter: Option<Text>,
}
