//! Every refusal is worded, for the one who is refused.

use super::{facts, signed_on};
use crate::door::Caller;
use crate::irc::{Caps, IrcDoor};
use parlor_hub::Refusal::{self, *};
use parlor_hub::id::{MessageId, SessionId};
use parlor_hub::modes::{Grants, Ranks};
use parlor_hub::name::Text;
use parlor_hub::query::Amending;
use parlor_hub::refusal::{
    AccountRefusal, CannotRename, KeepingRefusal, MayNotSpeak, MetadataRefused,
};
use parlor_wire::bounds::MESSAGE_MAX;
use parlor_wire::irc::message::Message;
use parlor_wire::irc::numeric;

/// Makes a list of refusals that has each of them: one that is left out does not compile.
macro_rules! each {
    ($($name:ident $(($($value:expr),*))?,)*) => {{
        fn is_there(refusal: &Refusal) {
            match refusal {
                $(Refusal::$name { .. } => {})*
            }
        }
        let all = vec![$($name $(($($value),*))?),*];
        all.iter().for_each(is_there);
        all
    }};
}

// One table: each refusal, about these names.
fn all(nick: &Text, channel: &Text) -> Vec<Refusal> {
    let (n, c) = (|| nick.clone(), || channel.clone());
    let id = MessageId { epoch: 1, seq: 2, n: 3 };
    each![
        NoSuchServer(n()),
        NoSuchNick(n()),
        WasNoSuchNick(n()),
        NoSuchChannel(c()),
        NickInUse(n()),
        NickReserved(n()),
        StaysByNick(n()),
        NameResembles(n()),
        ChannelNameResembles(c()),
        NotInChannel(c()),
        TheyAreNotInChannel(n(), c()),
        TheyAreInChannel(n(), c()),
        TooManyChannels(c()),
        NoMoreChannels(c()),
        ChannelFull(c()),
        ChannelClosed(c(), "x".into()),
        InviteOnly(c()),
        Banned(c()),
        BadKey(c()),
        AccountsOnly(c()),
        ChannelRenamed(c(), c()),
        ChannelNameInUse(c(), c()),
        CannotRename(c(), c(), CannotRename::Lately),
        MayNotRelay(c()),
        RelayedIsBanned(c()),
        NobodyPlays(c()),
        SecureOnly(c()),
        PutOutLately(c(), 5),
        ChannelIsOpen(c()),
        KnockInside(c()),
        KnockedLately(c()),
        NobodyKnocks(c()),
        NobodyIsKicked(c()),
        NobodyIsInvited(c()),
        NicksStay(c()),
        RankNeeded(c(), Ranks::OPERATOR),
        MayNotSpeak(c(), MayNotSpeak::Outside),
        ListFull(c(), 'b'),
        TakesAccountsOnly(n()),
        NotYourModes,
        NotOperator,
        NotGranted(Grants::none()),
        BannedHere("x".into()),
        BansYourself("x".into()),
        NoSuchBan("x".into()),
        BansFull("x".into()),
        AccountExists(n()),
        AccountNameWorn(n()),
        AccountNameResembles(n()),
        RegistrationClosed,
        WrongPassword,
        AccountUnverified(n()),
        AccountSuspended(n(), "spam".into()),
        Busy,
        AccountNeeded,
        ChannelIsRegistered(c()),
        NotRegistered(c()),
        TooManyFounded(c()),
        NotYourHistory(c(), None),
        NotYoursToAmend(Amending::Redact, c()),
        NoSuchMessage(Amending::Redact, c(), id),
        NotYourMessage(Amending::Redact, c(), id),
        NoReadMark(c()),
        Metadata(Box::new(MetadataRefused::InvalidTarget(c()))),
        StoreUnavailable,
        Account(AccountRefusal::WrongCode(n())),
        Keeping(KeepingRefusal::FounderIsAsked(c())),
    ]
}

/// Reads what was told, each line to this nick.
fn check(refusal: &Refusal, told: &[u8], nick: &str) {
    let told = str::from_utf8(told).expect("UTF-8");
    assert!(told.ends_with("\r\n"), "{refusal:?} is not told: {told:?}");
    for line in told.split_terminator("\r\n") {
        assert!(line.len() + 2 <= MESSAGE_MAX, "{line}");
        let message = Message::parse(line.as_bytes()).expect("a message");
        let words = message.params.last().expect("words");
        assert!(words.contains(' '), "{refusal:?} has no words: {line}");
        match message.command {
            "FAIL" => assert!(message.params.len() >= 3, "{line}"),
            "NOTICE" => assert_eq!(message.params[0], nick, "{line}"),
            command => {
                let code = command.parse().expect("a numeric");
                assert!(numeric::name(code).is_some(), "{line}");
                assert_eq!(message.params[0], nick, "{line}");
            }
        }
    }
}

#[test]
fn every_refusal_is_told_to_the_one_who_is_refused() {
    // As long as a name may be.
    let long: Text = format!("#{}", "é".repeat(31)).into();
    let names = [("bob".into(), "#x".into()), (long.clone(), long)];
    for (nick, channel) in names {
        for refusal in all(&nick, &channel) {
            for caps in [Caps::none(), Caps::STANDARD_REPLIES] {
                let stranger = IrcDoor::new(&Caller::new(SessionId(1), super::localhost()), 0);
                for (mut door, nick) in [(stranger, "*"), (signed_on(), "ada")] {
                    door.caps = caps;
                    let mut told = Vec::new();
                    door.refuse(&refusal, &facts(), &mut told);
                    check(&refusal, &told, nick);
                }
            }
        }
    }
}
