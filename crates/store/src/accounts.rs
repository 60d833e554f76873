//! Accounts: written as a whole, and read at the start.

use crate::error::Error;
use crate::load::{every, forms, unreadable};
use parlor_hub::change::{AccountRow, Certificate, Keys, Preferences, Standing};
use parlor_hub::id::AccountId;
use parlor_hub::name::{Nick, Text};
use parlor_hub::person::Fingerprint;
use rusqlite::{Connection, Row, Transaction, params};
use std::collections::HashMap;
use std::sync::Arc;

/// The bits of `wishes`.
const AUTO_AWAY: u8 = 1;
const MULTICLIENT: u8 = 2;
const DIRECT_HISTORY: u8 = 4;

/// Writes an account that is new or changed.
pub fn write(transaction: &Transaction<'_>, row: &AccountRow) -> Result<(), Error> {
    let (code, code_until, suspended) = match &row.standing {
        Standing::Good => (None, None, None),
        Standing::Unverified { code, until } => (Some(code), Some(until.cast_signed()), None),
        Standing::Suspended(why) => (None, None, Some(why)),
    };
    let id = row.id.0;
    transaction
        .prepare_cached(
            "INSERT OR REPLACE INTO accounts \
                 (id, name, password, version, registered_at, scram, email, code, code_until, \
                  suspended, replay, wishes, folded, skeleton, host) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        )?
        .execute(params![
            id,
            row.name.shown(),
            row.keys.password,
            row.version,
            row.registered_at.cast_signed(),
            row.keys.scram,
            row.email,
            code,
            code_until,
            suspended,
            row.preferences.replay,
            wishes(row.preferences),
            row.name.folded(),
            row.name.forms().skeleton,
            row.host,
        ])?;
    forget_lists(transaction, row.id)?;
    for certificate in &row.certificates {
        let insert =
            "INSERT INTO certificates (account, fingerprint, added_at) VALUES (?1, ?2, ?3)";
        let at = certificate.added_at.cast_signed();
        transaction.prepare_cached(insert)?.execute((
            id,
            certificate.fingerprint.to_string(),
            at,
        ))?;
    }
    for nick in &row.nicks {
        let insert = "INSERT INTO account_nicks (account, name, folded, skeleton) \
                      VALUES (?1, ?2, ?3, ?4)";
        let forms = nick.forms();
        let row = (id, &forms.shown, &forms.folded, &forms.skeleton);
        transaction.prepare_cached(insert)?.execute(row)?;
    }
    Ok(())
}

/// Drops an account. What it had elsewhere is told by changes of its own.
pub fn end(transaction: &Transaction<'_>, account: AccountId) -> Result<(), Error> {
    let deletes = [
        "DELETE FROM conversations WHERE other = ?1 \
             AND account IN (SELECT other FROM conversations WHERE account = ?1)",
        "DELETE FROM conversations WHERE account = ?1",
        "DELETE FROM metadata WHERE kind = 0 AND of = ?1",
        "DELETE FROM accounts WHERE id = ?1",
    ];
    for delete in deletes {
        transaction.prepare_cached(delete)?.execute([account.0])?;
    }
    forget_lists(transaction, account)
}

fn forget_lists(transaction: &Transaction<'_>, account: AccountId) -> Result<(), Error> {
    for table in ["certificates", "account_nicks"] {
        let delete = format!("DELETE FROM {table} WHERE account = ?1");
        transaction.prepare_cached(&delete)?.execute([account.0])?;
    }
    Ok(())
}

/// All accounts, by id.
pub fn read(connection: &Connection) -> Result<Vec<Arc<AccountRow>>, Error> {
    let mut certificates = HashMap::<u32, Vec<Certificate>>::new();
    let all =
        "SELECT account, fingerprint, added_at FROM certificates ORDER BY account, fingerprint";
    for (account, fingerprint, added_at) in
        every(connection, all, |row| Ok((row.get(0)?, fingerprint(row)?, row.get::<_, i64>(2)?)))?
    {
        let added_at = added_at.cast_unsigned();
        certificates.entry(account).or_default().push(Certificate { fingerprint, added_at });
    }
    let mut nicks = HashMap::<u32, Vec<Nick>>::new();
    let all = "SELECT account, name, folded, skeleton FROM account_nicks ORDER BY account, name";
    for (account, name) in
        every(connection, all, |row| Ok((row.get(0)?, Nick::kept(forms(row, (1, 2, 3))?))))?
    {
        nicks.entry(account).or_default().push(name);
    }
    every(
        connection,
        "SELECT id, name, password, version, registered_at, scram, email, code, code_until, \
                suspended, replay, wishes, folded, skeleton, host \
         FROM accounts ORDER BY id",
        |row| {
            let id = row.get(0)?;
            Ok(Arc::new(AccountRow {
                id: AccountId(id),
                name: Nick::kept(forms(row, (1, 12, 13))?),
                keys: Keys { password: row.get(2)?, scram: row.get(5)? },
                version: row.get(3)?,
                registered_at: row.get::<_, i64>(4)?.cast_unsigned(),
                email: row.get(6)?,
                standing: standing(row)?,
                certificates: certificates.remove(&id).unwrap_or_default(),
                nicks: nicks.remove(&id).unwrap_or_default(),
                preferences: preferences(row.get(10)?, row.get(11)?),
                host: row.get(14)?,
            }))
        },
    )
}

fn fingerprint(row: &Row<'_>) -> Result<Fingerprint, Error> {
    let text: String = row.get(1)?;
    text.parse().map_err(|_| unreadable("certificates", &text))
}

fn standing(row: &Row<'_>) -> Result<Standing, Error> {
    if let Some(code) = row.get(7)? {
        let until = row.get::<_, i64>(8)?.cast_unsigned();
        return Ok(Standing::Unverified { code, until });
    }
    Ok(row.get::<_, Option<Text>>(9)?.map_or(Standing::Good, Standing::Suspended))
}

fn wishes(preferences: Preferences) -> u8 {
    let bit = |on: bool, bit| if on { bit } else { 0 };
    bit(preferences.auto_away, AUTO_AWAY)
        | bit(preferences.multiclient, MULTICLIENT)
        | bit(preferences.direct_history, DIRECT_HISTORY)
}

fn preferences(replay: Option<u16>, wishes: u8) -> Preferences {
    Preferences {
        replay,
        auto_away: wishes & AUTO_AWAY != 0,
        multiclient: wishes & MULTICLIENT != 0,
        direct_history: wishes & DIRECT_HISTORY != 0,
    }
}
