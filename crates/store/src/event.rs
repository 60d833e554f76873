//! An event's row: what happened besides messages, in one conversation.

use crate::bounds;
use crate::error::Error;
use crate::target;
use parlor_hub::change::{StoredEvent, Target};
use parlor_hub::event::{ChannelRef, Event, ModeShown};
use parlor_hub::id::{AccountId, MessageId, Millis};
use parlor_hub::name::Text;
use parlor_hub::person::Person;
use rusqlite::{Connection, Row, params};
use std::sync::Arc;

/// The columns that [`read`] expects, in their order.
macro_rules! columns {
    () => {
        "target, id, epoch, at, kind, nick, username, host, account, bot, author, to_name, whom, \
         text, about, about_epoch"
    };
}
pub(crate) use columns;

/// What `kind` says.
const JOINED: u8 = 0;
const PARTED: u8 = 1;
const KICKED: u8 = 2;
const QUIT: u8 = 3;
const RENAMED: u8 = 4;
const TOPIC: u8 = 5;
const MODES: u8 = 6;
/// A message of tags alone: pages that leave those out hold kinds below it.
pub const TAGS: u8 = 7;
/// It was taken back: it keeps its place and its id, and is on no page.
pub const TAKEN_BACK: u8 = 8;

/// Writes the row of an event in one conversation.
pub fn write(connection: &Connection, target: Target, event: &StoredEvent) -> Result<(), Error> {
    let Some(cells) = Cells::of(&event.event) else { return Err(Error::NotKept(event.id)) };
    let by = cells.by;
    let mut statement = connection.prepare_cached(concat!(
        "INSERT INTO events (",
        columns!(),
        ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)"
    ))?;
    statement.execute(params![
        target::pack(target)?,
        target::pack_message(event.id)?,
        event.id.epoch,
        event.at.cast_signed(),
        cells.kind,
        by.map(|by| &by.nick),
        by.map(|by| &by.username),
        by.map(|by| &by.host),
        by.and_then(|by| by.account.as_ref()),
        by.is_some_and(|by| by.bot),
        event.author.map(|author| author.0),
        cells.to_name,
        cells.whom,
        cells.text,
        event.about.map(target::pack_message).transpose()?,
        event.about.map(|about| about.epoch),
    ])?;
    Ok(())
}

/// Nothing of a message of tags alone is left, nor of what was said of a message by such.
pub fn take_back(connection: &Connection, id: MessageId, target: Target) -> Result<(), Error> {
    let (row, target) = (target::pack_message(id)?, target::pack(target)?);
    for sql in [
        "UPDATE events SET kind = ?4, text = NULL \
         WHERE id = ?1 AND epoch = ?2 AND target = ?3 AND kind = ?5",
        "UPDATE events INDEXED BY events_by_about SET kind = ?4, text = NULL \
         WHERE about = ?1 AND about_epoch = ?2 AND target = ?3 AND kind = ?5",
    ] {
        let params = (row, id.epoch, target, TAKEN_BACK, TAGS);
        connection.prepare_cached(sql)?.execute(params)?;
    }
    Ok(())
}

/// Removes the oldest events from before a moment, at most [`bounds::EXPIRED_TOGETHER_MAX`] rows. Whether
/// there may be more of them.
pub fn expire(connection: &Connection, moment: Millis) -> Result<bool, Error> {
    let oldest = oldest_before(connection, moment, bounds::EXPIRED_TOGETHER_MAX)?;
    // What several channels saw goes from all of them.
    let mut delete = connection.prepare_cached("DELETE FROM events WHERE id <= ?1")?;
    delete.execute([oldest.last()])?;
    Ok(oldest.len() == bounds::EXPIRED_TOGETHER_MAX)
}

/// Whether there are events from before a moment.
pub fn is_any_before(connection: &Connection, moment: Millis) -> Result<bool, Error> {
    Ok(!oldest_before(connection, moment, 1)?.is_empty())
}

/// The first rows, up to one of this moment or later.
fn oldest_before(connection: &Connection, moment: Millis, most: usize) -> Result<Vec<i64>, Error> {
    let mut oldest = connection.prepare_cached("SELECT id, at FROM events ORDER BY id LIMIT ?1")?;
    let mut rows = oldest.query([most as u32])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()?
        && row.get::<_, i64>(1)?.cast_unsigned() < moment
    {
        found.push(row.get(0)?);
    }
    Ok(found)
}

/// Reads a row of [`columns`].
pub fn read(row: &Row<'_>) -> Result<StoredEvent, Error> {
    let epoch: Option<u32> = row.get(15)?;
    let about: Option<i64> = row.get(14)?;
    Ok(StoredEvent {
        id: target::unpack_message(row.get(2)?, row.get(1)?),
        at: row.get::<_, i64>(3)?.cast_unsigned(),
        author: row.get::<_, Option<u32>>(10)?.map(AccountId),
        about: epoch.zip(about).map(|(epoch, about)| target::unpack_message(epoch, about)),
        event: happened(row)?,
    })
}

