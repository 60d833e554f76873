//! What a page of history holds, said plainly.

use super::Keeper;
use parlor_doors::hall::NotFound;
use parlor_hub::change::{Kept, Page, Point, Span, StoredEvent, StoredMessage, Target};
use parlor_hub::id::MessageId;

impl Keeper {
    pub fn page(&self, page: &Page) -> Result<Vec<Kept>, NotFound> {
        let there = self.readable(page);
        // How much comes before a point, and how much up to and with it.
        let places = |point: Point| {
            if let Point::Message(id) = point
                && !(page.since < id.seq && id.seq <= page.upto && self.is_kept(page.target, id))
            {
                return Err(NotFound::UnknownMessage);
            }
            let order = |kept: &Kept| match point {
                Point::Message(id) => kept.id().cmp(&id),
                Point::At(at) => kept.at().cmp(&at),
            };
            let before = there.iter().filter(|kept| order(kept).is_lt()).count();
            let upto = there.iter().filter(|kept| order(kept).is_le()).count();
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
        Ok(there.get(from..to).unwrap_or_default().to_vec())
    }

    /// All that such a page may hold, in its order.
    fn readable(&self, page: &Page) -> Vec<Kept> {
        let messages = self.messages.values().filter(|message| message.target == page.target);
        let events = self.events.iter().filter(|((target, _), event)| {
            *target == page.target && page.beside.holds(&event.event)
        });
        let messages = messages.map(|message| Kept::Message(StoredMessage::clone(message)));
        let events = events.map(|(_, event)| Kept::Event(Box::new(StoredEvent::clone(event))));
        let mut there: Vec<Kept> = messages
            .chain(events)
            .filter(|kept| page.since < kept.id().seq && kept.id().seq <= page.upto)
            .collect();
        there.sort_by_key(Kept::id);
        there
    }

    /// Whether something of this name is, or was, in a conversation.
    pub fn is_kept(&self, target: Target, id: MessageId) -> bool {
        self.message(id).is_some_and(|message| message.target == target)
            || self.events.contains_key(&(target, id))
            || self.redacted.contains(&(target, id))
    }
}
