//! One transaction a batch: its changes, and the entry up to which they go. What is written of channels is in
//! `commit/channels.rs`; what is stored before it comes here, in `commit/tail.rs`.

mod channels;
pub(crate) mod envelopes;
pub(crate) mod medium;
mod messages;
pub(crate) mod tail;

use crate::error::Error;
use crate::expiry::{forgetting, removal};
use crate::store::Store;
use crate::{accounts, bans, event, target};
use messages::Messages;
use parlor_hub::change::{
    AccountRow, Change, Edited, MetadataOf, StoredEvent, StoredMessage, Target,
};
use parlor_hub::id::{AccountId, MessageId, Millis, Seq};
use rusqlite::{Params, Transaction, TransactionBehavior, params};

impl Store {
    /// Writes all changes of the entries after the last commit up to `seq`, whose time is `at`, or
    /// none of them. On an error nothing was written, and the same call may be made again.
    ///
    /// Pages of history and the search index rely on the order that is checked here: entries,
    /// messages and their times never go back.
    pub fn commit<'a>(
        &mut self,
        seq: Seq,
        at: Millis,
        changes: impl IntoIterator<Item = &'a Change>,
    ) -> Result<(), Error> {
        let committed = self.write(seq, at, changes);
        if committed.is_err() {
            self.envelopes.doubt();
        }
        committed
    }

    fn write<'a>(
        &mut self,
        seq: Seq,
        at: Millis,
        changes: impl IntoIterator<Item = &'a Change>,
    ) -> Result<(), Error> {
        if seq <= self.seq || at < self.at {
            return Err(Error::OutOfOrder { seq, at, stored_seq: self.seq, stored_at: self.at });
        }
        let bound = target::last_row_of(seq);
        let before = (target::last_row_of(self.seq), self.at);
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut writer = Writer {
            transaction: &transaction,
            last: before,
            messages: Messages::of(&mut self.envelopes),
            channels_made: 0,
            accounts_made: 0,
        };
        for change in changes {
            writer.write(change)?;
        }
        writer.messages.write(&transaction)?;
        let (last_row, last_at) = writer.last;
        if last_row > bound || last_at > at {
            let id = target::unpack_message(0, last_row);
            return Err(Error::MessageOutOfOrder(id));
        }
        writer.finish(seq, at)?;
        drop(writer);
        transaction.commit()?;
        (self.seq, self.at) = (seq, at);
        self.bound_wal();
        Ok(())
    }
}

/// Writes the changes of one batch.
struct Writer<'a> {
    transaction: &'a Transaction<'a>,
    /// The row and the time of the last message, or of what else happened last.
    last: (i64, Millis),
    /// Those that are not written yet. Whatever looks for a message writes them first.
    messages: Messages<'a>,
    channels_made: u32,
    accounts_made: u32,
}

impl<'a> Writer<'a> {
    fn write(&mut self, change: &'a Change) -> Result<(), Error> {
        match change {
            Change::Message(message) => self.message(message),
            Change::Happened(target, event) => self.happened(*target, event),
            Change::Edited(edited) => self.edited(edited),
            Change::Redacted(id, target) => self.redacted(*id, *target),
            Change::Forgotten(account, upto) => {
                forgetting::request(self.transaction, *account, *upto)
            }
            Change::Channel(row) => self.channel(row),
            Change::ChannelEnded(channel) => self.channel_ended(*channel),
            Change::ListAdded(channel, kind, entry) => self.list_added(*channel, *kind, entry),
            Change::ListRemoved(channel, kind, mask) => self.list_removed(*channel, *kind, mask),
            Change::Member(channel, account, place) => self.member(*channel, *account, *place),
            Change::Access(channel, account, ranks) => self.access(*channel, *account, *ranks),
            Change::Offered(channel, account) => self.offered(*channel, *account),
            Change::Account(row) => self.account(row),
            Change::AccountEnded(account) => accounts::end(self.transaction, *account),
            Change::Read(account, with, at) => self.read(*account, with, *at),
            Change::Missed(account, with, Some(since)) => self.run(
                "INSERT OR REPLACE INTO missed (account, other, since) VALUES (?1, ?2, ?3)",
                (account.0, with.0, since.cast_signed()),
            ),
            Change::Missed(account, with, None) => self
                .run("DELETE FROM missed WHERE account = ?1 AND other = ?2", (account.0, with.0)),
            Change::Metadata(of, key, value) => self.metadata(*of, key, value.as_deref()),
            Change::ServerBan(ban) => bans::put(self.transaction, ban),
            Change::ServerBanEnded(kind, mask) => bans::end(self.transaction, *kind, mask),
            Change::AlwaysOn(account, true) => {
                self.run("INSERT OR IGNORE INTO always_on (account) VALUES (?1)", [account.0])
            }
            Change::AlwaysOn(account, false) => {
                self.run("DELETE FROM always_on WHERE account = ?1", [account.0])
            }
            Change::Present(account, channel, true) => self.run(
                "INSERT OR IGNORE INTO present (account, channel) VALUES (?1, ?2)",
                (account.0, channel.0),
            ),
            Change::Present(account, channel, false) => self.run(
                "DELETE FROM present WHERE account = ?1 AND channel = ?2",
                (account.0, channel.0),
            ),
        }
    }

