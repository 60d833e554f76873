//! What the store must write: the list of an outcome's durable changes, and the records that a cold
//! start loads.

mod account;
mod ban;
mod happened;
mod history;
pub mod lines;
mod search;
pub mod tags;

pub use account::{AccountRow, Certificate, Keys, Preferences, Standing};
pub use ban::{BanKind, Face, ServerBan};
pub use happened::{Beside, Kept, StoredEvent};
pub use history::{ChannelHistory, HistoryRule, Keep, Place};
pub use search::{Missing, Search, Sieve};

use crate::event::Event;
use crate::id::{AccountId, ChannelId, MessageId, Millis, Seq};
use crate::modes::{ChannelFlags, ListKind, Ranks};
use crate::name::{ChannelName, Text};
use crate::person::Person;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// One durable change. A batch of them is one transaction, in order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Change {
    /// A message, to be read back by history and search.
    Message(Arc<StoredMessage>),
    /// An event in a conversation, to be played back by history.
    Happened(Target, Arc<StoredEvent>),
    /// A message says something else now.
    Edited(Box<Edited>),
    /// A message, of words or of tags alone, was taken back: nothing of it is left, nor of what was said of
    /// it without words, and its id is still its own.
    Redacted(MessageId, Target),
    /// All that an account wrote and did up to an entry, with it, is forgotten: nobody is to read it again,
    /// and nothing of it is to be left.
    Forgotten(AccountId, Seq),
    /// A channel is new, or its row changed. Lists and members are told by their own changes.
    Channel(Box<ChannelRow>),
    /// A channel's name is free again. Its messages stay, under an id that no one is given again.
    ChannelEnded(ChannelId),
    /// A mask was put on one of a channel's lists, replacing an equal one.
    ListAdded(ChannelId, ListKind, ListEntry),
    /// A mask was taken from a list.
    ListRemoved(ChannelId, ListKind, Text),
    /// An account's place in a channel, or that it has none any more.
    Member(ChannelId, AccountId, Option<Place>),
    /// The ranks that an account has in a channel whenever it comes.
    Access(ChannelId, AccountId, Option<Ranks>),
    /// The account to which a channel is offered by its founder, or that it is no more.
    Offered(ChannelId, Option<AccountId>),
    /// Up to when an account has read a conversation, by the conversation's folded name; none when
    /// that is forgotten.
    Read(AccountId, Text, Option<Millis>),
    /// An account misses what another writes to it after this entry, or none of it any more.
    Missed(AccountId, AccountId, Option<Seq>),
    /// A metadata key of an account or a channel has this value, or none.
    Metadata(MetadataOf, Text, Option<Text>),
    /// An account is new or changed.
    Account(Arc<AccountRow>),
    /// An account is no more. Its id is given to nobody again, and what it had is told by changes of
    /// its own.
    AccountEnded(AccountId),
    /// Somebody is banned from the server, in place of an equal ban.
    ServerBan(Box<ServerBan>),
    /// Such a ban is over.
    ServerBanEnded(BanKind, Text),
    /// Whether an account's person stays with no connection at all.
    AlwaysOn(AccountId, bool),
    /// Whether such a person is in a channel.
    Present(AccountId, ChannelId, bool),
}

/// Whose metadata it is (draft/metadata-2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum MetadataOf {
    /// Of whoever wears the account.
    Account(AccountId),
    /// Of a channel, until its life ends.
    Channel(ChannelId),
}

/// Where a message went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Target {
    /// To a channel.
    Channel(ChannelId),
    /// Between two accounts, the smaller id first.
    Pair(AccountId, AccountId),
}

impl Target {
    /// The conversation of two accounts.
    pub fn pair(one: AccountId, other: AccountId) -> Self {
        Self::Pair(one.min(other), one.max(other))
    }
}

/// How a message asks to be taken: RFC 2812, section 3.3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MessageKind {
    /// PRIVMSG.
    Privmsg,
    /// NOTICE: never answered by a program.
    Notice,
}

/// The tag that names who relayed a message (draft/relaymsg).
pub const RELAYED_BY: &str = "draft/relaymsg";

