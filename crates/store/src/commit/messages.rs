//! Messages on their way into the database: where there are several of few conversations, a statement writes several.
//! Its cursors, its registers and its end are made once for all of them. In exchange `SQLite` copies every page that
//! it changes, should it have to be taken back halfway, and each conversation has a page of its own in the index.

use super::envelopes::Envelopes;
use crate::bounds::{CONVERSATIONS_IN_A_STATEMENT as FEW, MESSAGES_IN_A_STATEMENT as SEVERAL};
use crate::error::Error;
use crate::message;
use parlor_hub::change::StoredMessage;
use rusqlite::{CachedStatement, Connection, Statement};
use std::sync::LazyLock;

/// Parameters of a row.
const COLUMNS: usize = 8;

static ONE: LazyLock<String> = LazyLock::new(|| insert(1));
static MANY: LazyLock<String> = LazyLock::new(|| insert(SEVERAL));

fn insert(rows: usize) -> String {
    let row = format!("({})", ["?"; COLUMNS].join(", "));
    format!(
        "INSERT INTO messages (id, epoch, target, at, envelope, kind, text, tags) VALUES {}",
        vec![row; rows].join(", ")
    )
}

/// Messages that are not written yet.
pub struct Messages<'a> {
    waiting: Vec<Waiting<'a>>,
    envelopes: &'a mut Envelopes,
    /// Looked up once for a batch.
    many: Option<CachedStatement<'a>>,
}

struct Waiting<'a> {
    /// Its row, and its target as one number.
    place: (i64, i64),
    envelope: i64,
    message: &'a StoredMessage,
}

impl<'a> Messages<'a> {
    pub fn of(envelopes: &'a mut Envelopes) -> Self {
        Self { waiting: Vec::new(), envelopes, many: None }
    }

    /// Takes one, and writes what has gathered when that is enough for a statement.
    pub fn add(
        &mut self,
        connection: &'a Connection,
        place: (i64, i64),
        message: &'a StoredMessage,
    ) -> Result<(), Error> {
        let envelope = self.envelopes.number(connection, message)?;
        self.waiting.push(Waiting { place, envelope, message });
        if self.waiting.len() < SEVERAL {
            return Ok(());
        }
        if !self.are_of_few_conversations() {
            return self.write(connection);
        }
        let many = match &mut self.many {
            Some(many) => many,
            none => none.insert(connection.prepare_cached(&MANY)?),
        };
        write(many, &self.waiting)?;
        self.waiting.clear();
        Ok(())
    }

    fn are_of_few_conversations(&self) -> bool {
        let mut few = [None; FEW];
        self.waiting.iter().map(|waiting| Some(waiting.place.1)).all(|target| {
            let place = few.iter_mut().find(|known| known.is_none() || **known == target);
            place.map(|known| *known = target).is_some()
        })
    }

    /// Writes what waits, each by itself.
    pub fn write(&mut self, connection: &Connection) -> Result<(), Error> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let mut one = connection.prepare_cached(&ONE)?;
        for waiting in self.waiting.drain(..) {
            write(&mut one, &[waiting])?;
        }
        Ok(())
    }
}

fn write(insert: &mut Statement<'_>, messages: &[Waiting<'_>]) -> Result<(), Error> {
    for (n, Waiting { place: (row, target), envelope, message }) in messages.iter().enumerate() {
        let mut column = n * COLUMNS;
        let mut next = || {
            column += 1;
            column
        };
        insert.raw_bind_parameter(next(), row)?;
        insert.raw_bind_parameter(next(), message.id.epoch)?;
        insert.raw_bind_parameter(next(), target)?;
        insert.raw_bind_parameter(next(), message.at.cast_signed())?;
        insert.raw_bind_parameter(next(), envelope)?;
        insert.raw_bind_parameter(next(), message::kind_number(message.kind))?;
        insert.raw_bind_parameter(next(), &*message.text)?;
        insert.raw_bind_parameter(next(), message.tags.as_deref())?;
    }
    insert.raw_execute()?;
    Ok(())
}
