//! BATCH: lines of a client that are one thing (client-batch): a message of several lines
//! (draft/multiline). It is gathered here, within bounds, and said when it ends.
//!
//! What is wrong with a batch is said once; the rest of it is left out, up to its end.

use super::recipients::{recipient, same};
use super::tags;
use crate::bounds::{BATCH_IDLE_MS_MAX, MULTILINE_BYTES_MAX, MULTILINE_LINES_MAX};
use crate::irc::saying::{CONCAT, MULTILINE, OF_SEVERAL};
use crate::irc::verbs::Reading;
use crate::irc::verbs::account::services;
use crate::names::Casemapping;
use parlor_hub::change::{MessageKind, lines};
use parlor_hub::command::Recipient;
use parlor_hub::id::Millis;
use parlor_hub::name::Text;
use parlor_hub::{Command, command};
use parlor_wire::irc::message::Message;

/// A batch that a client has begun.
#[derive(Debug)]
pub(in crate::irc) struct Batch {
    /// Its reference tag.
    name: Text,
    /// The label of the line that began it: for what comes of it.
    label: Option<Text>,
    /// When its last line came.
    heard_at: Millis,
    /// None once it was refused.
    gathered: Option<Gathered>,
}

/// A message of several lines, as far as it has come.
#[derive(Debug)]
struct Gathered {
    /// To whom, as it was given and as it was read.
    to: (Text, Recipient),
    tags: Option<Text>,
    kind: Option<MessageKind>,
    text: String,
    /// Bytes of the message, without the marks where lines were cut.
    bytes: usize,
    lines: usize,
    is_blank: bool,
}

/// Why a batch is refused: the code, what goes with it, and the words.
type Wrong = (&'static str, Vec<String>, &'static str);

const fn invalid(words: &'static str) -> Wrong {
    ("MULTILINE_INVALID", Vec::new(), words)
}

/// Begins or ends a batch.
pub(crate) fn batch(reading: &mut Reading<'_, '_>) {
    let word = reading.message.params[0];
    if let Some(name) = word.strip_prefix('+') {
        begin(reading, name);
    } else if let Some(name) = word.strip_prefix('-') {
        end(reading, name);
    } else {
        fail(reading, &("INVALID_REFTAG", vec![word.to_owned()], "Invalid reference tag"));
    }
}

/// Takes a line that belongs to a batch, or that stands where only such lines may. `false`: it is a
/// line like any other.
pub(in crate::irc::verbs) fn takes(reading: &mut Reading<'_, '_>) -> bool {
    /// Who waits for these has nothing to do with the batch.
    const AT_ANY_TIME: [&str; 4] = ["BATCH", "PING", "PONG", "QUIT"];
    let (message, now) = (reading.message, reading.desk.now);
    let casemapping = reading.facts().casemapping;
    let tag = message.tag("batch");
    let batch = reading.door.batch.as_deref_mut();
    let is_of_it = batch.as_ref().is_some_and(|batch| tag.as_deref() == Some(&*batch.name));
    let done = match batch {
        Some(batch) if is_of_it => {
            batch.heard_at = now;
            batch.gathered.as_mut().map_or(Ok(()), |gathered| gathered.add(message, casemapping))
        }
        Some(Batch { gathered: Some(_), .. })
            if tag.is_some() || !AT_ANY_TIME.iter().any(|verb| message.is(verb)) =>
        {
            Err(invalid("Only lines of the batch may come before its end"))
        }
        _ if tag.is_some() && reading.door.caps.has(OF_SEVERAL) => {
            fail(reading, &invalid("There is no such batch"));
            return true;
        }
        _ => return false,
    };
    if let Err(wrong) = done {
        refuse(reading, &wrong);
    }
    true
}

impl Batch {
    /// Gives up on a batch of which nothing has come for long: its name, and the label for saying so.
    pub fn give_up(&mut self, now: Millis) -> Option<(Text, Option<Text>)> {
        let is_idle = now >= self.heard_at + BATCH_IDLE_MS_MAX;
        let given_up = self.gathered.take_if(|_| is_idle);
        given_up.map(|_| (self.name.clone(), self.label.take()))
    }
}

fn begin(reading: &mut Reading<'_, '_>, name: &str) {
    let label = reading.desk.label.take();
    if reading.door.batch.as_ref().is_some_and(|batch| batch.gathered.is_some()) {
        refuse(reading, &invalid("A batch begins before another has ended"));
    }
    let gathered = gathering(reading, name);
    let heard_at = reading.desk.now;
    let batch = Batch { name: name.into(), label, heard_at, gathered: None };
    let batch = reading.door.batch.insert(Box::new(batch));
    match gathered {
        Ok(gathered) => batch.gathered = Some(gathered),
        Err(wrong) => refuse(reading, &wrong),
    }
}