fn happened(row: &Row<'_>) -> Result<Event, Error> {
    let (kind, packed): (u8, i64) = (row.get(4)?, row.get(0)?);
    let (to, whom): (Option<Text>, Option<Text>) = (row.get(11)?, row.get(12)?);
    let text: Option<Text> = row.get(13)?;
    let channel = match (target::unpack(packed), &to) {
        (Some(Target::Channel(id)), Some(name)) => Some(ChannelRef { id, name: name.clone() }),
        _ => None,
    };
    let event = match (kind, person(row)?, channel, text) {
        (JOINED, Some(who), Some(channel), Some(realname)) => {
            Some(Event::Joined { who, realname, channel })
        }
        (PARTED, Some(who), Some(channel), reason) => Some(Event::Parted { who, channel, reason }),
        (KICKED, Some(by), Some(channel), Some(reason)) => {
            whom.map(|nick| Event::Kicked { by, nick, channel, reason })
        }
        (QUIT, Some(who), None, Some(reason)) => Some(Event::Quit { who, reason }),
        (RENAMED, Some(who), None, Some(nick)) => Some(Event::Renamed { who, nick }),
        (TOPIC, Some(by), Some(channel), Some(text)) => Some(Event::Topic { by, channel, text }),
        (MODES, by, Some(channel), Some(lines)) => {
            changes(&lines).map(|changes| Event::Modes { by, channel, changes })
        }
        (TAGS, Some(from), _, Some(tags)) => to.map(|to| Event::Tags { from, to, tags }),
        _ => None,
    };
    event.ok_or_else(|| unreadable(kind))
}

fn person(row: &Row<'_>) -> Result<Option<Arc<Person>>, Error> {
    let Some(nick) = row.get(5)? else { return Ok(None) };
    let (username, host, account) = (row.get(6)?, row.get(7)?, row.get(8)?);
    let bot = row.get(9)?;
    Ok(Some(Arc::new(Person { nick, username, host, account, bot, operator: false })))
}

/// What an event is in those columns that mean something else for each kind.
#[derive(Default)]
struct Cells<'e> {
    kind: u8,
    by: Option<&'e Person>,
    /// The channel as it was called then; or to whom tags went.
    to_name: Option<&'e str>,
    /// Who was kicked.
    whom: Option<&'e str>,
    /// A real name, a reason, another nick, a topic, modes, tags.
    text: Option<Text>,
}

impl<'e> Cells<'e> {
    fn of(event: &'e Event) -> Option<Self> {
        let text = |text: &Text| Some(text.clone());
        let of = |kind, by: &'e Arc<Person>, channel: &'e ChannelRef, text| {
            let to_name = Some(&*channel.name);
            Self { kind, by: Some(&**by), to_name, whom: None, text }
        };
        let of_person = |kind, by: &'e Arc<Person>, text| Self {
            kind,
            by: Some(&**by),
            text,
            ..Self::default()
        };
        Some(match event {
            Event::Joined { who, realname, channel } => of(JOINED, who, channel, text(realname)),
            Event::Parted { who, channel, reason } => of(PARTED, who, channel, reason.clone()),
            Event::Kicked { by, nick, channel, reason } => {
                Self { whom: Some(&**nick), ..of(KICKED, by, channel, text(reason)) }
            }
            Event::Quit { who, reason } => of_person(QUIT, who, text(reason)),
            Event::Renamed { who, nick } => of_person(RENAMED, who, text(nick)),
            Event::Topic { by, channel, text: topic } => of(TOPIC, by, channel, text(topic)),
            Event::Modes { by, channel, changes } => Self {
                kind: MODES,
                by: by.as_deref(),
                to_name: Some(&*channel.name),
                whom: None,
                text: Some(lines(changes)),
            },
            Event::Tags { from, to, tags } => {
                Self { to_name: Some(&**to), ..of_person(TAGS, from, text(tags)) }
            }
            _ => return None,
        })
    }
}

/// Mode changes, a line each: `+o ada`, `-m`.
fn lines(changes: &[ModeShown]) -> Text {
    let line = |ModeShown { set, letter, parameter }: &ModeShown| {
        let sign = if *set { '+' } else { '-' };
        match parameter {
            Some(parameter) => format!("{sign}{letter} {parameter}"),
            None => format!("{sign}{letter}"),
        }
    };
    changes.iter().map(line).collect::<Vec<_>>().join("\n").into()
}

fn changes(lines: &str) -> Option<Vec<ModeShown>> {
    let change = |line: &str| {
        let (word, parameter) = match line.split_once(' ') {
            Some((word, parameter)) => (word, Some(parameter.into())),
            None => (line, None),
        };
        let mut characters = word.chars();
        let set = match characters.next()? {
            '+' => true,
            '-' => false,
            _ => return None,
        };
        let letter = characters.next()?;
        characters.next().is_none().then_some(ModeShown { set, letter, parameter })
    };
    lines.split('\n').map(change).collect()
}

fn unreadable(kind: u8) -> Error {
    Error::Unreadable { table: "events", found: kind.to_string() }
}
