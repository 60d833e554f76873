//! What people do. A new verb gets a variant here, and a file in `verbs/` that applies it.

mod account;
mod keeping;

pub use account::{AccountCommand, Preference};
pub use keeping::{ChannelSetting, Clearing, Keeping};

use crate::Few;
use crate::change::{BanKind, Keys, Looked, MessageKind};
use crate::event::ModeShown;
use crate::id::{AccountId, Millis};
use crate::modes::{ChannelFlags, Grants, ListKind, Ranks, UserFlags};
use crate::name::{ChannelName, Nick, RelayedNick, Text};
use crate::person::{Peer, Transport};
use crate::query::TagMessage;
use crate::settings::Settings;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::sync::Arc;

/// Something that changes the hub, read and checked by a door.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Command {
    /// A connection becomes a person.
    SignOn(Box<SignOn>),
    /// A connection ends, by its own will or not.
    Quit(Text),
    /// Another nick.
    Nick(Nick),
    /// Away with a message, or back.
    Away(Option<Text>),
    /// Nobody sits at this connection (`AWAY *`).
    Unattended,
    /// Another real name.
    SetName(Text),
    /// The person's own modes.
    UserMode(Vec<(UserFlags, bool)>),
    /// An operator's password was verified.
    Oper(Oper),
    /// A wrong password was given for the operator of this name.
    NotOper(Text),
    /// A password was verified.
    LogIn(Credential),
    /// No account any more.
    LogOut,
    /// Watch for people to come and go, or no more.
    Monitor(Monitor),
    /// Note something of oneself or of a channel, or ask to hear of what is noted.
    Metadata(Box<MetadataChange>),
    /// A new account, its password hashed.
    Register(Box<Register>),
    /// What else is done with accounts.
    Account(Box<AccountCommand>),
    /// Come into channels.
    Join(Vec<Joining>),
    /// Leave channels.
    Part(Part),
    /// Leave all channels: `JOIN 0`.
    PartAll,
    /// Put people out of a channel.
    Kick(Kick),
    /// Ask someone to come.
    Invite(Nick, ChannelName),
    /// Give a channel another name.
    Rename(Box<Rename>),
    /// Say something under another name.
    Relay(Box<Relay>),
    /// Ask to be let in.
    Knock(ChannelName),
    /// Set or clear a topic.
    Topic(ChannelName, Text),
    /// Change a channel's modes.
    Mode(ChannelName, Vec<ModeChange>),
    /// Stay with no connection at all, or no longer.
    Persistence(bool),
    /// Keep a channel for ever; the asker's account is its founder.
    RegisterChannel(ChannelName),
    /// Keep a channel no longer, with the code that confirms it.
    UnregisterChannel(ChannelName, Option<Text>),
    /// A rank that an account has in a registered channel whenever it comes.
    SetAccess(SetAccess),
    /// What else those who keep a channel do.
    Keep(Box<Keeping>),
    /// Say something.
    Message(Message),
    /// Say something of a message by tags alone: a reaction.
    Tags(Box<TagMessage>),
    /// Say something else instead of what was said.
    Edit(Box<EditMessage>),
    /// Take back what was said.
    Redact(Box<Redact>),
    /// Up to then, a conversation was read.
    MarkRead(Recipient, Millis),
    /// An operator ends someone's connections.
    Kill(Nick, Text),
    /// An operator speaks to all who listen.
    Wallops(Text),
    /// An operator bans from the server.
    Ban(Box<Ban>),
    /// And no more.
    Unban(BanKind, Text),
    /// An operator acts for somebody, or in spite of a channel's rules.
    Force(Box<Force>),
    /// REHASH: read the configuration again.
    Rehash,
    /// The server started: the time for those with ranks to return begins.
    Started,
    /// The hub's settings are now these.
    Configured(Box<Settings>),
    /// Something of the configuration could not be read again, or takes another start, and stays as it was: what, and why.
    NotConfigured(Text),
    /// A deadline that the hub named has passed.
    Elapsed,
    /// From here on, the hub's rules are of this version.
    Rules(u32),
}

