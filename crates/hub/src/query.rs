//! What people ask. A query changes nothing and has no sequence number; it is answered at its place
//! in the asker's order.

mod scan;

pub use scan::{Rows, Scan, Wanted};

use crate::Few;
use crate::change::{BanKind, Beside, Sieve, Span};
use crate::command::{About, Recipient};
use crate::id::{MessageId, Millis};
use crate::modes::ListKind;
use crate::name::{ChannelName, Nick, Text};
use crate::person::Fingerprint;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A question to the hub's state.
#[derive(Debug, Clone, PartialEq)]
pub enum Query {
    /// What a verification needs: the keys of the account with this name.
    Credential(Text),
    /// Whose a certificate is, by its fingerprint.
    Certificate(Arc<Fingerprint>),
    /// All about an account: the asker's own if none is named.
    Account(Option<Nick>),
    /// The asker's sessions.
    Sessions,
    /// The asker's certificates.
    Certificates,
    /// How the asker wants things.
    Preferences,
    /// Names of accounts that match a mask, for operators.
    Accounts(Text),
    /// The members of channels; of all visible ones when none is named.
    Names(Vec<ChannelName>),
    /// The channels there are.
    Channels(Box<ChannelFilter>),
    /// Registered channels whose names match a mask, for operators.
    Registered(Text),
    /// The next piece of a look through everything.
    Scan(Box<Scan>),
    /// The channels that the asker was invited to.
    Invitations,
    /// The ranks that accounts always have in a channel.
    Access(ChannelName),
    /// All about a channel.
    ChannelInfo(ChannelName),
    /// A channel's key.
    Key(ChannelName),
    /// How a registered channel's founder wants it.
    ChannelSettings(ChannelName),
    /// A channel's topic.
    Topic(ChannelName),
    /// A channel's modes.
    Modes(ChannelName),
    /// A list of masks of a channel.
    Masks(ChannelName, ListKind),
    /// A person's modes, which are for themselves to see.
    UserModes(Nick),
    /// Whether the asker stays with no connection at all.
    Persistence,
    /// People by channel, nick or mask.
    Who(Box<Who>),
    /// All about people.
    Whois(Option<Nick>, Vec<Nick>),
    /// People who were here, at most so many entries of each.
    Whowas(Vec<Nick>, usize),
    /// Host and away of people.
    Userhost(Vec<Nick>),
    /// Which of these are here.
    Ison(Vec<Nick>),
    /// The nicks that the session watches for.
    MonitorList,
    /// Which of them are here.
    MonitorStatus,
    /// Metadata of a person or a channel.
    Metadata(Box<MetadataAsked>),
    /// How many people, operators and channels there are.
    Counts(usize),
    /// The bans from the server, of a kind.
    ServerBans(BanKind),
    /// Whether the asker is a server operator, before they are shown something that only operators may see. The answer
    /// repeats the letter that says what.
    Operator(char),
    /// What the server holds, for operators.
    Debug(View),
    /// Something about the server that a nick is on: this one, if they are here.
    OfServer(Nick, OfServer),
    /// A message of tags alone that matters only now (typing): nothing of it is kept, so it is no command.
    Tags(Box<TagMessage>),
    /// A message, to do something with it.
    Look(Box<LookFor>),
    /// A part of a conversation.
    History(Box<History>),
    /// What was said since a time, in one conversation or in all channels.
    Playback(Box<Playback>),
    /// Up to when a conversation was read.
    ReadMark(Recipient),
    /// The conversations whose last message lies between two moments.
    Targets(Targets),
    /// Messages with these words.
    Search(Box<SearchFor>),
}

/// What a server tells of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfServer {
    /// What it is, in numbers.
    Version,
    /// What time it has.
    Time,
    /// What it is, in words.
    Info,
    /// Who runs it.
    Admin,
    /// What it says to everyone.
    Motd,
}

/// What an operator sees of what the server holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum View {
    /// Which views there are.
    Views,
    /// How many of what.
    Counts,
    /// A person, with their connections.
    User(Nick),
    /// A channel, with its members.
    Channel(ChannelName),
}

/// A question about metadata (draft/metadata-2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MetadataAsked {
    /// These keys; a word that is no valid key is answered in its place.
    Get(About, Vec<Result<Text, Text>>),
    /// All keys.
    List(About),
    /// Those that the session hears of; for a channel, of everyone in it as well.
    Sync(About),
    /// Which keys the session hears of.
    Subscriptions,
}

/// Which channels LIST tells (ELIST).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChannelFilter {
    /// Only these; all when empty.
    pub names: Vec<ChannelName>,
    /// `M`: names that match one of these masks.
    pub matching: Vec<Text>,
    /// `N`: and none of these.
    pub not_matching: Vec<Text>,
    /// `U`: more members than this.
    pub more_than: Option<usize>,
    /// `U`: fewer members than this.
    pub fewer_than: Option<usize>,
    /// `C`: made more than so many minutes ago.
    pub made_before_minutes: Option<u64>,
    /// `C`: made less than so many minutes ago.
    pub made_within_minutes: Option<u64>,
    /// `T`: topic set more than so many minutes ago.
    pub topic_before_minutes: Option<u64>,
    /// `T`: topic set less than so many minutes ago.
    pub topic_within_minutes: Option<u64>,
}

/// Whom WHO asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// As it was asked, for the end of the answer.
    pub asked: Text,
    /// Whom.
    pub whom: Whom,
    /// Only server operators.
    pub operators_only: bool,
    /// WHOX fields (`%tcuihsnfdlaor`) and token; none for a plain WHO.
    pub fields: Option<(Text, Text)>,
}

/// The first parameter of WHO.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    /// The members of a channel.
    Channel(ChannelName),
    /// Everyone who matches a mask of nick, user, host, server or real name; and the mask as a nick is
    /// compared.
    Matching(Text, Text),
}

/// A message to look up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookFor {
    /// In which conversation.
    pub with: Recipient,
    /// Which.
    pub id: MessageId,
    /// What for: a refusal is worded accordingly.
    pub to: Amending,
}

/// What is done with a message that was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Amending {
    /// It says something else (EDIT).
    Edit,
    /// It is taken back (REDACT).
    Redact,
}

/// A page of history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// The name asked for, as shown in the answer.
    pub with: Recipient,
    /// Which part of it.
    pub span: Span,
    /// What is wanted besides messages.
    pub beside: Beside,
    /// How many lines.
    pub limit: u16,
}

/// What was said in one conversation, or in all that the asker has (znc.in/playback).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Playback {
    /// A part of one.
    One(Recipient, Span),
    /// A part of each.
    All(Span),
    /// Which conversations there are.
    List,
}

/// Conversations by the time of their last message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Targets {
    /// The moment from which they are counted.
    pub from: Millis,
    /// The moment up to which; it may be the earlier one.
    pub to: Millis,
    /// How many.
    pub limit: u16,
}

/// A search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchFor {
    /// In one conversation; in all that the asker may read when none.
    pub within: Option<Recipient>,
    /// Words that must all be there, if any must.
    pub words: Option<Text>,
    /// What else must be so.
    pub sieve: Sieve,
    /// At most so many.
    pub limit: u16,
}

/// A message of tags alone (TAGMSG).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagMessage {
    /// To whom, each once.
    pub targets: Few<Recipient>,
    /// Client-only tags, without the `@`.
    pub tags: Text,
}
