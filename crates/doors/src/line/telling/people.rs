//! People, as answers tell of them.

use super::found::moment;
use super::words::{and, because, count, duration, ranked};
use crate::bounds::{DRAW_BYTES, LINE_NAMES_MAX};
use crate::facts::Facts;
use crate::line::door::LineDoor;
use crate::line::paper::Paper;
use parlor_hub::answer::{Names, Was, WhoAre, WhoRow, WhoisIs};
use parlor_hub::id::Millis;

/// `#lobby: ada, bob and you.`
pub(super) fn names(door: &LineDoor, names: &Names) -> String {
    let others = names.members.iter().filter(|(person, _)| !door.is_me(&person.nick));
    let shown = others.map(|(person, ranks)| ranked(*ranks, &person.nick));
    let mut shown: Vec<String> = shown.take(LINE_NAMES_MAX).collect();
    let me = names.members.iter().find(|(person, _)| door.is_me(&person.nick));
    let more = names.members.len() - shown.len() - usize::from(me.is_some());
    if more > 0 {
        shown.push(format!("{more} more (/who lists all)"));
    }
    let channel = &names.channel;
    let who = match me {
        Some(_) if shown.is_empty() => "only you".to_owned(),
        Some((_, ranks)) => {
            shown.push(ranked(*ranks, "you"));
            and(&shown)
        }
        None if shown.is_empty() => "nobody that you can see".to_owned(),
        None => and(&shown),
    };
    let here = if door.places.is_one_of_several(channel) {
        format!(" What you type goes to {channel} now.")
    } else {
        String::new()
    };
    format!("* {channel}: {who}.{here}")
}

/// A line for each person that WHO found.
pub(super) fn who(who: &WhoAre, from: usize, paper: &mut Paper<'_>) -> Option<usize> {
    if from == 0 {
        let place = if who.asked.starts_with('#') { "in" } else { "like" };
        let colon = if who.rows.is_empty() { "." } else { ":" };
        let people = match who.rows.len() {
            0 => "Nobody that you can see is".to_owned(),
            1 => "1 person is".to_owned(),
            number => format!("{number} people are"),
        };
        paper.line(&format!("* {people} {place} {}{colon}", who.asked));
    }
    let begun = paper.len();
    for (at, row) in who.rows.iter().enumerate().skip(from) {
        if paper.len() - begun >= DRAW_BYTES {
            return Some(at);
        }
        paper.line(&who_row(row));
    }
    None
}

fn who_row(row: &WhoRow) -> String {
    let ranks = row.channel.as_ref().map(|(_, ranks)| *ranks).unwrap_or_default();
    let person = &row.person;
    let mut words = vec![format!("{}@{}", person.username, person.host)];
    words.extend(person.account.as_ref().map(|account| format!("logged in as {account}")));
    words.extend(row.operator.then(|| "server operator".to_owned()));
    words.extend(row.away.then(|| "away".to_owned()));
    words.extend(duration(row.idle_ms).map(|time| format!("silent for {time}")));
    format!("  {}  {}", ranked(ranks, &person.nick), words.join(", "))
}

/// All about someone.
pub(super) fn whois(who: &WhoisIs, (now, facts): (Millis, &Facts), paper: &mut Paper<'_>) {
    let person = &who.person;
    let realname = because(&who.realname);
    paper.line(&format!("* {} is {}@{}{realname}", person.nick, person.username, person.host));
    for peer in who.peers.iter().filter(|peer| peer.host != person.host) {
        let by = peer.gateway.as_ref().map(|gateway| format!(", by way of {gateway}"));
        paper.line(&format!("  really at {}{}", peer.host, by.unwrap_or_default()));
    }
    match &person.account {
        Some(account) => paper.line(&format!("  logged in as {account}")),
        None => paper.line("  not logged in"),
    }
    if who.operator {
        paper.line("  a server operator");
    }
    if who.secure {
        paper.line("  by secure connections only");
    }
    let channels = who.channels.iter().map(|(name, ranks)| ranked(*ranks, name));
    let mut channels: Vec<String> = channels.collect();
    let more = channels.len().saturating_sub(LINE_NAMES_MAX);
    channels.truncate(LINE_NAMES_MAX);
    if more > 0 {
        channels.push(count(more, "other channel", "other channels"));
    }
    if !channels.is_empty() {
        paper.line(&format!("  in {}", and(&channels)));
    }
    if let Some(away) = &who.away {
        paper.line(&format!("  away: {away}"));
    }
    let silent = duration(who.idle_ms).map(|time| format!(", silent for {time}"));
    let since = moment(who.signed_on_at, now, facts);
    paper.line(&format!("  here since {since}{}", silent.unwrap_or_default()));
}

/// Someone who was here.
pub(super) fn whowas(
    nick: &str,
    was: &[Was],
    (now, facts): (Millis, &Facts),
    paper: &mut Paper<'_>,
) {
    if was.is_empty() {
        paper.line(&format!("* Nobody called {nick} was here lately."));
    }
    for one in was {
        let until = moment(one.until, now, facts);
        let person = &one.person;
        let who = format!("{} was {}@{}", person.nick, person.username, person.host);
        paper.line(&format!("* {who}, here until {until}"));
    }
}
