//! Bans from the server.

use crate::error::Error;
use parlor_hub::change::{BanKind, ServerBan};
use rusqlite::{Connection, Row, Transaction, params};

/// Writes a ban, in place of one of the same kind and mask.
pub fn put(transaction: &Transaction<'_>, ban: &ServerBan) -> Result<(), Error> {
    let sql = "INSERT OR REPLACE INTO server_bans (kind, mask, reason, note, set_by, set_at, until) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    transaction.prepare_cached(sql)?.execute(params![
        number(ban.kind),
        ban.mask,
        ban.reason,
        ban.note,
        ban.by,
        ban.at.cast_signed(),
        ban.until.map(u64::cast_signed),
    ])?;
    Ok(())
}

/// Takes a ban away.
pub fn end(transaction: &Transaction<'_>, kind: BanKind, mask: &str) -> Result<(), Error> {
    let sql = "DELETE FROM server_bans WHERE kind = ?1 AND mask = ?2";
    transaction.prepare_cached(sql)?.execute(params![number(kind), mask])?;
    Ok(())
}

/// All of them, by kind and mask.
pub fn load(connection: &Connection) -> Result<Vec<ServerBan>, Error> {
    let sql = "SELECT kind, mask, reason, note, set_by, set_at, until \
               FROM server_bans ORDER BY kind, mask";
    connection.prepare(sql)?.query_and_then((), read)?.collect()
}

fn read(row: &Row<'_>) -> Result<ServerBan, Error> {
    let number: u32 = row.get(0)?;
    let unreadable = || Error::Unreadable { table: "server_bans", found: number.to_string() };
    Ok(ServerBan {
        kind: BanKind::ALL.get(number as usize).copied().ok_or_else(unreadable)?,
        mask: row.get(1)?,
        reason: row.get(2)?,
        note: row.get(3)?,
        by: row.get(4)?,
        at: row.get::<_, i64>(5)?.cast_unsigned(),
        until: row.get::<_, Option<i64>>(6)?.map(i64::cast_unsigned),
    })
}

fn number(kind: BanKind) -> i64 {
    match kind {
        BanKind::Mask => 0,
        BanKind::Network => 1,
        BanKind::RealName => 2,
        BanKind::Suspended => 3,
        BanKind::Purged => 4,
    }
}
