//! With which capabilities an event is heard, and which of them change its bytes. What is true of everyone is
//! found once for all of them.

use super::Caps;
use super::saying::OF_SEVERAL;
use parlor_hub::Event;
use parlor_hub::change::lines;
use parlor_hub::id::MessageId;

/// Capabilities that change the bytes of any event.
const OF_ALL: Caps = Caps::SERVER_TIME.or(Caps::ACCOUNT_TAG);

/// Those that change the bytes of a message, and of whatever a bot does (bot-mode).
const OF_MESSAGES: Caps = OF_ALL.or(Caps::MESSAGE_TAGS).or(Caps::RELAYMSG);

/// What it takes to hear an event.
#[derive(Debug, Clone, Copy)]
pub struct Audible {
    /// All of these,
    with: Caps,
    /// and none of these.
    without: Caps,
    /// Those that change its bytes.
    of_it: Caps,
    /// Whom it is about hears it otherwise, so that it takes a look at the nick as well.
    pub is_by_nick: bool,
}

impl Audible {
    /// For all but who caused it: an event that is kept under this id, if it is, told those who watch for
    /// somebody (MONITOR), or those who are there.
    pub fn of(event: &Event, id: Option<MessageId>, watching: bool) -> Self {
        let of_operators = if event.is_by_operator() { Caps::OPER_TAG } else { Caps::none() };
        let of_messages = OF_MESSAGES.or(of_operators);
        let of_all = if event.is_by_bot() { OF_MESSAGES } else { OF_ALL }.or(of_operators);
        let of_all = if id.is_some() { of_all.or(Caps::MESSAGE_TAGS) } else { of_all };
        // How someone is who shares no channel with them, they hear only when they ask for it.
        let by_watching = if watching { Caps::EXTENDED_MONITOR } else { Caps::none() };
        let if_asked = |cap: Caps| Self::with(cap.or(by_watching), of_all);
        match event {
            Event::Message { message, .. } if lines::are_several(&message.text) => {
                Self::by_all(of_messages.or(OF_SEVERAL))
            }
            Event::Message { .. } => Self::by_all(of_messages),
            Event::Tags { .. } => Self::with(Caps::MESSAGE_TAGS, of_messages),
            Event::Joined { .. } => Self::by_all(of_all.or(Caps::EXTENDED_JOIN)),
            Event::Edited { .. } => Self::by_all(of_all.or(Caps::MESSAGE_EDIT)),
            Event::Redacted { .. } => if_asked(Caps::MESSAGE_REDACTION),
            Event::Account { .. } => if_asked(Caps::ACCOUNT_NOTIFY),
            Event::SetName { .. } => if_asked(Caps::SETNAME),
            // Only those in a channel with them have anyone to take away and bring back.
            Event::HostChanged { .. } => {
                let asked = if watching { Caps::CHGHOST.or(by_watching) } else { Caps::none() };
                Self::with(asked, of_all.or(Caps::CHGHOST)).by_nick()
            }
            Event::CameBack { .. } => {
                let of_it = of_all.or(Caps::EXTENDED_JOIN).or(Caps::AWAY_NOTIFY);
                Self { without: Caps::CHGHOST, ..Self::by_all(of_it) }
            }
            Event::ChannelRenamed { .. } => if_asked(Caps::CHANNEL_RENAME),
            Event::Away { .. } => if_asked(Caps::AWAY_NOTIFY).by_nick(),
            Event::Invited { .. } => Self::by_all(of_all).by_nick(),
            Event::Metadata { .. } => Self::with(Caps::METADATA, of_all),
            _ => Self::by_all(of_all),
        }
    }

    /// For who caused it.
    #[must_use]
    pub fn own(self, event: &Event) -> Self {
        let asked = match event {
            // No client shows of itself what it said under a name that nobody wears.
            Event::Message { message, .. } if message.from.is_played() => Caps::none(),
            Event::Message { .. } | Event::Tags { .. } => Caps::ECHO_MESSAGE,
            // Who edited knows it, with words or without.
            Event::Edited { .. } => Caps::MESSAGE_EDIT,
            _ => Caps::none(),
        };
        Self { with: self.with.or(asked), ..self }
    }

    /// With which capabilities a session hears it that has these; none when it does not hear it.
    #[inline]
    pub fn dialect(self, caps: Caps) -> Option<Caps> {
        let is_heard = caps.has(self.with) && caps.and(self.without) == Caps::none();
        is_heard.then(|| caps.and(self.of_it))
    }

    fn by_all(of_it: Caps) -> Self {
        Self { with: Caps::none(), without: Caps::none(), of_it, is_by_nick: false }
    }

    fn by_nick(self) -> Self {
        Self { is_by_nick: true, ..self }
    }

    fn with(with: Caps, of_it: Caps) -> Self {
        Self { with, ..Self::by_all(of_it) }
    }
}