    fn finish(&self, seq: Seq, at: Millis) -> Result<(), Error> {
        self.run(
            "UPDATE meta SET seq = ?1, at = ?2, channels_made = max(channels_made, ?3), \
                             accounts_made = max(accounts_made, ?4)",
            params![seq.cast_signed(), at.cast_signed(), self.channels_made, self.accounts_made],
        )
    }

    /// What several channels saw comes several times, under one id.
    fn happened(&mut self, target: Target, event: &StoredEvent) -> Result<(), Error> {
        let row = target::pack_message(event.id)?;
        let (last_row, last_at) = self.last;
        if row < last_row || event.at < last_at {
            return Err(Error::MessageOutOfOrder(event.id));
        }
        self.last = (row, event.at);
        event::write(self.transaction, target, event)
    }

    fn message(&mut self, message: &'a StoredMessage) -> Result<(), Error> {
        let row = target::pack_message(message.id)?;
        let (last_row, last_at) = self.last;
        if row <= last_row || message.at < last_at {
            return Err(Error::MessageOutOfOrder(message.id));
        }
        self.last = (row, message.at);
        if let Target::Pair(one, other) = message.target {
            self.run(
                "INSERT INTO conversations (account, other, last) \
                 VALUES (?1, ?2, ?3), (?2, ?1, ?3) \
                 ON CONFLICT (account, other) DO UPDATE SET last = excluded.last",
                (one.0, other.0, row),
            )?;
        }
        self.messages.add(self.transaction, (row, target::pack(message.target)?), message)
    }

    /// What was taken back meanwhile stays so.
    fn edited(&mut self, edited: &Edited) -> Result<(), Error> {
        self.messages.write(self.transaction)?;
        let (row, edit) = (target::pack_message(edited.id)?, edited.edit);
        self.run(
            "UPDATE messages SET text = ?4, edit = ?5, edit_epoch = ?6, edit_at = ?7 \
             WHERE id = ?1 AND epoch = ?2 AND target = ?3 AND kind < 2",
            params![
                row,
                edited.id.epoch,
                target::pack(edited.target)?,
                edited.text,
                target::pack_message(edit.id)?,
                edit.id.epoch,
                edit.at.cast_signed(),
            ],
        )?;
        removal::note_amended(self.transaction, row)
    }

    /// Its words go; the row stays, so that its id is nobody else's and points into the history.
    fn redacted(&mut self, id: MessageId, target: Target) -> Result<(), Error> {
        self.messages.write(self.transaction)?;
        let row = target::pack_message(id)?;
        self.run(
            "UPDATE messages SET kind = 2, text = '', tags = NULL \
             WHERE id = ?1 AND epoch = ?2 AND target = ?3",
            (row, id.epoch, target::pack(target)?),
        )?;
        removal::note_amended(self.transaction, row)?;
        event::take_back(self.transaction, id, target)?;
        match target {
            Target::Pair(one, other) => removal::settle_conversation(self.transaction, one, other),
            Target::Channel(_) => Ok(()),
        }
    }

