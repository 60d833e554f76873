//! Envelopes: from whom and to whom, as both were called then. Messages that have it in common are in one, and the row
//! of each has its number alone. Who is not remembered here gets another, so there may be several alike.
//!
//! An envelope counts its messages, so that it goes with the last of them; the schema sees to that, whatever removes
//! one. What is said is not counted at once, which would write the envelope of each message once more, but
//! before anything is removed, if ever.

use crate::bounds::{COUNTED_TOGETHER_MAX, ENVELOPES_REMEMBERED};
use crate::error::Error;
use parlor_hub::change::StoredMessage;
use parlor_hub::name::Text;
use parlor_hub::person::Person;
use rusqlite::{Connection, OptionalExtension, ToSql, params_from_iter};
use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// The numbers of envelopes into which something was put lately.
#[derive(Debug, Default)]
pub struct Envelopes {
    known: HashMap<Envelope, Known>,
    /// How often envelopes may have gone meanwhile.
    doubts: u64,
}

#[derive(Debug, PartialEq, Eq)]
struct Envelope {
    from: Arc<Person>,
    /// The number of their account.
    author: Option<u32>,
    to: Text,
}

impl Hash for Envelope {
    /// What differs wherever anything does, mostly.
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.from.nick.hash(state);
        self.to.hash(state);
    }
}

#[derive(Debug)]
struct Known {
    number: i64,
    /// After so many doubts it was there.
    seen: u64,
}

impl Envelopes {
    /// What is remembered may not be there: something was removed, or taken back.
    pub fn doubt(&mut self) {
        self.doubts += 1;
    }

    /// The number of a message's envelope, which is made if it is not there.
    pub fn number(
        &mut self,
        connection: &Connection,
        message: &StoredMessage,
    ) -> Result<i64, Error> {
        let StoredMessage { from, author, to, .. } = message;
        let envelope = Envelope {
            from: Arc::clone(from),
            author: author.map(|author| author.0),
            to: Arc::clone(to),
        };
        let seen = self.doubts;
        if let Some(known) = self.known.get_mut(&envelope)
            && (known.seen == seen || envelope.is(known.number, connection)?)
        {
            known.seen = seen;
            return Ok(known.number);
        }
        let number = envelope.make(connection)?;
        if self.known.len() >= ENVELOPES_REMEMBERED {
            self.known.clear();
        }
        self.known.insert(envelope, Known { number, seen });
        Ok(number)
    }
}

impl Envelope {
    /// Whether it has this number, which may be another's by now.
    fn is(&self, number: i64, connection: &Connection) -> Result<bool, Error> {
        let sql = "SELECT 1 FROM envelopes WHERE nick = ?1 AND username = ?2 AND host = ?3 \
                   AND account IS ?4 AND author IS ?5 AND bot = ?6 AND to_name = ?7 AND envelope = ?8";
        let params = self.columns().into_iter().chain([&number as &dyn ToSql]);
        Ok(connection.prepare_cached(sql)?.exists(params_from_iter(params))?)
    }

    /// Makes it, under the number that is returned.
    fn make(&self, connection: &Connection) -> Result<i64, Error> {
        let sql = "INSERT INTO envelopes (holds, nick, username, host, account, author, bot, to_name) \
                   VALUES (0, ?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        Ok(connection.prepare_cached(sql)?.insert(&self.columns()[..])?)
    }

    /// What its row says, as the statements above name it.
    fn columns(&self) -> [&dyn ToSql; 7] {
        let Self { from, author, to } = self;
        [&from.nick, &from.username, &from.host, &from.account, author, &from.bot, to]
    }
}

/// Counts in their envelopes the messages that are not counted yet, at most [`COUNTED_TOGETHER_MAX`]. Whether all are.
pub fn count(connection: &Connection) -> Result<bool, Error> {
    let next: Option<i64> = connection
        .prepare_cached(
            "SELECT id FROM messages WHERE id > (SELECT counted_to FROM meta) \
             ORDER BY id LIMIT 1 OFFSET ?1",
        )?
        .query_row([COUNTED_TOGETHER_MAX], |row| row.get(0))
        .optional()?;
    let upto = next.map_or(i64::MAX, |next| next - 1);
    connection.prepare_cached(COUNT)?.execute([upto])?;
    connection
        .prepare_cached(
            "UPDATE meta SET counted_to = (SELECT coalesce(max(id), 0) FROM messages WHERE id <= ?1)",
        )?
        .execute([upto])?;
    Ok(next.is_none())
}