/// A message as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredMessage {
    /// Its name.
    pub id: MessageId,
    /// Where it went.
    pub target: Target,
    /// When.
    pub at: Millis,
    /// Who said it, as they were then.
    pub from: Arc<Person>,
    /// The account that they were logged in to: what they said is theirs by it, whoever has its name.
    pub author: Option<AccountId>,
    /// The name it was sent to, as shown then: a channel, or the other person's nick.
    pub to: Text,
    /// PRIVMSG or NOTICE.
    pub kind: MessageKind,
    /// What was said, of several lines as [`lines`] has it. A CTCP ACTION keeps its
    /// `\x01` frame.
    pub text: Text,
    /// The client-only tags that are kept (`+reply=…`), as they came, without the `@`; behind
    /// [`RELAYED_BY`], where somebody relayed it.
    pub tags: Option<Text>,
    /// When it was edited last: the text is what it says since then.
    pub edit: Option<Edit>,
}

/// What a message says since it was edited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edited {
    /// Which message.
    pub id: MessageId,
    /// Where it went.
    pub target: Target,
    /// What it says.
    pub text: Text,
    /// The edit.
    pub edit: Edit,
}

/// The last edit of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// Its own id.
    pub id: MessageId,
    /// When.
    pub at: Millis,
}

/// The scalar part of a channel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChannelRow {
    /// Never given again.
    pub id: ChannelId,
    /// Its name.
    pub name: ChannelName,
    /// When its first life began.
    pub made_at: Millis,
    /// Its life began with this entry: earlier messages belong to lives that ended.
    pub since: Seq,
    /// Registered: for ever, until it is dropped.
    pub registered: bool,
    /// The topic, if one is set.
    pub topic: Option<Topic>,
    /// The modes without a parameter.
    pub flags: ChannelFlags,
    /// k.
    pub key: Option<Text>,
    /// l.
    pub limit: Option<u32>,
    /// f: where those go who may not come in.
    pub forward: Option<ChannelName>,
    /// J: for how long those who are put out may not come back.
    pub rejoin_s: Option<u32>,
    /// What its founder decided about its history.
    pub history: ChannelHistory,
}

/// A topic with its author.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// What it says.
    pub text: Text,
    /// `nick!user@host` of who set it.
    pub by: Text,
    /// When.
    pub at: Millis,
}

/// A mask on a ban, exception or invitation list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListEntry {
    /// `nick!user@host` with `*` and `?`.
    pub mask: Text,
    /// `nick!user@host` of who set it.
    pub by: Text,
    /// When.
    pub at: Millis,
}

/// A channel with its lists, places and ranks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DurableChannel {
    /// Its row.
    pub row: ChannelRow,
    /// Its lists.
    pub lists: Vec<(ListKind, ListEntry)>,
    /// Its member accounts and their places, by id.
    pub members: Vec<(AccountId, Place)>,
    /// Accounts and the ranks that they always have, by id.
    pub access: Vec<(AccountId, Ranks)>,
    /// The account to which it is offered.
    pub offered_to: Option<AccountId>,
}

impl DurableChannel {
    /// A channel with none of them.
    pub fn new(row: ChannelRow) -> Self {
        let (lists, members, access) = (Vec::new(), Vec::new(), Vec::new());
        Self { row, lists, members, access, offered_to: None }
    }
}

/// What a cold start loads: everything of the hub that outlives its connections.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Durable {
    /// The epoch of this start: one more than the last that was committed.
    pub epoch: u32,
    /// The last entry whose changes were committed.
    pub seq: Seq,
    /// When that entry was.
    pub at: Millis,
    /// The highest channel id ever given.
    pub channels_made: u32,
    /// The highest account id ever given.
    pub accounts_made: u32,
    /// All accounts, by id.
    pub accounts: Vec<Arc<AccountRow>>,
    /// Accounts whose person stays with no connection, by id.
    pub always_on: Vec<AccountId>,
    /// The channels that such people are in, by account and channel.
    pub present: Vec<(AccountId, ChannelId)>,
    /// Up to when accounts have read their conversations, by account and name.
    pub read: Vec<(AccountId, Text, Millis)>,
    /// After which entries accounts have missed what another wrote to them, by both.
    pub missed: Vec<(AccountId, AccountId, Seq)>,
    /// What is noted of accounts and channels, by them and by key.
    pub metadata: Vec<(MetadataOf, Text, Text)>,
    /// Bans from the server, by kind and mask.
    pub bans: Vec<ServerBan>,
    /// All channels, by id; lists in the order in which their masks were set.
    pub channels: Vec<DurableChannel>,
}

