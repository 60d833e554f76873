//! What a start reads: everything of the hub that outlives its connections.

use crate::accounts;
use crate::bans;
use crate::error::Error;
use crate::target;
use parlor_hub::change::{
    ChannelHistory, ChannelRow, Durable, DurableChannel, Keep, ListEntry, MetadataOf, Place, Topic,
};
use parlor_hub::id::{AccountId, ChannelId, Millis, Seq};
use parlor_hub::modes::{ChannelFlags, ListKind, Ranks};
use parlor_hub::name::{ChannelName, Forms, Text};
use rusqlite::{Connection, Row};
use std::collections::HashMap;

/// Writes the casemapping at the first start; later ones must agree with it.
pub fn fix_casemapping(connection: &Connection, configured: &'static str) -> Result<(), Error> {
    connection
        .execute("UPDATE meta SET casemapping = ?1 WHERE casemapping IS NULL", [configured])?;
    let stored: String =
        connection.query_row("SELECT casemapping FROM meta", (), |row| row.get(0))?;
    if stored == configured {
        Ok(())
    } else {
        Err(Error::CasemappingDiffers { stored, configured })
    }
}

/// The epoch that was last, and its last entry and when that was.
pub fn last_entry(connection: &Connection) -> Result<(u32, Seq, Millis), Error> {
    Ok(connection.query_row("SELECT epoch, seq, at FROM meta", (), |row| {
        let (seq, at): (i64, i64) = (row.get(1)?, row.get(2)?);
        Ok((row.get(0)?, seq.cast_unsigned(), at.cast_unsigned()))
    })?)
}

