//! What readers find in it.

use super::Keeper;
use crate::Wrong;
use parlor_doors::hall::{FoundRows, NotFound, ReadWork};
use parlor_hub::bounds::HISTORY_PAGE_MAX;
use parlor_hub::change::{
    Conversations, LastSaid, Look, Looked, Page, Playback, Point, Search, Span, StoredMessage,
    Target,
};
use parlor_hub::id::{AccountId, ChannelId};
use parlor_hub::name::Text;
use parlor_store::Error;
use std::collections::BTreeMap;
use std::sync::Arc;

impl Keeper {
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
            ReadWork::Playback(asked) => {
                let there = self.playback(asked);
                if let Some(reader) = reader {
                    let names = ["what is played", "what is to be played"];
                    let real = reader.playback(asked)?;
                    Wrong::unless_equal(names[0], &Ok(real), names[1], &there)?;
                }
                Ok(FoundRows::Played(there))
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

    /// The newest first get what there is of lines.
    fn playback(&self, asked: &Playback) -> Result<Vec<(Text, Vec<StoredMessage>)>, NotFound> {
        let Conversations { channels, account, upto, .. } = &asked.conversations;
        let of_account = |name: &Text| {
            let other = self.durable.accounts.iter().find(|row| row.name.shown() == name)?;
            Some((Target::pair((*account)?, other.id), 0))
        };
        let mut left = asked.lines_max;
        let mut played = Vec::new();
        for LastSaid { with, .. } in self.conversations(&asked.conversations).into_iter().rev() {
            let channel = channels.iter().find(|(_, name, _)| *name == with);
            let channel = channel.map(|(id, _, since)| (Target::Channel(*id), *since));
            let Some((target, since)) = channel.or_else(|| of_account(&with)) else { continue };
            let limit = left.min(HISTORY_PAGE_MAX.into()) as u16;
            let page = Page { target, since, upto: *upto, span: asked.span, limit };
            let messages = self.page(&page)?;
            left -= messages.len() as u32;
            played.push((with, messages));
        }
        played.retain(|(_, messages)| !messages.is_empty());
        played.reverse();
        Ok(played)
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
                let is_within = page.since < id.seq && id.seq <= page.upto;
                let there = target.filter(|target| *target == page.target && is_within);
                there.ok_or(NotFound::UnknownMessage)?;
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
