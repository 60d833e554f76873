//! Why not, and the way out.

use crate::{accounts, keeping};
use parlor_hub::Refusal;
use parlor_hub::modes::Ranks;
use parlor_hub::refusal::{CannotRename, MayNotSpeak};

/// A refusal in a sentence or two. `me` is the nick of the person who reads it.
pub(in crate::line) fn worded(refusal: &Refusal, me: Option<&str>) -> String {
    match refusal {
        Refusal::NoSuchServer(nick) | Refusal::NoSuchNick(nick) => {
            format!("Nobody here is called {nick}. See /who.")
        }
        Refusal::WasNoSuchNick(nick) => format!("Nobody called {nick} was here lately."),
        Refusal::NoSuchChannel(channel) => {
            format!("There is no channel {channel}. /join {channel} makes it.")
        }
        Refusal::NickInUse(nick) => {
            format!("Somebody is called {nick} already. Try another: /nick NAME")
        }
        Refusal::NickReserved(nick) if me == Some(nick) => {
            format!("{nick} belongs to your account: take another /nick first, then /logout.")
        }
        Refusal::NickReserved(nick) => format!(
            "{nick} belongs to an account. Is it yours? /login {nick} PASSWORD. If not, try \
             another: /nick NAME"
        ),
        Refusal::StaysByNick(nick) => {
            format!("{nick} is here by that name alone, and not connected.")
        }
        Refusal::NameResembles(nick) => {
            format!("{nick} looks too much like another name. Try another: /nick NAME")
        }
        Refusal::TakesAccountsOnly(nick) => {
            format!("{nick} reads only those who are logged in. See /help login.")
        }
        Refusal::NotInChannel(channel) => {
            format!("You are not in {channel}. /join {channel} first.")
        }
        Refusal::TheyAreNotInChannel(nick, channel) => format!("{nick} is not in {channel}."),
        Refusal::TheyAreInChannel(nick, channel) => format!("{nick} is in {channel} already."),
        Refusal::MayNotSpeak(channel, why) => may_not_speak(channel, *why),
        Refusal::RankNeeded(channel, rank) => {
            format!("Only {} of {channel} may do that.", ranks(*rank))
        }
        Refusal::ListFull(channel, letter) => format!(
            "The lists of {channel} are full. Take something away first: /mode {channel} -{letter} MASK"
        ),
        Refusal::NotOperator
        | Refusal::NotGranted(_)
        | Refusal::BannedHere(_)
        | Refusal::BansYourself(_)
        | Refusal::NoSuchBan(_)
        | Refusal::BansFull(_) => of_the_server(refusal),
        Refusal::ChannelIsRegistered(channel) => format!("{channel} is kept for ever already."),
        Refusal::NoReadMark(_)
        | Refusal::NotYourHistory(..)
        | Refusal::NotYoursToAmend(..)
        | Refusal::NoSuchMessage(..)
        | Refusal::NotYourMessage(..) => of_history(refusal),
        Refusal::StoreUnavailable => "The server cannot save anything right now (its disk may be \
            full), so nothing was said or changed; try again in a while."
            .to_owned(),
        about_account => of_account(about_account),
    }
}

/// What stands between someone and an account.
fn of_account(refusal: &Refusal) -> String {
    match refusal {
        Refusal::AccountExists(name) => {
            format!("{name} is registered already. Is it yours? /login {name} PASSWORD")
        }
        Refusal::AccountNameWorn(name) => {
            format!("Someone else is here as {name}. Try another: /register NAME PASSWORD")
        }
        Refusal::AccountNameResembles(name) => {
            format!("{name} looks too much like another name. Try another: /register NAME PASSWORD")
        }
        Refusal::RegistrationClosed => {
            "Accounts are not registered by everyone here. Ask those who run the server.".to_owned()
        }
        Refusal::WrongPassword => {
            "That is not the right name and password. Nothing has changed.".to_owned()
        }
        Refusal::Busy => "Many are logging in right now. Try again in a moment.".to_owned(),
        Refusal::AccountNeeded => {
            "That takes an account: /register NAME PASSWORD, or /login NAME PASSWORD".to_owned()
        }
        about_channel => of_channel(about_channel),
    }
}

/// What its modes forbid in a channel.
fn of_channel(refusal: &Refusal) -> String {
    match refusal {
        Refusal::TooManyFounded(_) => "You keep as many channels as you can.".to_owned(),
        Refusal::NotRegistered(channel) => format!("{channel} is not kept for ever."),
        Refusal::ChannelRenamed(from, to) => format!("{from} is called {to} now: /join {to}"),
        Refusal::ChannelNameInUse(_, to) => format!("There is a channel {to} already."),
        Refusal::CannotRename(from, _, CannotRename::Lobby) => format!("{from} keeps its name."),
        Refusal::CannotRename(from, _, CannotRename::Lately) => {
            format!("{from} was renamed a moment ago. Try again in a minute.")
        }
        Refusal::MayNotRelay(channel) => format!("Only operators of {channel} may do that."),
        Refusal::RelayedIsBanned(nick) => format!("{nick} is banned there."),
        Refusal::NobodyPlays(channel) => {
            format!("No roles are played in {channel}. /mode {channel} +E changes that.")
        }
        Refusal::ChannelIsOpen(channel) => {
            format!("{channel} is open: /join {channel}")
        }
        Refusal::KnockInside(channel) => format!("You are in {channel} already."),
        Refusal::KnockedLately(channel) => {
            format!("Somebody knocked at {channel} a moment ago. Try again in a minute.")
        }
        Refusal::NobodyKnocks(channel) => format!("Nobody knocks at {channel}."),
        Refusal::NobodyIsKicked(channel) => {
            format!("Nobody is kicked from {channel}. /mode {channel} -Q changes that.")
        }
        Refusal::NobodyIsInvited(channel) => {
            format!("Nobody is invited to {channel}. /mode {channel} -V changes that.")
        }
        Refusal::NicksStay(channel) => {
            format!("In {channel} everyone keeps their name. /part {channel} first.")
        }
        Refusal::Keeping(why) => format!("{}.", keeping::refused(why)),
        other => match accounts::refused(other) {
            Some(sentence) => format!("{sentence}."),
            None => may_not_enter(other),
        },
    }
}

