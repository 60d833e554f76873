//! What a start loads is what the hub would say: checked against a hub of a few lines.

use crate::support::{LOBBY, QUICK, directory, history, message};
use parlor_hub::change::{
    AccountRow, BanKind, Certificate, Change, ChannelHistory, ChannelRow, Durable, DurableChannel,
    Edit, Edited, Keep, Keys, ListEntry, MetadataOf, Place, Preferences, ServerBan, Standing,
    StoredMessage, Topic,
};
use parlor_hub::id::{AccountId, ChannelId, MessageId, Millis, Seq};
use parlor_hub::modes::{ChannelFlags, ListKind, Ranks};
use parlor_hub::name::{ChannelName, Forms, Nick};
use parlor_hub::person::Fingerprint;
use parlor_store::Store;
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use std::sync::Arc;

#[derive(Default)]
struct Model {
    durable: Durable,
    lobby: Vec<StoredMessage>,
}

impl Model {
    fn apply(&mut self, change: &Change) {
        match change {
            Change::Message(message) => self.lobby.push(StoredMessage::clone(message)),
            Change::Channel(row) => self.put_channel(row),
            Change::ChannelEnded(id) => {
                self.durable.channels.retain(|c| c.row.id != *id);
                let ended = MetadataOf::Channel(*id);
                self.durable.metadata.retain(|(of, ..)| *of != ended);
            }
            Change::ListAdded(id, kind, entry) => {
                let Some(channel) = self.channel(*id) else { return };
                let equal = |(k, e): &&mut (ListKind, ListEntry)| k == kind && e.mask == entry.mask;
                match channel.lists.iter_mut().find(equal) {
                    Some(found) => found.1 = entry.clone(),
                    None => channel.lists.push((*kind, entry.clone())),
                }
            }
            Change::ListRemoved(id, kind, mask) => {
                let Some(channel) = self.channel(*id) else { return };
                channel.lists.retain(|(k, e)| k != kind || e.mask != *mask);
            }
            Change::Member(id, account, ranks) => {
                let Some(channel) = self.channel(*id) else { return };
                ranked(&mut channel.members, *account, *ranks);
            }
            Change::Access(id, account, ranks) => {
                let Some(channel) = self.channel(*id) else { return };
                ranked(&mut channel.access, *account, *ranks);
            }
            Change::Offered(id, to) => {
                let Some(channel) = self.channel(*id) else { return };
                channel.offered_to = *to;
            }
            Change::Read(account, with, at) => {
                let read = &mut self.durable.read;
                let place = read.binary_search_by_key(&(*account, with), |(a, w, _)| (*a, w));
                match (place, *at) {
                    (Ok(place), Some(at)) => read[place].2 = at,
                    (Err(place), Some(at)) => read.insert(place, (*account, with.clone(), at)),
                    (Ok(place), None) => drop(read.remove(place)),
                    (Err(_), None) => {}
                }
            }
            Change::Missed(account, with, since) => {
                keep(&mut self.durable.missed, (*account, *with), *since);
            }
            Change::Metadata(of, key, value) => {
                keep(&mut self.durable.metadata, (*of, key.clone()), value.clone());
            }
            Change::ServerBan(_) | Change::ServerBanEnded(..) => self.change_bans(change),
            Change::AlwaysOn(account, stays) => put(&mut self.durable.always_on, *account, *stays),
            Change::Present(account, channel, is_there) => {
                put(&mut self.durable.present, (*account, *channel), *is_there);
            }
            Change::AccountEnded(id) => {
                self.durable.accounts.retain(|row| row.id != *id);
                self.durable.metadata.retain(|(of, ..)| *of != MetadataOf::Account(*id));
            }
            Change::Account(row) => {
                self.durable.accounts_made = self.durable.accounts_made.max(row.id.0);
                let accounts = &mut self.durable.accounts;
                match accounts.binary_search_by_key(&row.id, |account| account.id) {
                    Ok(place) => accounts[place] = row.clone(),
                    Err(place) => accounts.insert(place, row.clone()),
                }
            }
            _ => self.amend(change),
        }
    }

    /// A ban takes the place of an equal one, or is over.
    fn change_bans(&mut self, change: &Change) {
        let bans = &mut self.durable.bans;
        match change {
            Change::ServerBan(ban) => {
                bans.retain(|other| (other.kind, &other.mask) != (ban.kind, &ban.mask));
                bans.push((**ban).clone());
                bans.sort_by_key(|ban| (ban.kind, ban.mask.clone()));
            }
            Change::ServerBanEnded(kind, mask) => {
                bans.retain(|ban| (ban.kind, &ban.mask) != (*kind, mask));
            }
            _ => {}
        }
    }