/// A page of history that someone may read, answered oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Whose messages.
    pub target: Target,
    /// Only messages of entries after this one: where the channel's life began.
    pub since: Seq,
    /// Only messages of entries up to this one: the asker's own place in the order.
    pub upto: Seq,
    /// Which of them.
    pub span: Span,
    /// What else.
    pub beside: Beside,
    /// At most so many of all.
    pub limit: u16,
}

/// A part of a history, and the end of it from which a page is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Span {
    /// All, or all after a point: the newest of them.
    Latest(Option<Point>),
    /// All before a point: the newest of them.
    Before(Point),
    /// All after a point: the oldest of them.
    After(Point),
    /// What is at a point, and what is next to it on both sides, half of the page on each while
    /// there is as much.
    Around(Point),
    /// All between two points, counted from the first: the oldest of them where it is the earlier,
    /// else the newest.
    Between(Point, Point),
}

/// A point in a history. Before, after and between never include the points themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Point {
    /// A message, or something else that has an id.
    Message(MessageId),
    /// A moment, and all that was said at it.
    At(Millis),
}

/// A message to look up, because something is to be done with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// Whose message.
    pub target: Target,
    /// Only one of an entry after this one.
    pub since: Seq,
    /// Only one of an entry up to this one.
    pub upto: Seq,
    /// Only one of so many, the newest.
    pub last: Option<u32>,
    /// Which.
    pub id: MessageId,
}

/// What is known of a message that was looked up: what deciding about it takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Looked {
    /// Which.
    pub id: MessageId,
    /// Where it went.
    pub target: Target,
    /// When.
    pub at: Millis,
    /// The account whose it is.
    pub author: Option<AccountId>,
    /// The nick under which it was said.
    pub nick: Text,
    /// How it asks to be taken; none where it is tags alone.
    pub kind: Option<MessageKind>,
}

impl Looked {
    /// What a reader finds of this message.
    pub fn of(message: &StoredMessage) -> Self {
        Self {
            id: message.id,
            target: message.target,
            at: message.at,
            author: message.author,
            nick: message.from.nick.clone(),
            kind: Some(message.kind),
        }
    }

    /// What a reader finds of a kept event, if it is a message of tags alone.
    pub fn of_event(target: Target, kept: &StoredEvent) -> Option<Self> {
        let Event::Tags { from, .. } = &kept.event else { return None };
        let StoredEvent { id, at, author, .. } = *kept;
        Some(Self { id, target, at, author, nick: from.nick.clone(), kind: None })
    }
}

/// The conversations of someone whose last message lies between two moments, themselves excluded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversations {
    /// Their channels: how each is shown, and after which entry it may be read.
    pub channels: Vec<(ChannelId, Text, Seq)>,
    /// Their account, which has conversations with others.
    pub account: Option<AccountId>,
    /// Only messages of entries up to this one count.
    pub upto: Seq,
    /// The moment from which they are counted.
    pub from: Millis,
    /// The moment up to which; it may be the earlier one.
    pub to: Millis,
    /// At most so many.
    pub limit: u16,
}

/// A conversation, and when something was said in it for the last time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastSaid {
    /// With whom, as shown: a channel, or the name of an account.
    pub with: Text,
    /// When.
    pub at: Millis,
}

/// A part of each of someone's conversations in which something was said lately (znc.in/playback).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Playback {
    /// Which ones.
    pub conversations: Conversations,
    /// Which part of each.
    pub span: Span,
    /// At most so many lines of all together: of those are more where something was said last.
    pub lines_max: u32,
}
