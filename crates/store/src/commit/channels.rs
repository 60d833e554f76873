//! What is written of channels: their rows, lists, members, and who has ranks there for good.

use super::Writer;
use crate::error::Error;
use crate::target;
use parlor_hub::change::{ChannelHistory, ChannelRow, ListEntry, MetadataOf, Place};
use parlor_hub::id::{AccountId, ChannelId};
use parlor_hub::modes::{ListKind, Ranks};
use parlor_hub::name::ChannelName;
use rusqlite::params;

impl Writer<'_> {
    pub(super) fn channel(&mut self, row: &ChannelRow) -> Result<(), Error> {
        self.channels_made = self.channels_made.max(row.id.0);
        let topic = row.topic.as_ref();
        self.run(
            "INSERT INTO channels (id, name, made_at, since, registered, topic_text, topic_by, \
                                   topic_at, flags, key, limited_to, forward, rejoin_s, folded, \
                                   skeleton, forward_folded, forward_skeleton) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, \
                     ?17) \
             ON CONFLICT (id) DO UPDATE SET \
                 name = excluded.name, made_at = excluded.made_at, since = excluded.since, \
                 registered = excluded.registered, topic_text = excluded.topic_text, \
                 topic_by = excluded.topic_by, topic_at = excluded.topic_at, \
                 flags = excluded.flags, key = excluded.key, limited_to = excluded.limited_to, \
                 forward = excluded.forward, rejoin_s = excluded.rejoin_s, \
                 folded = excluded.folded, skeleton = excluded.skeleton, \
                 forward_folded = excluded.forward_folded, \
                 forward_skeleton = excluded.forward_skeleton",
            params![
                row.id.0,
                row.name.shown(),
                row.made_at.cast_signed(),
                row.since.cast_signed(),
                row.registered,
                topic.map(|topic| &topic.text),
                topic.map(|topic| &topic.by),
                topic.map(|topic| topic.at.cast_signed()),
                row.flags.0,
                row.key,
                row.limit,
                row.forward.as_ref().map(ChannelName::shown),
                row.rejoin_s,
                row.name.folded(),
                row.name.forms().skeleton,
                row.forward.as_ref().map(ChannelName::folded),
                row.forward.as_ref().and_then(|name| name.forms().skeleton.as_ref()),
            ],
        )?;
        self.history(row.id, row.history)
    }

    /// What a founder decided about a history holds for what was said as long as it is there, whatever
    /// becomes of the channel.
    fn history(&self, channel: ChannelId, history: ChannelHistory) -> Result<(), Error> {
        if history == ChannelHistory::default() {
            return self.run("DELETE FROM channel_history WHERE channel = ?1", [channel.0]);
        }
        let keep = history.keep.unwrap_or_default();
        self.run(
            "INSERT OR REPLACE INTO channel_history \
                 (channel, hides_earlier, keeps, keep_ms, keep_last) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                channel.0,
                history.hides_earlier,
                history.keep.is_some(),
                keep.for_ms.map(u64::cast_signed),
                keep.last,
            ],
        )
    }

    pub(super) fn channel_ended(&self, channel: ChannelId) -> Result<(), Error> {
        self.run("DELETE FROM list_entries WHERE channel = ?1", [channel.0])?;
        self.run("DELETE FROM members WHERE channel = ?1", [channel.0])?;
        self.run("DELETE FROM access WHERE channel = ?1", [channel.0])?;
        self.run("DELETE FROM offers WHERE channel = ?1", [channel.0])?;
        let (kind, of) = target::pack_owner(MetadataOf::Channel(channel));
        self.run("DELETE FROM metadata WHERE kind = ?1 AND of = ?2", (kind, of))?;
        self.run("DELETE FROM channels WHERE id = ?1", [channel.0])
    }

    /// A mask that is there already keeps its place in the list.
    pub(super) fn list_added(
        &self,
        channel: ChannelId,
        kind: ListKind,
        entry: &ListEntry,
    ) -> Result<(), Error> {
        self.run(
            "INSERT INTO list_entries (channel, kind, mask, set_by, set_at) \
             VALUES (?1, ?2, ?3, ?4, ?5) \
             ON CONFLICT (channel, kind, mask) DO UPDATE SET \
                 set_by = excluded.set_by, set_at = excluded.set_at",
            params![
                channel.0,
                kind.letter().to_string(),
                entry.mask,
                entry.by,
                entry.at.cast_signed(),
            ],
        )
    }

    pub(super) fn list_removed(
        &self,
        channel: ChannelId,
        kind: ListKind,
        mask: &str,
    ) -> Result<(), Error> {
        self.run(
            "DELETE FROM list_entries WHERE channel = ?1 AND kind = ?2 AND mask = ?3",
            params![channel.0, kind.letter().to_string(), mask],
        )
    }

    /// A member, by account.
    pub(super) fn member(
        &self,
        channel: ChannelId,
        account: AccountId,
        place: Option<Place>,
    ) -> Result<(), Error> {
        match place {
            Some(Place { ranks, since }) => self.run(
                "INSERT INTO members (channel, account, ranks, since) VALUES (?1, ?2, ?3, ?4) \
                 ON CONFLICT (channel, account) DO UPDATE SET \
                     ranks = excluded.ranks, since = excluded.since",
                (channel.0, account.0, ranks.0, since.cast_signed()),
            ),
            None => self.run(
                "DELETE FROM members WHERE channel = ?1 AND account = ?2",
                (channel.0, account.0),
            ),
        }
    }

    /// The ranks that an account has for good.
    pub(super) fn access(
        &self,
        channel: ChannelId,
        account: AccountId,
        ranks: Option<Ranks>,
    ) -> Result<(), Error> {
        match ranks {
            Some(ranks) => self.run(
                "INSERT INTO access (channel, account, ranks) VALUES (?1, ?2, ?3) \
                 ON CONFLICT (channel, account) DO UPDATE SET ranks = excluded.ranks",
                (channel.0, account.0, ranks.0),
            ),
            None => self.run(
                "DELETE FROM access WHERE channel = ?1 AND account = ?2",
                (channel.0, account.0),
            ),
        }
    }

    /// The account to which it is offered; none: to nobody.
    pub(super) fn offered(
        &self,
        channel: ChannelId,
        account: Option<AccountId>,
    ) -> Result<(), Error> {
        match account {
            Some(account) => self.run(
                "INSERT OR REPLACE INTO offers (channel, account) VALUES (?1, ?2)",
                (channel.0, account.0),
            ),
            None => self.run("DELETE FROM offers WHERE channel = ?1", [channel.0]),
        }
    }
}
