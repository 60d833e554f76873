//! A message as it is said: one line, or several (draft/multiline). Those who know batches of lines
//! get one; all others get the lines one after another, of which the first has the id of them all.

use super::{Caps, events};
use parlor_hub::change::lines::{self, Piece};
use parlor_hub::change::{MessageKind, StoredMessage};
use parlor_hub::id::MessageId;
use parlor_wire::irc::format::{Line, Sourced};
use parlor_wire::text::truncate;

/// The batch of a message of several lines, and the capability.
pub(super) const MULTILINE: &str = "draft/multiline";

/// The tag of a line that goes on with the one before it.
pub(super) const CONCAT: &str = "draft/multiline-concat";

/// Capabilities that change the bytes of a message of several lines, besides those of any message.
pub(super) const OF_SEVERAL: Caps = Caps::MULTILINE.with(Caps::BATCH, true);

/// A message on its way to those who have the same capabilities.
pub(super) struct Saying<'m> {
    pub caps: Caps,
    pub message: &'m StoredMessage,
    /// To whom, with the sign of STATUSMSG if there was one.
    pub to: &'m str,
    /// What; not always what the message has, where a time stands in front.
    pub text: &'m str,
    /// Client-only tags.
    pub tags: Option<&'m str>,
    /// A server operator says it.
    pub operator: bool,
    /// The batch in which it stands.
    pub batch: Option<&'m str>,
}

impl Saying<'_> {
    /// Writes it, in as many lines as it takes.
    pub fn write(&self, out: &mut Vec<u8>) {
        if !lines::are_several(self.text) {
            self.say(self.spoken(self.with_all_tags(out)), self.text);
        } else if self.caps.has(OF_SEVERAL) {
            self.write_batch(out);
        } else {
            self.write_apart(out);
        }
    }

    fn write_batch(&self, out: &mut Vec<u8>) {
        // No message is said twice within another, so its id is a name that no other batch has.
        let name = format!("m{}", self.message.id);
        let line = self.spoken(self.with_all_tags(out)).command("BATCH");
        line.param(&format!("+{name}")).param(MULTILINE).param(self.to).end();
        for Piece { text, continues } in lines::pieces(self.text) {
            let line = Line::new(out).tag("batch", &name);
            let line = if continues { line.tag(CONCAT, "") } else { line };
            self.say(self.spoken(line), text);
        }
        let line = self.spoken(self.in_its_batch(out)).command("BATCH");
        line.param(&format!("-{name}")).end();
    }

    /// Blank lines are for those alone who know what they are part of.
    fn write_apart(&self, out: &mut Vec<u8>) {
        let said = lines::pieces(self.text).filter(|piece| !piece.text.is_empty());
        for (number, piece) in said.enumerate() {
            let line = match number {
                0 => self.with_all_tags(out),
                _ => self.with_tags_of_all(None, out),
            };
            self.say(self.spoken(line), piece.text);
        }
    }

    fn spoken<'o>(&self, line: Line<'o>) -> Sourced<'o> {
        events::from_person(line, &self.message.from)
    }

    fn with_all_tags<'o>(&self, out: &'o mut Vec<u8>) -> Line<'o> {
        let line = self.with_tags_of_all(Some(self.message.id), out);
        events::with_client_tags(self.caps, line, self.tags)
    }

    /// The tags that each of its lines may have, and its id if it is given.
    fn with_tags_of_all<'o>(&self, id: Option<MessageId>, out: &'o mut Vec<u8>) -> Line<'o> {
        let (at, from) = (self.message.at, &self.message.from);
        let line = events::with_tags(self.caps, at, from, id, self.in_its_batch(out));
        if self.operator { events::operator_tag(self.caps, line) } else { line }
    }

    fn in_its_batch<'o>(&self, out: &'o mut Vec<u8>) -> Line<'o> {
        match self.batch {
            Some(batch) => Line::new(out).tag("batch", batch),
            None => Line::new(out),
        }
    }

    /// PRIVMSG or NOTICE. A CTCP message (`\x01ACTION …\x01`) that must be cut keeps its closing mark,
    /// without which clients would show its frame.
    fn say(&self, line: Sourced<'_>, text: &str) {
        let command = match self.message.kind {
            MessageKind::Privmsg => "PRIVMSG",
            MessageKind::Notice => "NOTICE",
        };
        let line = line.command(command).param(self.to);
        let room = line.room();
        match text.strip_suffix('\x01') {
            Some(framed) if framed.starts_with('\x01') && text.len() > room => {
                let cut = truncate(framed, room.saturating_sub(1));
                line.trailing(&format!("{cut}\x01")).end();
            }
            _ => line.trailing(text).end(),
        }
    }
}
