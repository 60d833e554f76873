//! What the asker alone is told. A large answer holds rows, which a shard renders as its socket
//! drains.

mod account;
mod debug;
mod keeping;

pub use account::{AccountAnswer, AccountIs, OwnAccount, SessionIs};
pub use debug::{ChannelHeld, Held, PersonHeld, SessionHeld};
pub use keeping::{ChannelIs, KeepingAnswer};

use crate::change::{
    BanKind, Conversations, Keys, ListEntry, Look, MessageKind, Page, Playback, Search, ServerBan,
    Topic,
};
use crate::command::Credential;
use crate::event::ModeShown;
use crate::id::{AccountId, Millis};
use crate::modes::{ChannelFlags, ListKind, Ranks, UserFlags};
use crate::name::Text;
use crate::person::{Fingerprint, Peer, Person};
use crate::query::{OfServer, Rows, Scan};
use crate::refusal::Refusal;
use std::net::IpAddr;
use std::sync::Arc;

/// An answer to the session that a command or query came from.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// Signed on: who the session now is.
    Welcome(Box<Welcome>),
    /// What a verification needs; none when there is no such account.
    Credential(Option<Box<CredentialIs>>),
    /// Whether the session's person stays with no connection at all.
    Persistence(bool),
    /// The session's account, after logging in.
    LoggedIn(Text),
    /// No account any more.
    LoggedOut,
    /// An account was made, and the session is logged in to it.
    Registered(Text, Credential),
    /// What else is told about accounts.
    Account(Box<AccountAnswer>),
    /// The session's person is now a server operator.
    NowOperator,
    /// The session's person is away, or back.
    Away(bool),
    /// The person written to is away.
    TheyAreAway(Text, Text),
    /// What is told about channels that are kept.
    Keeping(Box<KeepingAnswer>),
    /// Others see the session's person so now: from another host.
    HostShown(Arc<Person>),
    /// A channel has another name.
    Moved(Box<Moved>),
    /// From a channel that the session may not come into, it is sent on to another.
    Forwarded(Text, Text),
    /// Those who could let the session in were told that it knocks.
    Knocked(Text),
    /// The channels that the session was invited to.
    Invitations(Vec<Text>),
    /// The invitation was sent.
    Inviting(Text, Text),
    /// The configuration is being read again.
    Rehashing,
    /// The asker is a server operator, and may see what they asked for.
    Operator(char),
    /// What the server holds, for operators.
    Held(Vec<Held>),
    /// Something about the server.
    OfServer(OfServer),
    /// The bans from the server, of a kind.
    ServerBans(BanKind, Vec<ServerBan>),
    /// A channel's topic.
    Topic(Text, Option<Topic>),
    /// A channel's members.
    Names(Arc<Names>),
    /// The end of an answer about many channels, or about one that cannot be seen.
    NamesEnd(Text),
    /// The channels.
    Channels(Vec<ChannelLine>),
    /// There is so much to look through that it is done in pieces: the hall asks for each.
    Scan(Box<Scan>),
    /// One of them.
    Piece(Box<Piece>),
    /// A channel's modes.
    Modes(Box<ModesAre>),
    /// A list of masks.
    Masks(Text, ListKind, Vec<ListEntry>),
    /// The person's own modes.
    UserModes(UserFlags),
    /// The person's own modes changed.
    UserModesChanged(Vec<ModeShown>),
    /// People.
    Who(Arc<WhoAre>),
    /// All about someone.
    Whois(Box<WhoisIs>),
    /// People who were here: the name asked for, and what is known.
    Whowas(Text, Vec<Was>),
    /// Host and away of people.
    Userhost(Vec<UserhostIs>),
    /// Who of those asked for is here.
    Ison(Vec<Text>),
    /// The nicks that the session watches for.
    MonitorList(Vec<Text>),
    /// Which of those watched for are here.
    Monitored(Box<Monitored>),
    /// What is noted of people and channels.
    Metadata(Box<MetadataIs>),
    /// How many.
    Counts(Counts),
    /// A message, for a reader to look up.
    Look(Box<Look>),
    /// A page of history, for a reader to fetch.
    History(Box<HistoryIs>),
    /// Up to when a conversation was read.
    ReadMark(Box<ReadMark>),
    /// Conversations, for a reader to list.
    Targets(Box<Conversations>, WhyHistory),
    /// A part of many conversations, for a reader to fetch.
    Playback(Box<Playback>),
    /// A search, for a reader to make.
    Search(Box<Search>),
}

