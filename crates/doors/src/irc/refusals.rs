//! Why not, in numerics.

use super::IrcDoor;
use super::replies::{Replies, metadata};
use crate::desk::AskedAt;
use crate::irc::verbs::talk::history::subcommand;
use crate::{accounts, keeping};
use parlor_hub::modes::Ranks;
use parlor_hub::query::Amending;
use parlor_hub::refusal::{CannotRename, MayNotSpeak};
use parlor_hub::{AccountRefusal, Refusal};
use parlor_wire::irc::numeric;

/// Words a refusal.
pub(super) fn refuse(door: &IrcDoor, refusal: &Refusal, replies: &mut Replies<'_>) {
    match refusal {
        Refusal::NoSuchServer(name) => {
            replies.say(numeric::ERR_NOSUCHSERVER, &[name], "No such server");
        }
        Refusal::NoSuchNick(nick) => {
            replies.say(numeric::ERR_NOSUCHNICK, &[nick], "No such nick/channel");
        }
        Refusal::WasNoSuchNick(nick) => replies.was_not(nick),
        Refusal::TakesAccountsOnly(nick) => {
            let words = "They take no messages of those who are not logged in";
            replies.say(numeric::ERR_NEEDREGGEDNICK, &[nick], words);
        }
        Refusal::NotYourModes => {
            let words = "Can't change mode for other users";
            replies.say(numeric::ERR_USERSDONTMATCH, &[], words);
        }
        Refusal::NickReserved(nick) if wears(door, nick) => locked(door, replies),
        Refusal::NickInUse(_)
        | Refusal::NickReserved(_)
        | Refusal::NameResembles(_)
        | Refusal::StaysByNick(_) => of_nicks(refusal, replies),
        Refusal::NotOperator => {
            let words = "Permission Denied- You're not an IRC operator";
            replies.say(numeric::ERR_NOPRIVILEGES, &[], words);
        }
        Refusal::BannedHere(_)
        | Refusal::BansYourself(_)
        | Refusal::NoSuchBan(_)
        | Refusal::BansFull(_) => of_bans(refusal, replies),
        Refusal::NotGranted(grant) => {
            replies.say(numeric::ERR_NOPRIVS, &[grant.word()], "Insufficient oper privileges.");
        }
        Refusal::StoreUnavailable => {
            let words = "The server cannot store anything just now; try again later";
            replies.fail("*", "STORE_UNAVAILABLE", &[], words);
        }
        Refusal::NotYourHistory(with, None) => {
            let words = "You cannot search there";
            replies.fail_always("SEARCH", "INVALID_PARAMS", &["in", with], words);
        }
        Refusal::NotYourHistory(with, span) => {
            let words = "Messages could not be retrieved";
            let asked = span.as_ref().map_or("*", subcommand);
            replies.fail_always("CHATHISTORY", "INVALID_TARGET", &[asked, with], words);
        }
        Refusal::NotYoursToAmend(..) | Refusal::NoSuchMessage(..) | Refusal::NotYourMessage(..) => {
            amending(refusal, replies);
        }
        Refusal::Metadata(why) => metadata::refused(why, replies),
        Refusal::NoReadMark(with) => {
            let words = "The read timestamp could not be set";
            replies.fail_always("MARKREAD", "INTERNAL_ERROR", &[with], words);
        }
        Refusal::ChannelRenamed(from, to) => {
            let words = "The channel has been renamed";
            replies.fail_always("JOIN", "CHANNEL_RENAMED", &[from, to], words);
        }
        _ if renaming(refusal, replies) || channel(refusal, replies) => {}
        _ => account(door, refusal, replies),
    }
}

/// Refusals to amend what was said.
fn amending(refusal: &Refusal, replies: &mut Replies<'_>) {
    let command = |to: &Amending| match to {
        Amending::Edit => ("EDIT", "EDIT_FORBIDDEN", "edit"),
        Amending::Redact => ("REDACT", "REDACT_FORBIDDEN", "delete"),
    };
    match refusal {
        Refusal::NotYoursToAmend(to, with) => {
            let (command, _, verb) = command(to);
            let words = format!("You cannot {verb} messages from {with}");
            replies.fail_always(command, "INVALID_TARGET", &[with], &words);
        }
        Refusal::NoSuchMessage(to, with, id) => {
            let words = "This message does not exist or is too old";
            let id = id.to_string();
            replies.fail_always(command(to).0, "UNKNOWN_MSGID", &[with, &id], words);
        }
        Refusal::NotYourMessage(to, with, id) => {
            let (command, code, verb) = command(to);
            let words = format!("You are not authorised to {verb} this message");
            replies.fail_always(command, code, &[with, &id.to_string()], &words);
        }
        _ => {}
    }
}

