//! Answers about people.

use super::{Replies, channel, host};
use crate::irc::{events, isupport};
use crate::time::in_words;
use parlor_hub::answer::{Monitored, UserhostIs, Was, WhoAre, WhoRow, WhoisIs};
use parlor_hub::bounds::MONITOR_TARGETS_MAX;
use parlor_hub::event::ModeShown;
use parlor_hub::modes::UserFlags;
use parlor_hub::name::Text;
use parlor_hub::person::{Peer, Person};
use parlor_wire::irc::format::{Body, Line};
use parlor_wire::irc::numeric;

/// Where WHOX tells an address that is none.
const NO_ADDRESS: &str = "255.255.255.255";

impl Replies<'_> {
    /// Nobody of this name was here (WHOWAS).
    pub fn was_not(&mut self, nick: &str) {
        self.say(numeric::ERR_WASNOSUCHNICK, &[nick], "There was no such nickname");
        self.say(numeric::RPL_ENDOFWHOWAS, &[nick], "End of WHOWAS");
    }
}

impl Replies<'_> {
    /// The person is away now, or back.
    pub fn away(&mut self, away: bool) {
        if away {
            self.say(numeric::RPL_NOWAWAY, &[], "You have been marked as being away");
        } else {
            self.say(numeric::RPL_UNAWAY, &[], "You are no longer marked as being away");
        }
    }
}

pub(super) fn they_are_away(nick: &str, message: &str, replies: &mut Replies<'_>) {
    replies.say(numeric::RPL_AWAY, &[nick], message);
}

pub(super) fn user_modes(flags: UserFlags, replies: &mut Replies<'_>) {
    let letters: String = std::iter::once('+').chain(flags.letters()).collect();
    replies.numeric(numeric::RPL_UMODEIS).param(&letters).end();
}

pub(super) fn user_modes_changed(changes: &[ModeShown], replies: &mut Replies<'_>) {
    let nick = replies.nick;
    events::modes(changes, replies.out, |_, out| {
        Line::new(out).source(nick).command("MODE").param(nick)
    });
}

pub(super) fn who(who: &WhoAre, from: usize, replies: &mut Replies<'_>) -> Option<usize> {
    let rest = super::rows(&who.rows, from, replies, |row, replies| match &who.fields {
        None => who_row(row, replies),
        Some((fields, token)) => whox_row(row, fields, token, replies),
    });
    if rest.is_none() {
        replies.say(numeric::RPL_ENDOFWHO, &[&who.asked], "End of WHO list");
    }
    rest
}

fn who_row(row: &WhoRow, replies: &mut Replies<'_>) {
    let server = &replies.facts.server;
    let params = [
        channel_of(row),
        &row.person.username,
        &host(&row.person.host),
        server,
        &row.person.nick,
        &who_flags(row, replies),
    ];
    replies.say(numeric::RPL_WHOREPLY, &params, &format!("0 {}", row.realname));
}

/// The fields in the order of the specification, whatever the order in which they were asked for.
fn whox_row(row: &WhoRow, fields: &str, token: &str, replies: &mut Replies<'_>) {
    let WhoRow { person, realname, idle_ms, .. } = row;
    // Whose address is not told has perhaps none but that which everyone sees.
    let address = row.address.or_else(|| person.host.parse().ok());
    let address = address.map(|address| host(&address.to_string()));
    let columns = [
        ('t', token.to_owned()),
        ('c', channel_of(row).to_owned()),
        ('u', person.username.to_string()),
        ('i', address.unwrap_or_else(|| NO_ADDRESS.to_owned())),
        ('h', host(&person.host)),
        ('s', replies.facts.server.to_string()),
        ('n', person.nick.to_string()),
        ('f', who_flags(row, replies)),
        ('d', "0".to_owned()),
        ('l', (idle_ms / 1000).to_string()),
        ('a', person.account.as_deref().unwrap_or("0").to_owned()),
        ('o', "n/a".to_owned()),
    ];
    let asked = columns.iter().filter(|(field, _)| fields.contains(*field));
    let line = replies.numeric(numeric::RPL_WHOSPCRPL);
    let line = asked.fold(line, |line, (_, value)| line.param(value));
    if fields.contains('r') { line.trailing(realname).end() } else { line.end() }
}

