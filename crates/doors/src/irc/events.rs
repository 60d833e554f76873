//! What people hear. Everyone whose capabilities agree as far as an event is concerned hears the same
//! bytes of it.

use super::Caps;
use super::editing::Editing;
use super::replies::metadata;
use super::saying::Saying;
use crate::facts::Facts;
use crate::keeping;
use crate::time::server_time;
use parlor_hub::Event;
use parlor_hub::change::RELAYED_BY;
use parlor_hub::event::ModeShown;
use parlor_hub::id::{MessageId, Millis};
use parlor_hub::person::Person;
use parlor_wire::irc::format::{Body, Line, Sourced};
use parlor_wire::irc::message::Tags;
use parlor_wire::irc::numeric;

/// How an event is told, to everyone with the same capabilities.
#[derive(Clone, Copy)]
pub(crate) struct Told<'t> {
    pub caps: Caps,
    /// When it was.
    pub at: Millis,
    /// Its id, if it is kept.
    pub id: Option<MessageId>,
    /// The batch in which it is played back.
    pub batch: Option<&'t str>,
    pub facts: &'t Facts,
}

/// Renders an event. One table: an event an arm.
pub(crate) fn render(told: Told<'_>, event: &Event, out: &mut Vec<u8>) {
    match event {
        Event::Message { .. }
        | Event::Edited { .. }
        | Event::Redacted { .. }
        | Event::Tags { .. } => {
            said(told, event, out);
        }
        Event::Joined { who, realname, channel } => {
            let line = by(told, who, out).command("JOIN").param(&channel.name);
            joined(told.caps, who, realname, line);
        }
        Event::Parted { who, channel, reason } => {
            let line = by(told, who, out).command("PART").param(&channel.name);
            ending(line, reason.as_deref());
        }
        Event::Kicked { by: kicker, nick, channel, reason } => {
            let line = by(told, kicker, out).command("KICK");
            line.param(&channel.name).param(nick).trailing(reason).end();
        }
        Event::Quit { who, reason } => {
            by(told, who, out).command("QUIT").trailing(reason).end();
        }
        Event::Renamed { who, nick } => by(told, who, out).command("NICK").param(nick).end(),
        Event::Away { who, message } => {
            ending(by(told, who, out).command("AWAY"), message.as_deref());
        }
        Event::Account { who } => {
            let account = who.account.as_deref().unwrap_or("*");
            by(told, who, out).command("ACCOUNT").param(account).end();
        }
        Event::SetName { who, realname } => {
            by(told, who, out).command("SETNAME").trailing(realname).end();
        }
        Event::HostChanged { .. } | Event::CameBack { .. } => {
            host_changed(told, event, out);
        }
        Event::Online { who } => {
            let line = by_someone(told, None, out);
            watched(line.numeric(numeric::RPL_MONONLINE), &who.to_string());
        }
        Event::Offline { nick } => {
            let line = by_someone(told, None, out);
            watched(line.numeric(numeric::RPL_MONOFFLINE), nick);
        }
        Event::Topic { by: setter, channel, text } => {
            let line = by(told, setter, out).command("TOPIC");
            line.param(&channel.name).trailing(text).end();
        }
        Event::Modes { by: setter, channel, changes } => {
            modes(changes, out, |is_first, out| {
                let told = Told { id: told.id.filter(|_| is_first), ..told };
                let line = by_someone(told, setter.as_deref(), out);
                line.command("MODE").param(&channel.name)
            });
        }
        Event::HistorySet { by: setter, channel, history } => {
            let line = by_someone(told, None, out).command("NOTICE");
            let words = format!("{} decided: {}", setter.nick, keeping::history(*history));
            line.param(&channel.name).trailing(&words).end();
        }
        Event::Invited { by: inviter, nick, channel } => {
            let line = by(told, inviter, out).command("INVITE");
            line.param(nick).param(&channel.name).end();
        }
        Event::Knocked { who, channel } => {
            let line = by_someone(told, None, out).numeric(numeric::RPL_KNOCK);
            let line = line.param(&channel.name).param(&channel.name).param(&who.to_string());
            line.trailing("has asked for an invite").end();
        }
        Event::Metadata { by: setter, of, key, value } => {
            let line = by_someone(told, setter.as_deref(), out);
            metadata::changed(line, of.name(), key, value.as_deref());
        }
        Event::ChannelRenamed { by: renamer, from, channel, reason } => {
            let line = by(told, renamer, out).command("RENAME").param(from);
            line.param(&channel.name).trailing(reason.as_deref().unwrap_or_default()).end();
        }
        Event::Killed { .. } | Event::Notice { .. } | Event::Wallops { .. } => {
            render_of_operators(told, event, out);
        }
    }
}

