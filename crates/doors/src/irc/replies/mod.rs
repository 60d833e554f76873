//! What one session alone is told: numerics, notices, standard replies.
//!
//! [`Replies`] writes them; the files beside it write the answers of the hub, a file for each folder
//! of verbs. [`draw`] and [`Replies`] hold no state, so a reply is the same whenever it is written.

mod account;
mod channel;
mod debug;
mod history;
pub(super) mod metadata;
mod people;
mod server;
mod welcome;

pub(crate) use server::about;

use super::{Caps, IrcDoor};
use crate::bounds;
use crate::desk::AskedAt;
use crate::facts::Facts;
use crate::queue::Content;
use parlor_hub::Answer;
use parlor_hub::id::Millis;
use parlor_wire::irc::format::{Body, Line};
use parlor_wire::text::truncate;

/// Replies to one session, from the server.
pub(crate) struct Replies<'o> {
    pub facts: &'o Facts,
    /// Their nick; `*` before they have one.
    pub nick: &'o str,
    pub caps: Caps,
    pub out: &'o mut Vec<u8>,
}

impl<'o> Replies<'o> {
    pub fn new(door: &'o IrcDoor, facts: &'o Facts, out: &'o mut Vec<u8>) -> Self {
        Self { facts, nick: door.nick(), caps: door.caps, out }
    }

    /// A numeric that has its first parameter, the nick.
    pub fn numeric(&mut self, code: u16) -> Body<'_> {
        Line::new(self.out).source(&self.facts.server).numeric(code).param(self.nick)
    }

    /// A numeric with its parameters, and words for a person. Parameters that come from strangers
    /// are cut so that the words are always there.
    pub fn say(&mut self, code: u16, params: &[&str], words: &str) {
        let line = self.numeric(code);
        let line = params
            .iter()
            .fold(line, |line, param| line.param(truncate(param, bounds::ECHO_BYTES_MAX)));
        line.trailing(words).end();
    }

    /// A notice of the server.
    pub fn notice(&mut self, words: &str) {
        let line = Line::new(self.out).source(&self.facts.server).command("NOTICE");
        line.param(self.nick).trailing(words).end();
    }

    /// A notice of one of its services, which look like people: clients show those where they are
    /// looked for.
    pub fn notice_of(&mut self, service: &str, words: &str) {
        let source = format!("{service}!{service}@{}", self.facts.server);
        let line = Line::new(self.out).source(&source).command("NOTICE").param(self.nick);
        line.trailing(words).end();
    }

    /// A notice in the words of where something was asked for: of that service, else of the server.
    pub fn notice_at(&mut self, asked_at: AskedAt, words: &str) {
        match asked_at.service() {
            Some(service) => self.notice_of(service, words),
            None => self.notice(words),
        }
    }

    /// A FAIL for those who understand it, a notice for all others (standard-replies).
    pub fn fail(&mut self, command: &str, code: &str, context: &[&str], words: &str) {
        if !self.caps.has(Caps::STANDARD_REPLIES) {
            return self.notice(words);
        }
        self.fail_always(command, code, context, words);
    }

    /// A FAIL that the command's own specification asks for.
    pub fn fail_always(&mut self, command: &str, code: &str, context: &[&str], words: &str) {
        self.standard_reply("FAIL", [command, code], context, words);
    }

    /// A NOTE for those who understand it, a notice for all others (standard-replies).
    pub fn note(&mut self, command: &str, code: &str, context: &[&str], words: &str) {
        if !self.caps.has(Caps::STANDARD_REPLIES) {
            return self.notice(words);
        }
        self.standard_reply("NOTE", [command, code], context, words);
    }

    fn standard_reply(
        &mut self,
        kind: &str,
        [command, code]: [&str; 2],
        context: &[&str],
        words: &str,
    ) {
        let line = Line::new(self.out).source(&self.facts.server).command(kind);
        let line = line.param(&truncate(command, bounds::ECHO_BYTES_MAX).to_ascii_uppercase());
        let line = context.iter().fold(line.param(code), |line, param| {
            line.param(truncate(param, bounds::ECHO_BYTES_MAX))
        });
        line.trailing(words).end();
    }
}