fn channel_of(row: &WhoRow) -> &str {
    row.channel.as_ref().map_or("*", |(name, _)| name)
}

/// `H` here or `G` gone, `*` a server operator, `B` a bot, and the signs of their ranks.
fn who_flags(row: &WhoRow, replies: &Replies<'_>) -> String {
    let mut flags = String::from(if row.away { "G" } else { "H" });
    if row.operator {
        flags.push('*');
    }
    if row.person.bot {
        flags.push(isupport::BOT);
    }
    if let Some((_, ranks)) = row.channel {
        flags.push_str(&channel::signs(ranks, replies.caps));
    }
    flags
}

pub(super) fn whois(whois: &WhoisIs, replies: &mut Replies<'_>) {
    let facts = replies.facts;
    let (nick, host) = (&*whois.person.nick, host(&whois.person.host));
    let params = [nick, &whois.person.username, &host, "*"];
    replies.say(numeric::RPL_WHOISUSER, &params, &whois.realname);
    whois_channels(nick, whois, replies);
    replies.say(numeric::RPL_WHOISSERVER, &[nick, &facts.server], &facts.description);
    if let Some(away) = &whois.away {
        replies.say(numeric::RPL_AWAY, &[nick], away);
    }
    if whois.operator {
        replies.say(numeric::RPL_WHOISOPERATOR, &[nick], "is an IRC operator");
    }
    if let Some(account) = &whois.person.account {
        replies.say(numeric::RPL_WHOISACCOUNT, &[nick, account], "is logged in as");
    }
    if whois.person.bot {
        let words = format!("is a bot on {}", facts.network);
        replies.say(numeric::RPL_WHOISBOT, &[nick], &words);
    }
    if whois.secure {
        replies.say(numeric::RPL_WHOISSECURE, &[nick], "is using a secure connection");
    }
    for certificate in &whois.certificates {
        let words = format!("has client certificate fingerprint {certificate}");
        replies.say(numeric::RPL_WHOISCERTFP, &[nick], &words);
    }
    whois.peers.iter().for_each(|peer| whois_peer(&whois.person, peer, replies));
    // Their modes are told to themselves and to operators.
    if let Some(flags) = whois.flags {
        let letters: String = flags.letters().collect();
        replies.say(numeric::RPL_WHOISMODES, &[nick], &format!("is using modes +{letters}"));
    }
    let idle = (whois.idle_ms / 1000).to_string();
    let since = (whois.signed_on_at / 1000).to_string();
    replies.say(numeric::RPL_WHOISIDLE, &[nick, &idle, &since], "seconds idle, signon time");
}

/// Where somebody really is.
fn whois_peer(person: &Person, peer: &Peer, replies: &mut Replies<'_>) {
    let (name, address) = (host(&peer.host), host(&peer.address.to_string()));
    let user = format!("{}@{name}", person.username);
    let params = [&*person.nick, &user, &address];
    replies.say(numeric::RPL_WHOISACTUALLY, &params, "Is actually using host");
    if let Some(gateway) = &peer.gateway {
        let words = format!("is connected via the gateway {gateway}");
        replies.say(numeric::RPL_WHOISGATEWAY, &[&person.nick, &name, &address], &words);
    }
}

pub(super) fn host_shown(shown: &str, replies: &mut Replies<'_>) {
    replies.say(numeric::RPL_VISIBLEHOST, &[&host(shown)], "is now your displayed host");
}

fn whois_channels(nick: &str, whois: &WhoisIs, replies: &mut Replies<'_>) {
    let caps = replies.caps;
    let mut rest = whois.channels.as_slice();
    while !rest.is_empty() {
        let line = replies.numeric(numeric::RPL_WHOISCHANNELS).param(nick);
        let mut text = String::new();
        while let Some(((name, ranks), others)) = rest.split_first() {
            let word = format!("{}{name}", channel::signs(*ranks, caps));
            if !text.is_empty() && text.len() + 1 + word.len() > line.room() {
                break;
            }
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&word);
            rest = others;
        }
        line.trailing(&text).end();
    }
}