/// What a batch is to gather, if it is of a kind that there is.
fn gathering(reading: &Reading<'_, '_>, name: &str) -> Result<Gathered, Wrong> {
    let is_reference = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    if name.is_empty() || !name.bytes().all(is_reference) {
        return Err(("INVALID_REFTAG", vec![name.to_owned()], "Invalid reference tag"));
    }
    let kind = reading.message.param(1).unwrap_or_default();
    if kind != MULTILINE || !reading.door.caps.has(OF_SEVERAL) {
        let what = vec![name.to_owned(), kind.to_owned()];
        return Err(("UNKNOWN_TYPE", what, "There is no such type of batch"));
    }
    let to = reading.message.param(2).unwrap_or_default();
    if services::is_one(to) {
        return Err(invalid("A service takes one line at a time"));
    }
    let recipient = recipient(to, reading.facts().casemapping);
    let recipient = recipient.ok_or(invalid("Nobody can have that name"))?;
    Ok(Gathered {
        to: (to.into(), recipient),
        tags: tags::client_only(reading),
        kind: None,
        text: String::new(),
        bytes: 0,
        lines: 0,
        is_blank: true,
    })
}

fn end(reading: &mut Reading<'_, '_>, name: &str) {
    let Some(batch) = reading.door.batch.take_if(|batch| *batch.name == *name) else {
        let what = vec![name.to_owned()];
        return fail(reading, &("INVALID_REFTAG", what, "There is no such batch"));
    };
    if batch.label.is_some() {
        reading.desk.label = batch.label;
    }
    match batch.gathered {
        None => {}
        Some(Gathered { to, tags, kind: Some(kind), text, is_blank: false, .. }) => {
            let message =
                command::Message { kind, targets: [to.1].into(), text: text.into(), tags };
            reading.desk.submit(Command::Message(message));
        }
        Some(_) => fail(reading, &invalid("Invalid multiline batch with blank lines only")),
    }
}

impl Gathered {
    fn add(&mut self, message: &Message<'_>, casemapping: Casemapping) -> Result<(), Wrong> {
        let kind = match () {
            () if message.is("PRIVMSG") => MessageKind::Privmsg,
            () if message.is("NOTICE") => MessageKind::Notice,
            () => return Err(invalid("A batch of lines holds messages, and no other batch")),
        };
        if *self.kind.get_or_insert(kind) != kind {
            return Err(invalid("PRIVMSG and NOTICE are not one message"));
        }
        let (Some(to), Some(text)) = (message.param(0), message.param(1)) else {
            return Err(invalid("A line has a target and its words, be they none"));
        };
        if !recipient(to, casemapping).is_some_and(|to| same(&to, &self.to.1)) {
            let targets = vec![self.to.0.to_string(), to.to_owned()];
            return Err(("MULTILINE_INVALID_TARGET", targets, "Invalid multiline target"));
        }
        let continues = message.tag(CONCAT).is_some();
        if continues && text.is_empty() {
            return Err(invalid("Invalid multiline batch with concatenated blank line"));
        }
        if text.starts_with('\x01') {
            return Err(invalid("What is for a program (CTCP) is a message of its own"));
        }
        self.put(text, continues)
    }

    fn put(&mut self, text: &str, continues: bool) -> Result<(), Wrong> {
        self.lines += 1;
        self.bytes += text.len();
        if self.lines > 1 {
            self.text.push(if continues { lines::CUT } else { lines::BREAK });
            self.bytes += usize::from(!continues);
        }
        if self.lines > MULTILINE_LINES_MAX {
            let most = vec![MULTILINE_LINES_MAX.to_string()];
            return Err(("MULTILINE_MAX_LINES", most, "Multiline batch max-lines exceeded"));
        }
        if self.bytes > MULTILINE_BYTES_MAX {
            let most = vec![MULTILINE_BYTES_MAX.to_string()];
            return Err(("MULTILINE_MAX_BYTES", most, "Multiline batch max-bytes exceeded"));
        }
        self.text.push_str(text);
        self.is_blank &= text.is_empty();
        Ok(())
    }
}

/// Refuses the batch that was begun, under the label with which it was.
fn refuse(reading: &mut Reading<'_, '_>, wrong: &Wrong) {
    if let Some(batch) = reading.door.batch.as_deref_mut() {
        batch.gathered = None;
        reading.desk.label = batch.label.take();
    }
    fail(reading, wrong);
}

fn fail(reading: &mut Reading<'_, '_>, (code, what, words): &Wrong) {
    let what: Vec<&str> = what.iter().map(String::as_str).collect();
    reading.tell(|replies| replies.fail_always("BATCH", code, &what, words));
}
