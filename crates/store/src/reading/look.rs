//! One message, of words or of tags alone, looked up because something is to be done with it.

use crate::error::Error;
use crate::expiry::forgetting::unforgotten;
use crate::reading::Reader;
use crate::target::{last_row_of, pack, pack_message};
use crate::{event, message};
use parlor_hub::change::{Look, Looked};
use parlor_hub::id::AccountId;
use rusqlite::OptionalExtension;

impl Reader {
    /// What is known of a message; none if there is no such one in what may be read, or it was taken
    /// back.
    pub fn look(&self, look: &Look) -> Result<Option<Looked>, Error> {
        let within = look.since < look.id.seq && look.id.seq <= look.upto;
        let Some(row) = pack_message(look.id).ok().filter(|_| within) else { return Ok(None) };
        let found: Option<(i64, Option<u32>, _, Option<u8>)> = self
            .connection
            .prepare_cached(concat!(
                "SELECT at, author, nick, kind FROM ",
                message::rows!(),
                " WHERE id = ?1 AND epoch = ?2 AND target = ?3 AND kind < 2 AND ",
                unforgotten!("messages"),
                " UNION ALL SELECT at, author, nick, NULL FROM events \
                 WHERE id = ?1 AND epoch = ?2 AND target = ?3 AND kind = ?4 AND ",
                unforgotten!("events"),
            ))?
            .query_row((row, look.id.epoch, pack(look.target)?, event::TAGS), |row| row.try_into())
            .optional()?;
        let Some((at, author, nick, kind)) = found else { return Ok(None) };
        if let Some(last) = look.last
            && self.are_newer(look, row, last)?
        {
            return Ok(None);
        }
        Ok(Some(Looked {
            id: look.id,
            target: look.target,
            at: at.cast_unsigned(),
            author: author.map(AccountId),
            nick,
            kind: kind.map(message::kind_of).transpose()?,
        }))
    }

    /// Whether so many messages came behind one that it is not to be kept.
    fn are_newer(&self, look: &Look, row: i64, last: u32) -> Result<bool, Error> {
        let Some(before) = last.checked_sub(1) else { return Ok(true) };
        let sql = concat!(
            "SELECT 1 FROM messages WHERE target = ?1 AND kind < 2 AND id > ?2 AND id <= ?3 AND ",
            unforgotten!("messages"),
            " ORDER BY id LIMIT 1 OFFSET ?4"
        );
        let params = (pack(look.target)?, row, last_row_of(look.upto), before);
        Ok(self.connection.prepare_cached(sql)?.exists(params)?)
    }
}