/// Refusals of another nick.
fn of_nicks(refusal: &Refusal, replies: &mut Replies<'_>) {
    let (code, nick, words) = match refusal {
        Refusal::NickInUse(nick) => {
            (numeric::ERR_NICKNAMEINUSE, nick, "Nickname is already in use")
        }
        Refusal::NickReserved(nick) => {
            let words = "Nickname belongs to an account: log in to use it";
            (numeric::ERR_NICKNAMEINUSE, nick, words)
        }
        Refusal::NameResembles(nick) => {
            let words = "Nickname looks like another that is in use or belongs to an account";
            (numeric::ERR_NICKNAMEINUSE, nick, words)
        }
        Refusal::StaysByNick(nick) => {
            let words = "They are here by that nickname alone, and not connected";
            (numeric::ERR_UNAVAILRESOURCE, nick, words)
        }
        _ => return,
    };
    replies.say(code, &[nick], words);
}

/// Refusals about bans from the server.
fn of_bans(refusal: &Refusal, replies: &mut Replies<'_>) {
    match refusal {
        Refusal::BannedHere(reason) => {
            let words = format!("You are banned from this server: {reason}");
            replies.say(numeric::ERR_YOUREBANNEDCREEP, &[], &words);
        }
        Refusal::BansYourself(mask) => {
            replies.fail("BAN", "BANS_YOURSELF", &[mask], "That would ban yourself");
        }
        Refusal::NoSuchBan(mask) => {
            replies.fail("BAN", "NO_SUCH_BAN", &[mask], "There is no such ban");
        }
        Refusal::BansFull(mask) => {
            replies.fail("BAN", "LIST_FULL", &[mask], "There are as many bans as there may be");
        }
        _ => {}
    }
}

/// Refusals about a channel. `false`: it is about something else. One table: a refusal an arm.
fn channel(refusal: &Refusal, replies: &mut Replies<'_>) -> bool {
    let (code, name, words) = match refusal {
        Refusal::NoSuchChannel(name) => (numeric::ERR_NOSUCHCHANNEL, name, "No such channel"),
        Refusal::NotInChannel(name) => {
            (numeric::ERR_NOTONCHANNEL, name, "You're not on that channel")
        }
        Refusal::TooManyChannels(name) => {
            (numeric::ERR_TOOMANYCHANNELS, name, "You have joined too many channels")
        }
        Refusal::NoMoreChannels(name) => {
            (numeric::ERR_UNAVAILRESOURCE, name, "The server holds as many channels as it can")
        }
        Refusal::ChannelNameResembles(name) => {
            (numeric::ERR_BADCHANMASK, name, "Channel name looks like that of another channel")
        }
        Refusal::ChannelClosed(name, why) => {
            let words = format!("Cannot join channel, it is closed: {why}");
            replies.say(numeric::ERR_BANNEDFROMCHAN, &[name], &words);
            return true;
        }
        Refusal::ChannelFull(name) => {
            (numeric::ERR_CHANNELISFULL, name, "Cannot join channel (+l)")
        }
        Refusal::InviteOnly(name) => {
            (numeric::ERR_INVITEONLYCHAN, name, "Cannot join channel (+i)")
        }
        Refusal::Banned(name) => (numeric::ERR_BANNEDFROMCHAN, name, "Cannot join channel (+b)"),
        Refusal::BadKey(name) => (numeric::ERR_BADCHANNELKEY, name, "Cannot join channel (+k)"),
        Refusal::AccountsOnly(name) => {
            (numeric::ERR_NEEDREGGEDNICK, name, "Cannot join channel (+R): log in first")
        }
        Refusal::SecureOnly(name) => {
            (numeric::ERR_SECUREONLYCHAN, name, "Cannot join channel (+z): TLS is needed")
        }
        Refusal::PutOutLately(name, seconds) => {
            let words = format!("You were kicked: wait {seconds} seconds (+J)");
            replies.say(numeric::ERR_UNAVAILRESOURCE, &[name], &words);
            return true;
        }
        Refusal::ChannelIsOpen(name) => (numeric::ERR_CHANOPEN, name, "Channel is open"),
        Refusal::KnockInside(name) => {
            (numeric::ERR_KNOCKONCHAN, name, "You're already on that channel")
        }
        Refusal::KnockedLately(name) => {
            (numeric::ERR_TOOMANYKNOCK, name, "Somebody knocked a moment ago: wait a minute")
        }
        Refusal::NobodyKnocks(name) => {
            (numeric::ERR_CANNOTKNOCK, name, "Nobody knocks at the channel (+K)")
        }
        Refusal::NobodyIsInvited(name) => {
            (numeric::ERR_NOINVITE, name, "Nobody is invited to the channel (+V)")
        }
        Refusal::NicksStay(name) => {
            (numeric::ERR_NONICKCHANGE, name, "Nicknames stay as they are in the channel (+N)")
        }
        Refusal::NobodyIsKicked(name) => {
            let words = "Nobody is kicked from the channel (+Q)";
            replies.say(numeric::ERR_CANNOTDOCOMMAND, &["KICK", name], words);
            return true;
        }
        Refusal::RankNeeded(name, rank) => {
            (numeric::ERR_CHANOPRIVSNEEDED, name, rank_needed(*rank))
        }
        Refusal::MayNotSpeak(name, why) => {
            (numeric::ERR_CANNOTSENDTOCHAN, name, may_not_speak(*why))
        }
        Refusal::TheyAreNotInChannel(nick, name) => {
            let words = "They aren't on that channel";
            replies.say(numeric::ERR_USERNOTINCHANNEL, &[nick, name], words);
            return true;
        }
        Refusal::TheyAreInChannel(nick, name) => {
            replies.say(numeric::ERR_USERONCHANNEL, &[nick, name], "is already on channel");
            return true;
        }
        Refusal::ListFull(name, letter) => {
            let letter = letter.to_string();
            replies.say(numeric::ERR_BANLISTFULL, &[name, &letter], "Channel list is full");
            return true;
        }
        _ => return false,
    };
    replies.say(code, &[name], words);
    true
}

