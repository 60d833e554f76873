//! What was committed: a plain model of the store, and for some seeds a real one beside it, on real
//! files.

mod disk;
mod files;
mod page;
mod reading;
mod removing;

use crate::Wrong;
use crate::chance::Chance;
use crate::core::Batch;
use files::{Files, Open};
use parlor_doors::hall::ReadWork;
use parlor_doors::names::Casemapping;
use parlor_hub::Event;
use parlor_hub::change::{
    Beside, Change, Durable, DurableChannel, Keep, MetadataOf, Page, Span, StoredEvent,
    StoredMessage, Target,
};
use parlor_hub::id::{AccountId, ChannelId, MessageId, Millis, Seq};
use parlor_hub::name::Text;
use parlor_store::{Error, Options, Sync};
use removing::Known;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What survives a crash.
#[derive(Debug)]
pub(crate) struct Keeper {
    pub durable: Durable,
    pub messages: BTreeMap<(Seq, u16), Arc<StoredMessage>>,
    /// What else happened, in each conversation.
    pub events: BTreeMap<(Target, MessageId), Arc<StoredEvent>>,
    /// What was taken back, and where it had been said: points in the history still.
    pub redacted: BTreeSet<(Target, MessageId)>,
    /// What was kept no longer.
    pub gone: BTreeSet<(Target, MessageId)>,
    /// What there ever was.
    known: BTreeMap<MessageId, Known>,
    /// How much founders decided to keep, of channels that ended too.
    decided: BTreeMap<ChannelId, Keep>,
    /// What says something else now than when it was said.
    pub edited: BTreeSet<MessageId>,
    files: Option<Files>,
    /// What was being stored when the power went.
    in_hand: Option<Batch>,
}

/// What a process is about when it ends.
pub(crate) enum InHand {
    Nothing,
    ForTail(Batch),
    ForDatabase(Batch),
    /// The database gets all that there is, and then its log and the tail are emptied.
    Shutdown(Batch),
}

impl Keeper {
    pub fn new(casemapping: Casemapping, real: Option<Sync>) -> Result<Self, Wrong> {
        let options = |sync| Options { sync, casemapping: casemapping.token() };
        let files = real.map(|sync| Files::new(options(sync))).transpose()?;
        let durable = Durable::default();
        Ok(Self {
            durable,
            messages: BTreeMap::new(),
            events: BTreeMap::new(),
            redacted: BTreeSet::new(),
            gone: BTreeSet::new(),
            known: BTreeMap::new(),
            decided: BTreeMap::new(),
            edited: BTreeSet::new(),
            files,
            in_hand: None,
        })
    }

    pub fn is_real(&self) -> bool {
        self.files.is_some()
    }

    /// The process ends here, whatever it was doing; or the power goes. Gives how many sectors of the disk that took.
    pub fn crash(&mut self, in_hand: InHand, chance: &mut Chance) -> Result<usize, Wrong> {
        let Some(files) = &mut self.files else { return Ok(0) };
        let lost = files.crash(chance, |open| match &in_hand {
            InHand::Nothing => Ok(()),
            InHand::ForTail(batch) => {
                open.append((batch.seq, batch.at), &batch.changes()).map(drop)
            }
            InHand::ForDatabase(batch) => open.commit(batch),
            InHand::Shutdown(rest) => open.finish(rest),
        })?;
        self.in_hand = match in_hand {
            InHand::ForTail(batch) | InHand::ForDatabase(batch) | InHand::Shutdown(batch) => {
                Some(batch)
            }
            InHand::Nothing => None,
        };
        Ok(lost)
    }

    /// A process starts from what there is.
    pub fn start(&mut self, chance: &mut Chance) -> Result<Durable, Wrong> {
        let found = self.files.as_mut().map(|files| files.start(chance)).transpose()?;
        // What was being stored may be there. If so, all of it is.
        if let (Some((durable, _)), Some(batch)) = (&found, self.in_hand.take())
            && durable.seq == batch.seq
        {
            self.note(&batch, &batch.changes())?;
        }
        self.durable.epoch += 1;
        if let Some((durable, power_cuts)) = found {
            // A start that did not get through may have had one of its own, in which nothing was said.
            let least = self.durable.epoch;
            self.durable.epoch = durable.epoch.clamp(least, least + power_cuts);
            let names = ["what the store loads", "what was committed"];
            Wrong::unless_equal(names[0], &durable, names[1], &self.durable)?;
            self.compare_messages()?;
        }
        Ok(self.durable.clone())
    }

