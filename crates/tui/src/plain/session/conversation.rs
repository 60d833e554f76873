//! What people do: talk, come, go, change names and topics.

use super::{Incoming, Now, Session};
use crate::plain::bounds;
use crate::plain::event::{Kind, Manner, Place, Who};
use crate::plain::outbox::{Confirm, Say, Sent};

impl Session {
    /// The dispatch table of everything that is not a numeric.
    pub(super) fn happened(&mut self, incoming: &Incoming, now: Now) {
        match incoming.command.as_str() {
            "PRIVMSG" => self.message(incoming, Manner::Message),
            "NOTICE" => self.message(incoming, Manner::Notice),
            "JOIN" => self.join(incoming),
            "PART" => self.part(incoming),
            "QUIT" => self.quit_by(incoming),
            "NICK" => self.renamed(incoming),
            "TOPIC" => self.topic(incoming),
            "KICK" => self.kick(incoming),
            "MODE" => self.mode(incoming),
            "INVITE" => self.invite(incoming),
            "WALLOPS" => {
                let text = format!("{} to all operators: {}", incoming.name(), incoming.param(0));
                self.tell(incoming.at, Kind::Told { text });
            }
            "ACK" => self.acknowledged(incoming, now),
            "FAIL" | "WARN" | "NOTE" => self.standard_reply(incoming),
            _ => {}
        }
    }

    fn message(&mut self, incoming: &Incoming, manner: Manner) {
        let (target, text) = (incoming.param(0), incoming.param(1));
        let Some((manner, text)) = plain_text(manner, text) else { return };
        let replayed = self.batch_of(incoming).is_some_and(|batch| batch.replayed);
        let mine = self.is_me(incoming.name());
        if mine && !replayed && manner != Manner::Notice {
            self.learn_source(incoming);
            let action = manner == Manner::Action;
            let echo = Say { target: target.to_owned(), text: text.to_owned(), action };
            let confirmed = self.confirmed_by(&echo, incoming);
            if confirmed.as_ref().is_some_and(|sent| sent.confirm == Confirm::ByFence) {
                // Shown when it was sent: the server began to echo while it was on its way.
            } else if confirmed.is_none() && self.is_me(target) {
                // Told to ourselves: after the echo comes the message.
                let place = Place::Direct(incoming.name().to_owned());
                let who = Who::Other(incoming.name().to_owned());
                let text = text.to_owned();
                self.tell(incoming.at, Kind::Said { who, place, manner, text, replayed });
            } else {
                self.said(echo, incoming.at);
            }
            return;
        }
        let place = match self.support.channel_of(target) {
            Some(channel) => Place::Channel(channel.to_owned()),
            None if mine => Place::Direct(target.to_owned()),
            None => Place::Direct(incoming.name().to_owned()),
        };
        let who = self.who(incoming.name());
        self.tell(incoming.at, Kind::Said { who, place, manner, text: text.to_owned(), replayed });
    }

    /// Takes the message that this echo confirms off the window. An echo may also be of what we said elsewhere, under the same name.
    fn confirmed_by(&mut self, echo: &Say, incoming: &Incoming) -> Option<Sent> {
        if let Some(label) = self.label_of(incoming) {
            return self.outbox.take_labelled(&label);
        }
        let support = &self.support;
        let here = |say: &Say| support.same(&say.target, &echo.target);
        let exact = |say: &Say| here(say) && say.text == echo.text && say.action == echo.action;
        let confirmed = self.outbox.take_matching(exact);
        // A server may change a text (strip colours): then the first that waits is the one.
        // Where it answers labels, an echo without one is of something said elsewhere.
        let by_place =
            self.confirm() == Confirm::ByEcho && !self.capabilities.has("labeled-response");
        if confirmed.is_none() && by_place {
            return self.outbox.take_matching(here);
        }
        confirmed
    }

    /// A labelled line was processed and there is nothing to say about it (labeled-response).
    fn acknowledged(&mut self, incoming: &Incoming, now: Now) {
        let Some(label) = incoming.label.as_deref() else { return };
        if let Some(sent) = self.outbox.take_labelled(label)
            && sent.confirm == Confirm::ByEcho
        {
            self.said(sent.say, now.wall);
        }
    }

    fn join(&mut self, incoming: &Incoming) {
        let channel = incoming.param(0).to_owned();
        if self.is_me(incoming.name()) {
            self.learn_source(incoming);
            self.entered(&channel);
        }
        let who = self.who(incoming.name());
        self.tell(incoming.at, Kind::Joined { who, channel });
    }

    /// We are in a channel: it becomes the current one if `/join` asked for it.
    fn entered(&mut self, channel: &str) {
        let support = &self.support;
        let channels = &mut self.settings.join;
        let known = channels.iter().any(|name| support.same(name, channel));
        if !known && channels.len() < bounds::CHANNELS_MAX {
            channels.push(channel.to_owned());
        }
        let asked = self.entering.iter().position(|name| support.same(name, channel));
        if let Some(at) = asked {
            self.entering.remove(at);
        }
        let is_current = self.current.as_ref().is_some_and(|name| support.same(name, channel));
        if asked.is_some() || self.current.is_none() || is_current {
            self.current = Some(channel.to_owned());
        }
    }

