//! What a history holds besides messages: who came and went, what was changed, and what people say of
//! messages without words.

use super::StoredMessage;
use crate::event::Event;
use crate::id::{AccountId, MessageId, Millis};
use serde::{Deserialize, Serialize};

/// Something that happened in a conversation, as it is kept (draft/event-playback).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredEvent {
    /// Its name: one, in however many channels it was seen.
    pub id: MessageId,
    /// When.
    pub at: Millis,
    /// The account of who did it.
    pub author: Option<AccountId>,
    /// The message that it says something of, and with which it is taken back.
    pub about: Option<MessageId>,
    /// What happened: something that [`Event::is_kept`].
    pub event: Event,
}

/// What a history holds, in the order in which it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// A message.
    Message(StoredMessage),
    /// What else happened.
    Event(Box<StoredEvent>),
}

impl Kept {
    /// Its name.
    pub fn id(&self) -> MessageId {
        match self {
            Self::Message(message) => message.id,
            Self::Event(event) => event.id,
        }
    }

    /// When it was.
    pub fn at(&self) -> Millis {
        match self {
            Self::Message(message) => message.at,
            Self::Event(event) => event.at,
        }
    }

    /// The message that it is, if it is one.
    pub fn message(&self) -> Option<&StoredMessage> {
        match self {
            Self::Message(message) => Some(message),
            Self::Event(_) => None,
        }
    }
}

/// What a page of history holds besides messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Beside {
    /// Nothing.
    #[default]
    Nothing,
    /// What happened, but for messages of tags alone.
    Events,
    /// All of it.
    EventsAndTags,
}

impl Beside {
    /// Whether such a page holds this.
    pub fn holds(self, event: &Event) -> bool {
        match event {
            Event::Tags { .. } => self == Self::EventsAndTags,
            event => self != Self::Nothing && event.is_kept(),
        }
    }
}
