//! A message's row.

use crate::error::Error;
use crate::target;
use parlor_hub::change::{Edit, MessageKind, StoredMessage, Target};
use parlor_hub::id::AccountId;
use parlor_hub::person::Person;
use rusqlite::Row;
use std::sync::Arc;

/// Messages with what stands in their envelopes.
macro_rules! rows {
    () => {
        "messages CROSS JOIN envelopes USING (envelope)"
    };
}
pub(crate) use rows;

/// The columns of [`rows`] that [`read`] expects, in their order.
macro_rules! columns {
    () => {
        "id, epoch, target, at, nick, username, host, account, to_name, kind, text, tags, \
         author, bot, edit, edit_epoch, edit_at"
    };
}
pub(crate) use columns;

/// A message kind in its column.
pub fn kind_number(kind: MessageKind) -> u8 {
    match kind {
        MessageKind::Privmsg => 0,
        MessageKind::Notice => 1,
    }
}

/// Reads the target alone of a row of [`columns`].
pub fn target(row: &Row<'_>) -> Result<Target, Error> {
    let packed: i64 = row.get(2)?;
    target::unpack(packed).ok_or_else(|| unreadable(packed))
}

/// Reads a row of [`columns`].
pub fn read(row: &Row<'_>) -> Result<StoredMessage, Error> {
    let kind: u8 = row.get(9)?;
    Ok(StoredMessage {
        id: target::unpack_message(row.get(1)?, row.get(0)?),
        target: target(row)?,
        at: row.get::<_, i64>(3)?.cast_unsigned(),
        from: Arc::new(Person {
            nick: row.get(4)?,
            username: row.get(5)?,
            host: row.get(6)?,
            account: row.get(7)?,
            bot: row.get(13)?,
            operator: false,
        }),
        author: row.get::<_, Option<u32>>(12)?.map(AccountId),
        to: row.get(8)?,
        kind: kind_of(kind)?,
        text: row.get(10)?,
        tags: row.get(11)?,
        edit: edit(row)?,
    })
}

fn edit(row: &Row<'_>) -> Result<Option<Edit>, Error> {
    let (packed, epoch, at): (Option<i64>, Option<u32>, Option<i64>) =
        (row.get(14)?, row.get(15)?, row.get(16)?);
    Ok(packed.zip(epoch).zip(at).map(|((packed, epoch), at)| Edit {
        id: target::unpack_message(epoch, packed),
        at: at.cast_unsigned(),
    }))
}

/// The message kind of a number. What was taken back has none.
pub fn kind_of(number: u8) -> Result<MessageKind, Error> {
    match number {
        0 => Ok(MessageKind::Privmsg),
        1 => Ok(MessageKind::Notice),
        other => Err(unreadable(other)),
    }
}

fn unreadable(found: impl Into<i64>) -> Error {
    Error::Unreadable { table: "messages", found: found.into().to_string() }
}