/// Someone's host is another, and what those are told instead who know no such thing: a new connection.
fn host_changed(told: Told<'_>, event: &Event, out: &mut Vec<u8>) {
    let caps = told.caps;
    match event {
        Event::HostChanged { who, host } if caps.has(Caps::CHGHOST) => {
            by(told, who, out).command("CHGHOST").param(&who.username).param(host).end();
        }
        Event::HostChanged { who, .. } => {
            by(told, who, out).command("QUIT").trailing("Changing hostname").end();
        }
        Event::CameBack { who, realname, channel, ranks, away } => {
            let line = by(told, who, out).command("JOIN").param(&channel.name);
            joined(caps, who, realname, line);
            modes(ranks, out, |_, out| {
                let line = by_someone(told, None, out).command("MODE");
                line.param(&channel.name)
            });
            if let Some(away) = away.as_deref().filter(|_| caps.has(Caps::AWAY_NOTIFY)) {
                by(told, who, out).command("AWAY").trailing(away).end();
            }
        }
        _ => {}
    }
}

/// What server operators do and say.
fn render_of_operators(told: Told<'_>, event: &Event, out: &mut Vec<u8>) {
    match event {
        Event::Killed { by: killer, nick, reason } => {
            by(told, killer, out).command("KILL").param(nick).trailing(reason).end();
        }
        Event::Notice { text } => {
            let line = by_someone(told, None, out).command("NOTICE").param("*");
            line.trailing(&format!("*** {text}")).end();
        }
        Event::Wallops { by: speaker, text } => {
            by(told, speaker, out).command("WALLOPS").trailing(text).end();
        }
        _ => {}
    }
}

/// Events of what people say to each other.
fn said(told: Told<'_>, event: &Event, out: &mut Vec<u8>) {
    let Told { caps, at, facts, .. } = told;
    match event {
        Event::Message { message, to, tags, operator, .. } => {
            let (text, tags, operator) = (&*message.text, tags.as_deref(), *operator);
            Saying { caps, message, to, text, tags, operator, batch: None }.write(out);
        }
        Event::Edited { by, to, id, message, said_at, text, .. } => {
            let (id, message, said_at) = (*id, *message, *said_at);
            Editing { by, to, id, at, message, said_at, text }.write(caps, facts, out);
        }
        Event::Redacted { by: who, to, id, reason, .. } => {
            let line = by(told, who, out).command("REDACT").param(to).param(&id.to_string());
            ending(line, reason.as_deref());
        }
        Event::Tags { from, to, tags } => {
            let line = with_tags(caps, at, from, told.id, begun(told, out));
            let line = with_client_tags(caps, line, Some(tags));
            from_person(line, from).command("TAGMSG").param(to).end();
        }
        _ => {}
    }
}

pub(super) fn joined(caps: Caps, who: &Person, realname: &str, line: Body<'_>) {
    if caps.has(Caps::EXTENDED_JOIN) {
        line.param(who.account.as_deref().unwrap_or("*")).trailing(realname).end();
    } else {
        line.end();
    }
}

/// A `*` for whoever hears it: everyone shares the bytes.
fn watched(line: Body<'_>, whom: &str) {
    line.param("*").trailing(whom).end();
}

/// Mode changes, in as many lines as it takes for none to be cut. Each is begun as the first, or one behind
/// it.
pub(super) fn modes(
    changes: &[ModeShown],
    out: &mut Vec<u8>,
    begin: impl Fn(bool, &mut Vec<u8>) -> Body<'_>,
) {
    // Two parameters are the channel and the letters.
    const PARAMETERS_MAX: usize = parlor_wire::bounds::PARAMS_MAX - 2;
    let mut rest = changes;
    while !rest.is_empty() {
        let is_first = rest.len() == changes.len();
        let room = begin(is_first, &mut Vec::new()).room();
        let mut length = 0;
        let fits = |change: &&ModeShown| {
            length += 2 + change.parameter.as_ref().map_or(0, |parameter| parameter.len() + 1);
            length <= room
        };
        let count = rest.iter().take(PARAMETERS_MAX).take_while(fits).count().max(1);
        let (now, later) = rest.split_at(count);
        let line = begin(is_first, out).param(&letters(now));
        let parameters = now.iter().filter_map(|change| change.parameter.as_deref());
        parameters.fold(line, Body::param).end();
        rest = later;
    }
}

