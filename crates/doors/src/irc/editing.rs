//! A message that says something else now (draft/message-edit): told as what it is to those who know it,
//! and in words to all others.

use super::{Caps, events};
use crate::facts::Facts;
use parlor_hub::change::StoredMessage;
use parlor_hub::id::{MessageId, Millis};
use parlor_hub::person::Person;
use parlor_wire::irc::format::Line;

/// The tag that names the message.
pub(super) const TARGET_MSGID: &str = "draft/target-msgid";

/// The tag that has its new text.
pub(super) const EDIT_TEXT: &str = "draft/edit-text";

/// The tag of what only explains the line before it (draft/chathistory).
const CONTEXT: &str = "draft/chathistory-context";

/// An edit on its way to those who have the same capabilities.
pub(super) struct Editing<'e> {
    pub by: &'e Person,
    pub to: &'e str,
    pub id: MessageId,
    pub at: Millis,
    pub message: MessageId,
    pub said_at: Millis,
    pub text: &'e str,
}

impl Editing<'_> {
    /// Writes it as it happens.
    pub fn write(&self, caps: Caps, facts: &Facts, out: &mut Vec<u8>) {
        if caps.has(Caps::MESSAGE_EDIT) {
            return self.write_edit(caps, Line::new(out));
        }
        let words = format!(
            "{} edited a message from {}: {}",
            self.by.nick,
            ago(self.at.saturating_sub(self.said_at)),
            self.text
        );
        let line = events::timed(caps, self.at, Line::new(out)).source(&facts.server);
        line.command("NOTICE").param(self.to).trailing(&words).end();
    }

    fn write_edit(&self, caps: Caps, line: Line<'_>) {
        let line = events::with_tags(caps, self.at, self.by, None, line);
        let line = line.tag("msgid", &self.id.to_string());
        let line = line.tag(TARGET_MSGID, &self.message.to_string());
        let line = line.tag(EDIT_TEXT, self.text);
        let line = events::from_person(line, self.by);
        line.command("EDIT").param(self.to).end();
    }
}

/// Says after a message of a page that it was edited, to those who know what that is.
pub(super) fn write_context(
    message: &StoredMessage,
    caps: Caps,
    batch: Option<&str>,
    out: &mut Vec<u8>,
) {
    let Some(edit) = message.edit.filter(|_| caps.has(Caps::MESSAGE_EDIT)) else { return };
    let line = Line::new(out);
    let line = batch.into_iter().fold(line, |line, batch| line.tag("batch", batch));
    let (id, at, text) = (edit.id, edit.at, &*message.text);
    let (by, to, said_at) = (&*message.from, &*message.to, message.at);
    let editing = Editing { by, to, id, at, message: message.id, said_at, text };
    editing.write_edit(caps, line.tag(CONTEXT, ""));
}

/// How long ago something was, in the largest whole unit.
fn ago(ms: Millis) -> String {
    const SECOND_MS: Millis = 1000;
    let units = [(86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second")];
    let unit = units.into_iter().find(|(seconds, _)| ms >= seconds * SECOND_MS);
    match unit {
        None => "just now".to_owned(),
        Some((seconds, name)) => {
            let count = ms / (seconds * SECOND_MS);
            format!("{count} {name}{} ago", if count == 1 { "" } else { "s" })
        }
    }
}
