//! The loop with a pipe: every line of standard input goes to every joined channel, and then we leave.
//!
//! All of it is delivered, or the exit code says that it was not. Lines that start with a slash are text: a tool does not
//! interpret its data. Empty lines are left out, since IRC cannot carry them. The conversation is printed until we leave;
//! greetings, lists and replayed history are not.

use std::io::{self, Write as _};
use std::time::Duration;

use jiff::Timestamp;
use tokio::time::sleep;

use super::backoff::Backoff;
use super::event::{Event, Kind};
use super::input::{Lines, stdin_lines};
use super::link::{Link, now};
use super::loss::Loss;
use super::outbox::Say;
use super::session::{Session, Settings};
use super::signals::Signals;
use super::view::View;
use super::{Outcome, PlainOptions, bounds, complain, failed};

/// Sends standard input and leaves.
pub async fn pipe(options: &PlainOptions, settings: Settings) -> Outcome {
    let (mut signals, lines) = match (Signals::listen(), stdin_lines()) {
        (Ok(signals), Ok(lines)) => (signals, lines),
        (Err(error), _) | (_, Err(error)) => return failed(&error),
    };
    let mut pipe = Pipe {
        options,
        settings,
        lines: Some(lines),
        unsent: Vec::new(),
        problems: 0,
        printing: true,
        view: View::new(),
    };
    let mut backoff = Backoff::default();
    loop {
        let loss = match pipe.connection(&mut backoff, &mut signals).await {
            End::Done(link) => return pipe.done(link).await,
            End::Stopped(outcome, link) => {
                complain("interrupted");
                return pipe.stopped(outcome, link).await;
            }
            End::Lost(loss) => loss,
        };
        let sentence = loss.sentence(&options.address);
        let pause = backoff.pause().filter(|_| options.reconnect && loss.is_worth_retrying());
        let Some(pause) = pause else {
            complain(&sentence);
            pipe.give_up();
            return loss.outcome();
        };
        complain(&format!("{sentence}; trying again in {:.1} s", pause.as_secs_f32()));
        if let Some(outcome) = wait(pause, &mut signals).await {
            pipe.give_up();
            return outcome;
        }
    }
}

async fn wait(pause: Duration, signals: &mut Signals) -> Option<Outcome> {
    tokio::select! {
        () = sleep(pause) => None,
        outcome = signals.next() => Some(outcome),
    }
}

struct Pipe<'o> {
    options: &'o PlainOptions,
    settings: Settings,
    /// `None` once the input has ended.
    lines: Option<Lines>,
    /// What a lost connection had not yet sent.
    unsent: Vec<Say>,
    /// Messages and channels that were refused or are in doubt.
    problems: usize,
    /// Whether anybody still reads standard output.
    printing: bool,
    view: View,
}

enum End {
    /// Everything was processed by the server.
    Done(Box<Link>),
    /// A signal asks us to leave.
    Stopped(Outcome, Option<Box<Link>>),
    Lost(Loss),
}

