//! One line being read.

use super::account::services;
use super::talk::batch;
use super::{VERBS, Verb, When};
use crate::bounds;
use crate::desk::Desk;
use crate::facts::Facts;
use crate::irc::replies::Replies;
use crate::irc::{Caps, IrcDoor};
use parlor_hub::Few;
use parlor_hub::bounds::TARGETS_PER_COMMAND_MAX;
use parlor_hub::name::{ChannelName, Nick, Text};
use parlor_wire::irc::message::{Error, Message, Tag, Tags};
use parlor_wire::irc::numeric;
use parlor_wire::text::truncate;

/// A line, the door that it came through, and the desk for what it asks.
pub(crate) struct Reading<'r, 'f> {
    pub door: &'r mut IrcDoor,
    pub desk: &'r mut Desk<'f>,
    pub message: &'r Message<'r>,
}

/// Reads a line.
pub(crate) fn read(door: &mut IrcDoor, line: &[u8], desk: &mut Desk<'_>) {
    match &Message::parse(line) {
        Ok(message) => {
            let mut reading = Reading { door, desk, message };
            if !batch::takes(&mut reading) {
                let label = message.tag("label");
                note_label(reading.door, label.as_deref(), reading.desk);
                dispatch(&mut reading);
            }
        }
        Err(Error::NotUtf8 { raw_tags, command }) => {
            let label = Tags::of(raw_tags.unwrap_or_default()).filter(|tag| tag.key == "label");
            note_label(door, label.last().map(Tag::value).as_deref(), desk);
            door.tell(desk, |replies| {
                let words = "Message rejected, your software must use UTF-8 here";
                replies.fail_always(command.unwrap_or("*"), "INVALID_UTF8", &[], words);
            });
        }
        // Nobody is waiting for an answer to what is no message.
        Err(Error::Empty | Error::NoCommand | Error::Forbidden) => {}
    }
}

/// A line was longer than a line may be.
pub(crate) fn too_long(door: &IrcDoor, begun: &[u8], desk: &mut Desk<'_>) {
    // The tags may be all of it that is right.
    let tags = begun.strip_prefix(b"@").and_then(|tags| tags.split(|byte| *byte == b' ').next());
    let tags = tags.filter(|tags| tags.len() < begun.len() - 1).map(str::from_utf8);
    let label = Tags::of(tags.and_then(Result::ok).unwrap_or_default());
    let label = label.filter(|tag| tag.key == "label").last();
    note_label(door, label.map(Tag::value).as_deref(), desk);
    door.tell(desk, |replies| {
        replies.say(numeric::ERR_INPUTTOOLONG, &[], "Input line was too long");
    });
}

fn note_label(door: &IrcDoor, label: Option<&str>, desk: &mut Desk<'_>) {
    let understood = door.caps.has(Caps::LABELED_RESPONSE.with(Caps::BATCH, true));
    let within = |label: &&str| (1..=bounds::LABEL_BYTES_MAX).contains(&label.len());
    if let Some(label) = label.filter(|_| understood).filter(within) {
        desk.label(label);
    }
}

fn dispatch(reading: &mut Reading<'_, '_>) {
    let command = reading.message.command;
    let Some(Verb { when, least, read, name }) = VERBS.iter().find(|v| reading.message.is(v.name))
    else {
        return reading.say(numeric::ERR_UNKNOWNCOMMAND, &[command], "Unknown command");
    };
    match (when, reading.door.is_here()) {
        (When::Here, false) => {
            reading.say(numeric::ERR_NOTREGISTERED, &[], "You have not registered");
        }
        (When::Before, true) => {
            reading.say(numeric::ERR_ALREADYREGISTERED, &[], "You may not reregister");
        }
        _ if reading.message.params.len() < *least => reading.needs_more(name),
        _ => read(reading),
    }
}