/// Reads all of it.
pub fn durable(connection: &Connection) -> Result<Durable, Error> {
    let (epoch, seq, at) = last_entry(connection)?;
    let mut durable = Durable { epoch, seq, at, ..Durable::default() };
    (durable.channels_made, durable.accounts_made) =
        connection.query_row("SELECT channels_made, accounts_made FROM meta", (), |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    durable.accounts = accounts::read(connection)?;
    durable.bans = bans::load(connection)?;
    durable.always_on =
        every(connection, "SELECT account FROM always_on ORDER BY account", |row| {
            Ok(AccountId(row.get(0)?))
        })?;
    durable.present = every(
        connection,
        "SELECT account, channel FROM present ORDER BY account, channel",
        |row| Ok((AccountId(row.get(0)?), ChannelId(row.get(1)?))),
    )?;
    durable.read = every(
        connection,
        "SELECT account, with_name, at FROM read_marks ORDER BY account, with_name",
        |row| Ok((AccountId(row.get(0)?), row.get(1)?, row.get::<_, i64>(2)?.cast_unsigned())),
    )?;
    durable.missed = every(
        connection,
        "SELECT account, other, since FROM missed ORDER BY account, other",
        |row| {
            let since = row.get::<_, i64>(2)?.cast_unsigned();
            Ok((AccountId(row.get(0)?), AccountId(row.get(1)?), since))
        },
    )?;
    durable.metadata = metadata(connection)?;
    durable.channels = channels(connection)?;
    let places: HashMap<_, _> =
        durable.channels.iter().enumerate().map(|(place, c)| (c.row.id, place)).collect();
    for (channel, kind, entry) in list_entries(connection)? {
        if let Some(&place) = places.get(&channel) {
            durable.channels[place].lists.push((kind, entry));
        }
    }
    for (channel, account, member) in members(connection)? {
        if let Some(&place) = places.get(&channel) {
            durable.channels[place].members.push((account, member));
        }
    }
    for (channel, account, ranks) in access(connection)? {
        if let Some(&place) = places.get(&channel) {
            durable.channels[place].access.push((account, ranks));
        }
    }
    let offers = every(connection, "SELECT channel, account FROM offers", |row| {
        Ok((ChannelId(row.get(0)?), AccountId(row.get(1)?)))
    })?;
    for (channel, account) in offers {
        if let Some(&place) = places.get(&channel) {
            durable.channels[place].offered_to = Some(account);
        }
    }
    Ok(durable)
}

fn metadata(connection: &Connection) -> Result<Vec<(MetadataOf, Text, Text)>, Error> {
    every(connection, "SELECT kind, of, key, value FROM metadata ORDER BY kind, of, key", |row| {
        let kind: u8 = row.get(0)?;
        let of = target::unpack_owner(kind, row.get(1)?);
        let of = of.ok_or_else(|| unreadable("metadata", &kind.to_string()))?;
        Ok((of, row.get(2)?, row.get(3)?))
    })
}

fn channels(connection: &Connection) -> Result<Vec<DurableChannel>, Error> {
    every(
        connection,
        "SELECT id, name, made_at, since, registered, topic_text, topic_by, topic_at, flags, key, \
                limited_to, forward, rejoin_s, folded, skeleton, forward_folded, \
                forward_skeleton, hides_earlier, keeps, keep_ms, keep_last \
         FROM channels LEFT JOIN channel_history ON channel = id ORDER BY id",
        |row| {
            let forward = match row.get::<_, Option<Text>>(11)? {
                Some(_) => Some(ChannelName::kept(forms(row, (11, 15, 16))?)),
                None => None,
            };
            let row = ChannelRow {
                id: ChannelId(row.get(0)?),
                name: ChannelName::kept(forms(row, (1, 13, 14))?),
                made_at: row.get::<_, i64>(2)?.cast_unsigned(),
                since: row.get::<_, i64>(3)?.cast_unsigned(),
                registered: row.get(4)?,
                topic: topic(row)?,
                flags: ChannelFlags(row.get(8)?),
                key: row.get(9)?,
                limit: row.get(10)?,
                forward,
                rejoin_s: row.get(12)?,
                history: history(row)?,
            };
            Ok(DurableChannel::new(row))
        },
    )
}

/// A name's forms, in the columns of these numbers.
pub fn forms(row: &Row<'_>, columns: (usize, usize, usize)) -> Result<Forms, Error> {
    let (shown, folded, skeleton) = columns;
    Ok(Forms { shown: row.get(shown)?, folded: row.get(folded)?, skeleton: row.get(skeleton)? })
}

fn history(row: &Row<'_>) -> Result<ChannelHistory, Error> {
    let decides: Option<bool> = row.get(18)?;
    let for_ms = row.get::<_, Option<i64>>(19)?.map(i64::cast_unsigned);
    let keep = Keep { for_ms, last: row.get(20)? };
    let keep = decides.unwrap_or(false).then_some(keep);
    Ok(ChannelHistory { keep, hides_earlier: row.get(17)? })
}

fn topic(row: &Row<'_>) -> Result<Option<Topic>, Error> {
    let Some(text) = row.get(5)? else { return Ok(None) };
    Ok(Some(Topic { text, by: row.get(6)?, at: row.get::<_, i64>(7)?.cast_unsigned() }))
}

fn list_entries(connection: &Connection) -> Result<Vec<(ChannelId, ListKind, ListEntry)>, Error> {
    every(
        connection,
        "SELECT channel, kind, mask, set_by, set_at FROM list_entries ORDER BY place",
        |row| {
            let letter: Text = row.get(1)?;
            let kind = letter
                .chars()
                .next()
                .and_then(ListKind::of)
                .ok_or_else(|| unreadable("list_entries", &letter))?;
            let at = row.get::<_, i64>(4)?.cast_unsigned();
            let entry = ListEntry { mask: row.get(2)?, by: row.get(3)?, at };
            Ok((ChannelId(row.get(0)?), kind, entry))
        },
    )
}

fn members(connection: &Connection) -> Result<Vec<(ChannelId, AccountId, Place)>, Error> {
    every(
        connection,
        "SELECT channel, account, ranks, since FROM members ORDER BY channel, account",
        |row| {
            let (ranks, since) = (Ranks(row.get(2)?), row.get::<_, i64>(3)?.cast_unsigned());
            Ok((ChannelId(row.get(0)?), AccountId(row.get(1)?), Place { ranks, since }))
        },
    )
}

fn access(connection: &Connection) -> Result<Vec<(ChannelId, AccountId, Ranks)>, Error> {
    every(
        connection,
        "SELECT channel, account, ranks FROM access ORDER BY channel, account",
        |row| Ok((ChannelId(row.get(0)?), AccountId(row.get(1)?), Ranks(row.get(2)?))),
    )
}

pub fn every<T>(
    connection: &Connection,
    sql: &str,
    read: impl FnMut(&Row<'_>) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    connection.prepare(sql)?.query_and_then((), read)?.collect()
}

pub fn unreadable(table: &'static str, found: &str) -> Error {
    Error::Unreadable { table, found: found.to_owned() }
}
