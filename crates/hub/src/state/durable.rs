//! The part of the hub that outlives its connections.

use super::{ById, ByName, Channel, Hub};
use crate::bounds;
use crate::change::{ChannelHistory, ChannelRow, Durable, DurableChannel};
use crate::id::ChannelId;
use crate::id::{AccountId, UserId};
use crate::modes::{ChannelFlags, Ranks};
use crate::name::ChannelName;
use crate::person::Person;
use crate::settings::Settings;
use crate::state::{Masks, User};
use indexmap::IndexMap;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

impl Hub {
    /// A cold start: what the store kept, and nobody here yet.
    pub fn start(durable: Durable, settings: Settings) -> Self {
        let mut hub = Self {
            epoch: durable.epoch,
            seq: durable.seq,
            at: durable.at,
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
            renamed: super::Renamings::default(),
            founded: ById::default(),
            returning_until: None,
            accounts: ById::default(),
            accounts_made: durable.accounts_made,
            account_names: ByName::default(),
            certificates: BTreeMap::new(),
            unverified: BTreeSet::new(),
            registered_lately: VecDeque::new(),
            forgotten_lately: VecDeque::new(),
            wearers: ById::default(),
            always_on: durable.always_on.into_iter().collect(),
            bans: durable.bans.into_iter().collect(),
            present: BTreeSet::new(),
            read: durable.read.into_iter().map(|(of, with, at)| ((of, with), at)).collect(),
            missed: durable.missed.into_iter().map(|(of, with, at)| ((of, with), at)).collect(),
            metadata: super::Metadata::start(durable.metadata),
            monitors: super::Monitors::default(),
            whowas: super::Whowas::default(),
            server_lines: IndexMap::default(),
            strangers: super::Strangers::default(),
            looks: super::Looks::default(),
        };
        for account in durable.accounts {
            hub.put_account(account);
        }
        for DurableChannel { row, lists, members, access, offered_to } in durable.channels {
            hub.channel_names.insert(row.name.folded().clone(), row.id);
            hub.note_looks_of_channel(&row.name);
            let mut channel = Channel::new(row);
            channel.lists = Masks::of(lists);
            channel.places = members.into_iter().collect();
            channel.access = access.into_iter().collect();
            channel.offered_to = offered_to;
            let founders = channel.access.iter().filter(|(_, ranks)| ranks.has(Ranks::FOUNDER));
            for (account, _) in founders {
                *hub.founded.entry(*account).or_default() += 1;
            }
            // Until the time for coming back is over, which `Started` begins.
            channel.returning = true;
            hub.channels.insert(channel.id(), channel);
        }
        for account in hub.always_on.clone() {
            hub.bring_back(account);
        }
        for (account, channel) in durable.present {
            hub.bring_back_to(account, channel);
        }
        hub
    }

    /// A person who stays is here before any connection is.
    fn bring_back(&mut self, account: AccountId) {
        let Some(row) = self.accounts.get(&account).cloned() else { return };
        self.users_made += 1;
        let id = UserId(self.users_made);
        let name = row.name.shown();
        let person = Person {
            nick: name.clone(),
            username: format!("~{}", username(name)).into(),
            host: row.host.clone().unwrap_or_else(|| self.settings.server.clone()),
            account: Some(name.clone()),
            bot: false,
            operator: false,
        };
        let user = User::new(id, person, &row.name, name.clone(), self.at);
        let auto_away = row.preferences.auto_away;
        let mut user = User { account: Some(account), auto_away, ..user };
        user.set_plain_host(row.host.as_ref().map(|_| self.settings.server.clone()));
        self.users.insert(id, user);
        self.nicks.insert(row.name.folded().clone(), id);
        self.note_wearer(account, id);
        self.users_most = self.users.len();
    }

    fn bring_back_to(&mut self, account: AccountId, id: ChannelId) {
        let name = self.accounts.get(&account).map(|row| row.name.folded());
        let user = name.and_then(|name| self.nicks.get(name)).copied();
        let Some((user, channel)) = user.zip(self.channels.get_mut(&id)) else { return };
        let ranks = channel.ranks_for(account).unwrap_or_default();
        channel.members.insert(user, ranks);
        channel.returned.push(user);
        self.users[&user].channels.push(id);
        self.present.insert((account, id));
    }

    /// What a cold start would load if all changes so far were stored.
    pub fn durable(&self) -> Durable {
        let mut channels: Vec<DurableChannel> = self
            .channels
            .values()
            .map(|channel| {
                let mut members: Vec<_> = channel.places.iter().map(|(a, r)| (*a, *r)).collect();
                members.sort_by_key(|(account, _)| *account);
                let mut access: Vec<_> = channel.access.iter().map(|(a, r)| (*a, *r)).collect();
                access.sort_by_key(|(account, _)| *account);
                let (row, lists) = (channel.row.clone(), channel.lists.entries().to_vec());
                DurableChannel { row, lists, members, access, offered_to: channel.offered_to }
            })
            .collect();
        channels.sort_by_key(|c| c.row.id);
        let mut accounts: Vec<_> = self.accounts.values().cloned().collect();
        accounts.sort_by_key(|account| account.id);
        Durable {
            epoch: self.epoch,
            seq: self.seq,
            at: self.at,
            channels_made: self.channels_made,
            accounts_made: self.accounts_made,
            accounts,
            always_on: self.always_on.iter().copied().collect(),
            bans: self.bans.iter().cloned().collect(),
            present: self.present.iter().copied().collect(),
            read: self.read.iter().map(|((of, with), at)| (*of, with.clone(), *at)).collect(),
            missed: self.missed.iter().map(|((of, with), since)| (*of, *with, *since)).collect(),
            metadata: self.metadata.stored(),
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
            forward: None,
            rejoin_s: None,
            history: ChannelHistory::default(),
        }
    }
}

/// A name cut to what a username may be.
fn username(name: &str) -> &str {
    let end = name.char_indices().map(|(at, c)| at + c.len_utf8());
    let end = end.take_while(|end| *end < bounds::USERNAME_BYTES_MAX).last();
    &name[..end.unwrap_or_default()]
}