/// A person's first answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Welcome {
    /// As others see them.
    pub person: Arc<Person>,
    /// What else they are called.
    pub realname: Text,
    /// The modes they start with.
    pub flags: UserFlags,
    /// How many are here.
    pub counts: Counts,
    /// What is noted of them.
    pub metadata: Vec<(Text, Text)>,
}

/// An answer about what is noted by keys (draft/metadata-2). The target stands first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MetadataIs {
    /// A key was set to this, or has no value any more.
    Now(Text, Text, Option<Text>),
    /// What was asked for, or was there until now.
    Values(Text, Vec<MetadataRow>),
    /// What the session hears of: all of a target, if it is of one.
    Told(Option<Text>, Vec<MetadataValue>),
    /// The session hears of these keys.
    Subscribed(Vec<Text>),
    /// The session does not hear of these.
    Unsubscribed(Vec<Text>),
    /// All keys that the session hears of.
    Subscriptions(Vec<Text>),
}

/// What is to be said of one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MetadataRow {
    /// It has this value.
    Value(Text, Text),
    /// It has none.
    NotSet(Text),
    /// It is no key.
    Invalid(Text),
}

/// A value of someone or something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetadataValue {
    /// Whose.
    pub of: Text,
    /// Its key.
    pub key: Text,
    /// What it says.
    pub value: Text,
}

/// What a password is verified against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialIs {
    /// Whose.
    pub account: AccountId,
    /// The account's name as shown.
    pub name: Text,
    /// Which of its passwords.
    pub version: u32,
    /// What it is verified against.
    pub keys: Keys,
    /// Why it cannot be logged in to, if it cannot.
    pub barred: Option<Refusal>,
}

/// A channel's members.
#[derive(Debug, Clone, PartialEq)]
pub struct Names {
    /// Where.
    pub channel: Text,
    /// Not told to those outside.
    pub secret: bool,
    /// Nobody asked: the session came into the channel.
    pub on_joining: bool,
    /// Who, in the order they came.
    pub members: Vec<(Arc<Person>, Ranks)>,
}

/// A channel that has another name, as its members see it who know no renaming.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    /// The member.
    pub who: Arc<Person>,
    /// Their real name.
    pub realname: Text,
    /// The old name.
    pub from: Text,
    /// The new one.
    pub to: Text,
    /// Why, if said.
    pub reason: Option<Text>,
    /// Its topic.
    pub topic: Option<Topic>,
    /// They are in an auditorium that shows them to others alone: `names` has them not.
    pub is_unseen: bool,
    /// Who is there.
    pub names: Arc<Names>,
}

/// A piece of a look through everything.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// What was found in it.
    pub rows: Rows,
    /// What is still to be looked at.
    pub rest: Option<Scan>,
}

/// A line of LIST.
#[derive(Debug, Clone, PartialEq)]
pub struct ChannelLine {
    /// Its name.
    pub name: Text,
    /// How many are in it.
    pub members: usize,
    /// Its topic.
    pub topic: Text,
}

/// A channel's modes.
#[derive(Debug, Clone, PartialEq)]
pub struct ModesAre {
    /// Where.
    pub channel: Text,
    /// The modes without a parameter.
    pub flags: ChannelFlags,
    /// Registered: shown as `r`.
    pub registered: bool,
    /// l.
    pub limit: Option<u32>,
    /// f.
    pub forward: Option<Text>,
    /// J.
    pub rejoin_s: Option<u32>,
    /// k: that there is one, and what it is for those inside.
    pub key: Option<Option<Text>>,
    /// When it was made.
    pub made_at: Millis,
}

