//! Pauses between attempts to connect: doubling, with jitter, bounded.

use std::hash::{BuildHasher as _, RandomState};
use std::time::Duration;

use super::bounds;

/// Counts the attempts since the last connection that was worth its name.
#[derive(Debug, Default)]
pub struct Backoff {
    tries: u32,
}

impl Backoff {
    /// The server welcomed us: the next loss starts from the beginning.
    pub fn reset(&mut self) {
        self.tries = 0;
    }

    /// How long to wait now; `None` when it has been tried often enough.
    pub fn pause(&mut self) -> Option<Duration> {
        self.pause_with(RandomState::new().hash_one(self.tries))
    }

    /// Between half and all of the doubled pause, so that a thousand clients of a server
    /// that restarts do not come back at the same instant.
    fn pause_with(&mut self, random: u64) -> Option<Duration> {
        if self.tries >= bounds::BACKOFF_TRIES {
            return None;
        }
        let doubled = bounds::BACKOFF_FIRST.saturating_mul(1 << self.tries.min(16));
        self.tries += 1;
        let full_ms = doubled.min(bounds::BACKOFF_LONGEST).as_millis() as u64;
        Some(Duration::from_millis(full_ms / 2 + random % (full_ms / 2 + 1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles_up_to_the_bound_and_gives_up() {
        let mut backoff = Backoff::default();
        let mut longest = Vec::new();
        for _ in 0..bounds::BACKOFF_TRIES {
            let pause = backoff.pause_with(0).expect("within the tries");
            longest.push(pause * 2);
        }
        assert_eq!(longest[0], bounds::BACKOFF_FIRST);
        assert_eq!(longest[1], bounds::BACKOFF_FIRST * 2);
        assert!(longest.iter().all(|pause| *pause <= bounds::BACKOFF_LONGEST));
        assert_eq!(longest.last(), Some(&bounds::BACKOFF_LONGEST));
        assert_eq!(backoff.pause_with(0), None);
        backoff.reset();
        let first = backoff.pause_with(u64::MAX).expect("from the beginning");
        assert!(first <= bounds::BACKOFF_FIRST && first >= bounds::BACKOFF_FIRST / 2);
    }
}
