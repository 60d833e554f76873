//! The schema, as the numbered steps that lead to it. A step that was released is never edited.
//!
//! A statement of a step that has two parameters goes through all of `messages_before`, and is run in pieces: for the
//! rows behind the first, up to the second. All of a step is one transaction nevertheless.

use crate::bounds::MIGRATED_TOGETHER;
use crate::error::Error;
use rusqlite::fallible_iterator::FallibleIterator;
use rusqlite::{Batch, Connection, Statement, TransactionBehavior};

/// How far a database is on its way to the schema of this program. It is at the version before `step`, and a start that
/// ends meanwhile leaves it there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Upgrade {
    /// The version that it is being brought to.
    pub step: u32,
    /// The last one.
    pub last: u32,
    /// The statement of the step that runs, from one on.
    pub statement: u32,
    /// Messages that it has gone through, and all of them, where it does so in pieces.
    pub messages: Option<(i64, i64)>,
}

/// The steps in order: after the first, `user_version` is 1.
pub const STEPS: &[&str] = &[
    include_str!("../migrations/0001_first.sql"),
    include_str!("../migrations/0002_always_on.sql"),
    include_str!("../migrations/0003_conversations.sql"),
    include_str!("../migrations/0004_read.sql"),
    include_str!("../migrations/0005_message_tags.sql"),
    include_str!("../migrations/0006_accounts.sql"),
    include_str!("../migrations/0007_channel_ways.sql"),
    include_str!("../migrations/0008_amended.sql"),
    include_str!("../migrations/0009_names.sql"),
    include_str!("../migrations/0010_metadata.sql"),
    include_str!("../migrations/0011_missed.sql"),
    include_str!("../migrations/0012_access.sql"),
    include_str!("../migrations/0013_server_bans.sql"),
    include_str!("../migrations/0014_edited.sql"),
    include_str!("../migrations/0015_expired.sql"),
    include_str!("../migrations/0016_offers.sql"),
    include_str!("../migrations/0017_channel_history.sql"),
    include_str!("../migrations/0018_cloak.sql"),
    include_str!("../migrations/0019_events.sql"),
    include_str!("../migrations/0020_account_host.sql"),
    include_str!("../migrations/0021_keep.sql"),
    include_str!("../migrations/0022_forgotten.sql"),
    include_str!("../migrations/0023_envelopes.sql"),
    include_str!("../migrations/0024_doubted.sql"),
];

/// Takes the database from whatever version it has to the last one, each step in a transaction. Tells each statement
/// of them, and each piece, before it is run; of a new database nothing.
pub fn run(connection: &mut Connection, mut told: impl FnMut(Upgrade)) -> Result<(), Error> {
    let known = STEPS.len() as u32;
    let found = version(connection)?;
    if found > known {
        return Err(Error::Newer { found, known });
    }
    for (done, step) in STEPS.iter().enumerate().skip(found as usize) {
        apply(connection, step, done as u32 + 1, &mut |upgrade| {
            if found > 0 {
                told(upgrade);
            }
        })?;
    }
    Ok(())
}

fn version(connection: &Connection) -> Result<u32, Error> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

fn apply(
    connection: &mut Connection,
    step: &str,
    version: u32,
    told: &mut dyn FnMut(Upgrade),
) -> Result<(), Error> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let (mut statements, mut number) = (Batch::new(&transaction, step), 0);
    while let Some(mut statement) = statements.next()? {
        number += 1;
        let mut told = |messages| {
            told(Upgrade { step: version, last: STEPS.len() as u32, statement: number, messages });
        };
        if statement.parameter_count() == 0 {
            told(None);
            statement.raw_execute()?;
        } else {
            in_pieces(&transaction, &mut statement, |done, all| told(Some((done, all))))?;
        }
    }
    transaction.pragma_update(None, "user_version", version)?;
    Ok(transaction.commit()?)
}

