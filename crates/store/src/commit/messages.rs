//! Messages on their way into the database: where there are several, a statement writes several. Its cursors, its
//! registers and its end are made once for all of them.

use crate::bounds::MESSAGES_IN_A_STATEMENT as SEVERAL;
use crate::error::Error;
use crate::message;
use parlor_hub::change::StoredMessage;
use rusqlite::{CachedStatement, Connection, Statement};
use std::sync::LazyLock;

/// Parameters of a row.
const COLUMNS: usize = 14;

static ONE: LazyLock<String> = LazyLock::new(|| insert(1));
static MANY: LazyLock<String> = LazyLock::new(|| insert(SEVERAL));

fn insert(rows: usize) -> String {
    let row = format!("({})", ["?"; COLUMNS].join(", "));
    format!(
        "INSERT INTO messages (id, epoch, target, at, nick, username, host, account, to_name, kind, \
                               text, tags, author, bot) VALUES {}",
        vec![row; rows].join(", ")
    )
}

/// Messages that are not written yet, each with its row and its target as one number.
#[derive(Default)]
pub struct Messages<'a> {
    waiting: Vec<((i64, i64), &'a StoredMessage)>,
    /// Looked up once for a batch.
    many: Option<CachedStatement<'a>>,
}

impl<'a> Messages<'a> {
    /// Takes one, and writes what has gathered when that is enough for a statement.
    pub fn add(
        &mut self,
        connection: &'a Connection,
        place: (i64, i64),
        message: &'a StoredMessage,
    ) -> Result<(), Error> {
        self.waiting.push((place, message));
        if self.waiting.len() < SEVERAL {
            return Ok(());
        }
        let many = match &mut self.many {
            Some(many) => many,
            none => none.insert(connection.prepare_cached(&MANY)?),
        };
        write(many, &self.waiting)?;
        self.waiting.clear();
        Ok(())
    }

    /// Writes what is left.
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

fn write(
    insert: &mut Statement<'_>,
    messages: &[((i64, i64), &StoredMessage)],
) -> Result<(), Error> {
    for (n, ((row, target), message)) in messages.iter().enumerate() {
        let mut column = n * COLUMNS;
        let mut next = || {
            column += 1;
            column
        };
        let from = &message.from;
        insert.raw_bind_parameter(next(), row)?;
        insert.raw_bind_parameter(next(), message.id.epoch)?;
        insert.raw_bind_parameter(next(), target)?;
        insert.raw_bind_parameter(next(), message.at.cast_signed())?;
        insert.raw_bind_parameter(next(), &*from.nick)?;
        insert.raw_bind_parameter(next(), &*from.username)?;
        insert.raw_bind_parameter(next(), &*from.host)?;
        insert.raw_bind_parameter(next(), from.account.as_deref())?;
        insert.raw_bind_parameter(next(), &*message.to)?;
        insert.raw_bind_parameter(next(), message::kind_number(message.kind))?;
        insert.raw_bind_parameter(next(), &*message.text)?;
        insert.raw_bind_parameter(next(), message.tags.as_deref())?;
        insert.raw_bind_parameter(next(), message.author.map(|author| author.0))?;
        insert.raw_bind_parameter(next(), from.bot)?;
    }
    insert.raw_execute()?;
    Ok(())
}
