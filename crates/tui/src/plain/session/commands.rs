//! What the keyboard or the pipe wants, as lines for the server.

use parlor_wire::irc::format::Line;
use parlor_wire::text::truncate;
use thiserror::Error;

use super::{Now, Session};
use crate::plain::bounds;
use crate::plain::command::Command;
use crate::plain::outbox::{Item, Say};

/// Why a command cannot be carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Inability {
    /// There is no current channel.
    #[error("you are in no channel; /join #CHANNEL enters one")]
    NoChannel,
    /// More waits to be sent than is bearable.
    #[error("too much is waiting to be sent; not sent")]
    QueueFull,
}

impl Say {
    /// How it will be shown.
    pub fn manner(&self) -> crate::plain::event::Manner {
        use crate::plain::event::Manner;
        if self.action { Manner::Action } else { Manner::Message }
    }
}

impl Session {
    /// Carries out what was typed. `/quit` and `/help` are the caller's.
    pub fn command(&mut self, command: Command, now: Now) -> Result<(), Inability> {
        let done = self.queue(command);
        self.pump(now);
        done
    }

    /// Sends text to a channel or a nickname, in as many lines as it takes.
    pub fn say(&mut self, to: &str, text: &str, now: Now) -> Result<(), Inability> {
        let done = self.queue_say(to, text, false);
        self.pump(now);
        done
    }

    fn queue(&mut self, command: Command) -> Result<(), Inability> {
        match command {
            Command::Say(text) => self.queue_say(&self.here(None)?, &text, false),
            Command::Act(text) => self.queue_say(&self.here(None)?, &text, true),
            Command::Tell { to, text } => self.queue_say(&to, &text, false),
            Command::Nick(nick) => self.queue_line("NICK", &[&nick]),
            Command::Join { channels, key } => self.queue_join(&channels, key.as_deref()),
            Command::Part { channel, reason } => {
                let channel = self.here(channel)?;
                match reason {
                    Some(reason) => self.queue_line("PART", &[&channel, &reason]),
                    None => self.queue_line("PART", &[&channel]),
                }
            }
            Command::Who(mask) => self.queue_line("WHO", &[&self.here(mask)?]),
            Command::Names(channel) => {
                let channel = self.here(channel)?;
                if self.names_asked.len() < bounds::CHANNELS_MAX {
                    self.names_asked.push(self.support.fold(&channel));
                }
                self.queue_line("NAMES", &[&channel])
            }
            Command::Topic { channel, text } => {
                let channel = self.here(channel)?;
                match text {
                    Some(text) => self.queue_line("TOPIC", &[&channel, &text]),
                    None => self.queue_line("TOPIC", &[&channel]),
                }
            }
            Command::List(Some(mask)) => self.queue_line("LIST", &[&mask]),
            Command::List(None) => self.queue_line("LIST", &[]),
            Command::Whois(nick) => self.queue_line("WHOIS", &[&nick]),
            Command::Away(Some(message)) => self.queue_line("AWAY", &[&message]),
            Command::Away(None) => self.queue_line("AWAY", &[]),
            Command::Raw(line) => self.push(Item::Line(line)),
            Command::Quit(reason) => {
                self.quit(reason.as_deref());
                Ok(())
            }
            Command::Help => Ok(()),
        }
    }

    /// The named channel, or the current one.
    fn here(&self, named: Option<String>) -> Result<String, Inability> {
        named.or_else(|| self.current.clone()).ok_or(Inability::NoChannel)
    }

    fn queue_join(&mut self, channels: &str, key: Option<&str>) -> Result<(), Inability> {
        let names: Vec<String> = channels
            .split(',')
            .filter(|name| !name.is_empty())
            .map(
                |name| if self.support.is_channel(name) { name.into() } else { format!("#{name}") },
            )
            .collect();
        let room = bounds::CHANNELS_MAX.saturating_sub(self.entering.len());
        self.entering.extend(names.iter().take(room).cloned());
        match key {
            Some(key) => self.queue_line("JOIN", &[&names.join(","), key]),
            None => self.queue_line("JOIN", &[&names.join(",")]),
        }
    }