    fn amend(&mut self, change: &Change) {
        match change {
            Change::Edited(edited) => {
                let found = self.lobby.iter_mut().find(|message| message.id == edited.id);
                if let Some(message) = found {
                    (message.text, message.edit) = (edited.text.clone(), Some(edited.edit));
                }
            }
            Change::Redacted(id, _) => self.lobby.retain(|message| message.id != *id),
            Change::Forgotten(account, upto) => self
                .lobby
                .retain(|message| message.author != Some(*account) || message.id.seq > *upto),
            // What else happened is on no page of messages: `events.rs`.
            _ => {}
        }
    }

    fn put_channel(&mut self, row: &ChannelRow) {
        self.durable.channels_made = self.durable.channels_made.max(row.id.0);
        let channels = &mut self.durable.channels;
        match channels.binary_search_by_key(&row.id, |channel| channel.row.id) {
            Ok(place) => channels[place].row = row.clone(),
            Err(place) => {
                channels.insert(place, DurableChannel::new(row.clone()));
            }
        }
    }

    /// Lists and members are only ever told of channels that live.
    fn channel(&mut self, id: ChannelId) -> Option<&mut DurableChannel> {
        self.durable.channels.iter_mut().find(|channel| channel.row.id == id)
    }

    fn knows(&self, change: &Change) -> bool {
        match change {
            Change::ListAdded(id, ..)
            | Change::Member(id, ..)
            | Change::Access(id, ..)
            | Change::Offered(id, _) => {
                self.durable.channels.iter().any(|channel| channel.row.id == *id)
            }
            _ => true,
        }
    }
}

/// Notes a value in the order of its two keys, or that there is none.
fn keep<A: Ord + Clone, B: Ord + Clone, V: Ord>(
    all: &mut Vec<(A, B, V)>,
    key: (A, B),
    value: Option<V>,
) {
    all.retain(|(a, b, _)| (a, b) != (&key.0, &key.1));
    all.extend(value.map(|value| (key.0, key.1, value)));
    all.sort_unstable();
}

/// One step of a test: a batch, and perhaps a restart behind it.
#[derive(Debug, Clone)]
struct Batch {
    changes: Vec<Change>,
    entries: Seq,
    pause: Millis,
    restart: bool,
}

fn channel_ids() -> impl Strategy<Value = ChannelId> {
    (1..5u32).prop_map(ChannelId)
}

fn account_ids() -> impl Strategy<Value = AccountId> {
    (1..5u32).prop_map(AccountId)
}

fn owners() -> impl Strategy<Value = MetadataOf> {
    prop_oneof![
        account_ids().prop_map(MetadataOf::Account),
        channel_ids().prop_map(MetadataOf::Channel)
    ]
}

fn channel_rows() -> impl Strategy<Value = ChannelRow> {
    let topic = (".{0,9}", "[a-z]!b@c", 0..99u64).prop_map(|(text, by, at)| Topic {
        text: text.into(),
        by: by.into(),
        at,
    });
    (
        channel_ids(),
        forms(),
        (0..9u64, 0..9u64, any::<bool>()),
        option::of(topic),
        (any::<u32>(), option::of("[a-z]{0,3}"), option::of(any::<u32>())),
        (option::of(forms()), option::of(any::<u32>()), histories()),
    )
        .prop_map(
            |(
                id,
                name,
                (made_at, since, registered),
                topic,
                modes,
                (forward, rejoin_s, history),
            )| {
                let (flags, key, limit) = modes;
                ChannelRow {
                    id,
                    name: ChannelName::kept(name),
                    made_at,
                    since,
                    registered,
                    topic,
                    flags: ChannelFlags(flags),
                    key: key.map(Into::into),
                    limit,
                    forward: forward.map(ChannelName::kept),
                    rejoin_s,
                    history,
                }
            },
        )
}

fn places() -> impl Strategy<Value = Place> {
    (0..32u8, 0..99u64).prop_map(|(ranks, since)| Place { ranks: Ranks(ranks), since })
}

fn histories() -> impl Strategy<Value = ChannelHistory> {
    let keep = (option::of(0..99u64), option::of(0..99u32))
        .prop_map(|(for_ms, last)| Keep { for_ms, last });
    (option::of(keep), option::of(any::<bool>()))
        .prop_map(|(keep, hides_earlier)| ChannelHistory { keep, hides_earlier })
}

/// Names, in forms that have nothing to do with each other: the store does not fold.
fn forms() -> impl Strategy<Value = Forms> {
    (".{1,9}", ".{1,9}", option::of(".{1,9}")).prop_map(|(shown, folded, skeleton)| Forms {
        shown: shown.into(),
        folded: folded.into(),
        skeleton: skeleton.map(Into::into),
    })
}