/// Refusals of RENAME, RELAYMSG and what is said in roles. `false`: it is about something else.
fn renaming(refusal: &Refusal, replies: &mut Replies<'_>) -> bool {
    let (command, code, context, words) = match refusal {
        Refusal::ChannelNameInUse(from, to) => {
            let words = "The channel name is already taken";
            ("RENAME", "CHANNEL_NAME_IN_USE", vec![&**from, &**to], words)
        }
        Refusal::CannotRename(from, to, why) => {
            let words = match why {
                CannotRename::Lobby => "The lobby keeps its name",
                CannotRename::Lately => "This channel has been renamed recently",
            };
            ("RENAME", "CANNOT_RENAME", vec![&**from, &**to], words)
        }
        Refusal::MayNotRelay(_) => {
            let words = "You cannot relay messages to this channel";
            ("RELAYMSG", "PRIVS_NEEDED", vec![], words)
        }
        Refusal::RelayedIsBanned(_) => {
            ("RELAYMSG", "BANNED", vec![], "They are banned from being relayed to the channel")
        }
        Refusal::NobodyPlays(name) => {
            replies.say(numeric::ERR_CANNOTSENDRP, &[name], "No roles are played there (+E)");
            return true;
        }
        _ => return false,
    };
    replies.fail_always(command, code, &context, words);
    true
}

fn may_not_speak(why: MayNotSpeak) -> &'static str {
    match why {
        MayNotSpeak::Outside => "Cannot send to channel (+n)",
        MayNotSpeak::Moderated => "Cannot send to channel (+m)",
        MayNotSpeak::Banned => "Cannot send to channel (+b)",
        MayNotSpeak::Muted => "Cannot send to channel (+b): you are muted",
        MayNotSpeak::AccountsOnly => "Cannot send to channel (+M): log in first",
        MayNotSpeak::Ctcp => "Cannot send to channel (+C)",
        MayNotSpeak::Colours => "Cannot send to channel (+c)",
        MayNotSpeak::ColoursAlone => "Cannot send to channel (+S): it was nothing but colours",
        MayNotSpeak::Notice => "Cannot send to channel (+T)",
    }
}