pub(super) fn whowas(nick: &str, were: &[Was], replies: &mut Replies<'_>) {
    if were.is_empty() {
        return replies.was_not(nick);
    }
    let server = &replies.facts.server;
    for was in were {
        let person = &was.person;
        let params = [&*person.nick, &person.username, &host(&person.host), "*"];
        replies.say(numeric::RPL_WHOWASUSER, &params, &was.realname);
        replies.say(numeric::RPL_WHOISSERVER, &[&person.nick, server], &in_words(was.until));
    }
    replies.say(numeric::RPL_ENDOFWHOWAS, &[nick], "End of WHOWAS");
}

pub(super) fn userhost(people: &[UserhostIs], replies: &mut Replies<'_>) {
    let words = people.iter().map(|UserhostIs { person, away, operator }| {
        let operator = if *operator { "*" } else { "" };
        let away = if *away { '-' } else { '+' };
        format!("{}{operator}={away}{}@{}", person.nick, person.username, person.host)
    });
    whole_words(replies.numeric(numeric::RPL_USERHOST), words);
}

pub(super) fn ison(nicks: &[Text], replies: &mut Replies<'_>) {
    let words = nicks.iter().map(ToString::to_string);
    whole_words(replies.numeric(numeric::RPL_ISON), words);
}

/// The words, as many as fit: half a nick would be somebody else's.
fn whole_words(line: Body<'_>, words: impl Iterator<Item = String>) {
    let mut text = String::new();
    for word in words {
        if !text.is_empty() && text.len() + 1 + word.len() > line.room() {
            break;
        }
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&word);
    }
    line.trailing(&text).end();
}

pub(super) fn monitor_list(nicks: &[Text], replies: &mut Replies<'_>) {
    let nicks: Vec<&str> = nicks.iter().map(|nick| &**nick).collect();
    targets(&nicks, |text, line| line.trailing(text).end(), numeric::RPL_MONLIST, replies);
    replies.say(numeric::RPL_ENDOFMONLIST, &[], "End of MONITOR list");
}

pub(super) fn monitored(told: &Monitored, replies: &mut Replies<'_>) {
    let online: Vec<String> = told.online.iter().map(ToString::to_string).collect();
    let [offline, beyond] = [&told.offline, &told.beyond]
        .map(|nicks| nicks.iter().map(|nick| &**nick).collect::<Vec<&str>>());
    let online: Vec<&str> = online.iter().map(String::as_str).collect();
    let trailing = |text: &str, line: Body<'_>| line.trailing(text).end();
    targets(&online, trailing, numeric::RPL_MONONLINE, replies);
    targets(&offline, trailing, numeric::RPL_MONOFFLINE, replies);
    let limit = MONITOR_TARGETS_MAX.to_string();
    let full = |text: &str, line: Body<'_>| line.param(&limit).param(text).trailing(FULL).end();
    targets(&beyond, full, numeric::ERR_MONLISTFULL, replies);
}

/// Behind the targets for which a list has no room.
const FULL: &str = "Monitor list is full.";

/// `a,b,c` in as many lines as it takes.
fn targets(targets: &[&str], end: impl Fn(&str, Body<'_>), code: u16, replies: &mut Replies<'_>) {
    let mut rest = targets;
    while !rest.is_empty() {
        let line = replies.numeric(code);
        // The limit, and the words behind.
        let room = line.room().saturating_sub(FULL.len() + 8);
        let mut length = 0;
        let fits = |target: &&&str| {
            length += target.len() + 1;
            length <= room
        };
        let count = rest.iter().take_while(fits).count().max(1);
        let (now, later) = rest.split_at(count);
        end(&now.join(","), line);
        rest = later;
    }
}