impl Command {
    /// Whether applying it may have something to store. While the store cannot commit, doors refuse
    /// these before the journal.
    pub fn may_store(&self) -> bool {
        matches!(
            self,
            Self::Register(_)
                | Self::Account(_)
                | Self::Join(_)
                | Self::Kick(_)
                | Self::Topic(..)
                | Self::Mode(..)
                | Self::RegisterChannel(_)
                | Self::UnregisterChannel(..)
                | Self::SetAccess(_)
                | Self::Keep(_)
                | Self::Rename(_)
                | Self::Relay(_)
                | Self::Persistence(_)
                | Self::Message(_)
                | Self::Tags(_)
                | Self::Nick(_)
                | Self::Part(_)
                | Self::PartAll
                | Self::Edit(_)
                | Self::Redact(_)
                | Self::MarkRead(..)
                | Self::Metadata(_)
                | Self::Force(_)
                | Self::Ban(_)
                | Self::Unban(..)
        )
    }
}

/// A connection that is ready to be someone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SignOn {
    /// The nick asked for.
    pub nick: Nick,
    /// Take the next free nick of the same stem when this one is taken (`guest-7` for `guest-6`).
    pub or_next: bool,
    /// The username, as others see it.
    pub username: Text,
    /// The real name.
    pub realname: Text,
    /// Where they are.
    pub peer: Arc<Peer>,
    /// What was said of whether somebody sits at it.
    pub presence: Presence,
    /// The way by which the connection came.
    pub transport: Transport,
    /// An account whose password was verified before.
    pub account: Option<Credential>,
    /// What was noted before it.
    pub metadata: Option<Box<EarlyMetadata>>,
}

/// What a connection noted of itself before its sign-on, and of which keys it wants to hear.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct EarlyMetadata {
    /// Keys and their values.
    pub values: BTreeMap<Text, Text>,
    /// Keys to hear of.
    pub keys: BTreeSet<Text>,
}

/// What a connection says before its sign-on of whether somebody sits at it (pre-away).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Presence {
    /// Nothing.
    #[default]
    Unsaid,
    /// Somebody does.
    Here,
    /// They are away, with a message.
    Away(Text),
    /// Nobody does, for no reason that is known.
    Unattended,
}

/// A verification: void if the account's password has changed since.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credential {
    /// Whose.
    pub account: AccountId,
    /// Which of its passwords.
    pub version: u32,
}

/// A server operator of the configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Oper {
    /// Its name there.
    pub name: Text,
    /// What they may do.
    pub grants: Grants,
    /// A digest of what is asked of them there: another one means that they have to show it again.
    pub credentials: u64,
}

/// A ban from the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ban {
    /// What it is compared with.
    pub kind: BanKind,
    /// The mask.
    pub mask: Text,
    /// How long it holds; for ever when none.
    pub lasts_ms: Option<Millis>,
    /// Why, as the banned are told.
    pub reason: Text,
    /// Why, as operators alone are told.
    pub note: Option<Text>,
    /// Those who are here leave.
    pub and_kill: bool,
}

/// What an operator does for somebody, or in spite of a channel's rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Force {
    /// SAJOIN.
    Join(Nick, ChannelName),
    /// SAPART.
    Part(Nick, ChannelName, Option<Text>),
    /// SAMODE.
    Mode(ChannelName, Vec<ModeChange>),
    /// SANICK.
    Nick(Nick, Nick),
    /// CHGHOST: others see them come from there.
    Host(Nick, Text),
}

/// A change of the list of nicks that a session watches for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Monitor {
    /// These as well.
    Add(Vec<Nick>),
    /// These no more.
    Remove(Vec<Nick>),
    /// None any more.
    Clear,
}

/// A change of what is noted by keys (draft/metadata-2), or of what a session hears of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum MetadataChange {
    /// A key has this value, or none any more.
    Set(About, Text, Option<Text>),
    /// No key has a value any more.
    Clear(About),
    /// The session hears of these keys, in the order of what matters.
    Subscribe(Vec<Text>),
    /// The session hears of these keys no more.
    Unsubscribe(Vec<Text>),
}

/// Whose metadata is meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum About {
    /// The one who asks.
    Oneself,
    /// A person.
    Nick(Nick),
    /// A channel.
    Channel(ChannelName),
}

impl About {
    /// As it was given: `*` for oneself.
    pub fn shown(&self) -> Text {
        match self {
            Self::Oneself => "*".into(),
            Self::Nick(nick) => nick.shown().clone(),
            Self::Channel(name) => name.shown().clone(),
        }
    }
}

/// A new account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Register {
    /// Its name, also a nick that then belongs to it.
    pub name: Nick,
    /// What its password will be verified against.
    pub keys: Keys,
    /// Where its owner gets mail.
    pub email: Option<Text>,
    /// What is sent there, if the address is to be verified.
    pub code: Text,
    /// From where it is registered; none when that is not counted.
    pub from: Option<IpAddr>,
}

