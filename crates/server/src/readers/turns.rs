//! Whose turn it is.

use parlor_hub::id::SessionId;
use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;

/// Who has turns of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Whose {
    /// Everyone at an address, as limits count it.
    Household(IpAddr),
    /// One connection from where limits count nothing: many people may be there.
    Session(SessionId),
}

/// What waits, each thing somebody's. Everyone has one thing done at a time, and then it is the next one's turn.
#[derive(Debug)]
pub struct Turns<T> {
    /// What each has waiting, in the order in which it came. Nobody is here with nothing.
    waiting: HashMap<Whose, VecDeque<T>>,
    /// Whose turn is next, each once.
    order: VecDeque<Whose>,
    share: usize,
}

impl<T> Turns<T> {
    /// Nobody may have more waiting than a share.
    pub fn of(share: usize) -> Self {
        Self { waiting: HashMap::new(), order: VecDeque::new(), share }
    }

    /// Takes something in, or gives it back where they have their share waiting.
    pub fn put(&mut self, whose: Whose, thing: T) -> Result<(), T> {
        let own = self.waiting.entry(whose).or_default();
        if own.len() >= self.share {
            return Err(thing);
        }
        if own.is_empty() {
            self.order.push_back(whose);
        }
        own.push_back(thing);
        Ok(())
    }

    /// What is to be done next.
    pub fn take(&mut self) -> Option<T> {
        let whose = self.order.pop_front()?;
        let own = self.waiting.get_mut(&whose)?;
        let next = own.pop_front();
        if own.is_empty() {
            self.waiting.remove(&whose);
        } else {
            self.order.push_back(whose);
        }
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn household(last: u8) -> Whose {
        Whose::Household([10, 0, 0, last].into())
    }

    #[test]
    fn who_asks_for_much_stands_in_nobodys_way() {
        let mut turns = Turns::of(100);
        for n in 0..100 {
            turns.put(household(1), (1, n)).unwrap();
        }
        assert_eq!(turns.take(), Some((1, 0)));
        turns.put(household(2), (2, 0)).unwrap();
        turns.put(Whose::Session(SessionId::new(1, 1)), (3, 0)).unwrap();
        turns.put(household(2), (2, 1)).unwrap();
        let taken: Vec<_> = (0..6).filter_map(|_| turns.take()).collect();
        assert_eq!(taken, [(1, 1), (2, 0), (3, 0), (1, 2), (2, 1), (1, 3)]);
        let rest: Vec<_> = std::iter::from_fn(|| turns.take()).collect();
        assert_eq!(rest, (4..100).map(|n| (1, n)).collect::<Vec<_>>(), "in their own order");
        assert!(turns.waiting.is_empty() && turns.order.is_empty());
    }

    #[test]
    fn nobody_has_more_waiting_than_a_share() {
        let mut turns = Turns::of(2);
        assert_eq!([1, 2, 3].map(|n| turns.put(household(1), n)), [Ok(()), Ok(()), Err(3)]);
        assert_eq!(turns.put(household(2), 4), Ok(()));
        assert_eq!(turns.take(), Some(1));
        assert_eq!(turns.put(household(1), 3), Ok(()));
    }
}
