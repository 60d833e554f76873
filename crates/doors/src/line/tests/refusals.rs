//! Every refusal is a sentence, with a way out where there is one.

use super::{facts, inside};
use parlor_hub::Refusal;
use parlor_hub::modes::Ranks;
use parlor_hub::refusal::MayNotSpeak;

// One table: each refusal with its words.
#[test]
fn every_refusal_is_a_sentence() {
    let x = || "#x".into();
    let table = [
        (Refusal::NoSuchNick("bob".into()), "Nobody here is called bob. See /who."),
        (Refusal::WasNoSuchNick("bob".into()), "Nobody called bob was here lately."),
        (Refusal::NoSuchChannel(x()), "There is no channel #x. /join #x makes it."),
        (
            Refusal::NickInUse("bob".into()),
            "Somebody is called bob already. Try another: /nick NAME",
        ),
        (
            Refusal::NickReserved("bob".into()),
            "bob belongs to an account. Is it yours? /login bob PASSWORD. If not, try \
             another: /nick NAME",
        ),
        (
            Refusal::NickReserved("ada".into()),
            "ada belongs to your account: take another /nick first, then /logout.",
        ),
        (
            Refusal::NameResembles("bob".into()),
            "bob looks too much like another name. Try another: /nick NAME",
        ),
        (
            Refusal::AccountNameResembles("bob".into()),
            "bob looks too much like another name. Try another: /register NAME PASSWORD",
        ),
        (
            Refusal::ChannelNameResembles(x()),
            "#x looks too much like another channel's name. Try another.",
        ),
        (
            Refusal::TakesAccountsOnly("bob".into()),
            "bob reads only those who are logged in. See /help login.",
        ),
        (Refusal::NotInChannel(x()), "You are not in #x. /join #x first."),
        (Refusal::TheyAreNotInChannel("bob".into(), x()), "bob is not in #x."),
        (Refusal::TheyAreInChannel("bob".into(), x()), "bob is in #x already."),
        (
            Refusal::TooManyChannels(x()),
            "You are in too many channels to join #x. /part one first.",
        ),
        (
            Refusal::NoMoreChannels(x()),
            "The server has as many channels as it can hold, so there is no #x.",
        ),
        (Refusal::ChannelClosed(x(), "spam".into()), "#x is closed to everyone: spam"),
        (Refusal::ChannelFull(x()), "#x is full. Try again later."),
        (Refusal::InviteOnly(x()), "#x is for the invited. Ask somebody inside for an /invite."),
        (Refusal::Banned(x()), "You are banned from #x."),
        (Refusal::BadKey(x()), "#x takes a key: /join #x KEY"),
        (Refusal::RankNeeded(x(), Ranks::HALF_OPERATOR), "Only operators of #x may do that."),
        (
            Refusal::MayNotSpeak(x(), MayNotSpeak::Moderated),
            "Only those with a voice speak in #x, so nobody saw that.",
        ),
        (
            Refusal::ListFull(x(), 'b'),
            "The lists of #x are full. Take something away first: /mode #x -b MASK",
        ),
        (Refusal::NotOperator, "Only server operators may do that: /oper NAME PASSWORD"),
        (
            Refusal::AccountExists("bob".into()),
            "bob is registered already. Is it yours? /login bob PASSWORD",
        ),
        (
            Refusal::RegistrationClosed,
            "Accounts are not registered by everyone here. Ask those who run the server.",
        ),
        (Refusal::WrongPassword, "That is not the right name and password. Nothing has changed."),
        (Refusal::Busy, "Many are logging in right now. Try again in a moment."),
        (
            Refusal::AccountNeeded,
            "That takes an account: /register NAME PASSWORD, or /login NAME PASSWORD",
        ),
        (Refusal::ChannelIsRegistered(x()), "#x is kept for ever already."),
        (Refusal::NoReadMark(x()), "Log in first: /login NAME PASSWORD"),
        (Refusal::NotYourHistory(x(), None), "You read only where you are. /join #x first."),
        (
            Refusal::NotYourHistory("bob".into(), None),
            "Nothing is kept of you and bob: for that you both must be logged in. See /help login.",
        ),
        (
            Refusal::StoreUnavailable,
            "The server cannot save anything right now (its disk may be full), so nothing \
             was said or changed; try again in a while.",
        ),
        (
            Refusal::MayNotSpeak(x(), MayNotSpeak::Outside),
            "You are not in #x, so nobody saw that. /join #x first.",
        ),
        (
            Refusal::MayNotSpeak(x(), MayNotSpeak::Banned),
            "You are banned from #x, so nobody saw that.",
        ),
    ];
    for (refusal, words) in table {
        let mut out = Vec::new();
        inside().refuse(&refusal, &facts(), &mut out);
        assert_eq!(String::from_utf8_lossy(&out), format!("* {words}\n"));
    }
}
