//! What readers find in it.

use super::Keeper;
use crate::Wrong;
use parlor_doors::hall::{FoundRows, NotFound, ReadWork};
use parlor_hub::bounds::HISTORY_PAGE_MAX;
use parlor_hub::change::{
    Beside, Conversations, Kept, LastSaid, Look, Looked, Page, Playback, Search, StoredMessage,
    Target,
};
use parlor_hub::id::{AccountId, ChannelId};
use parlor_hub::name::Text;
use parlor_store::{Error, Hits};
use std::collections::BTreeMap;
use std::sync::Arc;

impl Keeper {
    /// What a reader finds. The real one must find the same.
    pub fn read(&self, work: &ReadWork) -> Result<FoundRows, Wrong> {
        let reader =
            self.files.as_ref().and_then(|files| files.open.as_ref()).map(|open| &open.reader);
        match work {
            ReadWork::Search(search) => {
                let found = self.search(search);
                if let Some(reader) = reader.filter(|_| search.words.is_none()) {
                    let names = ["what is found", "what is to be found"];
                    let all = Hits { messages: found.clone(), missing: Vec::new() };
                    Wrong::unless_equal(names[0], &reader.search(search)?, names[1], &all)?;
                }
                let rows = Ok(found.into_iter().map(Kept::Message).collect());
                Ok(FoundRows::Kept { rows, missing: Vec::new() })
            }
            ReadWork::Page(page) => {
                let rows = self.page(page);
                if let Some(reader) = reader {
                    let real = match reader.page(page) {
                        Ok(rows) => Ok(rows),
                        Err(Error::UnknownMessage(_)) => Err(NotFound::UnknownMessage),
                        Err(error) => return Err(error.into()),
                    };
                    let names = ["the page that is read", "the page there is"];
                    Wrong::unless_equal(names[0], &real, names[1], &rows)?;
                }
                Ok(FoundRows::Kept { rows, missing: Vec::new() })
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
        let is_within = look.since < look.id.seq && look.id.seq <= look.upto;
        let message = self.message(look.id).filter(|message| message.target == look.target);
        let event = self.events.get(&(look.target, look.id));
        let found = message.map(|message| Looked::of(message));
        let found = found.or_else(|| Looked::of_event(look.target, event?));
        let behind = self
            .messages
            .iter()
            .filter(|(place, _)| **place > (look.id.seq, look.id.n) && place.0 <= look.upto);
        let newer = behind.filter(|(_, message)| message.target == look.target).count();
        let is_kept = look.last.is_none_or(|last| newer < last as usize);
        found.filter(|_| is_within && is_kept)
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
    fn playback(&self, asked: &Playback) -> Result<Vec<(Text, Vec<Kept>)>, NotFound> {
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
            let (span, beside) = (asked.span, Beside::Nothing);
            let page = Page { target, since, upto: *upto, span, beside, limit };
            let rows = self.page(&page)?;
            left -= rows.len() as u32;
            played.push((with, rows));
        }
        played.retain(|(_, rows)| !rows.is_empty());
        played.reverse();
        Ok(played)
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