/// About what was said.
fn of_history(refusal: &Refusal) -> String {
    match refusal {
        Refusal::NoReadMark(_) => "Log in first: /login NAME PASSWORD".to_owned(),
        Refusal::NotYourHistory(with, _) if with.starts_with('#') => {
            format!("You read only where you are. /join {with} first.")
        }
        Refusal::NotYourHistory(with, _) => format!(
            "Nothing is kept of you and {with}: for that you both must be logged in. See /help login."
        ),
        Refusal::NotYoursToAmend(_, with) => format!("You cannot change what is kept of {with}."),
        Refusal::NoSuchMessage(..) => "There is no such message any more.".to_owned(),
        Refusal::NotYourMessage(..) => "That was said by somebody else.".to_owned(),
        _ => String::new(),
    }
}

fn of_the_server(refusal: &Refusal) -> String {
    match refusal {
        Refusal::BannedHere(reason) => format!("You are banned from this server: {reason}"),
        Refusal::BansYourself(mask) => format!("{mask} would ban yourself."),
        Refusal::NoSuchBan(mask) => format!("There is no ban of {mask}."),
        Refusal::BansFull(_) => "There are as many bans as there may be.".to_owned(),
        Refusal::NotGranted(grant) => {
            format!("The configuration does not let you do that: it takes \"{}\".", grant.word())
        }
        _ => "Only server operators may do that: /oper NAME PASSWORD".to_owned(),
    }
}

/// The channel that a refusal turned someone away from who wanted to come in.
pub(in crate::line) fn turned_away(refusal: &Refusal) -> Option<&str> {
    match refusal {
        Refusal::TooManyChannels(channel)
        | Refusal::NoMoreChannels(channel)
        | Refusal::ChannelNameResembles(channel)
        | Refusal::ChannelFull(channel)
        | Refusal::ChannelClosed(channel, _)
        | Refusal::InviteOnly(channel)
        | Refusal::Banned(channel)
        | Refusal::BadKey(channel)
        | Refusal::AccountsOnly(channel)
        | Refusal::SecureOnly(channel)
        | Refusal::PutOutLately(channel, _) => Some(channel),
        _ => None,
    }
}

fn may_not_enter(refusal: &Refusal) -> String {
    let channel = turned_away(refusal).unwrap_or_default();
    match refusal {
        Refusal::TooManyChannels(_) => {
            format!("You are in too many channels to join {channel}. /part one first.")
        }
        Refusal::NoMoreChannels(_) => {
            format!("The server has as many channels as it can hold, so there is no {channel}.")
        }
        Refusal::ChannelNameResembles(_) => {
            format!("{channel} looks too much like another channel's name. Try another.")
        }
        Refusal::ChannelClosed(_, why) => format!("{channel} is closed to everyone: {why}"),
        Refusal::ChannelFull(_) => format!("{channel} is full. Try again later."),
        Refusal::InviteOnly(_) => {
            format!("{channel} is for the invited. Ask somebody inside for an /invite.")
        }
        Refusal::BadKey(_) => format!("{channel} takes a key: /join {channel} KEY"),
        Refusal::SecureOnly(_) => {
            format!("{channel} is for those whose connection is secure (TLS).")
        }
        Refusal::PutOutLately(_, seconds) => {
            format!("You were kicked from {channel}. You may come back in {seconds} seconds.")
        }
        Refusal::AccountsOnly(_) => {
            format!("{channel} is for those who are logged in. See /help login.")
        }
        _ => format!("You are banned from {channel}."),
    }
}

fn may_not_speak(channel: &str, why: MayNotSpeak) -> String {
    match why {
        MayNotSpeak::Outside => {
            format!("You are not in {channel}, so nobody saw that. /join {channel} first.")
        }
        MayNotSpeak::Moderated => {
            format!("Only those with a voice speak in {channel}, so nobody saw that.")
        }
        MayNotSpeak::Banned => format!("You are banned from {channel}, so nobody saw that."),
        MayNotSpeak::Muted => format!("You are muted in {channel}, so nobody saw that."),
        MayNotSpeak::AccountsOnly => format!(
            "Only those who are logged in speak in {channel}, so nobody saw that. See /help login."
        ),
        MayNotSpeak::Ctcp => format!("{channel} takes no CTCP, so nobody saw that."),
        MayNotSpeak::Colours => format!("{channel} takes no colours, so nobody saw that."),
        MayNotSpeak::ColoursAlone => {
            format!("{channel} takes no colours, and nothing else was said.")
        }
        MayNotSpeak::Notice => format!("{channel} takes no notices, so nobody saw that."),
    }
}

fn ranks(least: Ranks) -> &'static str {
    match least {
        Ranks::FOUNDER => "founders",
        Ranks::PROTECTED => "founders and the protected",
        Ranks::VOICE => "those with a voice",
        _ => "operators",
    }
}