    /// The tail gets what was applied together. `false`: it has no room, and nothing was stored.
    pub fn append(&mut self, batch: &Batch) -> Result<bool, Wrong> {
        let (entry, changes) = ((batch.seq, batch.at), batch.changes());
        if let Some(open) = self.open()
            && !open.append(entry, &changes)?
        {
            return Ok(false);
        }
        self.note(batch, &changes)?;
        Ok(true)
    }

    /// The database was sent what was applied together, which is not in the tail.
    pub fn pass_on(&mut self, seq: Seq) {
        if let Some(open) = self.open() {
            open.pass_on(seq);
        }
    }

    /// The database gets what the tail has, and what was applied together after that.
    pub fn commit(&mut self, batch: &Batch) -> Result<(), Wrong> {
        if let Some(open) = self.open() {
            open.commit(batch)?;
        }
        self.note(batch, &batch.changes())
    }

    /// What is stored now.
    fn note(&mut self, batch: &Batch, changes: &[Change]) -> Result<(), Wrong> {
        let (seq, at) = (batch.seq, batch.at);
        if !changes.is_empty() && (seq <= self.durable.seq || at < self.durable.at) {
            return Err(Wrong(format!("entry {seq} is stored after {}", self.durable.seq)));
        }
        for change in changes {
            self.write(change)?;
        }
        // What only now reaches the database was stored before.
        self.durable.seq = self.durable.seq.max(seq);
        self.durable.at = self.durable.at.max(at);
        let Some(durable) = &batch.durable else { return Ok(()) };
        Wrong::unless_equal("what is stored", &self.durable, "what the hub would load", durable)
    }

    fn open(&mut self) -> Option<&mut Open> {
        self.files.as_mut().and_then(|files| files.open.as_mut())
    }

    fn write(&mut self, change: &Change) -> Result<(), Wrong> {
        match change {
            Change::Message(message) => {
                let place = (message.id.seq, message.id.n);
                if self.messages.last_key_value().is_some_and(|(last, _)| *last >= place) {
                    return Err(Wrong(format!("message {} is stored out of order", message.id)));
                }
                self.messages.insert(place, Arc::clone(message));
                self.known.insert(message.id, Known::message(message));
            }
            Change::Happened(target, event) => {
                self.known.insert(event.id, Known::event(event));
                if self.events.insert((*target, event.id), Arc::clone(event)).is_some() {
                    return Err(Wrong(format!("event {} is stored twice in {target:?}", event.id)));
                }
            }
            Change::Edited(_) | Change::Redacted(..) => self.amend(change),
            Change::Forgotten(account, upto) => self.forget(*account, *upto),
            Change::Channel(row) => {
                match row.history.keep {
                    Some(keep) => self.decided.insert(row.id, keep),
                    None => self.decided.remove(&row.id),
                };
                self.durable.channels_made = self.durable.channels_made.max(row.id.0);
                let channels = &mut self.durable.channels;
                match channels.binary_search_by_key(&row.id, |channel| channel.row.id) {
                    Ok(place) => channels[place].row = (**row).clone(),
                    Err(place) => {
                        channels.insert(place, DurableChannel::new((**row).clone()));
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
            Change::Offered(id, to) => self.channel(*id)?.offered_to = *to,
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
                    self.redacted.insert((*target, *id));
                }
                let redacted = &mut self.redacted;
                self.events.retain(|place, event| {
                    let is_it = event.id == *id && matches!(event.event, Event::Tags { .. });
                    let goes = place.0 == *target && (is_it || event.about == Some(*id));
                    if goes {
                        redacted.insert(*place);
                    }
                    !goes
                });
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

    /// Reads back everything there ever was.
    fn compare_messages(&self) -> Result<(), Wrong> {
        let of_messages = self.messages.values().map(|message| message.target);
        let targets: BTreeSet<_> =
            of_messages.chain(self.events.keys().map(|(target, _)| *target)).collect();
        for target in targets {
            let (since, upto, limit) = (0, self.durable.seq, u16::MAX);
            let (span, beside) = (Span::Latest(None), Beside::EventsAndTags);
            let page = Page { target, since, upto, span, beside, limit };
            self.read(&ReadWork::Page(page))?;
        }
        Ok(())
    }
}

impl From<Error> for Wrong {
    fn from(error: Error) -> Self {
        Self(format!("the store: {error}"))
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