    fn metadata(&self, of: MetadataOf, key: &str, value: Option<&str>) -> Result<(), Error> {
        let (kind, of) = target::pack_owner(of);
        match value {
            Some(value) => self.run(
                "INSERT INTO metadata (kind, of, key, value) VALUES (?1, ?2, ?3, ?4) \
                 ON CONFLICT (kind, of, key) DO UPDATE SET value = excluded.value",
                (kind, of, key, value),
            ),
            None => self.run(
                "DELETE FROM metadata WHERE kind = ?1 AND of = ?2 AND key = ?3",
                (kind, of, key),
            ),
        }
    }

    fn read(&self, account: AccountId, with: &str, at: Option<Millis>) -> Result<(), Error> {
        match at {
            Some(at) => self.run(
                "INSERT INTO read_marks (account, with_name, at) VALUES (?1, ?2, ?3) \
                 ON CONFLICT (account, with_name) DO UPDATE SET at = excluded.at",
                (account.0, with, at.cast_signed()),
            ),
            None => self.run(
                "DELETE FROM read_marks WHERE account = ?1 AND with_name = ?2",
                (account.0, with),
            ),
        }
    }

    fn account(&mut self, row: &AccountRow) -> Result<(), Error> {
        self.accounts_made = self.accounts_made.max(row.id.0);
        accounts::write(self.transaction, row)
    }

    fn run(&self, sql: &str, params: impl Params) -> Result<(), Error> {
        self.transaction.prepare_cached(sql)?.execute(params)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Options, Reader, bounds};
    use parlor_hub::change::{Beside, Edit, MessageKind, Page, Span};
    use parlor_hub::id::ChannelId;
    use parlor_hub::person::Person;
    use std::sync::Arc;

    const ROOM: Target = Target::Channel(ChannelId(1));

    fn said(seq: Seq, n: u16, at: Millis, text: &str) -> Change {
        Change::Message(Arc::new(StoredMessage {
            id: MessageId { epoch: 1, seq, n },
            target: ROOM,
            at,
            from: Arc::new(Person {
                nick: "ada".into(),
                username: "~ada".into(),
                host: "localhost".into(),
                account: None,
                bot: false,
                operator: false,
            }),
            author: None,
            to: "#lobby".into(),
            kind: MessageKind::Privmsg,
            text: text.into(),
            tags: None,
            edit: None,
        }))
    }

    fn stored(reader: &Reader) -> Vec<Seq> {
        stored_of(ROOM, reader)
    }

    fn stored_of(target: Target, reader: &Reader) -> Vec<Seq> {
        let span = Span::Latest(None);
        let beside = Beside::Nothing;
        let page = Page { target, since: 0, upto: Seq::MAX, span, beside, limit: 1000 };
        reader.page(&page).unwrap().iter().map(|kept| kept.id().seq).collect()
    }

    #[test]
    fn a_full_disk_takes_nothing_by_halves_and_the_same_batch_succeeds_when_there_is_room() {
        let directory = tempfile::tempdir().unwrap();
        let (mut store, _) = Store::open(directory.path(), Options::default()).unwrap();
        let reader = Reader::open(directory.path()).unwrap();
        let pages: u32 =
            store.connection.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
        store.connection.pragma_update(None, "max_page_count", pages + 20).unwrap();
        let batch = |seq| -> Vec<_> {
            (0..8).map(|n| said(seq, n, seq, &"much to say ".repeat(80))).collect()
        };
        let mut seq = 1;
        let error = loop {
            match store.commit(seq, seq, &batch(seq)) {
                Ok(()) => seq += 1,
                Err(error) => break error,
            }
        };
        assert!(error.is_full() && error.may_pass(), "{error:?}");
        assert_eq!(
            error.to_string(),
            "there is no room left on the disk that holds the data directory"
        );
        assert!(seq > 1, "some batches fitted");
        for _ in 0..3 {
            assert!(store.commit(seq, seq, &batch(seq)).unwrap_err().is_full());
            assert!(stored(&reader).iter().all(|stored| *stored < seq), "half a batch is seen");
        }
        store.connection.pragma_update(None, "max_page_count", pages + 2000).unwrap();
        store.commit(seq, seq, &batch(seq)).unwrap();
        store.commit(seq + 1, seq + 1, &batch(seq + 1)).unwrap();
        let expected: Vec<_> = (1..=seq + 1).flat_map(|seq| [seq; 8]).collect();
        assert_eq!(stored(&reader), expected);
    }

