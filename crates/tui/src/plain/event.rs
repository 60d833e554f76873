//! What happened, as the session understood it; `view` makes words of it.

use jiff::Timestamp;

/// One thing that happened, and when (the server's own time where it tells it).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// What.
    pub kind: Kind,
}

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// The person at this keyboard.
    You,
    /// A nickname, or a server's name.
    Other(String),
}

/// Where something was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In a channel.
    Channel(String),
    /// Between us and the one named here.
    Direct(String),
}

/// How something was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// PRIVMSG.
    Message,
    /// NOTICE.
    Notice,
    /// CTCP ACTION.
    Action,
}

/// The things that happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// We are signed on under this nickname.
    Welcome { nick: String, network: Option<String> },
    /// A message. `replayed`: from history, not from now.
    Said { who: Who, place: Place, manner: Manner, text: String, replayed: bool },
    /// Somebody came into a channel.
    Joined { who: Who, channel: String },
    /// Somebody left a channel.
    Parted { who: Who, channel: String, reason: Option<String> },
    /// Somebody left the server.
    Quit { who: Who, reason: Option<String> },
    /// Somebody took another name.
    Renamed { from: Who, to: String },
    /// The topic, changed by somebody or told on joining.
    Topic { who: Option<Who>, channel: String, text: String },
    /// Somebody was put out of a channel.
    Kicked { who: Who, by: Who, channel: String, reason: Option<String> },
    /// Modes of a channel or of ours changed.
    Mode { by: Who, target: String, change: String },
    /// We are invited.
    Invited { by: Who, channel: String },
    /// Who is in a channel. `asked`: all of them, because `/names` was typed.
    Names { channel: String, names: Vec<String>, asked: bool },
    /// The server's own words.
    Told { text: String },
    /// The words of the day, a line each.
    Motd { text: String },
    /// The server refused something other than a message.
    Refused { why: String },
    /// A message of ours that was refused, or not confirmed within its time.
    NotDelivered { to: String, text: String, why: String },
}
