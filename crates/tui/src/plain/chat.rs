//! The loop with a person: the keyboard, the socket, the timers and the signals, whichever has something.

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::io;
use std::time::Duration;

use jiff::Timestamp;
use tokio::time::{Instant, sleep_until};

use super::backoff::Backoff;
use super::command::{Command, HELP, parse};
use super::keyboard::{Key, Keyboard};
use super::link::{Link, now};
use super::loss::Loss;
use super::outbox::Say;
use super::session::{Session, Settings};
use super::signals::Signals;
use super::view::{View, clean};
use super::{Outcome, PlainOptions, bounds, complain, failed};

/// What stands before the line being typed while there is no channel.
const PROMPT: &str = "> ";

/// A channel's name is cut to this many characters in the prompt, so that the line has room.
const PROMPT_CHARS: usize = 20;

/// Talks until the person leaves, or the server does and we may not try again.
pub async fn chat(options: &PlainOptions, settings: Settings) -> Outcome {
    let (signals, keyboard) = match (Signals::listen(), Keyboard::open(PROMPT)) {
        (Ok(signals), Ok(keyboard)) => (signals, keyboard),
        (Err(error), _) | (_, Err(error)) => return failed(&error),
    };
    let mut chat =
        Chat { options, settings, signals, keyboard, view: View::new(), held: VecDeque::new() };
    let leaving = chat.talk().await;
    // First the terminal, then the words and the server: leaving is at once.
    let Chat { keyboard, held, .. } = chat;
    keyboard.close();
    if let Some(sentence) = &leaving.sentence {
        complain(sentence);
    }
    for line in held {
        complain(&format!("not sent: {line}"));
    }
    if let Some((link, reason)) = leaving.link {
        link.goodbye(reason.as_deref(), bounds::GOODBYE).await;
    }
    leaving.outcome
}

struct Chat<'o> {
    options: &'o PlainOptions,
    settings: Settings,
    signals: Signals,
    keyboard: Keyboard,
    view: View,
    /// Lines typed while there is no connection.
    held: VecDeque<String>,
}

/// How the person, or we, want to go.
struct Leaving {
    outcome: Outcome,
    /// What is to be said about it.
    sentence: Option<String>,
    /// The connection that deserves a goodbye.
    link: Option<(Box<Link>, Option<String>)>,
}

impl Leaving {
    fn now(outcome: Outcome) -> Self {
        Self { outcome, sentence: None, link: None }
    }

    /// Our own side failed.
    fn failed(error: &io::Error) -> Self {
        let outcome = Outcome::Failed;
        Self { outcome, sentence: Some(format!("the terminal failed: {error}")), link: None }
    }
}

/// What a connection came to.
enum Turn {
    Leave(Leaving),
    Lost(Loss),
}

/// What a typed line asks of the loop.
enum Wish {
    Stay,
    Quit(Option<String>),
}

