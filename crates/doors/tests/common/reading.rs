//! What the town has in the place of readers: everything that was stored, looked through.

use super::Town;
use parlor_doors::hall::{FoundRows, NotFound};
use parlor_hub::change::{
    Beside, Conversations, Kept, LastSaid, Look, Looked, Missing, Page, Playback, Point, Search,
    Sieve, Span, StoredMessage, Target,
};
use parlor_hub::id::MessageId;
use parlor_hub::name::Text;
use std::collections::BTreeMap;

impl Town {
    fn messages(&self) -> impl Iterator<Item = &StoredMessage> {
        self.stored.iter().filter_map(|(_, kept)| kept.message())
    }

    pub fn look(&self, look: &Look) -> Option<Looked> {
        let is_it =
            |(target, kept): &&(Target, Kept)| *target == look.target && kept.id() == look.id;
        let is_within = look.since < look.id.seq && look.id.seq <= look.upto;
        match self.stored.iter().find(is_it).filter(|_| is_within)? {
            (_, Kept::Message(message)) => Some(Looked::of(message)),
            (target, Kept::Event(event)) => Looked::of_event(*target, event),
        }
    }

    pub fn search(&self, search: &Search) -> FoundRows {
        let words = search.words.as_deref().unwrap_or_default();
        let words: Vec<&str> = words.split_whitespace().collect();
        let is_readable = |message: &&StoredMessage| {
            let within = search
                .within
                .iter()
                .any(|(target, since)| message.target == *target && message.id.seq > *since);
            let is_own = match message.target {
                Target::Pair(one, other) => [one, other].map(Some).contains(&search.account),
                Target::Channel(_) => false,
            };
            let Sieve { after, before, .. } = search.sieve;
            (within || is_own)
                && after.is_none_or(|after| after <= message.at)
                && before.is_none_or(|before| message.at <= before)
        };
        let is_hit = |message: &&StoredMessage| {
            search.sieve.passes(message) && words.iter().all(|word| message.text.contains(word))
        };
        let mut there: Vec<_> = self.messages().filter(is_readable).collect();
        if search.sieve.after.is_none() {
            there.reverse();
        }
        let missing = there.get(self.looks).map(|first| match search.sieve.after {
            Some(_) => Missing::Later(first.at),
            None => Missing::Earlier(first.at),
        });
        let looked_at = there.into_iter().take(self.looks);
        let mut hits: Vec<_> =
            looked_at.filter(is_hit).take(search.limit.into()).cloned().collect();
        hits.sort_by_key(|message| message.id);
        let rows = Ok(hits.into_iter().map(Kept::Message).collect());
        FoundRows::Kept { rows, missing: missing.into_iter().collect() }
    }

    pub fn targets(&self, asked: &Conversations) -> Vec<LastSaid> {
        let mut last = BTreeMap::new();
        for message in self.messages() {
            let with = match message.target {
                Target::Channel(id) => {
                    let channel = asked.channels.iter().find(|(channel, _, _)| *channel == id);
                    channel.filter(|(_, _, since)| *since < message.id.seq).map(|(_, name, _)| name)
                }
                Target::Pair(one, other) => match asked.account {
                    Some(account) if account == one => self.accounts.get(&other),
                    Some(account) if account == other => self.accounts.get(&one),
                    _ => None,
                },
            };
            if let Some(with) = with.filter(|_| message.id.seq <= asked.upto) {
                last.insert(with.clone(), (message.id, message.at));
            }
        }
        let within = asked.from.min(asked.to) + 1..asked.from.max(asked.to);
        let mut found: Vec<_> =
            last.into_iter().filter(|(_, (_, at))| within.contains(at)).collect();
        found.sort_by_key(|(_, (id, _))| *id);
        if asked.from <= asked.to {
            found.truncate(asked.limit.into());
        } else {
            found.drain(..found.len().saturating_sub(asked.limit.into()));
        }
        found.into_iter().map(|(with, (_, at))| LastSaid { with, at }).collect()
    }

    pub fn playback(&self, asked: &Playback) -> Result<Vec<(Text, Vec<Kept>)>, NotFound> {
        let Conversations { channels, account, upto, .. } = &asked.conversations;
        let of_account = |name: &Text| {
            let other = self.accounts.iter().find(|(_, known)| *known == name);
            other.zip(*account).map(|((other, _), own)| (Target::pair(own, *other), 0))
        };
        let mut played = Vec::new();
        for LastSaid { with, .. } in self.targets(&asked.conversations) {
            let channel = channels.iter().find(|(_, name, _)| *name == with);
            let channel = channel.map(|(id, _, since)| (Target::Channel(*id), *since));
            let (target, since) = channel.or_else(|| of_account(&with)).expect("what was listed");
            let limit = u16::try_from(asked.lines_max).unwrap_or(u16::MAX);
            let (span, beside) = (asked.span, Beside::Nothing);
            let page = Page { target, since, upto: *upto, span, beside, limit };
            played.push((with, self.page(&page)?));
        }
        played.retain(|(_, messages)| !messages.is_empty());
        Ok(played)
    }

    pub fn page(&self, page: &Page) -> Result<Vec<Kept>, NotFound> {
        let is_wanted = |kept: &Kept| match kept {
            Kept::Message(_) => true,
            Kept::Event(event) => page.beside.holds(&event.event),
        };
        let of_target = self.stored.iter().filter(|(target, _)| *target == page.target);
        let there: Vec<&Kept> = of_target
            .map(|(_, kept)| kept)
            .filter(|kept| page.since < kept.id().seq && kept.id().seq <= page.upto)
            .filter(|kept| is_wanted(kept))
            .collect();
        // How much comes before a point, and how much up to and with it.
        let places = |point: Point| {
            let is_within = |id: MessageId| page.since < id.seq && id.seq <= page.upto;
            let is_it = |(to, kept): &(Target, Kept), id| *to == page.target && kept.id() == id;
            let known = |id| is_within(id) && self.stored.iter().any(|kept| is_it(kept, id));
            if let Point::Message(id) = point
                && !known(id)
            {
                return Err(NotFound::UnknownMessage);
            }
            let at = |kept: &Kept| match point {
                Point::Message(id) => kept.id().cmp(&id),
                Point::At(at) => kept.at().cmp(&at),
            };
            let before = there.iter().filter(|kept| at(kept).is_lt()).count();
            let upto = there.iter().filter(|kept| at(kept).is_le()).count();
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
                let from =
                    before.saturating_sub((limit / 2).max(limit.saturating_sub(all - before)));
                oldest(from, all)
            }
            Span::Between(one, other) => match (places(one)?, places(other)?) {
                (one, other) if one.0 <= other.0 => oldest(one.1, other.0),
                (one, other) => newest(other.1, one.0),
            },
        };
        let page = there.get(from..to).unwrap_or_default();
        Ok(page.iter().copied().cloned().collect())
    }
}
