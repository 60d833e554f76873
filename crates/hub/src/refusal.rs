//! Why not. A refusal is a value; each door words it for the person who gets it.

use crate::change::Span;
use crate::id::MessageId;
use crate::modes::{Grants, Ranks};
use crate::name::Text;
use crate::query::Amending;
use serde::{Deserialize, Serialize};

/// Why something was not done. Names are as the asker gave them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// Nobody here has this nick.
    NoSuchNick(Text),
    /// There is no server of this name, and nobody here by whom it could be meant.
    NoSuchServer(Text),
    /// Nobody with this nick was here.
    WasNoSuchNick(Text),
    /// There is no such channel, or the asker may not know of it.
    NoSuchChannel(Text),
    /// The nick is taken.
    NickInUse(Text),
    /// The nick belongs to an account that the asker is not logged in to.
    NickReserved(Text),
    /// Who has this nick is here by it alone, with no connection: it is their account's name.
    StaysByNick(Text),
    /// The nick looks like one that somebody else wears or owns.
    NameResembles(Text),
    /// The channel would look like another one.
    ChannelNameResembles(Text),
    /// The asker is not in the channel.
    NotInChannel(Text),
    /// That person is not in the channel.
    TheyAreNotInChannel(Text, Text),
    /// That person is in the channel already.
    TheyAreInChannel(Text, Text),
    /// The asker is in too many channels to join this one.
    TooManyChannels(Text),
    /// The server holds as many channels as it can.
    NoMoreChannels(Text),
    /// The channel is full.
    ChannelFull(Text),
    /// Operators let nobody in; and why.
    ChannelClosed(Text, Text),
    /// The channel is for the invited.
    InviteOnly(Text),
    /// The asker is banned from the channel.
    Banned(Text),
    /// The key is wrong.
    BadKey(Text),
    /// The channel is for those who are logged in.
    AccountsOnly(Text),
    /// The account is the founder of as many channels as one can be.
    TooManyFounded(Text),
    /// The channel is not registered.
    NotRegistered(Text),
    /// The channel of the first name has the second one now.
    ChannelRenamed(Text, Text),
    /// A channel cannot have this name, which another has: its own, and the one asked for.
    ChannelNameInUse(Text, Text),
    /// A channel cannot have another name: its own, and the one asked for.
    CannotRename(Text, Text, CannotRename),
    /// The asker may not relay words into the channel.
    MayNotRelay(Text),
    /// The one whose words were to be relayed is banned.
    RelayedIsBanned(Text),
    /// No roles are played in the channel (-E).
    NobodyPlays(Text),
    /// The channel is for those whose connections are secure.
    SecureOnly(Text),
    /// The asker was put out of the channel, and must wait for so many seconds.
    PutOutLately(Text, u64),
    /// A knock where no one need be asked.
    ChannelIsOpen(Text),
    /// A knock of someone who is inside.
    KnockInside(Text),
    /// Somebody knocked a moment ago.
    KnockedLately(Text),
    /// Nobody knocks at the channel (+K).
    NobodyKnocks(Text),
    /// Nobody is kicked from the channel (+Q).
    NobodyIsKicked(Text),
    /// Nobody is invited to the channel (+V).
    NobodyIsInvited(Text),
    /// Nicks stay as they are in the channel (+N).
    NicksStay(Text),
    /// The asker's rank in the channel is too low; this one would do.
    RankNeeded(Text, Ranks),
    /// The asker may not speak in the channel.
    MayNotSpeak(Text, MayNotSpeak),
    /// One of the channel's lists is full; its mode letter.
    ListFull(Text, char),
    /// That person takes no direct messages of those without an account.
    TakesAccountsOnly(Text),
    /// The modes of a person are for themselves to see and to change.
    NotYourModes,
    /// Only server operators may do this.
    NotOperator,
    /// The asker is banned from the server: why.
    BannedHere(Text),
    /// The operator would ban themselves with this.
    BansYourself(Text),
    /// There is no such ban from the server.
    NoSuchBan(Text),
    /// There are as many bans from the server as there may be.
    BansFull(Text),
    /// The server operator was not given this by the configuration.
    NotGranted(Grants),
    /// The account's name is taken.
    AccountExists(Text),
    /// Someone else wears the nick that would be the account's.
    AccountNameWorn(Text),
    /// The account's name looks like one that somebody else wears or owns.
    AccountNameResembles(Text),
    /// Accounts are not registered by just anyone here.
    RegistrationClosed,
    /// Name or password is wrong.
    WrongPassword,
    /// The owner of the account has not shown yet that its address is theirs.
    AccountUnverified(Text),
    /// The operators do not want the account to be used; why.
    AccountSuspended(Text, Text),
    /// Many are logging in right now; try again.
    Busy,
    /// The asker has no account to do this with.
    AccountNeeded,
    /// The channel is registered already.
    ChannelIsRegistered(Text),
    /// The conversation is not the asker's to read: the part of it that was asked for, none where it
    /// was searched.
    NotYourHistory(Text, Option<Span>),
    /// There is nothing of the asker's to amend in that conversation.
    NotYoursToAmend(Amending, Text),
    /// The conversation has no such message.
    NoSuchMessage(Amending, Text, MessageId),
    /// The message is not the asker's to amend.
    NotYourMessage(Amending, Text, MessageId),
    /// Without an account, nothing is noted of what was read.
    NoReadMark(Text),
    /// Something about what is noted by keys.
    Metadata(Box<MetadataRefused>),
    /// The store cannot commit now.
    StoreUnavailable,
    /// Why something was not done with an account.
    Account(AccountRefusal),
    /// Why something was not done with a channel that is kept.
    Keeping(KeepingRefusal),
}