/// Draws an answer from `from` on, about [`bounds::DRAW_BYTES`] of it. Returns where to go on.
pub(crate) fn draw(
    door: &IrcDoor,
    content: &Content,
    from: usize,
    at: Millis,
    replies: &mut Replies<'_>,
) -> Option<usize> {
    let answer = match content {
        Content::Answer(answer) => answer,
        Content::Found(found) => return history::found(found, from, at, replies),
        Content::Targets(found, why, number) => {
            return history::targets(found.as_deref(), (*why, *number), from, replies);
        }
    };
    match answer {
        Answer::Names(names) => return channel::names(names, from, replies),
        Answer::Channels(channels) => return channel::list(channels, from, replies),
        Answer::Masks(name, kind, entries) => {
            return channel::masks((name, *kind, entries), from, replies);
        }
        Answer::ServerBans(kind, bans) => return server::bans(*kind, bans, from, replies),
        Answer::Held(held) => return debug::held(held, from, replies),
        Answer::Who(who) => return people::who(who, from, replies),
        Answer::Metadata(is) => return metadata::metadata(is, from, replies),
        Answer::Welcome(welcome) => welcome::welcome(welcome, replies),
        Answer::LoggedIn(account) => account::logged_in(door, account, replies),
        Answer::Persistence(stays) => account::persistence(*stays, replies),
        Answer::LoggedOut => account::logged_out(door, replies),
        Answer::Registered(account, _) => account::registered(door, account, replies),
        Answer::Account(told) => account::told(door, told, replies),
        Answer::NowOperator => server::now_operator(replies),
        Answer::HostShown(person) => people::host_shown(&person.host, replies),
        Answer::Rehashing => server::rehashing(replies),
        Answer::OfServer(what) => about(*what, at, replies),
        Answer::Operator(letter) => server::stats(*letter, at, replies),
        Answer::Counts(counts) => server::counts(counts, replies),
        Answer::Away(away) => replies.away(*away),
        Answer::TheyAreAway(nick, message) => people::they_are_away(nick, message, replies),
        Answer::Moved(moved) => return channel::moved(moved, from, replies),
        Answer::Keeping(told) => account::of_keeping(told, replies),
        Answer::Forwarded(from, to) => channel::forwarded(from, to, replies),
        Answer::Invitations(names) => channel::invitations(names, replies),
        Answer::Knocked(name) => channel::knocked(name, replies),
        Answer::Inviting(nick, name) => channel::inviting(nick, name, replies),
        Answer::Topic(name, topic) => channel::topic(name, topic.as_ref(), replies),
        Answer::NamesEnd(name) => channel::names_end(name, replies),
        Answer::Modes(modes) => channel::modes(modes, replies),
        Answer::UserModes(flags) => people::user_modes(*flags, replies),
        Answer::UserModesChanged(changes) => people::user_modes_changed(changes, replies),
        Answer::Whois(whois) => people::whois(whois, replies),
        Answer::Whowas(nick, were) => people::whowas(nick, were, replies),
        Answer::Userhost(people) => people::userhost(people, replies),
        Answer::MonitorList(nicks) => people::monitor_list(nicks, replies),
        Answer::Monitored(told) => people::monitored(told, replies),
        Answer::Ison(nicks) => people::ison(nicks, replies),
        Answer::ReadMark(mark) => history::read_mark(mark, replies),
        // The hall keeps these to itself: they are work for others, not words.
        Answer::Credential(_)
        | Answer::Look(_)
        | Answer::Scan(_)
        | Answer::Piece(_)
        | Answer::History(_)
        | Answer::Search(_)
        | Answer::Targets(..)
        | Answer::Playback(_) => {}
    }
    None
}

/// Draws rows from `from` on until about [`bounds::DRAW_BYTES`] are drawn. Returns the first row that
/// was not.
fn rows<T>(
    rows: &[T],
    from: usize,
    replies: &mut Replies<'_>,
    mut row: impl FnMut(&T, &mut Replies<'_>),
) -> Option<usize> {
    let start = replies.out.len();
    for (number, each) in rows.iter().enumerate().skip(from) {
        if replies.out.len() - start >= bounds::DRAW_BYTES {
            return Some(number);
        }
        row(each, replies);
    }
    None
}

/// A host as a parameter: one that begins with a colon would be taken for the last.
fn host(host: &str) -> String {
    if host.starts_with(':') { format!("0{host}") } else { host.to_owned() }
}