fn in_pieces(
    connection: &Connection,
    statement: &mut Statement<'_>,
    mut told: impl FnMut(i64, i64),
) -> Result<(), Error> {
    let all = "SELECT count(*) FROM messages_before";
    let all = connection.query_row(all, (), |row| row.get(0))?;
    let mut piece = connection.prepare(
        "SELECT count(*), max(id) FROM \
         (SELECT id FROM messages_before WHERE id > ?1 ORDER BY id LIMIT ?2)",
    )?;
    let (mut done, mut after) = (0, i64::MIN);
    loop {
        told(done, all);
        let of = (after, MIGRATED_TOGETHER);
        let (more, upto): (i64, Option<i64>) =
            piece.query_row(of, |row| Ok((row.get(0)?, row.get(1)?)))?;
        let Some(upto) = upto else { return Ok(()) };
        statement.execute((after, upto))?;
        (done, after) = (done + more, upto);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::{DATABASE, TAIL};
    use crate::{Options, Store, message};
    use std::path::Path;

    fn schema(directory: &Path) -> Vec<String> {
        let connection = Connection::open(directory.join(DATABASE)).unwrap();
        let mut statement = connection
            .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
            .unwrap();
        statement.query_map((), |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    }

    /// The database as it was before the step with this in it.
    fn before(what: &str) -> Connection {
        let before = STEPS.iter().position(|step| step.contains(what)).unwrap();
        let mut connection = Connection::open_in_memory().unwrap();
        take(&mut connection, before);
        connection
    }

    /// Takes the first so many steps.
    fn take(connection: &mut Connection, steps: usize) {
        for (done, step) in STEPS.iter().enumerate().take(steps) {
            apply(connection, step, done as u32 + 1, &mut |_| ()).unwrap();
        }
    }

    #[test]
    fn every_earlier_version_becomes_the_last_one() {
        let fresh = tempfile::tempdir().unwrap();
        drop(Store::open(fresh.path(), Options::default()).unwrap());
        for earlier in 0..STEPS.len() {
            let directory = tempfile::tempdir().unwrap();
            let mut connection = Connection::open(directory.path().join(DATABASE)).unwrap();
            take(&mut connection, earlier);
            assert_eq!(version(&connection).unwrap(), earlier as u32);
            drop(connection);
            drop(Store::open(directory.path(), Options::default()).unwrap());
            assert_eq!(schema(directory.path()), schema(fresh.path()), "from version {earlier}");
        }
    }

    #[test]
    fn a_tail_that_cannot_be_read_leaves_the_data_to_the_version_that_can() {
        let directory = tempfile::tempdir().unwrap();
        let mut connection = Connection::open(directory.path().join(DATABASE)).unwrap();
        take(&mut connection, 1);
        let record = [u8::MAX];
        let [length, sum] = [record.len() as u32, crc32fast::hash(&record)].map(u32::to_le_bytes);
        std::fs::write(directory.path().join(TAIL), [&length[..], &sum, &record].concat()).unwrap();
        let refused = Store::open(directory.path(), Options::default()).unwrap_err();
        assert!(matches!(refused, Error::TailOfAnotherVersion), "{refused}");
        assert_eq!(version(&connection).unwrap(), 1);
    }

    #[test]
    fn conversations_that_there_were_before_they_were_listed_are_listed() {
        let mut connection = before("CREATE TABLE conversations");
        let pair = |low: i64, high: i64| -(low << 31 | high);
        for (id, target) in
            [(1, pair(1, 2)), (2, 7), (3, pair(2, 2)), (4, pair(1, 2)), (5, pair(2, 0x7fff_ffff))]
        {
            connection
                .execute(
                    "INSERT INTO messages VALUES (?1, 1, ?2, 0, 'a', 'a', 'a', NULL, 'b', 0, 'x')",
                    [id, target],
                )
                .unwrap();
        }
        run(&mut connection, |_| ()).unwrap();
        let mut statement = connection
            .prepare("SELECT account, other, last FROM conversations ORDER BY 1, 2")
            .unwrap();
        let rows = statement.query_map((), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        let rows: Vec<(u32, u32, i64)> = rows.unwrap().map(Result::unwrap).collect();
        let last = 0x7fff_ffff;
        assert_eq!(rows, [(1, 2, 4), (2, 1, 4), (2, 2, 3), (2, last, 5), (last, 2, 5)]);
    }

    #[test]
    fn names_that_there_were_before_they_were_kept_folded_are_folded() {
        for (casemapping, folded) in [("ascii", "a[\\]~ž"), ("rfc1459", "a{|}^ž")] {
            let mut connection = before("ADD COLUMN folded");
            connection.execute("UPDATE meta SET casemapping = ?1", [casemapping]).unwrap();
            let insert = "INSERT INTO accounts (id, name, password, version, registered_at) \
                          VALUES (1, 'A[\\]~ž', 'phc', 1, 0)";
            connection.execute(insert, ()).unwrap();
            run(&mut connection, |_| ()).unwrap();
            let sql = "SELECT folded, skeleton IS NULL FROM accounts";
            let found = connection.query_row(sql, (), |row| Ok((row.get(0)?, row.get(1)?)));
            assert_eq!(found.unwrap(), (folded.to_owned(), true), "{casemapping}");
        }
    }

    #[test]
    fn messages_that_there_were_before_there_were_envelopes_are_put_into_some() {
        let mut connection = before("CREATE TABLE envelopes");
        let columns = message::columns!();
        let rows = [
            "1, 1, 7, 10, 'ada', '~a', 'h', NULL, '#c', 0, 'one', NULL, NULL, 0, NULL, NULL, NULL",
            "2, 1, 7, 20, 'ada', '~a', 'h', 'Ada', '#c', 0, 'two', '+x', 4, 0, NULL, NULL, NULL",
            "3, 1, 7, 30, 'ada', '~a', 'h', NULL, '#c', 1, 'three', NULL, NULL, 0, 5, 1, 50",
            "4, 1, -9, 40, 'ada', '~a', 'h', 'Ada', 'bob', 0, 'four', NULL, 4, 0, NULL, NULL, NULL",
            "6, 2, 7, 60, 'ada', '~a', 'h', 'Ada', '#c', 2, '', NULL, 4, 0, NULL, NULL, NULL",
            "7, 2, 7, 70, 'ada', '~a', 'h', NULL, '#c', 0, 'seven', NULL, NULL, 1, NULL, NULL, NULL",
            "8, 2, 7, 80, 'ada', '~a', 'i', NULL, '#c', 0, 'eight', NULL, NULL, 0, NULL, NULL, NULL",
        ];
        for row in rows {
            connection
                .execute(&format!("INSERT INTO messages ({columns}) VALUES ({row})"), ())
                .unwrap();
        }
        let all_of = |connection: &Connection, rows: &str| -> Vec<String> {
            let sql = format!("SELECT * FROM (SELECT {columns} FROM {rows} ORDER BY id)");
            let mut statement = connection.prepare(&sql).unwrap();
            let line = |row: &rusqlite::Row<'_>| {
                let cells: Vec<_> = (0..17).map(|n| row.get_ref_unwrap(n)).collect();
                Ok(format!("{cells:?}"))
            };
            statement.query_map((), line).unwrap().map(Result::unwrap).collect()
        };
        let expected = all_of(&connection, "messages");
        run(&mut connection, |_| ()).unwrap();
        assert_eq!(all_of(&connection, message::rows!()), expected);
        let held = "SELECT group_concat(holds, ' ' ORDER BY holds), (SELECT counted_to FROM meta) FROM envelopes";
        let held = connection.query_row(held, (), |row| Ok((row.get(0)?, row.get(1)?)));
        assert_eq!(held.unwrap(), ("1 1 1 2 2".to_owned(), 8));
        connection.execute("DELETE FROM messages WHERE id < 8", ()).unwrap();
        let hosts: String = connection
            .query_row("SELECT group_concat(host) FROM envelopes", (), |row| row.get(0))
            .unwrap();
        assert_eq!(hosts, "i");
    }

    #[test]
    fn how_far_an_upgrade_is_is_told_and_of_a_new_database_nothing() {
        let mut connection = Connection::open_in_memory().unwrap();
        run(&mut connection, |upgrade| panic!("{upgrade:?}")).unwrap();

        let mut connection = before("CREATE TABLE envelopes");
        let messages = i64::from(MIGRATED_TOGETHER) * 2 + 5;
        let insert = "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ?1) \
                      INSERT INTO messages (id, epoch, target, at, nick, username, host, to_name, kind, text) \
                      SELECT n << 16, 1, 7, n, 'ada', '~a', 'h', '#c', 0, 'hi' FROM n";
        connection.execute(insert, [messages]).unwrap();
        let mut told = Vec::new();
        run(&mut connection, |upgrade| told.push(upgrade)).unwrap();
        let last = STEPS.len() as u32;
        assert!(told.iter().all(|upgrade| upgrade.last == last));
        assert!(told.is_sorted_by_key(|upgrade| (upgrade.step, upgrade.statement)));
        let pieces: Vec<_> = told.iter().filter_map(|upgrade| upgrade.messages).collect();
        let of = |pieces: i64| i64::from(MIGRATED_TOGETHER) * pieces;
        let expected = [0, of(1), of(2), messages].map(|done| (done, messages));
        assert_eq!(pieces, expected);
        let held: i64 =
            connection.query_row("SELECT holds FROM envelopes", (), |row| row.get(0)).unwrap();
        assert_eq!(held, messages);
    }

    #[test]
    fn data_of_a_newer_program_is_left_alone() {
        let directory = tempfile::tempdir().unwrap();
        drop(Store::open(directory.path(), Options::default()).unwrap());
        let connection = Connection::open(directory.path().join(DATABASE)).unwrap();
        connection.pragma_update(None, "user_version", 99).unwrap();
        let error = Store::open(directory.path(), Options::default()).unwrap_err();
        assert!(matches!(error, Error::Newer { found: 99, .. }), "{error}");
        assert!(error.to_string().starts_with("the data is of version 99"), "{error}");
    }

    #[test]
    fn a_step_that_fails_leaves_the_version_before_it() {
        let mut connection = Connection::open_in_memory().unwrap();
        apply(&mut connection, "CREATE TABLE one (x); CREATE TABLE one (x);", 1, &mut |_| ())
            .unwrap_err();
        assert_eq!(version(&connection).unwrap(), 0);
        apply(&mut connection, "CREATE TABLE one (x);", 1, &mut |_| ()).unwrap();
        assert_eq!(version(&connection).unwrap(), 1);
    }
}
