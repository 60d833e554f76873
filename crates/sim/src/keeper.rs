//! What was committed: a plain model of the store, and for some seeds a real one beside it, on real
//! files.

use crate::Wrong;
use parlor_doors::hall::{FoundRows, NotFound, ReadWork};
use parlor_doors::names::Casemapping;
use parlor_hub::change::{
    Change, Conversations, Durable, DurableChannel, LastSaid, Look, Looked, MetadataOf, Page,
    Point, Search, Span, StoredMessage, Target,
};
use parlor_hub::id::{AccountId, ChannelId, MessageId, Millis, Seq};
use parlor_hub::modes::Ranks;
use parlor_hub::name::Text;
use parlor_store::{Error, Keep, Options, Reader, Store, Sync};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tempfile::TempDir;

/// What survives a crash.
#[derive(Debug)]
pub(crate) struct Keeper {
    pub durable: Durable,
    pub messages: BTreeMap<(Seq, u16), Arc<StoredMessage>>,
    /// What was taken back, and where it had been said: a point in the history still.
    pub redacted: BTreeMap<MessageId, Target>,
    /// What says something else now than when it was said.
    pub edited: BTreeSet<MessageId>,
    files: Option<Files>,
}

/// A real store.
#[derive(Debug)]
struct Files {
    directory: TempDir,
    options: Options,
    /// None between a crash and the start behind it.
    store: Option<(Store, Reader)>,
}

impl Keeper {
    pub fn new(casemapping: Casemapping, real: Option<Sync>) -> Result<Self, Wrong> {
        let files = match real {
            None => None,
            Some(sync) => Some(Files {
                directory: tempfile::tempdir().map_err(|error| Wrong(error.to_string()))?,
                options: Options { sync, casemapping: casemapping.token(), keep: Keep::Forever },
                store: None,
            }),
        };
        let durable = Durable::default();
        let (messages, redacted, edited) = (BTreeMap::new(), BTreeMap::new(), BTreeSet::new());
        Ok(Self { durable, messages, redacted, edited, files })
    }

    pub fn is_real(&self) -> bool {
        self.files.is_some()
    }

    /// The process ended here, whatever it was doing, and a new one starts.
    pub fn restart(&mut self) -> Result<Durable, Wrong> {
        self.durable.epoch += 1;
        if let Some(files) = &mut self.files {
            // The lock is released with the store, before the next one takes it.
            files.store = None;
            let (store, durable) = Store::open(files.directory.path(), files.options)?;
            let reader = Reader::open(files.directory.path())?;
            files.store = Some((store, reader));
            Wrong::unless_equal(
                "what the store loads",
                &durable,
                "what was committed",
                &self.durable,
            )?;
            self.compare_messages()?;
        }
        Ok(self.durable.clone())
    }

    /// One transaction.
    pub fn commit(&mut self, seq: Seq, at: Millis, changes: &[Change]) -> Result<(), Wrong> {
        if seq <= self.durable.seq || at < self.durable.at {
            return Err(Wrong(format!("entry {seq} is committed after {}", self.durable.seq)));
        }
        for change in changes {
            self.write(change)?;
        }
        (self.durable.seq, self.durable.at) = (seq, at);
        if let Some((store, _)) = self.files.as_mut().and_then(|files| files.store.as_mut()) {
            store.commit(seq, at, changes)?;
        }
        Ok(())
    }