fn account_rows() -> impl Strategy<Value = AccountRow> {
    let keys = (".{0,9}", option::of("[a-z]{0,3}")).prop_map(|(password, scram)| Keys {
        password: password.into(),
        scram: scram.map(Into::into),
    });
    let standing = prop_oneof![
        2 => Just(Standing::Good),
        1 => ("[a-z]{0,3}", 0..99u64)
            .prop_map(|(code, until)| Standing::Unverified { code: code.into(), until }),
        1 => "[a-z]{0,3}".prop_map(|why| Standing::Suspended(why.into())),
    ];
    let certificates = btree_map(any::<[u8; 32]>(), 0..99u64, 0..3).prop_map(|all| {
        let one = |(fingerprint, added_at): ([u8; 32], u64)| Certificate {
            fingerprint: Fingerprint(fingerprint),
            added_at,
        };
        all.into_iter().map(one).collect()
    });
    let nicks = btree_map(".{1,9}", forms(), 0..3).prop_map(|all| {
        // By what is shown, and each once.
        let one = |(shown, forms): (String, Forms)| Forms { shown: shown.into(), ..forms };
        all.into_iter().map(one).map(Nick::kept).collect()
    });
    let preferences = (option::of(any::<u16>()), any::<[bool; 3]>()).prop_map(|(replay, bits)| {
        let [auto_away, multiclient, direct_history] = bits;
        Preferences { replay, auto_away, multiclient, direct_history }
    });
    (
        (account_ids(), forms(), keys, any::<u32>(), 0..99u64),
        (
            option::of("[a-z@]{0,4}"),
            standing,
            certificates,
            nicks,
            preferences,
            option::of("[a-z.]{1,4}"),
        ),
    )
        .prop_map(
            |(
                (id, name, keys, version, registered_at),
                (email, standing, certificates, nicks, preferences, host),
            )| {
                AccountRow {
                    id,
                    name: Nick::kept(name),
                    keys,
                    version,
                    registered_at,
                    email: email.map(Into::into),
                    standing,
                    certificates,
                    nicks,
                    preferences,
                    host: host.map(Into::into),
                }
            },
        )
}

fn ban_kinds() -> impl Strategy<Value = BanKind> {
    (0..BanKind::ALL.len()).prop_map(|kind| BanKind::ALL[kind])
}

fn bans() -> impl Strategy<Value = ServerBan> {
    let what = (ban_kinds(), "[až]{1,2}", ".{0,5}", option::of(".{0,5}"));
    (what, 0..99u64, option::of(0..99u64)).prop_map(|((kind, mask, reason, note), at, until)| {
        let (mask, reason, note) = (mask.into(), reason.into(), note.map(Into::into));
        ServerBan { kind, mask, reason, note, by: "root".into(), at, until }
    })
}

fn changes() -> impl Strategy<Value = Change> {
    let kinds =
        || prop_oneof![Just(ListKind::Ban), Just(ListKind::Exception), Just(ListKind::Invitation)];
    let entries = ("[ab]!\\*@\\*", "[a-z]", 0..9u64).prop_map(|(mask, by, at)| ListEntry {
        mask: mask.into(),
        by: by.into(),
        at,
    });
    prop_oneof![
        3 => channel_rows().prop_map(|row| Change::Channel(Box::new(row))),
        1 => channel_ids().prop_map(Change::ChannelEnded),
        3 => (channel_ids(), kinds(), entries)
            .prop_map(|(id, kind, entry)| Change::ListAdded(id, kind, entry)),
        2 => (channel_ids(), kinds(), "[ab]!\\*@\\*")
            .prop_map(|(id, kind, mask)| Change::ListRemoved(id, kind, mask.into())),
        4 => (channel_ids(), account_ids(), option::weighted(0.7, places()))
            .prop_map(|(id, account, place)| Change::Member(id, account, place)),
        3 => (channel_ids(), account_ids(), option::weighted(0.7, (0..32u8).prop_map(Ranks)))
            .prop_map(|(id, account, ranks)| Change::Access(id, account, ranks)),
        2 => (channel_ids(), option::of(account_ids()))
            .prop_map(|(id, account)| Change::Offered(id, account)),
        2 => (account_ids(), "[a-cž#]{1,2}", option::of(0..99u64))
            .prop_map(|(account, with, at)| Change::Read(account, with.into(), at)),
        2 => (account_ids(), account_ids(), option::of(0..99u64))
            .prop_map(|(account, with, since)| Change::Missed(account, with, since)),
        2 => (owners(), "[a-c]", option::of(".{0,9}"))
            .prop_map(|(of, key, value)| Change::Metadata(of, key.into(), value.map(Into::into))),
        1 => (1u32..4, any::<bool>())
            .prop_map(|(account, stays)| Change::AlwaysOn(AccountId(account), stays)),
        2 => (1u32..4, channel_ids(), any::<bool>()).prop_map(|(account, channel, is_there)| {
            Change::Present(AccountId(account), channel, is_there)
        }),
        2 => bans().prop_map(|ban| Change::ServerBan(Box::new(ban))),
        1 => (ban_kinds(), "[až]{1,2}")
            .prop_map(|(kind, mask)| Change::ServerBanEnded(kind, mask.into())),
        2 => account_rows().prop_map(|row| Change::Account(Arc::new(row))),
        1 => account_ids().prop_map(Change::AccountEnded),
        1 => (0..9u64, ".{1,9}").prop_map(|(seq, text)| {
            let id = MessageId { epoch: 0, seq, n: 0 };
            let edit = Edit { id: MessageId { epoch: 3, seq: 77, n: 1 }, at: seq };
            Change::Edited(Box::new(Edited { id, target: LOBBY, text: text.into(), edit }))
        }),
        1 => (0..9u64).prop_map(|seq| {
            Change::Redacted(MessageId { epoch: 0, seq, n: 0 }, LOBBY)
        }),
        1 => Just(Change::Forgotten(AccountId(7), 0)),
        2 => ".{0,20}".prop_map(|text| {
            Change::Message(Arc::new(message(0, 0, 0, 0, LOBBY, &text)))
        }),
    ]
}