impl Chat<'_> {
    async fn talk(&mut self) -> Leaving {
        let mut backoff = Backoff::default();
        loop {
            let loss = match self.connection(&mut backoff).await {
                Turn::Leave(leaving) => return leaving,
                Turn::Lost(loss) => loss,
            };
            let sentence = loss.sentence(&self.options.address);
            let pause =
                backoff.pause().filter(|_| self.options.reconnect && loss.is_worth_retrying());
            let Some(pause) = pause else {
                return Leaving { outcome: loss.outcome(), sentence: Some(sentence), link: None };
            };
            let again = format!("! {sentence}; trying again in {:.1} s", pause.as_secs_f32());
            if let Err(error) = self.show(&again) {
                return Leaving::failed(&error);
            }
            if let Some(leaving) = self.wait(pause).await {
                return leaving;
            }
        }
    }

    /// Connects and talks, until the one or the other side ends it.
    async fn connection(&mut self, backoff: &mut Backoff) -> Turn {
        let (options, settings) = (self.options, self.settings.clone());
        let mut connecting = std::pin::pin!(Link::connect(&options.address, settings));
        let mut link = loop {
            tokio::select! {
                connected = &mut connecting => match connected {
                    Ok(link) => break Box::new(link),
                    Err(error) => return Turn::Lost(Loss::Unreachable(error)),
                },
                key = self.keyboard.read() => {
                    if let Some(leaving) = self.offline(key) {
                        return Turn::Leave(leaving);
                    }
                }
                outcome = self.signals.next() => return Turn::Leave(Leaving::now(outcome)),
            }
        };
        while let Some(line) = self.held.pop_front() {
            match self.typed(&line, &mut link.session) {
                Ok(Wish::Stay) => {}
                Ok(Wish::Quit(reason)) => return leave(Outcome::Left, link, reason),
                Err(error) => return Turn::Leave(Leaving::failed(&error)),
            }
        }
        self.converse(link, backoff).await
    }

    async fn converse(&mut self, mut link: Box<Link>, backoff: &mut Backoff) -> Turn {
        loop {
            if let Err(error) = self.drain(&mut link.session) {
                return Turn::Leave(Leaving::failed(&error));
            }
            if link.session.is_ready() {
                backoff.reset();
            }
            if let Some(ended) = link.session.ended() {
                let loss = Loss::Ended(ended.clone());
                return self.lost(&mut link.session, loss);
            }
            tokio::select! {
                // The keyboard first: it is also what shows the lines that are waiting.
                biased;
                key = self.keyboard.read() => match self.key(key, &mut link.session) {
                    Ok(None) => {}
                    Ok(Some((outcome, reason))) => return leave(outcome, link, reason),
                    Err(error) => return Turn::Leave(Leaving::failed(&error)),
                },
                stepped = link.step() => if let Err(error) = stepped {
                    let shown = self.drain(&mut link.session);
                    let loss = match (shown, link.session.ended()) {
                        (Err(error), _) => return Turn::Leave(Leaving::failed(&error)),
                        (Ok(()), Some(ended)) => Loss::Ended(ended.clone()),
                        (Ok(()), None) => Loss::Broken(error),
                    };
                    return self.lost(&mut link.session, loss);
                },
                outcome = self.signals.next() => return leave(outcome, link, None),
            }
        }
    }

    /// The connection is gone: what was not confirmed is said, and what was not sent is kept.
    fn lost(&mut self, session: &mut Session, loss: Loss) -> Turn {
        self.settings = session.settings_now();
        let abandoned = session.abandon();
        let mut lines = String::new();
        for Say { target, text, .. } in abandoned.unconfirmed {
            let _ = writeln!(lines, "! perhaps not delivered to {target}: {}", clean(&text));
        }
        for Say { target, text, .. } in abandoned.unsent {
            let _ = writeln!(lines, "! not sent to {target}: {}", clean(&text));
        }
        match if lines.is_empty() { Ok(()) } else { self.keyboard.show(&lines) } {
            Ok(()) => Turn::Lost(loss),
            Err(error) => Turn::Leave(Leaving::failed(&error)),
        }
    }

    /// Waits before the next attempt; the person may leave meanwhile.
    async fn wait(&mut self, pause: Duration) -> Option<Leaving> {
        let until = Instant::now() + pause;
        loop {
            tokio::select! {
                () = sleep_until(until) => return None,
                key = self.keyboard.read() => {
                    if let Some(leaving) = self.offline(key) {
                        return Some(leaving);
                    }
                }
                outcome = self.signals.next() => return Some(Leaving::now(outcome)),
            }
        }
    }

    /// A key while there is no connection. Lines are kept for when there is one.
    fn offline(&mut self, key: io::Result<Key>) -> Option<Leaving> {
        let shown = match key {
            Err(error) => return Some(Leaving::failed(&error)),
            Ok(Key::Interrupt) => return Some(Leaving::now(Outcome::Interrupted)),
            Ok(Key::End) => return Some(Leaving::now(Outcome::Left)),
            Ok(Key::Line(line)) => match parse(&line) {
                Ok(None) => Ok(()),
                Ok(Some(Command::Quit(_))) => return Some(Leaving::now(Outcome::Left)),
                Ok(Some(Command::Help)) => self.show(&help()),
                Ok(Some(_)) if self.held.len() < bounds::QUEUE_LINES_MAX => {
                    let said =
                        self.show(&format!("! not connected yet; this will be sent then: {line}"));
                    self.held.push_back(line);
                    said
                }
                Ok(Some(_)) => self.show("! not connected, and too much is waiting; not sent"),
                Err(complaint) => self.show(&format!("! {complaint}")),
            },
        };
        shown.err().map(|error| Leaving::failed(&error))
    }

    /// A key while there is a connection: how to leave, if it means that.
    fn key(
        &mut self,
        key: io::Result<Key>,
        session: &mut Session,
    ) -> io::Result<Option<(Outcome, Option<String>)>> {
        Ok(match key? {
            Key::Interrupt => Some((Outcome::Interrupted, None)),
            Key::End => Some((Outcome::Left, None)),
            Key::Line(line) => match self.typed(&line, session)? {
                Wish::Stay => None,
                Wish::Quit(reason) => Some((Outcome::Left, reason)),
            },
        })
    }

    fn typed(&mut self, line: &str, session: &mut Session) -> io::Result<Wish> {
        match parse(line) {
            Ok(None) => {}
            Ok(Some(Command::Quit(reason))) => return Ok(Wish::Quit(reason)),
            Ok(Some(Command::Help)) => self.show(&help())?,
            Ok(Some(command)) => {
                if let Err(inability) = session.command(command, now()) {
                    self.show(&format!("! {inability}: {line}"))?;
                }
            }
            Err(complaint) => self.show(&format!("! {complaint}"))?,
        }
        Ok(Wish::Stay)
    }

    /// Shows everything that happened, in one go.
    fn drain(&mut self, session: &mut Session) -> io::Result<()> {
        let mut lines = String::new();
        while let Some(event) = session.next_event() {
            lines += &self.view.line(&event, session.current(), Timestamp::now());
            lines.push('\n');
        }
        if !lines.is_empty() {
            self.keyboard.show(&lines)?;
        }
        self.keyboard.set_prompt(&prompt(session.current()))
    }

    /// Shows lines of our own.
    fn show(&mut self, lines: &str) -> io::Result<()> {
        let lines: Vec<String> = lines.lines().map(clean).collect();
        self.keyboard.show(&(lines.join("\n") + "\n"))
    }
}

fn leave(outcome: Outcome, link: Box<Link>, reason: Option<String>) -> Turn {
    Turn::Leave(Leaving { outcome, sentence: None, link: Some((link, reason)) })
}

fn prompt(current: Option<&str>) -> String {
    match current {
        Some(channel) => clean(channel).chars().take(PROMPT_CHARS).chain(PROMPT.chars()).collect(),
        None => PROMPT.to_owned(),
    }
}

fn help() -> String {
    let lines: Vec<String> =
        HELP.iter().map(|(usage, what)| format!("  {usage:<28}{what}")).collect();
    lines.join("\n")
}
