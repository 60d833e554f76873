//! One client among others, whose every line is looked at.

use crate::common::Town;
use parlor_wire::bounds::{MESSAGE_CONTENT_MAX, SERVER_TAGS_MAX};
use parlor_wire::irc::message::Message;
use std::borrow::Cow;

/// A client that is watched.
pub struct Watcher {
    pub name: String,
    /// As the server last called it.
    pub nick: String,
    pub is_closed: bool,
}

impl Watcher {
    /// Connects, and says nothing yet.
    pub fn arrive(town: &mut Town, name: &str) -> Self {
        town.connect(name);
        Self { name: name.into(), nick: "*".into(), is_closed: false }
    }

    /// Signs on with these capabilities.
    pub fn sign_on(town: &mut Town, name: &str, caps: &str) -> Self {
        town.sign_on(name, caps);
        Self { name: name.into(), nick: name.into(), is_closed: false }
    }

    /// Sends a line; what comes of it is not looked at.
    pub fn mention(&mut self, town: &mut Town, line: &str) {
        town.send(&self.name, line);
        town.take_bytes(&self.name);
    }

    /// Sends a line and returns what comes of it, each line checked.
    pub fn send(&mut self, town: &mut Town, line: &[u8]) -> Vec<String> {
        town.feed(&self.name, &[line, b"\r\n"].concat());
        self.hear(town)
    }

    /// What came since the last time, each line checked.
    pub fn hear(&mut self, town: &mut Town) -> Vec<String> {
        let text = String::from_utf8(town.take_bytes(&self.name)).expect("UTF-8");
        assert!(text.is_empty() || text.ends_with("\r\n"), "half a line: {text:?}");
        let lines: Vec<String> = text.split_terminator("\r\n").map(str::to_owned).collect();
        for line in &lines {
            self.check(line);
        }
        lines
    }

    /// Whether the server still answers, at once and with nothing before it.
    pub fn is_answered(&mut self, town: &mut Town) -> bool {
        self.send(town, b"PING still-here") == [":irc.example PONG irc.example :still-here"]
    }

    fn check(&mut self, line: &str) {
        let content = line.strip_prefix('@').map_or(line, |tagged| {
            let (tags, content) = tagged.split_once(' ').expect("tags end");
            assert!(tags.len() + 2 <= SERVER_TAGS_MAX, "{line}");
            content
        });
        assert!(content.len() <= MESSAGE_CONTENT_MAX, "{} bytes: {line}", content.len());
        assert!(!line.contains(['\r', '\n', '\0']), "{line:?}");
        let message = Message::parse(line.as_bytes()).expect("a message");
        let own = message.source.is_some_and(|source| source.name == self.nick);
        match message.command {
            "NICK" if own => self.nick = message.params[0].into(),
            "001" => self.nick = message.params[0].into(),
            "ERROR" => self.is_closed = true,
            // One line for all who watch (monitor).
            "730" | "731" if message.params[0] == "*" => {}
            command if command.len() == 3 && command.bytes().all(|c| c.is_ascii_digit()) => {
                assert_eq!(message.params[0], self.nick, "whose is it? {line}");
                assert!(message.params.len() > 1, "it says nothing: {line}");
            }
            "FAIL" | "WARN" | "NOTE" => {
                let code = message.param(1).unwrap_or_default();
                let is_word = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
                assert!(!code.is_empty() && code.chars().all(is_word), "{line}");
                assert!(message.params.len() > 2, "it has no words: {line}");
            }
            _ => {}
        }
    }
}

/// The answer to a line with this label, without its frame: exactly one line with the label, and
/// nothing else but what people are sent who write to themselves.
pub fn answer(lines: &[String], label: &str) -> Vec<String> {
    let parsed = |line: &str| {
        let message = Message::parse(line.as_bytes()).expect("a message");
        let tag = |key| message.tag(key).map(Cow::into_owned);
        let params: Vec<String> = message.params.iter().map(|param| (*param).to_owned()).collect();
        (tag("label"), tag("batch"), message.command.to_owned(), params)
    };
    let mut frames = 0;
    let mut open: Vec<String> = Vec::new();
    let mut found = Vec::new();
    for line in lines {
        let (labelled, batch, command, params) = parsed(line);
        if let Some(labelled) = &labelled {
            assert_eq!((labelled.as_str(), &batch), (label, &None), "{lines:#?}");
            frames += 1;
        }
        let reference = params.first().map(String::as_str).unwrap_or_default();
        match (command.as_str(), reference.split_at_checked(1)) {
            ("BATCH", Some(("+", reference))) => {
                assert!(labelled.is_some() || batch.is_some(), "whose is it? {lines:#?}");
                assert_eq!(batch.as_ref(), open.last(), "{lines:#?}");
                open.push(reference.to_owned());
                continue;
            }
            ("BATCH", Some(("-", reference))) => {
                assert_eq!(open.pop().as_deref(), Some(reference), "{lines:#?}");
            }
            ("ACK", _) => assert_eq!(lines.len(), 1, "{lines:#?}"),
            ("PRIVMSG" | "NOTICE" | "TAGMSG", _) if labelled.is_none() && batch.is_none() => {}
            _ => {
                assert!(labelled.is_some() || batch.is_some(), "unlabelled {line}: {lines:#?}");
                found.push(line.clone());
            }
        }
        assert!(batch.is_none() || batch.as_ref() == open.last(), "not in order: {lines:#?}");
    }
    assert_eq!((frames, open), (1, Vec::new()), "one answer: {lines:#?}");
    found
}

/// The commands of these lines.
pub fn commands(lines: &[String]) -> Vec<String> {
    let command =
        |line: &String| Message::parse(line.as_bytes()).expect("a message").command.into();
    lines.iter().map(command).collect()
}