impl<'r, 'f> Reading<'r, 'f> {
    pub fn facts(&self) -> &'f Facts {
        self.desk.facts
    }

    /// A parameter, if it is there and not empty.
    pub fn param(&self, index: usize) -> Option<&'r str> {
        self.message.param(index).filter(|param| !param.is_empty())
    }

    /// A parameter that is a list, if there is a word in it.
    pub fn list(&self, index: usize) -> Option<&'r str> {
        self.message.param(index).filter(|list| list.bytes().any(|byte| byte != b','))
    }

    /// The words of a parameter that is a list, without empty ones and up to the bound of targets;
    /// about those beyond it, the sender is told.
    pub fn targets(&mut self, list: &'r str) -> Few<&'r str> {
        if !list.is_empty() && list.bytes().all(|byte| byte != b',') {
            return [list].into();
        }
        let mut words = list.split(',').filter(|word| !word.is_empty());
        let targets = words.by_ref().take(TARGETS_PER_COMMAND_MAX).collect();
        if let Some(beyond) = words.next() {
            self.say(numeric::ERR_TOOMANYTARGETS, &[beyond], "Too many targets");
        }
        targets
    }

    pub fn tell(&mut self, write: impl FnOnce(&mut Replies<'_>)) {
        self.door.tell(self.desk, write);
    }

    /// A numeric with its parameters and words.
    pub fn say(&mut self, code: u16, params: &[&str], words: &str) {
        self.tell(|replies| replies.say(code, params, words));
    }

    pub fn needs_more(&mut self, command: &str) {
        self.say(numeric::ERR_NEEDMOREPARAMS, &[command], "Not enough parameters");
    }

    /// Someone's nick; what cannot be one is nobody's.
    pub fn nick(&mut self, word: &str) -> Option<Nick> {
        let nick = Nick::parse(word, self.facts().casemapping).ok();
        if nick.is_none() {
            self.say(numeric::ERR_NOSUCHNICK, &[word], "No such nick/channel");
        }
        nick
    }

    /// A nick for somebody to wear; of what cannot be one, the sender is told why.
    pub fn new_nick(&mut self, word: &str) -> Option<Nick> {
        let why = match Nick::parse(word, self.facts().casemapping) {
            _ if services::is_one(word) => "it is a service's".to_owned(),
            Ok(nick) => return Some(nick),
            Err(why) => why.to_string(),
        };
        let words = format!("Erroneous nickname: {why}");
        self.say(numeric::ERR_ERRONEUSNICKNAME, &[word], &words);
        None
    }

    /// A channel; what cannot be its name is none.
    pub fn channel(&mut self, word: &str) -> Option<ChannelName> {
        let name = self.desk.channel(word).ok();
        if name.is_none() {
            self.say(numeric::ERR_NOSUCHCHANNEL, &[word], "No such channel");
        }
        name
    }

    /// Which server was named, if one was. Of what can be none, the sender is told.
    pub fn server(&mut self, named: Option<&str>) -> ServerIs {
        let Some(name) = named.filter(|name| !self.is_us(name)) else { return ServerIs::Us };
        if let Ok(nick) = Nick::parse(name, self.facts().casemapping) {
            return ServerIs::Of(nick);
        }
        self.say(numeric::ERR_NOSUCHSERVER, &[name], "No such server");
        ServerIs::None
    }

    fn is_us(&self, server: &str) -> bool {
        parlor_hub::mask::matches(server, &self.facts().server)
            || server.eq_ignore_ascii_case(self.door.nick())
    }

    /// Whether a server that was named, if one was, is this one; if not, the sender is told.
    pub fn is_for_us(&mut self, server: Option<&str>) -> bool {
        let ours = server.is_none_or(|server| self.is_us(server));
        if !ours {
            self.say(numeric::ERR_NOSUCHSERVER, &[server.unwrap_or("*")], "No such server");
        }
        ours
    }
}

/// A server that something is asked of.
pub(crate) enum ServerIs {
    /// This one.
    Us,
    /// That at which somebody is: if they are here, this one, as the hub knows.
    Of(Nick),
    /// There cannot be such a server.
    None,
}

/// A text of at most so many bytes.
pub(crate) fn bounded(text: &str, bytes_max: usize) -> Text {
    truncate(text, bytes_max).into()
}