    /// We are no longer in a channel, or could not enter it.
    pub(super) fn is_out_of(&mut self, channel: &str) {
        let support = &self.support;
        self.entering.retain(|name| !support.same(name, channel));
        self.settings.join.retain(|name| !support.same(name, channel));
        if self.current.as_ref().is_some_and(|name| support.same(name, channel)) {
            self.current = self.settings.join.last().cloned();
        }
    }

    fn part(&mut self, incoming: &Incoming) {
        let channel = incoming.param(0).to_owned();
        let who = self.who(incoming.name());
        let reason = incoming.param_some(1);
        self.tell(incoming.at, Kind::Parted { who, channel: channel.clone(), reason });
        if self.is_me(incoming.name()) {
            self.is_out_of(&channel);
        }
    }

    fn quit_by(&mut self, incoming: &Incoming) {
        let who = self.who(incoming.name());
        self.tell(incoming.at, Kind::Quit { who, reason: incoming.param_some(0) });
    }

    fn renamed(&mut self, incoming: &Incoming) {
        let from = self.who(incoming.name());
        let to = incoming.param(0).to_owned();
        if from == Who::You {
            self.nick.clone_from(&to);
            self.settings.nick.clone_from(&to);
        }
        self.tell(incoming.at, Kind::Renamed { from, to });
    }

    fn topic(&mut self, incoming: &Incoming) {
        let who = Some(self.who(incoming.name()));
        let (channel, text) = (incoming.param(0).to_owned(), incoming.param(1).to_owned());
        self.tell(incoming.at, Kind::Topic { who, channel, text });
    }

    fn kick(&mut self, incoming: &Incoming) {
        let (channel, who) = (incoming.param(0).to_owned(), self.who(incoming.param(1)));
        let (by, reason) = (self.who(incoming.name()), incoming.param_some(2));
        if who == Who::You {
            self.is_out_of(&channel);
        }
        self.tell(incoming.at, Kind::Kicked { who, by, channel, reason });
    }

    fn mode(&mut self, incoming: &Incoming) {
        let target = incoming.param(0).to_owned();
        // Every server sets modes on a newcomer; nobody needs to read that.
        if self.is_me(&target) {
            return;
        }
        let change = incoming.params.get(1..).unwrap_or_default().join(" ");
        self.tell(incoming.at, Kind::Mode { by: self.who(incoming.name()), target, change });
    }

    fn invite(&mut self, incoming: &Incoming) {
        if self.is_me(incoming.param(0)) {
            let channel = incoming.param(1).to_owned();
            self.tell(incoming.at, Kind::Invited { by: self.who(incoming.name()), channel });
        }
    }

    /// FAIL, WARN and NOTE: command, code, context, description (standard-replies).
    fn standard_reply(&mut self, incoming: &Incoming) {
        let why = incoming.params.last().cloned().unwrap_or_default();
        if incoming.command != "FAIL" {
            self.tell(incoming.at, Kind::Told { text: why });
            return;
        }
        let context = incoming.params.get(2..incoming.params.len().saturating_sub(1));
        let refused = match (incoming.param(0), context.unwrap_or_default()) {
            ("PRIVMSG", context) => self.take_refused(incoming, context.first()),
            _ => None,
        };
        match refused {
            Some(say) => self.not_delivered(say, why, incoming.at),
            None => self.tell(incoming.at, Kind::Refused { why }),
        }
    }

    /// The message of ours that a refusal is about: by its label, or the first one to this target.
    pub(super) fn take_refused(&mut self, incoming: &Incoming, to: Option<&String>) -> Option<Say> {
        if let Some(label) = self.label_of(incoming) {
            return self.outbox.take_labelled(&label).map(|sent| sent.say);
        }
        // Where refusals carry labels, one without is about something else.
        if self.capabilities.has("labeled-response") {
            return None;
        }
        let support = &self.support;
        let about = |say: &Say| to.is_none_or(|to| support.same(&say.target, to));
        self.outbox.take_matching(about).map(|sent| sent.say)
    }

    /// How long the name is that the server puts before our messages.
    fn learn_source(&mut self, incoming: &Incoming) {
        self.source_bytes = self.source_bytes.max(incoming.source_bytes);
    }
}

/// The text of a message, an ACTION's without its frame. Other CTCP is between programs and is nobody's reading.
fn plain_text(manner: Manner, text: &str) -> Option<(Manner, &str)> {
    let Some(ctcp) = text.strip_prefix('\x01') else { return Some((manner, text)) };
    let ctcp = ctcp.strip_suffix('\x01').unwrap_or(ctcp);
    let action = ctcp.strip_prefix("ACTION").filter(|_| manner == Manner::Message)?;
    Some((Manner::Action, action.strip_prefix(' ').unwrap_or(action)))
}
