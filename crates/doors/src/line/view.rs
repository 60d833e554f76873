//! How an event is shown to someone, as far as the bytes depend on them.

use super::door::LineDoor;
use crate::door::Hearing;
use parlor_hub::Event;
use parlor_hub::change::StoredMessage;
use parlor_hub::event::ModeShown;
use parlor_hub::modes::Ranks;

/// What of a person's state changes the bytes of an event. Equal views share them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct View {
    /// The event is in another channel than the one that the person looks at.
    pub(super) elsewhere: bool,
    /// How the person comes into it.
    pub(super) you: You,
    /// Lines end in CR LF.
    pub(super) crlf: bool,
}

/// How the person who reads comes into an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum You {
    /// Not at all.
    No,
    /// They did it.
    Did,
    /// It was done to them.
    Got,
}

impl LineDoor {
    /// Whether and how the session hears an event.
    pub fn dialect(&self, hearing: &Hearing<'_>) -> Option<View> {
        let Hearing { event, own, .. } = *hearing;
        let you = self.you(event, own);
        let heard = match event {
            Event::Message { message, .. } => !own && !is_other_ctcp(message),
            // An invitation is for whom it invites.
            Event::Invited { .. } => you == You::Got,
            Event::Tags { .. }
            | Event::Redacted { kind: None, .. }
            | Event::Away { .. }
            | Event::Account { .. }
            | Event::SetName { .. }
            | Event::HostChanged { .. }
            | Event::CameBack { .. }
            | Event::Metadata { .. }
            | Event::Online { .. }
            | Event::Offline { .. } => false,
            // Who comes in is shown the place, and who leaves was told so by `/part`.
            Event::Joined { .. } | Event::Parted { .. } | Event::Quit { .. } => !own,
            _ => true,
        };
        let channel = event.channel().filter(|_| !matches!(event, Event::Invited { .. }));
        let elsewhere = channel.is_some_and(|id| !self.places.is_here(id))
            && !(you == You::Got && matches!(event, Event::Kicked { .. }));
        heard.then_some(View { elsewhere, you, crlf: self.crlf })
    }

    fn you(&self, event: &Event, own: bool) -> You {
        match event {
            Event::Kicked { nick, .. } | Event::Invited { nick, .. } if self.is_me(nick) => {
                You::Got
            }
            Event::Renamed { nick, .. } if self.is_me(nick) => You::Did,
            // Changes that are all about one person can be told to that person as such.
            Event::Modes { changes, .. }
                if changes.iter().all(|change| self.is_about_me(change)) =>
            {
                if own {
                    You::Did
                } else {
                    You::Got
                }
            }
            Event::Topic { .. }
            | Event::Kicked { .. }
            | Event::Modes { .. }
            | Event::Edited { .. }
            | Event::Redacted { .. }
            | Event::ChannelRenamed { .. }
                if own =>
            {
                You::Did
            }
            _ => You::No,
        }
    }

    fn is_about_me(&self, change: &ModeShown) -> bool {
        let is_rank = Ranks::of(change.letter).is_some();
        is_rank && change.parameter.as_deref().is_some_and(|nick| self.is_me(nick))
    }
}

/// Whether a message is for a program, as CTCP has it. Only `/me` is for people.
pub(super) fn is_other_ctcp(message: &StoredMessage) -> bool {
    message.text.starts_with('\x01') && !message.text.starts_with("\x01ACTION ")
}
