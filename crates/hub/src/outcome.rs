//! What applying an entry causes.

use crate::answer::Answer;
use crate::change::Change;
use crate::entry::Origin;
use crate::event::Event;
use crate::id::{ChannelId, MessageId, Millis, SessionId};
use crate::name::Text;
use crate::refusal::Refusal;
use smallvec::SmallVec;

/// A list that mostly has one element, which is stored inline; more are on the heap.
pub type Few<T> = SmallVec<[T; 1]>;

/// Everything that one command caused, in order. Nothing of it may be shown before its changes are
/// committed.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Whose command it was. The session gets its credit back with this outcome, even an empty one.
    pub origin: Origin,
    /// When.
    pub at: Millis,
    /// What is told, and how the audiences change between.
    pub steps: Few<Step>,
    /// What must be stored.
    pub changes: Few<Change>,
    /// What is asked of the process itself.
    pub asked: Option<Asked>,
    /// The entry was applied before, and is void: its session has had its credit back.
    pub repeated: bool,
}

impl Outcome {
    /// Whether its session asked something that is answered in it.
    pub fn answers(&self) -> bool {
        self.steps.iter().any(|step| matches!(step, Step::Answer(_)))
    }
}

/// One thing that happens on the shards, in its place.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// An audience changes.
    Route(Route),
    /// An audience hears an event.
    Tell(Audience, Event),
    /// An audience hears an event that is kept under this id.
    TellKept(MessageId, Audience, Event),
    /// The origin's session is answered.
    Answer(Answer),
    /// Other sessions of its person are shown what it is answered.
    Show(Box<[SessionId]>, Answer),
    /// The origin's session is told why not.
    Refuse(Refusal),
}

/// Who hears an event. Shards know which of their sockets that is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Audience {
    /// Everyone in a channel.
    Channel(ChannelId),
    /// These sessions; one of them that caused it hears it as its own.
    Sessions(Box<[SessionId]>),
    /// These sessions, as those to whom something is said: one of them that caused it hears it like
    /// any other.
    Recipients(Box<[SessionId]>),
    /// These sessions, as those who watch for someone (MONITOR).
    Watchers(Box<[SessionId]>),
    /// Everyone in any of these channels and these sessions, each once.
    Neighbours(Box<[ChannelId]>, Box<[SessionId]>),
}

impl Audience {
    /// The channels that hear of it as a whole.
    pub fn channels(&self) -> &[ChannelId] {
        match self {
            Self::Channel(channel) => std::slice::from_ref(channel),
            Self::Neighbours(channels, _) => channels,
            Self::Sessions(_) | Self::Recipients(_) | Self::Watchers(_) => &[],
        }
    }
}

/// How audiences change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// A session signed on under this nick.
    Known(SessionId, Text),
    /// A session's nick changed.
    Named(SessionId, Text),
    /// A session is now in a channel, which is shown by this name.
    Enter(SessionId, ChannelId, Text),
    /// A session left a channel.
    Leave(SessionId, ChannelId),
    /// A session is over: it leaves these channels, and its connection closes with this reason.
    Gone(SessionId, Box<[ChannelId]>, Text),
}

/// What is asked of the process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// REHASH: read the configuration again.
    Rehash,
    /// A code is to be sent to who registered an account, once that is stored.
    Verify(Box<Verification>),
}

/// A code to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// The account's name.
    pub account: Text,
    /// Where to.
    pub email: Text,
    /// What.
    pub code: Text,
}
