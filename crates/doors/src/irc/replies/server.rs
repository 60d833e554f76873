//! Answers about the server.

use super::Replies;
use crate::facts::Operator;
use crate::irc::isupport;
use crate::time::in_words;
use parlor_hub::answer::Counts;
use parlor_hub::change::{BanKind, ServerBan};
use parlor_hub::id::Millis;
use parlor_hub::modes::Grants;
use parlor_hub::query::OfServer;
use parlor_wire::irc::numeric;

/// The file that REHASH reads, as its answer names it.
const CONFIGURATION: &str = "parlor.toml";

/// The message of the day.
pub(super) fn motd(replies: &mut Replies<'_>) {
    let facts = replies.facts;
    if facts.motd.is_empty() {
        return replies.say(numeric::ERR_NOMOTD, &[], "There is no message of the day");
    }
    let words = format!("- {} Message of the day - ", facts.server);
    replies.say(numeric::RPL_MOTDSTART, &[], &words);
    for line in &facts.motd {
        replies.say(numeric::RPL_MOTD, &[], &format!("- {line}"));
    }
    replies.say(numeric::RPL_ENDOFMOTD, &[], "End of /MOTD command.");
}

/// What the server tells of itself.
pub(crate) fn about(what: OfServer, now: Millis, replies: &mut Replies<'_>) {
    let facts = replies.facts;
    match what {
        OfServer::Version => {
            let params = [&*facts.version, &*facts.server];
            replies.say(numeric::RPL_VERSION, &params, &facts.description);
            isupport::tell(replies);
        }
        OfServer::Time => replies.say(numeric::RPL_TIME, &[&facts.server], &in_words(now)),
        OfServer::Info => {
            replies.say(numeric::RPL_INFO, &[], &facts.version);
            replies.say(numeric::RPL_INFO, &[], &facts.description);
            let started = format!("Started {}", in_words(facts.started_at));
            replies.say(numeric::RPL_INFO, &[], &started);
            replies.say(numeric::RPL_ENDOFINFO, &[], "End of INFO list");
        }
        OfServer::Admin => {
            replies.say(numeric::RPL_ADMINME, &[&facts.server], "Administrative info");
            replies.say(numeric::RPL_ADMINLOC1, &[], &facts.network);
            replies.say(numeric::RPL_ADMINLOC2, &[], &facts.description);
            replies.say(numeric::RPL_ADMINEMAIL, &[], &facts.admin);
        }
        OfServer::Motd => motd(replies),
    }
}

pub(super) fn counts(counts: &Counts, replies: &mut Replies<'_>) {
    let Counts { visible, invisible, operators, channels, most, unknown } = *counts;
    let here = visible + invisible;
    let words = format!("There are {visible} users and {invisible} invisible on 1 servers");
    replies.say(numeric::RPL_LUSERCLIENT, &[], &words);
    replies.say(numeric::RPL_LUSEROP, &[&operators.to_string()], "operator(s) online");
    if unknown > 0 {
        replies.say(numeric::RPL_LUSERUNKNOWN, &[&unknown.to_string()], "unknown connection(s)");
    }
    replies.say(numeric::RPL_LUSERCHANNELS, &[&channels.to_string()], "channels formed");
    let words = format!("I have {here} clients and 0 servers");
    replies.say(numeric::RPL_LUSERME, &[], &words);
    let numbers = [here.to_string(), most.to_string()];
    let numbers = [numbers[0].as_str(), numbers[1].as_str()];
    let words = format!("Current local users {here}, max {most}");
    replies.say(numeric::RPL_LOCALUSERS, &numbers, &words);
    let words = format!("Current global users {here}, max {most}");
    replies.say(numeric::RPL_GLOBALUSERS, &numbers, &words);
}

pub(super) fn now_operator(replies: &mut Replies<'_>) {
    replies.say(numeric::RPL_YOUREOPER, &[], "You are now an IRC operator");
}

pub(super) fn rehashing(replies: &mut Replies<'_>) {
    replies.say(numeric::RPL_REHASHING, &[CONFIGURATION], "Rehashing");
}

/// What an operator may do, by the words of the configuration.
pub(super) fn words(grants: Grants) -> String {
    let held = Grants::WORDS.iter().filter(|(grant, _)| grants.has(*grant));
    held.map(|(_, word)| *word).collect::<Vec<_>>().join(",")
}

/// STATS, for an asker who is an operator. Its end was said by the verb.
pub(super) fn stats(letter: char, at: Millis, replies: &mut Replies<'_>) {
    let facts = replies.facts;
    if letter == 'u' {
        let seconds = at.saturating_sub(facts.started_at) / 1000;
        let (days, hours) = (seconds / 86_400, seconds / 3600 % 24);
        let (minutes, seconds) = (seconds / 60 % 60, seconds % 60);
        let words = format!("Server Up {days} days {hours}:{minutes:02}:{seconds:02}");
        return replies.say(numeric::RPL_STATSUPTIME, &[], &words);
    }
    for Operator { name, grants, .. } in &facts.operators {
        // `O <hostmask> * <name> <what>`: any host will do, the password decides.
        let line = replies.numeric(numeric::RPL_STATSOLINE).param("O").param("*").param("*");
        line.param(name).param(&words(*grants)).end();
    }
}

/// The bans from the server. Their end was said by the verb.
pub(super) fn bans(
    kind: BanKind,
    bans: &[ServerBan],
    from: usize,
    replies: &mut Replies<'_>,
) -> Option<usize> {
    let (code, letter) = match kind {
        BanKind::Mask => (numeric::RPL_STATSKLINE, "K"),
        BanKind::Network => (numeric::RPL_STATSDLINE, "D"),
        BanKind::RealName => (numeric::RPL_STATSXLINE, "X"),
        BanKind::Suspended | BanKind::Purged => (numeric::RPL_STATSQLINE, "Q"),
    };
    super::rows(bans, from, replies, |ban, replies| {
        let until = ban.until.map_or("for ever".to_owned(), |at| format!("until {}", in_words(at)));
        let note = ban.note.as_ref().map(|note| format!(" | {note}")).unwrap_or_default();
        let words = format!("{}{note} (by {}, {until})", ban.reason, ban.by);
        replies.say(code, &[letter, &ban.mask.replace(' ', "\\s")], &words);
    })
}
