//! An event as a line of text. Everything that came from the network passes [`clean`] on its way out: nobody paints another's terminal.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use parlor_wire::text::{neutralise, strip_formatting};

use super::event::{Event, Kind, Manner, Place, Who};

/// How many names are shown without being asked for.
const NAMES_SHOWN: usize = 20;

/// What the words depend on besides the event.
#[derive(Debug, Clone)]
pub struct View {
    /// Where the reader's clock is.
    pub zone: TimeZone,
}

impl View {
    /// With the system's time zone.
    pub fn new() -> Self {
        Self { zone: TimeZone::system() }
    }

    /// The line that says what happened, to a reader whose current channel is `current`.
    pub fn line(&self, event: &Event, current: Option<&str>, today: Timestamp) -> String {
        let time = self.time(event.at, today);
        clean(&format!("[{time}] {}", words(&event.kind, current)))
    }

    /// `14:02`, and the date if it is not today's.
    fn time(&self, at: Timestamp, today: Timestamp) -> String {
        let at = at.to_zoned(self.zone.clone());
        let today = today.to_zoned(self.zone.clone());
        let format = if at.date() == today.date() { "%H:%M" } else { "%Y-%m-%d %H:%M" };
        at.strftime(format).to_string()
    }
}

/// Text without IRC's formatting, terminal sequences and control characters.
pub fn clean(text: &str) -> String {
    neutralise(&strip_formatting(text)).into_owned()
}

fn words(kind: &Kind, current: Option<&str>) -> String {
    let elsewhere = |channel: &str| match current {
        Some(here) if here.eq_ignore_ascii_case(channel) => String::new(),
        _ => format!("{channel} "),
    };
    match kind {
        Kind::Welcome { nick, network } => match network {
            Some(network) => format!("* welcome to {network}; you are {nick}"),
            None => format!("* you are {nick}"),
        },
        Kind::Said { who, place, manner, text, .. } => match place {
            Place::Channel(channel) => elsewhere(channel) + &said(who, *manner, text),
            Place::Direct(other) => told(who, other, *manner, text),
        },
        // Of ourselves the sentence names the channel.
        Kind::Joined { who: Who::You, channel } => format!("* You joined {channel}"),
        Kind::Joined { who, channel } => format!("{}* {} joined", elsewhere(channel), subject(who)),
        Kind::Parted { who: Who::You, channel, reason } => {
            format!("* You left {channel}{}", because(reason.as_deref()))
        }
        Kind::Parted { who, channel, reason } => {
            let because = because(reason.as_deref());
            format!("{}* {} left{because}", elsewhere(channel), subject(who))
        }
        Kind::Quit { who, reason } => {
            format!("* {} left{}", subject(who), because(reason.as_deref()))
        }
        Kind::Renamed { from: Who::You, to } => format!("* You are now known as {to}"),
        Kind::Renamed { from, to } => format!("* {} is now known as {to}", subject(from)),
        Kind::Topic { who: Some(who), channel, text } if text.is_empty() => {
            format!("{}* {} removed the topic", elsewhere(channel), subject(who))
        }
        Kind::Topic { who: Some(who), channel, text } => {
            format!("{}* {} set the topic: {text}", elsewhere(channel), subject(who))
        }
        Kind::Topic { who: None, channel, text } => format!("* The topic of {channel}: {text}"),
        Kind::Kicked { who, by, channel, reason } => format!(
            "* {} {} put out of {channel} by {}{}",
            subject(who),
            if *who == Who::You { "were" } else { "was" },
            object(by),
            because(reason.as_deref()),
        ),
        Kind::Mode { by, target, change } => {
            format!("* {} set mode {change} on {target}", subject(by))
        }
        Kind::Invited { by, channel } => {
            format!("* {} invites you to {channel}; /join {channel} accepts", subject(by))
        }
        Kind::Names { channel, names, asked } => listed(channel, names, *asked),
        Kind::Told { text } => format!("* {text}"),
        Kind::Motd { text } => format!("  {text}"),
        Kind::Refused { why } => format!("! {why}"),
        Kind::NotDelivered { to, text, why } => format!("! not delivered to {to}: {why}: {text}"),
    }
}

/// In a channel. What we say is marked as ours, whatever our name is.
fn said(who: &Who, manner: Manner, text: &str) -> String {
    match (who, manner) {
        (Who::You, Manner::Message) => format!("[You] {text}"),
        (Who::You, Manner::Notice) => format!("-You- {text}"),
        (Who::You, Manner::Action) => format!("[You] * {text}"),
        (Who::Other(nick), Manner::Message) => format!("<{nick}> {text}"),
        (Who::Other(nick), Manner::Notice) => format!("-{nick}- {text}"),
        (Who::Other(nick), Manner::Action) => format!("* {nick} {text}"),
    }
}

/// Between two.
fn told(who: &Who, other: &str, manner: Manner, text: &str) -> String {
    let act = if manner == Manner::Action { "* " } else { "" };
    match who {
        Who::You => format!("[You] -> {other}: {act}{text}"),
        // Servers and services speak in notices; there is no conversation to mark.
        Who::Other(nick) if manner == Manner::Notice => format!("-{nick}- {text}"),
        Who::Other(nick) => format!("-{nick}-> you: {act}{text}"),
    }
}

fn listed(channel: &str, names: &[String], asked: bool) -> String {
    let shown = if asked { names.len() } else { names.len().min(NAMES_SHOWN) };
    let more = match names.len() - shown {
        0 => String::new(),
        more => format!(" and {more} more (/names lists them)"),
    };
    format!("* In {channel}, {}: {}{more}", names.len(), names[..shown].join(" "))
}

fn subject(who: &Who) -> &str {
    match who {
        Who::You => "You",
        Who::Other(nick) => nick,
    }
}

fn object(who: &Who) -> &str {
    match who {
        Who::You => "you",
        Who::Other(nick) => nick,
    }
}

fn because(reason: Option<&str>) -> String {
    reason.map(|reason| format!(" ({reason})")).unwrap_or_default()
}
