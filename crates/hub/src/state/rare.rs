//! What most have nothing of.

use serde::{Deserialize, Serialize};
use std::ops::Deref;

/// Something that most have nothing of: it takes no memory of its own while there is nothing in it. It
/// is read like the thing itself.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Rare<T>(Option<Box<T>>);

/// What can be nothing.
pub trait Nothing: Default + 'static {
    /// It, while there is nothing in it.
    const NOTHING: &'static Self;

    /// Whether there is nothing in it.
    fn is_nothing(&self) -> bool;
}

impl<T: Nothing> Rare<T> {
    /// Changes it; what it holds no more is given back.
    pub fn change<R>(&mut self, change: impl FnOnce(&mut T) -> R) -> R {
        let it = self.0.get_or_insert_default();
        let result = change(it);
        if it.is_nothing() {
            self.0 = None;
        }
        result
    }

    /// Takes a part of it away.
    pub fn take<P: Default>(&mut self, part: impl FnOnce(&mut T) -> &mut P) -> P {
        if self.0.is_none() {
            return P::default();
        }
        self.change(|it| std::mem::take(part(it)))
    }
}

impl<T> Default for Rare<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Nothing> Deref for Rare<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.as_deref().unwrap_or(T::NOTHING)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Nothing for Vec<u8> {
        const NOTHING: &'static Self = &Self::new();

        fn is_nothing(&self) -> bool {
            self.is_empty()
        }
    }

    #[test]
    fn nothing_takes_no_memory() {
        let mut rare = Rare::<Vec<u8>>::default();
        assert!(rare.is_empty() && rare.0.is_none());
        rare.change(|all| all.push(7));
        assert_eq!(*rare, [7]);
        assert_eq!(rare.take(|all| &mut all[0]), 7);
        assert_eq!(rare.change(Vec::pop), Some(0));
        assert!(rare.is_empty() && rare.0.is_none());
    }
}