const COUNT: &str = "UPDATE envelopes SET holds = holds + more FROM ( \
         SELECT envelope AS of, count(*) AS more FROM messages \
         WHERE id > (SELECT counted_to FROM meta) AND id <= ?1 GROUP BY envelope \
     ) WHERE envelope = of";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Keeps, Options, Store, Sync};
    use parlor_hub::change::{Change, Keep, MessageKind, Target};
    use parlor_hub::id::{AccountId, ChannelId, MessageId, Millis, Seq};
    use proptest::collection::vec;
    use proptest::prelude::*;
    use std::path::Path;

    fn open(directory: &Path) -> Store {
        let options = Options { sync: Sync::Checkpoint, ..Options::default() };
        Store::open(directory, options).unwrap().0
    }

    /// Each is long behind the one before it.
    fn time_of(seq: Seq) -> Millis {
        seq * 100_000
    }

    /// Its text says what its envelope is to say.
    fn said(seq: Seq, nick: &str, author: Option<u32>, channel: u32) -> Change {
        let author_said = author.map(|author| author.to_string()).unwrap_or_default();
        let to = format!("#{channel}");
        Change::Message(Arc::new(StoredMessage {
            id: MessageId { epoch: 1, seq, n: 0 },
            target: Target::Channel(ChannelId(channel)),
            at: time_of(seq),
            from: Arc::new(Person {
                nick: nick.into(),
                username: "~u".into(),
                host: "h".into(),
                account: author.map(|_| nick.into()),
                bot: author.is_none(),
                operator: false,
            }),
            author: author.map(AccountId),
            kind: MessageKind::Privmsg,
            text: format!("{nick} {author_said} {to}").into(),
            to: to.into(),
            tags: None,
            edit: None,
        }))
    }

    fn number_of(store: &Store, sql: &str) -> u32 {
        store.connection.query_row(sql, (), |row| row.get(0)).unwrap()
    }

    fn check(store: &Store) {
        let wrong = [
            "SELECT count(*) FROM messages LEFT JOIN envelopes USING (envelope) WHERE kind < 2 \
             AND text IS NOT nick || ' ' || coalesce(author, '') || ' ' || to_name",
            "SELECT count(*) FROM messages WHERE envelope NOT IN (SELECT envelope FROM envelopes)",
            "SELECT count(*) FROM envelopes WHERE envelope NOT IN (SELECT envelope FROM messages)",
            "SELECT count(*) FROM envelopes WHERE holds <> ( \
                 SELECT count(*) FROM messages WHERE messages.envelope = envelopes.envelope \
                 AND id <= (SELECT counted_to FROM meta))",
        ];
        for wrong in wrong {
            assert_eq!(number_of(store, wrong), 0, "{wrong}");
        }
    }

    #[derive(Debug, Clone)]
    enum Step {
        /// So much by who has this nick, in a channel, with an account or none; it may fail.
        Say {
            nick: usize,
            author: Option<u32>,
            channel: u32,
            times: u64,
            fails: bool,
        },
        Redact(u64),
        Forget(u32),
        /// All but the last so many of each channel.
        Expire {
            last: u32,
        },
        Restart,
    }

    fn steps() -> impl Strategy<Value = Step> {
        let author = proptest::option::of(1..3u32);
        let say = (0..3usize, author, 1..3u32, 1..20u64, proptest::bool::weighted(0.2));
        prop_oneof![
            6 => say.prop_map(|(nick, author, channel, times, fails)| {
                Step::Say { nick, author, channel, times, fails }
            }),
            1 => (1..50u64).prop_map(Step::Redact),
            1 => (1..3u32).prop_map(Step::Forget),
            2 => (0..20u32).prop_map(|last| Step::Expire { last }),
            1 => Just(Step::Restart),
        ]
    }

    fn take(store: &mut Store, step: &Step) {
        let seq = store.seq + 1;
        match *step {
            Step::Say { nick, author, channel, times, fails } => {
                let nick = ["ada", "bob", "cyd"][nick];
                let mut all: Vec<_> =
                    (seq..seq + times).map(|seq| said(seq, nick, author, channel)).collect();
                if fails {
                    all.push(said(seq, nick, author, channel));
                }
                let committed = store.commit(seq + times, time_of(seq + times), &all);
                assert_eq!(committed.is_err(), fails);
            }
            Step::Redact(back) => {
                let id = MessageId { epoch: 1, seq: store.seq.saturating_sub(back), n: 0 };
                let redacted = Change::Redacted(id, Target::Channel(ChannelId(1)));
                store.commit(seq, time_of(seq), &[redacted]).unwrap();
            }
            Step::Forget(author) => {
                let forgotten = Change::Forgotten(AccountId(author), seq);
                store.commit(seq, time_of(seq), &[forgotten]).unwrap();
                while store.expire(0, Keeps::default()).unwrap() {}
            }
            Step::Expire { last } => {
                let channels = Keep { last: Some(last), for_ms: None };
                let keeps = Keeps { channels, ..Keeps::default() };
                while store.expire(time_of(seq), keeps).unwrap() {}
            }
            Step::Restart => {}
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn every_message_has_its_envelope_and_every_envelope_a_message(steps in vec(steps(), 1..25)) {
            let directory = tempfile::tempdir().unwrap();
            let mut store = open(directory.path());
            for step in &steps {
                take(&mut store, step);
                if matches!(step, Step::Restart) {
                    drop(store);
                    store = open(directory.path());
                }
                check(&store);
            }
        }
    }

    #[test]
    fn what_has_the_same_envelope_is_in_one() {
        let directory = tempfile::tempdir().unwrap();
        let mut store = open(directory.path());
        let who = [("ada", Some(1), 1), ("ada", Some(1), 2), ("ada", None, 1), ("bob", None, 1)];
        for seq in 0..3 {
            let all = (1..)
                .zip(who)
                .map(|(n, (nick, author, channel))| said(seq * 4 + n, nick, author, channel));
            let all: Vec<_> = all.collect();
            store.commit(seq * 4 + 4, time_of(seq * 4 + 4), &all).unwrap();
        }
        assert_eq!(number_of(&store, "SELECT count(*) FROM envelopes"), 4);
        check(&store);
    }

    #[test]
    fn one_that_never_came_to_be_is_made_when_its_number_is_anothers() {
        let directory = tempfile::tempdir().unwrap();
        let mut store = open(directory.path());
        let refused = [said(1, "ada", None, 1), said(1, "ada", None, 1)];
        assert!(store.commit(1, time_of(1), &refused).is_err());
        store.commit(2, time_of(2), &[said(2, "bob", None, 1)]).unwrap();
        store.commit(3, time_of(3), &[said(3, "ada", None, 1)]).unwrap();
        assert_eq!(number_of(&store, "SELECT count(*) FROM envelopes"), 2);
        check(&store);
    }

    #[test]
    fn many_are_counted_in_several_steps_before_one_is_removed() {
        let directory = tempfile::tempdir().unwrap();
        let mut store = open(directory.path());
        let many = u64::from(COUNTED_TOGETHER_MAX);
        let mut all: Vec<_> = (1..=many).map(|seq| said(seq, "bob", Some(2), 1)).collect();
        all.push(said(many + 1, "ada", Some(1), 1));
        all.push(Change::Forgotten(AccountId(1), many + 1));
        store.commit(many + 1, time_of(many + 1), &all).unwrap();
        store.connection.execute("DELETE FROM messages WHERE id > 0", ()).unwrap_err();
        let adas = "SELECT count(*) FROM envelopes WHERE nick = 'ada'";
        assert!(store.expire(0, Keeps::default()).unwrap());
        check(&store);
        assert_eq!(number_of(&store, adas), 1, "one too many for the first step");
        while store.expire(0, Keeps::default()).unwrap() {}
        check(&store);
        assert_eq!(number_of(&store, adas), 0);
    }

    #[test]
    fn the_rows_of_envelopes_are_looked_up() {
        let directory = tempfile::tempdir().unwrap();
        let plan = open(directory.path()).plan(COUNT);
        assert!(!plan.iter().any(|step| step.starts_with("SCAN envelopes")), "{plan:?}");
        assert!(!plan.iter().any(|step| step == "SCAN messages"), "{plan:?}");
    }
}
