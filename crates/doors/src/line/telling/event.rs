//! What happens, told to those who are there.

use super::found::moment;
use super::words::because;
use super::{message, mode};
use crate::facts::Facts;
use crate::keeping;
use crate::line::paper::Paper;
use crate::line::view::{View, You};
use parlor_hub::Event;
use parlor_hub::id::Millis;
use parlor_hub::person::Person;

/// Renders an event for everyone who has this view of it.
pub(crate) fn render(view: View, event: &Event, at: Millis, facts: &Facts, out: &mut Vec<u8>) {
    let mut paper = Paper::new(out, view.crlf);
    let place = match place(event) {
        Some(channel) if view.elsewhere => format!("{channel} "),
        _ => String::new(),
    };
    for sentence in sentences(view, event, (at, facts)) {
        paper.line(&format!("{place}{sentence}"));
    }
}

/// The channel that stands in front for those who look at another.
fn place(event: &Event) -> Option<&str> {
    match event {
        Event::Message { message, channel: Some(_), .. } => Some(&message.to),
        Event::Edited { to, channel: Some(_), .. }
        | Event::Redacted { to, channel: Some(_), .. } => Some(to),
        Event::Joined { channel, .. }
        | Event::Parted { channel, .. }
        | Event::Kicked { channel, .. }
        | Event::Topic { channel, .. }
        | Event::HistorySet { channel, .. }
        | Event::Modes { channel, .. } => Some(&channel.name),
        _ => None,
    }
}

fn sentences(view: View, event: &Event, when: (Millis, &Facts)) -> Vec<String> {
    let sentence = match event {
        Event::Message { message, to, channel, .. } => {
            return message::said(message, to, channel.is_none());
        }
        Event::Modes { by, changes, .. } => {
            let one = |change| match by {
                Some(by) => format!("* {} {}", who(view, by), mode::did(change, view.you)),
                None => format!("* {}", mode::became(change, view.you)),
            };
            return changes.iter().map(one).collect();
        }
        // Who is killed reads why in the farewell. How someone is, is told when it is asked.
        Event::Tags { .. }
        | Event::Killed { .. }
        | Event::Away { .. }
        | Event::Account { .. }
        | Event::SetName { .. }
        | Event::HostChanged { .. }
        | Event::CameBack { .. }
        | Event::Metadata { .. }
        | Event::Online { .. }
        | Event::Offline { .. } => return Vec::new(),
        Event::Edited { by, said_at, text, .. } => {
            let time = moment(*said_at, when.0, when.1);
            format!("{} changed what was said at {time} to: {text}", who(view, by))
        }
        Event::Redacted { by, nick, said_at, reason, .. } => {
            let time = moment(*said_at, when.0, when.1);
            let why = because(reason.as_deref().unwrap_or_default());
            if *nick == by.nick {
                format!("{} took back what was said at {time}{why}", who(view, by))
            } else {
                format!("{} took away what {nick} said at {time}{why}", who(view, by))
            }
        }
        Event::Joined { who, .. } => format!("{} joined", who.nick),
        Event::Parted { who, reason, .. } => {
            format!("{} left{}", who.nick, because(reason.as_deref().unwrap_or_default()))
        }
        Event::Quit { who, reason } => format!("{} is gone{}", who.nick, because(reason)),
        Event::Renamed { nick, .. } if view.you == You::Did => format!("You are now {nick}"),
        Event::Renamed { who, nick } => format!("{} is now {nick}", who.nick),
        Event::Topic { by, text, .. } if text.is_empty() => {
            format!("{} cleared the topic", who(view, by))
        }
        Event::Topic { by, text, .. } => format!("{} set the topic: {text}", who(view, by)),
        Event::HistorySet { by, history, .. } => {
            format!("{} decided: {}", who(view, by), keeping::history(*history))
        }
        Event::Kicked { by, nick, channel, reason } => {
            kicked(view, by, (nick, &channel.name), reason)
        }
        Event::Invited { by, nick, channel } => match view.you {
            You::Got => format!("{} invites you to {1}: /join {1}", by.nick, channel.name),
            _ => format!("{} invited {nick} to {}", by.nick, channel.name),
        },
        Event::ChannelRenamed { by, from, channel, reason } => {
            let why = because(reason.as_deref().unwrap_or_default());
            format!("{} renamed {from} to {}{why}", who(view, by), channel.name)
        }
        Event::Knocked { who, channel } => {
            format!("{} asks to be let into {1}: /invite {0} {1}", who.nick, channel.name)
        }
        Event::Notice { text } => format!("For operators: {text}"),
        Event::Wallops { by, text } => format!("{} to all who listen: {text}", by.nick),
    };
    vec![format!("* {sentence}")]
}

fn kicked(view: View, by: &Person, (nick, channel): (&str, &str), reason: &str) -> String {
    // Without a reason given, the hub puts the name of who did it.
    let why = because(if *reason == *by.nick { "" } else { reason });
    match view.you {
        You::Got => format!("{} put you out of {channel}{why}", by.nick),
        _ => format!("{} kicked {nick}{why}", who(view, by)),
    }
}

fn who(view: View, person: &Person) -> &str {
    if view.you == You::Did { "You" } else { &person.nick }
}
