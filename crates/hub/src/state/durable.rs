//! The part of the hub that outlives its connections.

use super::{ById, ByName, Channel, Hub};
use crate::change::{ChannelRow, Durable, DurableChannel};
use crate::id::ChannelId;
use crate::modes::ChannelFlags;
use crate::name::ChannelName;
use crate::settings::Settings;
use indexmap::IndexMap;

impl Hub {
    /// A cold start: what the store kept, and nobody here yet.
    pub fn start(durable: Durable, settings: Settings) -> Self {
        let mut hub = Self {
            epoch: durable.epoch,
            seq: durable.seq,
            at: durable.at,
            casemapping: durable.casemapping,
            settings,
            sessions: ById::default(),
            users: ById::default(),
            users_made: 0,
            users_most: 0,
            invisible: 0,
            operators: 0,
            nicks: ByName::default(),
            channels: ById::default(),
            channel_names: ByName::default(),
            channels_made: durable.channels_made,
            returning_until: None,
            accounts: ById::default(),
            account_names: ByName::default(),
            whowas: super::Whowas::default(),
            server_lines: IndexMap::default(),
            strangers: super::Strangers::default(),
        };
        for account in durable.accounts {
            hub.account_names.insert(account.name.folded().clone(), account.id);
            hub.accounts.insert(account.id, account);
        }
        for DurableChannel { row, lists, members } in durable.channels {
            hub.channel_names.insert(row.name.folded().clone(), row.id);
            let mut channel = Channel::new(row);
            channel.lists = lists;
            channel.places = members.into_iter().collect();
            // Until the time for coming back is over, which `Started` begins.
            channel.returning = !channel.row.registered;
            hub.channels.insert(channel.id(), channel);
        }
        hub
    }

    /// What a cold start would load if all changes so far were stored.
    pub fn durable(&self) -> Durable {
        let mut channels: Vec<DurableChannel> = self
            .channels
            .values()
            .map(|channel| {
                let mut members: Vec<_> = channel.places.iter().map(|(a, r)| (*a, *r)).collect();
                members.sort_by_key(|(account, _)| *account);
                DurableChannel { row: channel.row.clone(), lists: channel.lists.clone(), members }
            })
            .collect();
        channels.sort_by_key(|c| c.row.id);
        Durable {
            epoch: self.epoch,
            seq: self.seq,
            at: self.at,
            casemapping: self.casemapping,
            channels_made: self.channels_made,
            accounts: self.accounts.values().cloned().collect(),
            channels,
        }
    }

    /// The row of a channel whose life begins with the present entry.
    pub(crate) fn fresh_row(&self, id: ChannelId, name: ChannelName) -> ChannelRow {
        ChannelRow {
            id,
            name,
            made_at: self.at,
            since: self.seq - 1,
            registered: false,
            topic: None,
            flags: ChannelFlags::MEMBERS_ONLY.with(ChannelFlags::TOPIC_LOCKED, true),
            key: None,
            limit: None,
        }
    }
}