    #[test]
    fn what_is_said_and_changed_in_one_batch_is_as_it_was_changed() {
        let directory = tempfile::tempdir().unwrap();
        let (mut store, _) = Store::open(directory.path(), Options::default()).unwrap();
        let reader = Reader::open(directory.path()).unwrap();
        let id = |seq| MessageId { epoch: 1, seq, n: 0 };
        let many = bounds::MESSAGES_IN_A_STATEMENT as Seq * 2 + 3;
        let mut batch: Vec<_> = (1..=many).map(|seq| said(seq, 0, 9, "before")).collect();
        batch.push(Change::Redacted(id(many - 1), ROOM));
        let edit = Edit { id: id(many + 1), at: 9 };
        let edited = Edited { id: id(many), target: ROOM, text: "after".into(), edit };
        batch.push(Change::Edited(Box::new(edited)));
        batch.push(said(many + 2, 0, 9, "at last"));
        store.commit(many + 2, 9, &batch).unwrap();
        let expected: Vec<_> = (1..many - 1).chain([many, many + 2]).collect();
        assert_eq!(stored(&reader), expected);
        let sql = "SELECT text FROM messages WHERE edit IS NOT NULL";
        let text: String = store.connection.query_row(sql, (), |row| row.get(0)).unwrap();
        assert_eq!(text, "after");
    }

    #[test]
    fn messages_of_few_conversations_and_of_many_are_all_written() {
        let directory = tempfile::tempdir().unwrap();
        let (mut store, _) = Store::open(directory.path(), Options::default()).unwrap();
        let reader = Reader::open(directory.path()).unwrap();
        let several = bounds::MESSAGES_IN_A_STATEMENT as Seq;
        let upto = several * 6 + 3;
        // Of two for as long as two statements take, of eleven for as long, and so on.
        let channel_of = |seq: Seq| 1 + seq % if seq / several % 4 < 2 { 2 } else { 11 };
        let target = |channel: Seq| Target::Channel(ChannelId(channel as u32));
        let batch: Vec<_> = (1..=upto)
            .map(|seq| {
                let mut change = said(seq, 0, 9, "hi");
                if let Change::Message(message) = &mut change {
                    Arc::make_mut(message).target = target(channel_of(seq));
                }
                change
            })
            .collect();
        store.commit(upto, 9, &batch).unwrap();
        for channel in 1..=11 {
            let expected: Vec<_> = (1..=upto).filter(|seq| channel_of(*seq) == channel).collect();
            assert_eq!(stored_of(target(channel), &reader), expected, "of channel {channel}");
        }
    }

    #[test]
    fn what_would_break_the_order_is_refused_whole() {
        let directory = tempfile::tempdir().unwrap();
        let (mut store, _) = Store::open(directory.path(), Options::default()).unwrap();
        let reader = Reader::open(directory.path()).unwrap();
        store.commit(10, 100, &[said(10, 0, 100, "first")]).unwrap();
        for (seq, at) in [(10, 100), (9, 100), (11, 99)] {
            let error = store.commit(seq, at, []).unwrap_err();
            assert!(matches!(error, Error::OutOfOrder { stored_seq: 10, .. }), "{error}");
        }
        for wrong in [
            vec![said(10, 1, 100, "of an entry that is done")],
            vec![said(12, 0, 100, "of an entry after the batch")],
            vec![said(11, 0, 99, "before what is stored")],
            vec![said(11, 0, 102, "later than the batch")],
            vec![said(11, 1, 100, "second"), said(11, 0, 100, "first")],
            vec![said(11, 0, 101, "later"), said(11, 1, 100, "earlier")],
            vec![said(11, 0, 100, "once"), said(11, 0, 100, "twice")],
        ] {
            let error = store.commit(11, 101, &wrong).unwrap_err();
            assert!(matches!(error, Error::MessageOutOfOrder(_)), "{error}");
            assert!(!error.may_pass());
        }
        assert_eq!(stored(&reader), [10]);
        store.commit(11, 101, &[said(11, 0, 100, "good"), said(11, 1, 101, "also")]).unwrap();
        assert_eq!(stored(&reader), [10, 11, 11]);
    }
}