/// An answer to WHO.
#[derive(Debug, Clone, PartialEq)]
pub struct WhoAre {
    /// As it was asked.
    pub asked: Text,
    /// WHOX fields and token.
    pub fields: Option<(Text, Text)>,
    /// Who.
    pub rows: Vec<WhoRow>,
}

/// Someone, as WHO tells.
#[derive(Debug, Clone, PartialEq)]
pub struct WhoRow {
    /// A channel in which they can be seen, and their ranks there.
    pub channel: Option<(Text, Ranks)>,
    /// Who.
    pub person: Arc<Person>,
    /// Where one of their connections is, for themselves and operators.
    pub address: Option<IpAddr>,
    /// Their real name.
    pub realname: Text,
    /// Away.
    pub away: bool,
    /// A server operator.
    pub operator: bool,
    /// How long they have said nothing.
    pub idle_ms: Millis,
}

/// Someone, as WHOIS tells.
#[derive(Debug, Clone, PartialEq)]
pub struct WhoisIs {
    /// Who.
    pub person: Arc<Person>,
    /// Their real name.
    pub realname: Text,
    /// The channels in which the asker may see them.
    pub channels: Vec<(Text, Ranks)>,
    /// Their away message.
    pub away: Option<Text>,
    /// A server operator.
    pub operator: bool,
    /// Every connection of theirs is secure.
    pub secure: bool,
    /// The certificates that they showed, each once, for themselves and operators.
    pub certificates: Vec<Fingerprint>,
    /// The other ends of their connections, each once, for themselves and operators.
    pub peers: Vec<Arc<Peer>>,
    /// Their modes, for themselves and operators.
    pub flags: Option<UserFlags>,
    /// How long they have said nothing.
    pub idle_ms: Millis,
    /// Since when they are here.
    pub signed_on_at: Millis,
}

/// Someone who was here.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Was {
    /// Who.
    pub person: Arc<Person>,
    /// The nick as it is compared.
    pub folded: Text,
    /// Their real name.
    pub realname: Text,
    /// Until when.
    pub until: Millis,
}

/// A line of USERHOST.
#[derive(Debug, Clone, PartialEq)]
pub struct UserhostIs {
    /// Who.
    pub person: Arc<Person>,
    /// Away.
    pub away: bool,
    /// A server operator.
    pub operator: bool,
}

/// Which of those that a session watches for are here.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Monitored {
    /// Those who are.
    pub online: Vec<Arc<Person>>,
    /// Those who are not.
    pub offline: Vec<Text>,
    /// Those for whom the list has no room.
    pub beyond: Vec<Text>,
}

/// How many of what there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// People who can be found.
    pub visible: usize,
    /// People who set +i.
    pub invisible: usize,
    /// Server operators.
    pub operators: usize,
    /// Channels.
    pub channels: usize,
    /// The most people there ever were since the start.
    pub most: usize,
    /// Connections of nobody yet, where that was asked for.
    pub unknown: usize,
}

/// Up to when a conversation was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadMark {
    /// The conversation, as it was named.
    pub with: Text,
    /// Up to when, if that is known.
    pub at: Option<Millis>,
    /// The session asked for it, or moved it.
    pub is_asked: bool,
}

/// A page of history to fetch, and how to show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryIs {
    /// The conversation, as shown.
    pub with: Text,
    /// What to read.
    pub page: Page,
    /// Why it is shown.
    pub why: WhyHistory,
}

/// Why history is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyHistory {
    /// The session came into the channel; clients that can ask for history are shown nothing.
    Joined,
    /// It was said while no connection of theirs was there; as for channels, clients that can ask are
    /// shown nothing.
    Missed,
    /// The session asked for whatever there is since a time: where nothing was said, it is shown nothing.
    Played,
    /// The session asked.
    Asked,
}

/// Whether a message of this kind is answered with the recipient's away message.
pub fn away_is_told(kind: MessageKind) -> bool {
    kind == MessageKind::Privmsg
}