/// Why something was not done with a channel that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeepingRefusal {
    /// It is offered to nobody, or to somebody else.
    NotOffered(Text),
    /// It has that account for its founder already.
    IsFounder(Text, Text),
    /// It is the lobby, which nobody closes.
    LobbyStaysOpen(Text),
    /// Nobody is made the founder of one without a word of their own.
    FounderIsAsked(Text),
}

/// Why something was not done with an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AccountRefusal {
    /// Too many accounts were registered from there lately.
    TooManyRegistered(Text),
    /// An account of this name needs an address.
    EmailNeeded(Text),
    /// The code is not the one that was sent, or came too late.
    WrongCode(Text),
    /// They wear an account already.
    LoggedIn(Text),
    /// Other connections of theirs are logged in to this account, or it stays without any.
    LoggedInElsewhere(Text),
    /// There is no such account.
    NoSuchAccount(Text),
    /// The certificate stands for the password of another account, or of this one already.
    CertificateTaken,
    /// There is no such certificate.
    NoSuchCertificate,
    /// No more of them may stand for one password.
    TooManyCertificates,
    /// The nick is not one of theirs.
    NotYourNick(Text),
    /// No more nicks may belong to one account.
    TooManyNicks,
    /// There is no such connection of theirs.
    NoSuchSession,
}

impl Refusal {
    /// Whether another nick is all that is needed.
    pub fn asks_for_another_nick(&self) -> bool {
        matches!(self, Self::NickInUse(_) | Self::NickReserved(_) | Self::NameResembles(_))
    }
}

/// Why nothing was noted, or told (draft/metadata-2). The target is as it was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum MetadataRefused {
    /// There is nobody and nothing of that name, or the asker may not know of them.
    InvalidTarget(Text),
    /// The key of the target is not the asker's to change.
    NotAllowed(Text, Text),
    /// The key of the target has no value.
    NotSet(Text, Text),
    /// The target has as many keys as it can.
    LimitReached(Text),
    /// The asker changes too much; after so many seconds they may again.
    TooFast(Text, Text, u64),
    /// The session hears of as many keys as it can, without this one.
    TooManySubscriptions(Text),
}

/// Why a channel cannot have another name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CannotRename {
    /// It is the lobby.
    Lobby,
    /// It got the one that it has a moment ago.
    Lately,
}

/// Why someone may not speak in a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MayNotSpeak {
    /// +n, and not a member.
    Outside,
    /// +m, and no voice.
    Moderated,
    /// Banned.
    Banned,
    /// Muted.
    Muted,
    /// +M, and not logged in.
    AccountsOnly,
    /// +C, and a CTCP that is no ACTION.
    Ctcp,
    /// +c, and colours.
    Colours,
    /// +S, and nothing but colours.
    ColoursAlone,
    /// +T, and a notice.
    Notice,
}