fn rank_needed(rank: Ranks) -> &'static str {
    match rank {
        Ranks::FOUNDER => "You're not channel founder",
        Ranks::PROTECTED => "You're not protected channel operator",
        _ => "You're not channel operator",
    }
}

/// Whether it is about the nick that a person wears, not about one that they asked for.
fn wears(door: &IrcDoor, nick: &str) -> bool {
    door.registration.is_none() && door.nick() == nick
}

/// The nick that they wear would be left to nobody who owns it.
fn locked(door: &IrcDoor, replies: &mut Replies<'_>) {
    let words = "Your nickname belongs to another account: take another one first";
    match door.asked_at.service() {
        None => replies.say(numeric::ERR_NICKLOCKED, &[], words),
        Some(service) => replies.notice_of(service, words),
    }
}

/// Those that the specification of REGISTER and VERIFY has codes for.
fn failed(why: &AccountRefusal, words: &str, replies: &mut Replies<'_>) {
    let (command, code, name) = match why {
        AccountRefusal::TooManyRegistered(name) => ("REGISTER", "TEMPORARILY_UNAVAILABLE", name),
        AccountRefusal::EmailNeeded(name) => ("REGISTER", "INVALID_EMAIL", name),
        AccountRefusal::WrongCode(name) => ("VERIFY", "INVALID_CODE", name),
        AccountRefusal::LoggedIn(name) => ("VERIFY", "ALREADY_AUTHENTICATED", name),
        _ => return replies.notice(words),
    };
    replies.fail_always(command, code, &[name], words);
}

/// Refusals about an account, in the words of where it was asked for.
fn account(door: &IrcDoor, refusal: &Refusal, replies: &mut Replies<'_>) {
    let own = door.nick();
    let (code, name, words) = match refusal {
        Refusal::WrongPassword if door.asked_at == AskedAt::Command => {
            let words = "SASL authentication failed: name or password is wrong";
            return replies.say(numeric::ERR_SASLFAIL, &[], words);
        }
        Refusal::WrongPassword => {
            return replies.notice_at(door.asked_at, "Name or password is wrong");
        }
        Refusal::Account(AccountRefusal::LoggedInElsewhere(_))
            if door.asked_at == AskedAt::Command =>
        {
            return replies.say(numeric::ERR_SASLALREADY, &[], &accounts::barred(refusal));
        }
        Refusal::Account(why) if door.asked_at == AskedAt::Command => {
            return failed(why, &accounts::barred(refusal), replies);
        }
        Refusal::Account(_) | Refusal::AccountUnverified(_) | Refusal::AccountSuspended(..) => {
            return replies.notice_at(door.asked_at, &accounts::barred(refusal));
        }
        Refusal::Keeping(why) => {
            return replies.notice_at(AskedAt::ChanServ, &keeping::refused(why));
        }
        Refusal::AccountNeeded => {
            let at = door.asked_at.service().map_or(AskedAt::ChanServ, |_| door.asked_at);
            return replies.notice_at(at, "Log in to an account first");
        }
        Refusal::NotRegistered(name) => {
            return replies.notice_at(AskedAt::ChanServ, &format!("{name} is not registered"));
        }
        Refusal::TooManyFounded(_) => {
            let words = "That account has as many channels as it can: UNREGISTER one first";
            return replies.notice_at(AskedAt::ChanServ, words);
        }
        Refusal::ChannelIsRegistered(name) => {
            let words = format!("{name} is registered already");
            return replies.notice_at(AskedAt::ChanServ, &words);
        }
        Refusal::AccountExists(name) => {
            ("ACCOUNT_EXISTS", &**name, "This name is an account's already")
        }
        Refusal::AccountNameWorn(name) => {
            ("BAD_ACCOUNT_NAME", &**name, "Someone else is here with this nickname")
        }
        Refusal::AccountNameResembles(name) => {
            let words = "This name looks like another that is in use or an account's";
            ("BAD_ACCOUNT_NAME", &**name, words)
        }
        Refusal::RegistrationClosed => {
            ("TEMPORARILY_UNAVAILABLE", own, "Accounts are not registered by just anyone here")
        }
        Refusal::Busy => ("TEMPORARILY_UNAVAILABLE", own, "Many are logging in; try again"),
        // All others were worded before.
        _ => return,
    };
    match door.asked_at.service() {
        None => replies.fail_always("REGISTER", code, &[name], words),
        Some(service) => replies.notice_of(service, words),
    }
}
