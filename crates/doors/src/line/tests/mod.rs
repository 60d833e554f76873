//! Tables: a line typed, and what is put on the desk; an event, answer or refusal, and its words.

mod refusals;
mod telling;
mod typing;

use super::LineDoor;
use crate::desk::{Asked, Desk};
use crate::facts::{Facts, Operator};
use parlor_hub::answer::{Answer, Counts, Welcome};
use parlor_hub::command::{Recipient, SignOn};
use parlor_hub::id::{ChannelId, Millis};
use parlor_hub::modes::UserFlags;
use parlor_hub::name::{ChannelName, Nick};
use parlor_hub::person::{Peer, Person, Transport};
use parlor_hub::{Command, Query};
use std::sync::Arc;

/// 2026-11-22 14:02 UTC.
const NOW: Millis = 1_795_356_120_000;
const LOBBY: ChannelId = ChannelId(1);
const OPS: ChannelId = ChannelId(2);

fn facts() -> Facts {
    Facts {
        server: "chat.example".into(),
        network: "Example".into(),
        started_at: NOW,
        operators: vec![Operator {
            name: "root".into(),
            password: Some("$phc".into()),
            certificate: None,
            grants: parlor_hub::modes::Grants::all(),
        }],
        ..Facts::default()
    }
}

fn person(nick: &str) -> Arc<Person> {
    let host = "192.0.2.7".into();
    Arc::new(Person {
        nick: nick.into(),
        username: "~line".into(),
        host,
        account: None,
        bot: false,
        operator: false,
    })
}

fn peer() -> Arc<Peer> {
    Arc::new(facts().peer([192, 0, 2, 7].into(), None))
}

/// A caller who would be guest-7.
fn outside() -> LineDoor {
    LineDoor::new(7)
}

/// Ada, in the lobby.
fn inside() -> LineDoor {
    let mut door = outside();
    door.named(&"ada".into());
    let welcome = Welcome {
        person: person("ada"),
        realname: "Ada".into(),
        flags: UserFlags::none(),
        counts: Counts::default(),
        metadata: Vec::new(),
    };
    door.note(&Answer::Welcome(Box::new(welcome)));
    door.moved(LOBBY, Some(&"#lobby".into()));
    door
}

/// Ada, in two channels, looking at the lobby.
fn in_two() -> LineDoor {
    let mut door = inside();
    door.moved(OPS, Some(&"#ops".into()));
    door
}

/// Types bytes, all of which are read, and writes down what is put on the desk.
fn typed(door: &mut LineDoor, bytes: &[u8], facts: &Facts) -> String {
    let mut written = Vec::new();
    let (transport, mut rest) = (Transport::default(), bytes);
    while !rest.is_empty() {
        let peer = peer();
        let mut desk = Desk::new(facts, (&peer, &transport), (3, 3), NOW);
        let consumed = door.read(rest, &mut desk);
        assert!(consumed > 0);
        rest = &rest[consumed..];
        written.extend(desk.asked.iter().map(asked));
    }
    written.join("\n")
}

/// One thing that was asked for: what is said as it is, everything else after a `>`.
fn asked(asked: &Asked) -> String {
    match asked {
        Asked::Say(bytes) => String::from_utf8_lossy(bytes).trim_end_matches('\n').to_owned(),
        Asked::Hash(work) => format!("> {work:?}"),
        Asked::Amend(amend) => format!("> {amend:?}"),
        Asked::Vouch(_) | Asked::Upgrade(_) => unreachable!("no line asks for it"),
        Asked::Close(reason) => format!("> close {reason}"),
        Asked::Command(given, _) => format!("> {}", command(given)),
        Asked::Query(asked, _) => format!("> {}", query(asked)),
    }
}

fn command(command: &Command) -> String {
    let nicks = |nicks: &[Nick]| nicks.iter().map(|nick| nick.shown().to_string()).collect();
    let channels = |channels: &[ChannelName]| {
        channels.iter().map(|channel| channel.shown().to_string()).collect()
    };
    let many = |names: Vec<String>| names.join(",");
    match command {
        Command::SignOn(sign_on) => {
            let SignOn { nick, or_next, username, peer, account, .. } = &**sign_on;
            let next = if *or_next { " or next" } else { "" };
            let account = account.map(|it| format!(" account {}", it.account.0));
            let account = account.unwrap_or_default();
            format!("sign on {}{next} {username}@{}{account}", nick.shown(), peer.host)
        }
        Command::Nick(nick) => format!("nick {}", nick.shown()),
        Command::Join(joining) => {
            let all = joining.iter().map(|one| match &one.key {
                Some(key) => format!("{}={key}", one.channel.shown()),
                None => one.channel.shown().to_string(),
            });
            format!("join {}", many(all.collect()))
        }
        Command::Part(part) => {
            format!("part {} {:?}", many(channels(&part.channels)), part.reason)
        }
        Command::Kick(kick) => {
            let who: Vec<String> = nicks(&kick.nicks);
            format!("kick {} {} {:?}", kick.channel.shown(), many(who), kick.reason)
        }
        Command::Message(message) => {
            let to: Vec<String> = message.targets.iter().map(|to| to.shown().to_string()).collect();
            format!("say {} {:?}", many(to), message.text)
        }
        Command::Topic(channel, text) => format!("topic {} {text:?}", channel.shown()),
        Command::Invite(nick, channel) => {
            format!("invite {} {}", nick.shown(), channel.shown())
        }
        Command::Mode(channel, changes) => {
            let shown = changes.iter().map(|change| {
                let change = change.shown();
                let sign = if change.set { '+' } else { '-' };
                let about = change.parameter.map(|it| format!(" {it}")).unwrap_or_default();
                format!("{sign}{}{about}", change.letter)
            });
            format!("mode {} {}", channel.shown(), shown.collect::<Vec<_>>().join(" "))
        }
        Command::Register(register) => {
            format!("register {} {}", register.name.shown(), register.keys.password)
        }
        Command::RegisterChannel(channel) => format!("register {}", channel.shown()),
        Command::LogIn(credential) => format!("log in {}", credential.account.0),
        Command::Kill(nick, reason) => format!("kill {} {reason:?}", nick.shown()),
        other => format!("{other:?}"),
    }
}

fn query(query: &Query) -> String {
    let name = |with: &Recipient| with.shown().to_string();
    match query {
        Query::Names(channels) => format!("names {}", channels[0].shown()),
        Query::Topic(channel) => format!("topic {}", channel.shown()),
        Query::Modes(channel) => format!("modes {}", channel.shown()),
        Query::Masks(channel, kind) => format!("masks {} {}", channel.shown(), kind.letter()),
        Query::Channels(filter) => format!("channels {:?}", filter.matching),
        Query::Who(who) => format!("who {}", who.asked),
        Query::Whois(_, nicks) => format!("whois {}", nicks[0].shown()),
        Query::History(history) => format!("history {} {}", name(&history.with), history.limit),
        Query::Search(search) => {
            format!(
                "search {:?} {:?}",
                search.within.as_ref().map(name),
                search.words.as_deref().unwrap_or_default()
            )
        }
        other => format!("{other:?}"),
    }
}