impl Pipe<'_> {
    async fn connection(&mut self, backoff: &mut Backoff, signals: &mut Signals) -> End {
        let mut link = tokio::select! {
            connected = Link::connect(&self.options.address, self.settings.clone()) => {
                match connected {
                    Ok(link) => Box::new(link),
                    Err(error) => return End::Lost(Loss::Unreachable(error)),
                }
            }
            outcome = signals.next() => return End::Stopped(outcome, None),
        };
        for say in std::mem::take(&mut self.unsent) {
            self.say(&mut link.session, &say.target, &say.text);
        }
        loop {
            self.drain(&mut link.session);
            if link.session.is_ready() {
                backoff.reset();
            }
            if let Some(ended) = link.session.ended() {
                let loss = Loss::Ended(ended.clone());
                return self.lost(&mut link.session, loss);
            }
            if self.lines.is_none() && link.session.is_settled() {
                return End::Done(link);
            }
            let wanted = link.session.wants_more();
            tokio::select! {
                line = next_line(&mut self.lines), if wanted => self.take(line, &mut link.session),
                outcome = signals.next() => return End::Stopped(outcome, Some(link)),
                stepped = link.step() => if let Err(error) = stepped {
                    self.drain(&mut link.session);
                    let loss = match link.session.ended() {
                        Some(ended) => Loss::Ended(ended.clone()),
                        None => Loss::Broken(error),
                    };
                    return self.lost(&mut link.session, loss);
                },
            }
        }
    }

    async fn stopped(mut self, outcome: Outcome, link: Option<Box<Link>>) -> Outcome {
        if let Some(mut link) = link {
            self.abandon(&mut link.session);
            link.goodbye(None, bounds::GOODBYE).await;
        }
        self.give_up();
        outcome
    }

    /// Hands a line of the input on, or notes that there are no more.
    fn take(&mut self, line: Option<io::Result<String>>, session: &mut Session) {
        match line {
            Some(Ok(line)) => {
                for channel in self.settings.join.clone() {
                    self.say(session, &channel, &line);
                }
            }
            Some(Err(error)) => {
                self.problem(&format!("the input could not be read: {error}"));
                self.lines = None;
            }
            None => self.lines = None,
        }
    }

    fn say(&mut self, session: &mut Session, channel: &str, text: &str) {
        if let Err(inability) = session.say(channel, text, now()) {
            self.problem(&format!("{inability} to {channel}: {text}"));
        }
    }

    /// Prints the conversation, and says what went wrong.
    fn drain(&mut self, session: &mut Session) {
        while let Some(event) = session.next_event() {
            match &event.kind {
                Kind::Refused { why } => self.problem(why),
                Kind::Welcome { nick, .. } if *nick != self.settings.nick => {
                    complain(&format!("{} is taken; you are {nick}", self.settings.nick));
                }
                Kind::NotDelivered { to, text, why } => {
                    self.problem(&format!("not delivered to {to}: {why}: {text}"));
                }
                _ if is_conversation(&event) => self.print(&event, session.current()),
                _ => {}
            }
        }
    }

    fn print(&mut self, event: &Event, current: Option<&str>) {
        let line = self.view.line(event, current, Timestamp::now());
        // Whoever read our output may have left; the messages are delivered all the same.
        self.printing = self.printing && writeln!(io::stdout().lock(), "{line}").is_ok();
    }

    fn lost(&mut self, session: &mut Session, loss: Loss) -> End {
        self.abandon(session);
        End::Lost(loss)
    }

    fn abandon(&mut self, session: &mut Session) {
        let abandoned = session.abandon();
        for Say { target, text, .. } in abandoned.unconfirmed {
            self.problem(&format!("perhaps not delivered to {target}: {text}"));
        }
        self.unsent.extend(abandoned.unsent);
    }

    /// There will be no further connection: what was never sent is named.
    fn give_up(&mut self) {
        for Say { target, text, .. } in std::mem::take(&mut self.unsent) {
            self.problem(&format!("not sent to {target}: {text}"));
        }
        if self.lines.is_some() {
            self.problem("the rest of the input was not sent");
        }
    }

    async fn done(self, link: Box<Link>) -> Outcome {
        link.goodbye(None, bounds::GOODBYE_PIPE).await;
        if self.problems == 0 { Outcome::Left } else { Outcome::Refused }
    }

    fn problem(&mut self, sentence: &str) {
        self.problems += 1;
        complain(sentence);
    }
}

/// The next line; nothing, for ever, once the input has ended.
async fn next_line(lines: &mut Option<Lines>) -> Option<io::Result<String>> {
    match lines {
        Some(lines) => lines.recv().await,
        None => std::future::pending().await,
    }
}

/// What people did just now.
fn is_conversation(event: &Event) -> bool {
    match &event.kind {
        Kind::Said { place, replayed, who, .. } => {
            // Servers greet in notices, before and outside of every conversation.
            let greeting = matches!(
                (place, who),
                (super::event::Place::Direct(_), super::event::Who::Other(_))
            );
            !replayed && !greeting
        }
        Kind::Joined { .. }
        | Kind::Parted { .. }
        | Kind::Quit { .. }
        | Kind::Renamed { .. }
        | Kind::Kicked { .. }
        | Kind::Mode { .. } => true,
        Kind::Topic { who, .. } => who.is_some(),
        Kind::Welcome { .. }
        | Kind::Invited { .. }
        | Kind::Names { .. }
        | Kind::Told { .. }
        | Kind::Motd { .. }
        | Kind::Refused { .. }
        | Kind::NotDelivered { .. } => false,
    }
}