    fn write(&mut self, change: &Change) -> Result<(), Wrong> {
        match change {
            Change::Message(message) => {
                let place = (message.id.seq, message.id.n);
                if self.messages.last_key_value().is_some_and(|(last, _)| *last >= place) {
                    return Err(Wrong(format!("message {} is stored out of order", message.id)));
                }
                self.messages.insert(place, Arc::clone(message));
            }
            Change::Edited(_) | Change::Redacted(..) => self.amend(change),
            Change::Channel(row) => {
                self.durable.channels_made = self.durable.channels_made.max(row.id.0);
                let channels = &mut self.durable.channels;
                match channels.binary_search_by_key(&row.id, |channel| channel.row.id) {
                    Ok(place) => channels[place].row = (**row).clone(),
                    Err(place) => {
                        let (row, lists) = ((**row).clone(), Vec::new());
                        let (members, access) = (Vec::new(), Vec::new());
                        channels.insert(place, DurableChannel { row, lists, members, access });
                    }
                }
            }
            Change::ChannelEnded(id) => self.channel_ended(*id),
            Change::ListAdded(id, kind, entry) => {
                let lists = &mut self.channel(*id)?.lists;
                match lists.iter_mut().find(|(k, e)| k == kind && e.mask == entry.mask) {
                    Some((_, known)) => *known = entry.clone(),
                    None => lists.push((*kind, entry.clone())),
                }
            }
            Change::ListRemoved(id, kind, mask) => {
                self.channel(*id)?.lists.retain(|(k, e)| k != kind || e.mask != *mask);
            }
            Change::Member(id, account, ranks) => {
                ranked(&mut self.channel(*id)?.members, *account, *ranks);
            }
            Change::Access(id, account, ranks) => {
                ranked(&mut self.channel(*id)?.access, *account, *ranks);
            }
            Change::Missed(account, with, since) => self.missed(*account, *with, *since),
            Change::Metadata(of, key, value) => self.noted(*of, key, value.as_ref()),
            Change::Read(account, with, at) => self.read_mark(*account, with, *at)?,
            Change::ServerBan(_) | Change::ServerBanEnded(..) => self.change_bans(change),
            Change::AlwaysOn(account, stays) => put(&mut self.durable.always_on, *account, *stays),
            Change::Present(account, channel, is_there) => {
                put(&mut self.durable.present, (*account, *channel), *is_there);
            }
            Change::AccountEnded(id) => self.account_ended(*id),
            Change::Account(row) => {
                self.durable.accounts_made = self.durable.accounts_made.max(row.id.0);
                let accounts = &mut self.durable.accounts;
                match accounts.binary_search_by_key(&row.id, |account| account.id) {
                    Ok(place) => accounts[place] = Arc::clone(row),
                    Err(place) => accounts.insert(place, Arc::clone(row)),
                }
            }
        }
        Ok(())
    }

    fn channel_ended(&mut self, id: ChannelId) {
        self.durable.channels.retain(|channel| channel.row.id != id);
        self.durable.metadata.retain(|(of, ..)| *of != MetadataOf::Channel(id));
    }

    fn account_ended(&mut self, id: AccountId) {
        self.durable.accounts.retain(|account| account.id != id);
        self.durable.metadata.retain(|(of, ..)| *of != MetadataOf::Account(id));
    }

    fn missed(&mut self, account: AccountId, with: AccountId, since: Option<Seq>) {
        let missed = &mut self.durable.missed;
        missed.retain(|(a, w, _)| (*a, *w) != (account, with));
        missed.extend(since.map(|since| (account, with, since)));
        missed.sort_unstable();
    }