    fn queue_say(&mut self, to: &str, text: &str, action: bool) -> Result<(), Inability> {
        // One message is one line of text, whatever was pasted.
        let text: String =
            text.chars().map(|c| if matches!(c, '\r' | '\n' | '\0') { ' ' } else { c }).collect();
        for piece in pieces(&text, self.text_bytes(to, action)) {
            let say = Say { target: to.to_owned(), text: piece.to_owned(), action };
            self.push(Item::Say(say))?;
        }
        Ok(())
    }

    fn queue_line(&mut self, command: &str, params: &[&str]) -> Result<(), Inability> {
        let mut line = Vec::new();
        write_line(&mut line, command, params);
        let line = String::from_utf8_lossy(line.trim_ascii_end()).into_owned();
        self.push(Item::Line(line))
    }

    fn push(&mut self, item: Item) -> Result<(), Inability> {
        self.outbox.push(item).map_err(|_| Inability::QueueFull)
    }

    /// How much text one message to `to` can carry: the server puts our full name before it,
    /// and cuts what is then longer than a line.
    fn text_bytes(&self, to: &str, action: bool) -> usize {
        let source = self.source_bytes.max(self.nick.len() + 1 + bounds::USER_HOST_BYTES);
        let frame = ": PRIVMSG  :\r\n".len() + source + to.len();
        let action = if action { "\x01ACTION \x01".len() } else { 0 };
        bounds::LINE_BYTES_MAX.saturating_sub(frame + action).max(bounds::TEXT_BYTES_MIN)
    }

    pub(super) fn write(&mut self, command: &str, params: &[&str]) {
        write_line(&mut self.outgoing, command, params);
    }

    pub(super) fn write_say(&mut self, say: &Say, label: u64) {
        let mut line = Line::new(&mut self.outgoing);
        if self.capabilities.has("labeled-response") {
            line = line.tag("label", &label.to_string());
        }
        let body = line.command("PRIVMSG").param(&say.target);
        if say.action {
            body.trailing(&format!("\x01ACTION {}\x01", say.text)).end();
        } else {
            body.trailing(&say.text).end();
        }
    }

    /// Writes a line that is one already, as far as it can be one.
    pub(super) fn write_raw(&mut self, line: &str) {
        let line: String = line.chars().filter(|c| !matches!(c, '\r' | '\n' | '\0')).collect();
        let line = truncate(&line, bounds::LINE_BYTES_MAX - 2);
        self.outgoing.extend_from_slice(line.as_bytes());
        self.outgoing.extend_from_slice(b"\r\n");
    }
}

fn write_line(out: &mut Vec<u8>, command: &str, params: &[&str]) {
    params.iter().fold(Line::new(out).command(command), |body, param| body.param(param)).end();
}

/// Cuts text into pieces of at most `bytes`, between characters and, if one is near the end of a
/// piece, after a space. Together they are the text, nothing dropped.
fn pieces(text: &str, bytes: usize) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut piece = truncate(rest, bytes);
        if piece.len() < rest.len()
            && let Some(space) = piece.rfind(' ')
            && space + 1 > piece.len() - piece.len() / 4
        {
            piece = &piece[..=space];
        }
        rest = &rest[piece.len()..];
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn pieces_end_between_characters_and_lose_nothing() {
        let text = "ä€🦀 ".repeat(100);
        for bytes in 32..64 {
            let cut: Vec<&str> = pieces(&text, bytes).collect();
            assert!(cut.iter().all(|piece| piece.len() <= bytes && !piece.is_empty()));
            assert_eq!(cut.concat(), text);
        }
        assert_eq!(pieces("", 32).count(), 0);
        let words: Vec<&str> = pieces("aaaa bbbb cccc dd", 12).collect();
        assert_eq!(words, ["aaaa bbbb ", "cccc dd"]);
    }
}