/// A channel to come into.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joining {
    /// Which.
    pub channel: ChannelName,
    /// The key given, if any.
    pub key: Option<Text>,
    /// Come into the channel that had this name lately, rather than be told of its new one.
    pub follows: bool,
}

/// A rank for an account, or no longer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAccess {
    /// Where.
    pub channel: ChannelName,
    /// Whose.
    pub account: Nick,
    /// Which.
    pub rank: Ranks,
    /// Given, or taken.
    pub set: bool,
}

/// Another name for a channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rename {
    /// The one that it has.
    pub from: ChannelName,
    /// The one that it is to have.
    pub to: ChannelName,
    /// Why, if said.
    pub reason: Option<Text>,
}

/// Something to say under another name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relay {
    /// Where.
    pub channel: ChannelName,
    /// As whom.
    pub voice: Voice,
    /// What.
    pub text: Text,
    /// Client-only tags, without the `@`.
    pub tags: Option<Text>,
}

/// Whose words they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Voice {
    /// Someone's elsewhere, whom a bridge relays.
    Relayed(RelayedNick),
    /// A person's that is played.
    Played(Nick),
    /// Nobody's: what happens.
    Scene,
}

/// Channels to leave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Which.
    pub channels: Vec<ChannelName>,
    /// Why, if said.
    pub reason: Option<Text>,
}

/// People to put out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kick {
    /// Of which channel.
    pub channel: ChannelName,
    /// Whom.
    pub nicks: Vec<Nick>,
    /// Why, if said.
    pub reason: Option<Text>,
}

/// One change of a channel's modes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ModeChange {
    /// A mode without a parameter.
    Flag(ChannelFlags, bool),
    /// k. Taking it away does not ask for the key.
    Key(Option<Text>),
    /// l.
    Limit(Option<u32>),
    /// f.
    Forward(Option<ChannelName>),
    /// J, in seconds.
    RejoinAfter(Option<u32>),
    /// q a o h v for a member.
    Rank(Ranks, Nick, bool),
    /// b e I.
    List(ListKind, Text, bool),
}

impl ModeChange {
    /// As MODE shows it.
    pub fn shown(&self) -> ModeShown {
        let letter_of = |rank: &Ranks| rank.letters().next().unwrap_or('v');
        let (set, letter, parameter) = match self {
            Self::Flag(flag, set) => (*set, flag.letters().next().unwrap_or('n'), None),
            Self::Key(Some(key)) => (true, 'k', Some(key.clone())),
            Self::Key(None) => (false, 'k', Some("*".into())),
            Self::Limit(Some(limit)) => (true, 'l', Some(limit.to_string().into())),
            Self::Limit(None) => (false, 'l', None),
            Self::Forward(Some(to)) => (true, 'f', Some(to.shown().clone())),
            Self::Forward(None) => (false, 'f', None),
            Self::RejoinAfter(Some(seconds)) => (true, 'J', Some(seconds.to_string().into())),
            Self::RejoinAfter(None) => (false, 'J', None),
            Self::Rank(rank, nick, set) => (*set, letter_of(rank), Some(nick.shown().clone())),
            Self::List(kind, mask, set) => (*set, kind.letter(), Some(mask.clone())),
        };
        ModeShown { set, letter, parameter }
    }
}

/// Something to say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// PRIVMSG or NOTICE.
    pub kind: MessageKind,
    /// To whom, each once.
    pub targets: Few<Recipient>,
    /// What; of several lines as [`lines`](crate::change::lines) has it.
    pub text: Text,
    /// Client-only tags, without the `@`.
    pub tags: Option<Text>,
}

/// A message to edit, and what a reader found of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditMessage {
    /// In which conversation.
    pub with: Recipient,
    /// Which.
    pub message: Looked,
    /// What it is to say.
    pub text: Text,
}

/// A message to take back, and what a reader found of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redact {
    /// In which conversation.
    pub with: Recipient,
    /// Which.
    pub message: Looked,
    /// Why, if said.
    pub reason: Option<Text>,
}

/// Whom a message is for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Recipient {
    /// A channel; with a rank, only members of that rank or above (STATUSMSG).
    Channel(ChannelName, Option<Ranks>),
    /// A person.
    Nick(Box<Nick>),
}

impl Recipient {
    /// The name, as it was given.
    pub fn shown(&self) -> &Text {
        match self {
            Self::Channel(name, _) => name.shown(),
            Self::Nick(nick) => nick.shown(),
        }
    }
}