fn batches() -> impl Strategy<Value = Vec<Batch>> {
    let batch = (vec(changes(), 0..12), 1..4u64, 0..5u64, any::<bool>())
        .prop_map(|(changes, entries, pause, restart)| Batch { changes, entries, pause, restart });
    vec(batch, 1..12)
}

/// Messages get the numbers that the journal would give them, and one that is there is taken back.
fn numbered(batch: &Batch, Model { durable, lobby }: &Model) -> Vec<Change> {
    let mut n = 0;
    let number = |change: &Change| match change {
        Change::Message(unnumbered) => {
            n += 1;
            let (seq, at) = (durable.seq, durable.at);
            let text = &unnumbered.text;
            Change::Message(Arc::new(message(durable.epoch, seq, n, at, LOBBY, text)))
        }
        Change::Edited(edited) => {
            let there = lobby.get(edited.id.seq as usize % lobby.len().max(1));
            let id = there.map_or(edited.id, |message| message.id);
            Change::Edited(Box::new(Edited { id, ..(**edited).clone() }))
        }
        Change::Redacted(id, target) => {
            let there = lobby.get(id.seq as usize % lobby.len().max(1));
            Change::Redacted(there.map_or(*id, |message| message.id), *target)
        }
        Change::Forgotten(account, _) => Change::Forgotten(*account, durable.seq - 1),
        other => other.clone(),
    };
    batch.changes.iter().map(number).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn what_is_loaded_is_what_was_told(batches in batches()) {
        let directory = directory();
        let (mut store, durable) = Store::open(directory.path(), QUICK).unwrap();
        let mut model = Model { durable, ..Model::default() };
        for batch in batches {
            model.durable.seq += batch.entries;
            model.durable.at += batch.pause;
            let mut told = numbered(&batch, &model);
            told.retain(|change| {
                let known = model.knows(change);
                if known {
                    model.apply(change);
                }
                known
            });
            store.commit(model.durable.seq, model.durable.at, &told).unwrap();
            if batch.restart {
                drop(store);
                let (opened, loaded) = Store::open(directory.path(), QUICK).unwrap();
                store = opened;
                model.durable.epoch += 1;
                prop_assert_eq!(&loaded, &model.durable);
            }
        }
        drop(store);
        let (_store, loaded) = Store::open(directory.path(), QUICK).unwrap();
        model.durable.epoch += 1;
        prop_assert_eq!(&loaded, &model.durable);
        prop_assert_eq!(&history(directory.path(), LOBBY), &model.lobby);
    }
}

/// Notes the ranks of an account in a list that is sorted by accounts.
fn ranked<R>(list: &mut Vec<(AccountId, R)>, account: AccountId, ranks: Option<R>) {
    match (list.binary_search_by_key(&account, |(known, _)| *known), ranks) {
        (Ok(place), Some(ranks)) => list[place].1 = ranks,
        (Err(place), Some(ranks)) => list.insert(place, (account, ranks)),
        (Ok(place), None) => drop(list.remove(place)),
        (Err(_), None) => {}
    }
}

/// Puts something on a sorted list, or takes it off.
fn put<T: Ord>(list: &mut Vec<T>, item: T, is_on: bool) {
    match (list.binary_search(&item), is_on) {
        (Err(place), true) => list.insert(place, item),
        (Ok(place), false) => drop(list.remove(place)),
        (Ok(_), true) | (Err(_), false) => {}
    }
}