/// `+o-v`, a sign only where it changes.
fn letters(changes: &[ModeShown]) -> String {
    let mut letters = String::new();
    let mut last = None;
    for change in changes {
        if last.replace(change.set) != Some(change.set) {
            letters.push(if change.set { '+' } else { '-' });
        }
        letters.push(change.letter);
    }
    letters
}

/// A line, in the batch where it is played back.
fn begun<'o>(told: Told<'_>, out: &'o mut Vec<u8>) -> Line<'o> {
    let line = Line::new(out);
    told.batch.into_iter().fold(line, |line, batch| line.tag("batch", batch))
}

/// A line with what the server tells of what someone did: when, its id, who was logged in.
pub(super) fn with_tags<'o>(
    caps: Caps,
    at: Millis,
    from: &Person,
    id: Option<MessageId>,
    line: Line<'o>,
) -> Line<'o> {
    let line = named(caps, id, timed(caps, at, line));
    let account = from.account.as_deref().filter(|_| caps.has(Caps::ACCOUNT_TAG));
    let line = account.into_iter().fold(line, |line, account| line.tag("account", account));
    let line = if from.bot { bot_tag(caps, line) } else { line };
    if from.operator { operator_tag(caps, line) } else { line }
}

/// Which operator they are is not told (oper-tag).
pub(super) fn operator_tag(caps: Caps, line: Line<'_>) -> Line<'_> {
    if caps.has(Caps::OPER_TAG) { line.tag("draft/oper", "") } else { line }
}

fn bot_tag(caps: Caps, line: Line<'_>) -> Line<'_> {
    if caps.has(Caps::MESSAGE_TAGS) { line.tag("bot", "") } else { line }
}

/// A client's own tags come after the server's, where they cannot push those out (message-tags).
pub(super) fn with_client_tags<'o>(caps: Caps, line: Line<'o>, tags: Option<&str>) -> Line<'o> {
    let tags = Tags::of(tags.unwrap_or_default());
    let told = tags.filter(|tag| {
        caps.has(Caps::MESSAGE_TAGS) || (tag.key == RELAYED_BY && caps.has(Caps::RELAYMSG))
    });
    told.fold(line, |line, tag| line.tag(tag.key, &tag.value()))
}

/// A line of a person.
fn by<'o>(told: Told<'_>, who: &Person, out: &'o mut Vec<u8>) -> Sourced<'o> {
    let line = with_tags(told.caps, told.at, who, told.id, begun(told, out));
    from_person(line, who)
}

pub(super) fn from_person<'o>(line: Line<'o>, who: &Person) -> Sourced<'o> {
    line.person(&who.nick, &who.username, &who.host)
}

/// A line of a person, or of the server itself.
fn by_someone<'o>(told: Told<'_>, who: Option<&Person>, out: &'o mut Vec<u8>) -> Sourced<'o> {
    let Some(who) = who else {
        let line = timed(told.caps, told.at, begun(told, out));
        return named(told.caps, told.id, line).source(&told.facts.server);
    };
    by(told, who, out)
}

pub(super) fn timed(caps: Caps, at: Millis, line: Line<'_>) -> Line<'_> {
    if caps.has(Caps::SERVER_TIME) { line.tag("time", &server_time(at)) } else { line }
}

fn named(caps: Caps, id: Option<MessageId>, line: Line<'_>) -> Line<'_> {
    let id = id.filter(|_| caps.has(Caps::MESSAGE_TAGS));
    id.into_iter().fold(line, |line, id| line.tag("msgid", &id.to_string()))
}

fn ending(line: Body<'_>, reason: Option<&str>) {
    match reason {
        Some(reason) => line.trailing(reason).end(),
        None => line.end(),
    }
}
