//! The hub's state and the indexes over it, always exact.

mod accounts;
mod bans;
mod channel;
mod durable;
mod hearing;
mod inspection;
mod invariants;
mod looks;
mod rare;
mod reach;
mod strangers;
mod user;
mod whowas;

pub(crate) use bans::Bans;
pub(crate) use channel::{Channel, HeardBy, Masks, PutOut, Renamings};
pub(crate) use hearing::{Metadata, Monitors, Noted, Owner, Values};
pub(crate) use looks::Looks;
pub use rare::{Nothing, Rare};
pub(crate) use strangers::Strangers;
pub(crate) use user::{Session, User};
pub(crate) use whowas::Whowas;

use crate::answer::Counts;
use crate::change::AccountRow;
use crate::entry::{Entry, Origin};
use crate::id::{AccountId, ChannelId, Millis, Seq, SessionId, UserId};
use crate::name::{ChannelName, Nick, Text};
use crate::outcome::Outcome;
use crate::person::{Fingerprint, Peer};
use crate::query::Query;
use crate::settings::Settings;
use crate::turn::Turn;
use crate::verbs;
use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::net::IpAddr;
use std::sync::Arc;

/// A map in a deterministic order, by numbers that nobody outside chooses.
pub(crate) type ById<K, V> = IndexMap<K, V, FxBuildHasher>;

/// A map in a deterministic order, by names that strangers choose (so the hash is keyed).
pub(crate) type ByName<V> = IndexMap<Text, V>;

/// The version of the rules that this build applies.
pub const RULES: u32 = 1;

/// All that is known: who is here, where, and with what rights.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Hub {
    pub(crate) epoch: u32,
    pub(crate) seq: Seq,
    pub(crate) at: Millis,
    pub(crate) settings: Settings,
    pub(crate) sessions: ById<SessionId, Session>,
    pub(crate) users: ById<UserId, User>,
    pub(crate) users_made: u64,
    pub(crate) users_most: usize,
    pub(crate) invisible: usize,
    pub(crate) operators: usize,
    pub(crate) nicks: ByName<UserId>,
    pub(crate) channels: ById<ChannelId, Channel>,
    pub(crate) channel_names: ByName<ChannelId>,
    pub(crate) channels_made: u32,
    pub(crate) renamed: Renamings,
    /// In how many registered channels an account is a founder.
    pub(crate) founded: ById<AccountId, u32>,
    /// After a restart: until when those who had a place in a channel may come back to it.
    pub(crate) returning_until: Option<Millis>,
    pub(crate) accounts: ById<AccountId, Arc<AccountRow>>,
    pub(crate) accounts_made: u32,
    /// Accounts by their names, and by the other nicks that belong to them.
    pub(crate) account_names: ByName<AccountId>,
    /// Accounts by the fingerprints of their certificates.
    pub(crate) certificates: BTreeMap<Fingerprint, AccountId>,
    /// Accounts that are not verified yet, by when it is too late.
    pub(crate) unverified: BTreeSet<(Millis, AccountId)>,
    /// When accounts were registered lately, and from where.
    pub(crate) registered_lately: VecDeque<(Millis, IpAddr)>,
    /// Accounts that were forgotten lately, each up to which entry: a message that was looked up before may still be
    /// about to be amended.
    pub(crate) forgotten_lately: VecDeque<(AccountId, Seq)>,
    /// The people logged in to each account.
    pub(crate) wearers: ById<AccountId, Vec<UserId>>,
    /// Accounts whose person stays with no connection at all.
    pub(crate) always_on: BTreeSet<AccountId>,
    pub(crate) bans: Bans,
    /// The channels that such people are in, as stored.
    pub(crate) present: BTreeSet<(AccountId, ChannelId)>,
    /// Read markers: up to when an account has read a conversation, by the conversation's folded name.
    pub(crate) read: BTreeMap<(AccountId, Text), Millis>,
    /// After which entry an account has missed what another wrote to it.
    pub(crate) missed: BTreeMap<(AccountId, AccountId), Seq>,
    pub(crate) metadata: Metadata,
    pub(crate) monitors: Monitors,
    pub(crate) whowas: Whowas,
    /// The last line of each start of each node's own entries.
    pub(crate) server_lines: IndexMap<(u16, u32), u32>,
    pub(crate) strangers: Strangers,
    pub(crate) looks: Looks,
}

/// Bytes that are no saved hub.
#[derive(Debug)]
pub struct NotASave(postcard::Error);

impl std::fmt::Display for NotASave {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "not a saved hub: {}", self.0)
    }
}

impl std::error::Error for NotASave {}