    fn noted(&mut self, of: MetadataOf, key: &Text, value: Option<&Text>) {
        let metadata = &mut self.durable.metadata;
        metadata.retain(|(known, k, _)| (*known, k) != (of, key));
        metadata.extend(value.map(|value| (of, key.clone(), value.clone())));
        metadata.sort();
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

    /// What was said says something else, or nothing any more.
    fn amend(&mut self, change: &Change) {
        match change {
            Change::Edited(edited) => {
                let there = self.messages.get_mut(&(edited.id.seq, edited.id.n));
                let same = |message: &&mut Arc<StoredMessage>| {
                    message.id == edited.id && message.target == edited.target
                };
                if let Some(message) = there.filter(same).map(Arc::make_mut) {
                    (message.text, message.edit) = (edited.text.clone(), Some(edited.edit));
                    self.edited.insert(edited.id);
                }
            }
            Change::Redacted(id, target) => {
                let there = self.messages.get(&(id.seq, id.n));
                if there.is_some_and(|message| message.id == *id && message.target == *target) {
                    self.messages.remove(&(id.seq, id.n));
                    self.redacted.insert(*id, *target);
                }
            }
            _ => {}
        }
    }

    /// Nobody has ever read less than before.
    fn read_mark(
        &mut self,
        account: AccountId,
        with: &Text,
        at: Option<Millis>,
    ) -> Result<(), Wrong> {
        let read = &mut self.durable.read;
        let place = read.binary_search_by_key(&(account, with), |(a, w, _)| (*a, w));
        match (place, at) {
            (Ok(place), Some(at)) if read[place].2 < at => read[place].2 = at,
            (Err(place), Some(at)) => read.insert(place, (account, with.clone(), at)),
            (Ok(place), None) => drop(read.remove(place)),
            _ => return Err(Wrong(format!("{with} was read before, or never: {at:?}"))),
        }
        Ok(())
    }

    fn channel(&mut self, id: ChannelId) -> Result<&mut DurableChannel, Wrong> {
        let found = self.durable.channels.iter_mut().find(|channel| channel.row.id == id);
        found.ok_or_else(|| Wrong(format!("a change of channel {} that is not stored", id.0)))
    }

    pub fn message(&self, id: MessageId) -> Option<&Arc<StoredMessage>> {
        self.messages.get(&(id.seq, id.n)).filter(|message| message.id == id)
    }

    /// What a reader finds. The real one must find the same.
    pub fn read(&self, work: &ReadWork) -> Result<FoundRows, Wrong> {
        let reader = self.files.as_ref().and_then(|files| files.store.as_ref()).map(|(_, r)| r);
        match work {
            ReadWork::Search(search) => {
                let found = self.search(search);
                if let Some(reader) = reader.filter(|_| search.words.is_none()) {
                    let names = ["what is found", "what is to be found"];
                    let real = reader.search(search)?;
                    Wrong::unless_equal(names[0], &real.messages, names[1], &found)?;
                }
                Ok(FoundRows::Messages { messages: Ok(found), complete_to: None })
            }
            ReadWork::Page(page) => {
                let messages = self.page(page);
                if let Some(reader) = reader {
                    let real = match reader.page(page) {
                        Ok(messages) => Ok(messages),
                        Err(Error::UnknownMessage(_)) => Err(NotFound::UnknownMessage),
                        Err(error) => return Err(error.into()),
                    };
                    let names = ["the page that is read", "the page there is"];
                    Wrong::unless_equal(names[0], &real, names[1], &messages)?;
                }
                Ok(FoundRows::Messages { messages, complete_to: None })
            }
            ReadWork::Look(look) => {
                let found = self.look(look);
                if let Some(reader) = reader {
                    let names = ["what is looked up", "what there is"];
                    Wrong::unless_equal(names[0], &reader.look(look)?, names[1], &found)?;
                }
                Ok(FoundRows::Message(Ok(found)))
            }
            ReadWork::Targets(asked) => {
                let there = self.conversations(asked);
                if let Some(reader) = reader {
                    let real = reader.conversations(asked)?;
                    Wrong::unless_equal(
                        "the list that is read",
                        &real,
                        "the one there is",
                        &there,
                    )?;
                }
                Ok(FoundRows::Targets(Ok(there)))
            }
        }
    }

    fn look(&self, look: &Look) -> Option<Looked> {
        let found = self.message(look.id).filter(|message| message.target == look.target)?;
        let is_within = look.since < look.id.seq && look.id.seq <= look.upto;
        is_within.then(|| Looked::of(found))
    }

    fn conversations(&self, asked: &Conversations) -> Vec<LastSaid> {
        let of_channel = |id: ChannelId, message: &StoredMessage| {
            let (_, name, since) = asked.channels.iter().find(|(channel, ..)| *channel == id)?;
            (*since < message.id.seq).then_some(name)
        };
        let of_account = |id: AccountId| {
            let accounts = &self.durable.accounts;
            accounts.iter().find(|row| row.id == id).map(|row| row.name.shown())
        };
        let mut last = BTreeMap::new();
        for (place, message) in self.messages.range(..=(asked.upto, u16::MAX)) {
            let with = match (message.target, asked.account) {
                (Target::Channel(id), _) => of_channel(id, message),
                (Target::Pair(one, other), Some(own)) if own == one => of_account(other),
                (Target::Pair(one, other), Some(own)) if own == other => of_account(one),
                (Target::Pair(..), _) => None,
            };
            last.extend(with.map(|with| (with, (*place, message.at))));
        }
        let (earlier, later) = (asked.from.min(asked.to), asked.from.max(asked.to));
        let is_between = |at| earlier < at && at < later;
        let mut found: Vec<_> = last.into_iter().filter(|(_, (_, at))| is_between(*at)).collect();
        found.sort_unstable_by_key(|(_, (place, _))| *place);
        let (all, limit) = (found.len(), usize::from(asked.limit));
        if asked.from <= asked.to {
            found.truncate(limit);
        } else {
            found.drain(..all.saturating_sub(limit));
        }
        found.into_iter().map(|(with, (_, at))| LastSaid { with: with.clone(), at }).collect()
    }

    fn page(&self, page: &Page) -> Result<Vec<StoredMessage>, NotFound> {
        let there: Vec<&Arc<StoredMessage>> = self
            .messages
            .values()
            .filter(|message| message.target == page.target)
            .filter(|message| page.since < message.id.seq && message.id.seq <= page.upto)
            .collect();
        // How many messages come before a point, and how many up to and with it.
        let places = |point: Point| {
            if let Point::Message(id) = point {
                let target = self.message(id).map(|message| message.target);
                let target = target.or_else(|| self.redacted.get(&id).copied());
                target.filter(|t| *t == page.target).ok_or(NotFound::UnknownMessage)?;
            }
            let order = |message: &StoredMessage| match point {
                Point::Message(id) => message.id.cmp(&id),
                Point::At(at) => message.at.cmp(&at),
            };
            let before = there.iter().filter(|message| order(message).is_lt()).count();
            let upto = there.iter().filter(|message| order(message).is_le()).count();
            Ok((before, upto))
        };
        let (all, limit) = (there.len(), usize::from(page.limit));
        let newest = |from: usize, to: usize| (to.saturating_sub(limit).max(from), to);
        let oldest = |from: usize, to: usize| (from, to.min(from + limit));
        let (from, to) = match page.span {
            Span::Latest(None) => newest(0, all),
            Span::Latest(Some(point)) => newest(places(point)?.1, all),
            Span::Before(point) => newest(0, places(point)?.0),
            Span::After(point) => oldest(places(point)?.1, all),
            Span::Around(point) => {
                let before = places(point)?.0;
                let older = (limit / 2).max(limit.saturating_sub(all - before));
                oldest(before.saturating_sub(older), all)
            }
            Span::Between(one, other) => match (places(one)?, places(other)?) {
                (one, other) if one.0 <= other.0 => oldest(one.1, other.0),
                (one, other) => newest(other.1, one.0),
            },
        };
        let page = there.get(from..to).unwrap_or_default();
        Ok(page.iter().map(|message| StoredMessage::clone(message)).collect())
    }

    /// Good enough for a reader of search hits: words that stand in the text as they are.
    fn search(&self, search: &Search) -> Vec<StoredMessage> {
        let is_hit = |message: &&Arc<StoredMessage>| {
            message.id.seq <= search.upto
                && is_searched(search, message)
                && search.sieve.passes(message)
                && words_of(search).all(|word| message.text.contains(word))
        };
        let mut hits: Vec<_> = self.messages.values().filter(is_hit).collect();
        let limit = usize::from(search.limit);
        match search.sieve.after {
            Some(_) => hits.truncate(limit),
            None => drop(hits.drain(..hits.len().saturating_sub(limit))),
        }
        hits.into_iter().map(|message| StoredMessage::clone(message)).collect()
    }

    /// Reads back everything there ever was.
    fn compare_messages(&self) -> Result<(), Wrong> {
        let targets: BTreeSet<_> = self.messages.values().map(|message| message.target).collect();
        for target in targets {
            let (since, upto, limit) = (0, self.durable.seq, u16::MAX);
            let page = Page { target, since, upto, span: Span::Latest(None), limit };
            self.read(&ReadWork::Page(page))?;
        }
        Ok(())
    }
}

/// Whether a message is where a search looks.
fn is_searched(search: &Search, message: &StoredMessage) -> bool {
    let is_own = match message.target {
        Target::Pair(one, other) => [one, other].map(Some).contains(&search.account),
        Target::Channel(_) => false,
    };
    is_own || search.within.iter().any(|(t, s)| *t == message.target && *s < message.id.seq)
}

fn words_of(search: &Search) -> impl Iterator<Item = &str> {
    search.words.as_deref().unwrap_or_default().split_whitespace()
}

impl From<Error> for Wrong {
    fn from(error: Error) -> Self {
        Self(format!("the store: {error}"))
    }
}

/// Notes the ranks of an account in a list that is sorted by accounts.
fn ranked(list: &mut Vec<(AccountId, Ranks)>, account: AccountId, ranks: Option<Ranks>) {
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
