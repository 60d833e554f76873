//! Answers to what someone asked or did.

use super::found::moment;
use super::words::{because, count, nick_of};
use super::{mode, people};
use crate::accounts;
use crate::bounds::{DRAW_BYTES, LINE_LIST_MAX};
use crate::facts::Facts;
use crate::keeping;
use crate::line::door::LineDoor;
use crate::line::paper::Paper;
use parlor_hub::Answer;
use parlor_hub::answer::{ChannelLine, Counts, Welcome};
use parlor_hub::change::ListEntry;
use parlor_hub::change::Topic;
use parlor_hub::id::Millis;

/// Draws an answer from row `from` on. Returns where to go on; none when all is drawn.
pub(in crate::line) fn draw(
    door: &LineDoor,
    answer: &Answer,
    from: usize,
    when: (Millis, &Facts),
    paper: &mut Paper<'_>,
) -> Option<usize> {
    match answer {
        Answer::Channels(lines) => return channels(lines, from, paper),
        Answer::Who(who) => return people::who(who, from, paper),
        Answer::Masks(channel, kind, entries) => {
            paper.line(&format!("* {}", mode::list_is(channel, *kind, entries)));
            masks(entries, when, paper);
        }
        Answer::Account(told) => {
            for line in accounts::told(told, when.1) {
                paper.line(&format!("* {line}"));
            }
        }
        Answer::Keeping(told) => {
            for line in keeping::told(told, when.1) {
                paper.line(&format!("* {line}"));
            }
        }
        Answer::Welcome(welcome) => welcomed(welcome, when.1, paper),
        Answer::Whois(who) => people::whois(who, when, paper),
        Answer::Whowas(nick, was) => people::whowas(nick, was, when, paper),
        Answer::Names(names) => paper.line(&people::names(door, names)),
        Answer::Topic(channel, topic) => paper.line(&topic_is(channel, topic.as_ref(), when)),
        answer => {
            if let Some(sentence) = sentence(answer) {
                paper.line(&format!("* {sentence}"));
            }
        }
    }
    None
}

/// Answers that are one sentence.
fn sentence(answer: &Answer) -> Option<String> {
    Some(match answer {
        Answer::LoggedIn(name) => format!("You are logged in as {name}."),
        Answer::Persistence(true) => {
            "You stay here when your connection ends. /stay off ends that.".to_owned()
        }
        Answer::Persistence(false) => {
            "You leave when your connection ends. /stay on changes that.".to_owned()
        }
        Answer::LoggedOut => "You are logged out.".to_owned(),
        Answer::Registered(name, _) => {
            format!("{name} is yours now. Next time: /login {name} PASSWORD")
        }
        Answer::NowOperator => "You are a server operator now.".to_owned(),
        Answer::Away(true) => "You are away now. /away alone says that you are back.".to_owned(),
        Answer::Away(false) => "You are back.".to_owned(),
        Answer::TheyAreAway(nick, why) => format!("{nick} is away{}", because(why)),
        Answer::Forwarded(from, to) => {
            format!("{from} does not let you in, and sends you on to {to}.")
        }
        Answer::Knocked(channel) => format!("You knocked at {channel}: wait for an invitation."),
        Answer::Inviting(nick, channel) => format!("You invited {nick} to {channel}."),
        Answer::HostShown(person) => format!("Others see you come from {} now.", person.host),
        Answer::Rehashing => "The configuration is being read again.".to_owned(),
        // Only the end of an answer that had nothing before it comes here.
        Answer::NamesEnd(channel) => format!("There is no {channel} that you can see."),
        Answer::Modes(modes) => mode::are(modes),
        Answer::Counts(counts) => here(*counts),
        _ => return None,
    })
}

fn welcomed(welcome: &Welcome, facts: &Facts, paper: &mut Paper<'_>) {
    for line in &facts.motd {
        paper.line(line);
    }
    let nick = &welcome.person.nick;
    let account = match &welcome.person.account {
        Some(account) if account == nick => ", logged in".to_owned(),
        Some(account) => format!(", logged in as {account}"),
        None => String::new(),
    };
    paper.line(&format!("* You are {nick}{account}. /nick NAME changes that, /help tells more."));
}

fn here(counts: Counts) -> String {
    let people = count(counts.visible + counts.invisible, "person", "people");
    format!("{people} here, in {}.", count(counts.channels, "channel", "channels"))
}

fn topic_is(channel: &str, topic: Option<&Topic>, (now, facts): (Millis, &Facts)) -> String {
    match topic {
        None => format!("* {channel} has no topic."),
        Some(Topic { text, by, at }) => {
            let time = moment(*at, now, facts);
            format!("* {channel} is about: {text} ({}, {time})", nick_of(by))
        }
    }
}

/// The channels with the most people in them, the fullest first.
fn channels(lines: &[ChannelLine], from: usize, paper: &mut Paper<'_>) -> Option<usize> {
    let mut fullest: Vec<&ChannelLine> = lines.iter().collect();
    let order = |line: &&ChannelLine| (std::cmp::Reverse(line.members), line.name.clone());
    if fullest.len() > LINE_LIST_MAX {
        fullest.select_nth_unstable_by_key(LINE_LIST_MAX, order);
        fullest.truncate(LINE_LIST_MAX);
    }
    fullest.sort_unstable_by_key(order);
    if from == 0 {
        let colon = if lines.is_empty() { "." } else { ":" };
        let channels = count(lines.len(), "channel", "channels");
        paper.line(&format!("* {channels}{colon}"));
    }
    let begun = paper.len();
    for (at, line) in fullest.iter().enumerate().skip(from) {
        if paper.len() - begun >= DRAW_BYTES {
            return Some(at);
        }
        let people = count(line.members, "person", "people");
        paper.line(format!("  {}  {people}  {}", line.name, line.topic).trim_end());
    }
    let more = lines.len() - fullest.len();
    if more > 0 {
        paper
            .line(&format!("* ... and {more} more. /list WORD shows those with WORD in the name."));
    }
    None
}

fn masks(entries: &[ListEntry], (now, facts): (Millis, &Facts), paper: &mut Paper<'_>) {
    for entry in entries {
        let time = moment(entry.at, now, facts);
        paper.line(&format!("  {}  by {}, {time}", entry.mask, nick_of(&entry.by)));
    }
}