impl Hub {
    /// Applies an entry: the only thing that changes a hub. An entry that cannot be applied (its
    /// session is unknown, its line was applied before) is void: its outcome is empty.
    pub fn apply(&mut self, entry: Entry) -> Outcome {
        assert!(entry.seq > self.seq, "entry {} after {}", entry.seq, self.seq);
        self.seq = entry.seq;
        self.at = self.at.max(entry.at);
        let fresh = self.note_line(&entry);
        let mut turn = Turn::new(self, entry.origin);
        if fresh {
            verbs::apply(&mut turn, entry.command);
        }
        let mut outcome = turn.end();
        outcome.repeated = !fresh;
        outcome
    }

    /// Answers a question from the state, as of `now`. Changes nothing.
    pub fn ask(&self, origin: Origin, now: Millis, query: Query) -> Outcome {
        let mut asking = verbs::Asking::new(self, origin, self.at.max(now));
        verbs::ask(&mut asking, query);
        asking.end()
    }

    /// The next moment at which an `Elapsed` entry is due, if any is.
    pub fn deadline(&self) -> Option<Millis> {
        let unverified = self.unverified.first().map(|(until, _)| *until);
        self.returning_until.into_iter().chain(unverified).chain(self.bans.next_end()).min()
    }

    /// The whole state, live sessions included.
    pub fn save(&self) -> Vec<u8> {
        postcard::to_stdvec(self).expect("a hub holds only plain data")
    }

    /// The state that [`Hub::save`] wrote.
    pub fn load(saved: &[u8]) -> Result<Self, NotASave> {
        postcard::from_bytes(saved).map_err(NotASave)
    }

    /// The last entry that was applied.
    pub fn seq(&self) -> Seq {
        self.seq
    }

    /// The time of the last entry that was applied.
    pub fn at(&self) -> Millis {
        self.at
    }

    /// How many people are here.
    pub fn people(&self) -> usize {
        self.users.len()
    }

    /// How many people, operators and channels there are.
    pub fn counts(&self) -> Counts {
        Counts {
            visible: self.users.len() - self.invisible,
            invisible: self.invisible,
            operators: self.operators,
            channels: self.channels.len(),
            most: self.users_most,
            unknown: 0,
        }
    }

    /// Whether the entry is new to its session; notes it as applied.
    fn note_line(&mut self, entry: &Entry) -> bool {
        let Origin { node, incarnation, session, line } = entry.origin;
        let last = if session == SessionId::SERVER {
            self.server_lines.entry((node, incarnation)).or_insert(0)
        } else {
            match self.sessions.get_mut(&session) {
                Some(session) => &mut session.line,
                None => self.strangers.last_line(session),
            }
        };
        let fresh = line > *last;
        *last = line.max(*last);
        fresh
    }

    /// A session belongs to no person any more.
    pub(crate) fn end_session(&mut self, id: SessionId) {
        if let Some(session) = self.sessions.swap_remove(&id) {
            self.strangers.note(id, session.line);
            self.monitors.end(id);
            self.metadata.end(id);
        }
    }

    /// Whether a person is connected, and all of their connections are secure.
    pub(crate) fn is_secure(&self, user: &User) -> bool {
        let mut sessions = user.sessions.iter();
        !user.sessions.is_empty() && sessions.all(|id| self.sessions[id].transport.secure)
    }

    /// `nick!user@host` with each host that masks are compared with: the one that others see, and
    /// those that it hides.
    pub(crate) fn faces(&self, user: &User) -> Vec<String> {
        let peers = user.sessions.iter().map(|session| &*self.sessions[session].peer);
        let mut hosts = vec![user.person.host.clone(), user.plain_host().clone()];
        hosts.extend(peers.flat_map(Peer::hosts));
        hosts.sort_unstable();
        hosts.dedup();
        hosts.iter().map(|host| user.person.seen_from(host)).collect()
    }

    /// Whether a person stays when their last connection ends: their account is always on, and they
    /// wear its nick.
    pub(crate) fn stays(&self, user: &User) -> bool {
        user.account.is_some_and(|account| {
            self.always_on.contains(&account)
                && *self.accounts[&account].name.folded() == user.folded
        })
    }

    pub(crate) fn user_of(&self, session: SessionId) -> Option<&User> {
        self.users.get(&self.sessions.get(&session)?.user)
    }

    pub(crate) fn user_named(&self, nick: &Nick) -> Option<&User> {
        self.users.get(self.nicks.get(nick.folded())?)
    }

    pub(crate) fn channel_named(&self, name: &ChannelName) -> Option<&Channel> {
        self.channels.get(self.channel_names.get(name.folded())?)
    }
}
